"""Working days on the official calendar with its moved days (调休), and what falls due when (C3).

One packaged file a year, from the State Council's notice; a year without one is computed, and provisional.
"""

import json
import os
from datetime import date, timedelta
from typing import NamedTuple

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "calendar")
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_DAY = timedelta(days=1)


class Year(NamedTuple):
    """A year's days off and working weekends as its notice says; `provisional` without a notice."""

    off: frozenset[date]
    work: frozenset[date]
    provisional: bool


_years: dict[int, Year] = {}


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day (C3, 全国年节及纪念日放假办法)."""
    year = _year(day.year)
    if day in year.work:
        return True
    return day.weekday() < 5 and day not in year.off


def is_provisional(day: date) -> bool:
    """Tell whether the year of a day has no notice here: weekends and holidays of fixed date only (C3)."""
    return _year(day.year).provisional


def add_working_days(day: date, working_days: int) -> tuple[date, bool]:
    """Give the last day of a limit, and whether it is provisional (C3); the count begins on the day after.

    Nought gives the day itself; ValueError below.
    """
    if working_days < 0:
        raise ValueError("a limit cannot be negative")
    provisional = False
    while working_days:
        day += _DAY
        provisional |= is_provisional(day)
        working_days -= is_working_day(day)
    return day, provisional


def working_days_between(begun: date, on: date) -> int:
    """Count the working days that have passed since a day, that day left out and `on` included (C3)."""
    return sum(is_working_day(begun + n * _DAY) for n in range(1, (on - begun).days + 1))


def _year(number: int) -> Year:
    if number not in _years:
        path = os.path.join(_FOLDER, f"{number}.json")
        _years[number] = _noticed(path) if os.path.exists(path) else _computed(number)
    return _years[number]


def _noticed(path: str) -> Year:
    with open(path, encoding="utf-8") as file:
        notice = json.load(file)
    off: set[date] = set()
    for holiday in notice["off"]:
        first, last = date.fromisoformat(holiday["first"]), date.fromisoformat(holiday["last"])
        off.update(first + n * _DAY for n in range((last - first).days + 1))
    return Year(frozenset(off), frozenset(map(date.fromisoformat, notice["work"])), provisional=False)


def _computed(number: int) -> Year:
    off = frozenset(date(number, month, day) for month, day in _FIXED)
    return Year(off, frozenset(), provisional=True)
