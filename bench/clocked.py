"""Times, as ratios within each round: the handlers take turns, so that what else the machine does weighs on all."""

import json
import subprocess
import time
from statistics import median
from typing import Any, NamedTuple

from bench.scene import Scene


class Ratio(NamedTuple):
    """The median of the rounds' ratios, with the lowest and highest."""

    value: float
    spread: tuple[float, float]


def called(scene: Scene, handler: str, calls: int, event: str = "one") -> dict[str, Any]:
    """Call a handler in a process of its own; give what caller.py tells."""
    done = subprocess.run(
        scene.command(handler, calls, event), env=scene.environment, capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def warm(scene: Scene, rounds: int, calls: int) -> tuple[Ratio, Ratio]:
    """Measure processor time per check and its median wall time, each over LIMIT's."""
    told = [{name: called(scene, name, calls) for name in ("limit", "check")} for _ in range(rounds)]
    spent = [one["check"]["cpu"] / one["limit"]["cpu"] for one in told]
    walls = [median(one["check"]["walls"]) / median(one["limit"]["walls"]) for one in told]
    return _ratio(spent), _ratio(walls)


def cold(scene: Scene, rounds: int) -> Ratio:
    """Measure a process from its start to its first answer, over LIMIT's."""
    return _ratio([_started(scene, "check") / _started(scene, "limit") for _ in range(rounds)])


def _started(scene: Scene, handler: str) -> float:
    began = time.perf_counter()
    called(scene, handler, 1)
    return time.perf_counter() - began


def _ratio(values: list[float]) -> Ratio:
    return Ratio(median(values), (min(values), max(values)))
