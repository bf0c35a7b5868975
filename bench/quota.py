"""A CPU quota as Lambda gives a function of 128 MB: by a control group, a share of every 20 ms."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import clocked
from bench.clocked import Ratio, percentile
from bench.scene import Scene

SHARE = 128 / 1769
"""Of one processor: AWS gives a whole one at 1,769 MB."""

MISSING = "No CPU control group can be made here (it takes root), so the p95 under a quota is not measured."
_PERIOD = 20_000
_PAUSE = 25
_FIRST, _SECOND = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")


def available() -> bool:
    """Tell whether a control group with a quota can be made here."""
    try:
        with _limited(1.0):
            return True
    except OSError:
        return False


def slowed(scene: Scene, rounds: int, calls: int) -> Ratio:
    """Measure the p95 of a warm check under the quota over the p95 without, a call every 25 ms in both."""
    with _limited(SHARE) as inside:
        return clocked.ratio([_p95(scene, calls, inside) / _p95(scene, calls, []) for _ in range(rounds)])


def _p95(scene: Scene, calls: int, before: list[str]) -> float:
    told = clocked.called(scene, "check", calls + 20, pause=_PAUSE, before=before)
    return percentile(told["walls"][20:], 95)


@contextmanager
def _limited(share: float) -> Iterator[list[str]]:
    """Make a group with that share of a processor; give what to put before a command to run it inside."""
    old = (_FIRST / "cpu.cfs_quota_us").parent.is_dir()
    group = (_FIRST if old else _SECOND) / f"bench-{os.getpid()}"
    group.mkdir()
    quota = int(_PERIOD * share)
    try:
        if old:
            (group / "cpu.cfs_period_us").write_text(str(_PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        else:
            (group / "cpu.max").write_text(f"{quota} {_PERIOD}")
        yield ["sh", "-c", f'echo $$ > {group}/cgroup.procs && exec "$@"', "sh"]
    finally:
        group.rmdir()
