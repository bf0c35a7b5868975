"""Instructions, counted by valgrind: two runs differ by a fiftieth of a percent at most."""

import re
import shutil
import subprocess

from bench.scene import Scene

MISSING = "valgrind is not here, so no instructions are counted; `make bench-tools` names what to install."
_VALGRIND = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]


def available() -> bool:
    """Tell whether valgrind is here."""
    return shutil.which("valgrind") is not None


def cold(scene: Scene, handler: str) -> int:
    """Count the instructions of starting Python and importing a handler."""
    return _counted(scene, handler, 0, "one")


def warm(scene: Scene, handler: str, event: str = "one") -> float:
    """Count the instructions of one call, once everything is warm."""
    few, many = 60, 260
    return (_counted(scene, handler, many, event) - _counted(scene, handler, few, event)) / (many - few)


def _counted(scene: Scene, handler: str, calls: int, event: str) -> int:
    command = [*_VALGRIND, *scene.command(handler, calls, event)]
    done = subprocess.run(command, env=scene.environment, capture_output=True, text=True)
    found = re.search(r"I +refs: +([\d,]+)", done.stderr)
    if done.returncode or found is None:
        raise RuntimeError(f"{handler} could not be counted\n{done.stderr[-2000:]}")
    return int(found[1].replace(",", ""))
