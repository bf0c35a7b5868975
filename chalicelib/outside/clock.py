"""The only place that asks the time. Instants are UTC, days are Asia/Shanghai's."""

import time

from chalicelib import settings
from chalicelib.rules.days import day_of
from chalicelib.rules.light import date, datetime, timedelta, timezone

TWO = [f"{number:02d}" for number in range(60)]
"""Hours, minutes and seconds in two digits."""


def now() -> datetime:
    """Give the present instant, moved by CLOCK_OFFSET seconds, which only a local stack may set."""
    offset = settings.optional("CLOCK_OFFSET")
    instant = datetime.now(timezone.utc)
    return instant + timedelta(seconds=int(offset)) if offset else instant


def unmoved(at: datetime) -> datetime:
    """Give an instant as others' clocks tell it, which CLOCK_OFFSET does not move: tokens and authenticators."""
    offset = settings.optional("CLOCK_OFFSET")
    return at - timedelta(seconds=int(offset)) if offset else at


def real_seconds() -> int:
    """Give the seconds since 1970 by AWS's clock, which signatures go by, not the product's moved one."""
    return int(time.time())


def today() -> date:
    """Give the present day in Shanghai."""
    return day_of(now())
