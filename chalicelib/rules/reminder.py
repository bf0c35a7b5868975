"""Reminders (C9): what of an archive ends when, and which step of 60, 30, 7 and 1 days before it is to be told.

Pure: which reminders were told already is given. A step that nobody told in time is told late, the latest step only.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from chalicelib.rules.archive import Archive
from chalicelib.rules.evidence import CATEGORIES, DAY, HOLDS, Span, cover, facts_from
from chalicelib.rules.facts import facts_of

STEPS = (60, 30, 7, 1)
"""Days before an end on which it is told (C9)."""
IN_LIFE = frozenset({"issued", "active", "suspended", "lost"})


class End(NamedTuple):
    """The last day `on` which something holds: `exam`, `insurance`, `background`, `review` or `certificate`."""

    what: str
    on: date


class Reminder(NamedTuple):
    """One telling of an end, `step` days before it or, where that was missed, some days later."""

    what: str
    on: date
    step: int


def ends(archive: Archive, needed_grade: int) -> tuple[End, ...]:
    """Give every day on which something of a worker ends and nothing follows it (C9).

    Only for a certificate that may still be in force and while consent stands; exams below the needed grade, and
    insurance without third-party cover, count for nothing and so end nothing.
    """
    if archive.certificate is None or archive.certificate.state not in IN_LIFE or not archive.consent.stands:
        return ()
    facts = facts_from(facts_of(archive))
    recheck = facts.due_on if facts.background == "passed" else None
    single = (("background", recheck), ("review", facts.review_due), ("certificate", facts.until))
    return (
        *(End("exam", day) for day in _last_days(facts.exams, needed_grade)),
        *(End("insurance", day) for day in _last_days(facts.insurances, 1)),
        *(End(what, day) for what, day in single if day),
    )


def next_end(archive: Archive) -> End | None:
    """Give what of a worker ends first, or ended and was not renewed, for the list of what falls due (C9).

    Knows no policy: of the exams those of the best category held count, so that at worst it warns too early.
    """
    best = max((CATEGORIES.index(one.category) for one in archive.exams), default=0)
    found = ends(archive, best)
    last: dict[str, date] = {}
    for end in found:
        last[end.what] = max(end.on, last.get(end.what, end.on))
    return min((End(what, on) for what, on in last.items()), key=lambda end: (end.on, end.what), default=None)


def due(found: Iterable[End], told: Collection[Reminder], today: date) -> tuple[Reminder, ...]:
    """Give what is to be told today: of each end the latest step reached, unless a later one was told (C9).

    One that was told already is given again; its name keeps it from being told twice.
    """
    return tuple(one for end in found if (one := _reached(end, today)) and not _overtaken(one, told))


def _reached(end: End, today: date) -> Reminder | None:
    left = (end.on - today).days
    steps = [step for step in STEPS if 0 <= left <= step]
    return Reminder(end.what, end.on, min(steps)) if steps else None


def _overtaken(one: Reminder, told: Collection[Reminder]) -> bool:
    return any((other.what, other.on) == (one.what, one.on) and other.step < one.step for other in told)


def _last_days(spans: tuple[Span, ...], need: int) -> list[date]:
    """Give the last day of each unbroken stretch of cover, so that a renewal bought early ends nothing."""
    days = {span.last for span in spans if span.grade >= need and span.first <= span.last}
    return sorted(day for day in days if cover(spans, need, day + DAY) != HOLDS)
