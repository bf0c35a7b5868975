"""Make the virtual environments, then run a script in one. Standard library only: it runs before them.

Usage: environment.py NAME [ARGUMENTS], where NAME is a module of scripts, or `python`.
"""

import hashlib
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCAL = ROOT / ".local"
NEED_THE_LOCAL_AWS = {"up", "test", "replay", "bench_tools"}
NEED_THE_TOOLS = {"check", "test", "python", "screens", "bench_tools"}
NEED_THE_PEERS = {"bench_tools"}


def main(arguments: list[str]) -> int:
    """Bring the environments up to date and become the script that was asked for."""
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        print("The local city runs on Linux on x86-64 (a virtual machine or WSL will do).", file=sys.stderr)
        return 1
    name, *rest = arguments
    ours = ["requirements.txt", "requirements-build.txt"]
    if name in NEED_THE_TOOLS:
        ours.append("requirements-dev.txt")
    wanted = {"venv": ours}
    if name in NEED_THE_LOCAL_AWS:
        wanted["ms"] = ["requirements-ministack.txt"]
    if name in NEED_THE_PEERS:
        wanted["bench"] = ["requirements-bench.txt"]
    if not ensure(wanted):
        return 1
    python = str(LOCAL / "venv" / "bin" / "python")
    os.chdir(ROOT)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    command = [python, *rest] if name == "python" else [python, "-m", f"scripts.{name}", *rest]
    return os.execve(python, command, environment)  # noqa: S606 - the program just made


def ensure(wanted: dict[str, list[str]]) -> bool:
    """Bring environments up to date with their requirements, side by side; tell whether all went well."""
    stamps = {name: _stamp(name, files) for name, files in wanted.items()}
    late = {name: wanted[name] for name, (stamp, now) in stamps.items() if not _says(stamp, now)}
    if not late:
        return True
    began = time.monotonic()
    LOCAL.mkdir(exist_ok=True)
    print(f"  installing {', '.join(files[-1] for files in late.values())} ", end="", flush=True)
    running = {name: _begin(name, files) for name, files in late.items()}
    while any(process.poll() is None for process in running.values()):
        time.sleep(2)
        print(".", end="", flush=True)
    for name, process in running.items():
        if process.returncode:
            log = LOCAL / f"{name}.log"
            last = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
            print(f" failed\n{last}\nThe packages could not be installed; see {log}, then try again.", file=sys.stderr)
            return False
        stamp, now = stamps[name]
        stamp.write_text(now)
    print(f" {time.monotonic() - began:.1f} s", flush=True)
    return True


def _stamp(name: str, files: list[str]) -> tuple[Path, str]:
    """Give the file that tells what an environment was last made from, and what it should tell."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update((ROOT / file).read_bytes())
    return LOCAL / name / f".{files[-1]}.done", digest.hexdigest()


def _says(stamp: Path, now: str) -> bool:
    return stamp.exists() and stamp.read_text() == now


def _begin(name: str, files: list[str]) -> subprocess.Popen[bytes]:
    """Start making one environment, with its output in a log."""
    folder = LOCAL / name
    make = [sys.executable, "-m", "venv", *([] if _version_of(folder) == sys.version else ["--clear"]), str(folder)]
    install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    for file in files:
        install += ["-r", file]
    command = ["sh", "-c", f"{shlex.join(make)} && {shlex.join(install)}"]
    with (LOCAL / f"{name}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _version_of(folder: Path) -> str:
    """Give the version of the Python in an environment; empty when there is none that works."""
    try:
        asked = [str(folder / "bin" / "python"), "-c", "import sys; print(sys.version, end='')"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
