"""Times, as ratios within each round: the handlers take turns, so that what else the machine does weighs on all."""

import json
import subprocess
import time
from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from bench.scene import Scene


class Ratio(NamedTuple):
    """The median of the rounds' ratios, with the lowest and highest."""

    value: float
    spread: tuple[float, float]


def called(
    scene: Scene, handler: str, calls: int, event: str = "one", *, pause: int = 0, before: Sequence[str] = ()
) -> dict[str, Any]:
    """Call a handler in a process of its own, with so many milliseconds between; give what caller.py tells.

    `before` is put in front of the command.
    """
    command = [*before, *scene.command(handler, calls, event), str(pause)]
    done = subprocess.run(command, env=scene.environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def warm(scene: Scene, rounds: int, calls: int) -> tuple[Ratio, Ratio]:
    """Measure processor time per check and its median wall time, each over LIMIT's."""
    told = [{name: called(scene, name, calls) for name in ("limit", "check")} for _ in range(rounds)]
    spent = [one["check"]["cpu"] / one["limit"]["cpu"] for one in told]
    walls = [median(one["check"]["walls"]) / median(one["limit"]["walls"]) for one in told]
    return ratio(spent), ratio(walls)


def cold(scene: Scene, rounds: int) -> Ratio:
    """Measure a process from its start to its first answer, over LIMIT's."""
    return ratio([_started(scene, "check") / _started(scene, "limit") for _ in range(rounds)])


def _started(scene: Scene, handler: str) -> float:
    began = time.perf_counter()
    called(scene, handler, 1)
    return time.perf_counter() - began


def percentile(values: list[int], percent: int) -> float:
    """Give the value below which so many of a hundred lie."""
    return sorted(values)[len(values) * percent // 100]


def ratio(values: list[float]) -> Ratio:
    """Give the median of rounds' ratios, with the lowest and highest."""
    return Ratio(median(values), (min(values), max(values)))
