"""Days are days of Shanghai, whatever hour UTC has (no daylight saving since 1991). The public check imports this."""

from chalicelib.rules.light import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))


def day_of(at: datetime) -> date:
    """Give the Shanghai day that an instant falls on."""
    return at.astimezone(SHANGHAI).date()
