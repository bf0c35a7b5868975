"""The day's turn: archives whose code changes today are projected anew, those of which something ends soon are
reminded of, the ledger of the day before gets its roots. For the public only a convenience (invariant 4)."""

from datetime import date, timedelta

from chalicelib.actions import roots
from chalicelib.outside import queues
from chalicelib.records import codes, ledger

SLICE = 100


def sweep(day: date) -> int:
    """Queue what turns on each day since the last one swept before it, however long ago, the day included; give how
    many codes. Each day is noted when it is done: whoever runs again goes on from there."""
    last = ledger.swept_before(str(day))
    missed = (day - date.fromisoformat(last)).days - 1 if last else 0
    return sum(_sweep_day(day - timedelta(days=back)) for back in range(missed, -1, -1))


def _sweep_day(day: date) -> int:
    keys = sorted({archive for _, archive in codes.turning(str(day))})
    queues.put("REPROJECT_QUEUE", [{"archives": keys[at : at + SLICE]} for at in range(0, len(keys), SLICE)])
    queues.put("WORK_QUEUE", [{"ends": str(day)}, {"limits": str(day)}])
    if day.day == 1:
        queues.put("WORK_QUEUE", [{"purges": str(day)}])
    roots.queue(day - timedelta(days=1))
    ledger.swept(str(day), len(keys))
    return len(keys)
