"""Whether a change of an archive may make its code worse some day: what a lost record must not hide (invariant 4)."""

from datetime import date
from typing import Any

from chalicelib.rules.archive import Archive
from chalicelib.rules.colour import STANDING, consented, unchecked, unsafe
from chalicelib.rules.evidence import Facts, Span, facts_from
from chalicelib.rules.facts import facts_of

_NONE: Any = None
"""In place of a policy, which these grounds do not ask."""


def worsens(before: Archive, after: Archive, on: date) -> bool:
    """Tell whether the code of an archive may, on a day from `on` on, become worse by a change: rather once too often
    (A3, DESIGN 2.2).

    False where there was no code before. Facts that cannot be read are worse than any, and so is a phone of before that
    shows live codes (A6).
    """
    if before.certificate is None or after.certificate is None or before.certificate.token != after.certificate.token:
        return False
    if _generation(after) > _generation(before):
        return True
    try:
        return worse(facts_from(facts_of(before)), facts_from(facts_of(after)), on)
    except (ValueError, TypeError, KeyError):
        return True


def worse(before: Facts, after: Facts, on: date) -> bool:
    """Tell whether facts may lack on a day from `on` on, under any policy, what others do not."""
    return bool(
        _standing(after) - _standing(before)
        or after.issued_on > max(before.issued_on, on)
        or any(consented(before, day) and not consented(after, day) for day in _turns(on, before, after))
        or any(_unconcluded(after, day) and not _unconcluded(before, day) for day in _turns(on, before, after))
        or _sooner(before.until, after.until)
        or _sooner(before.review_due, after.review_due)
        or _sooner(before.due_on, after.due_on)
        or (before.state == "active" and after.state == "issued")
        or _less(before.exams, after.exams)
        or _less(before.insurances, after.insurances)
        or not set(after.service_types) <= set(before.service_types)
    )


def _generation(archive: Archive) -> int:
    return archive.phone_page.generation if archive.phone_page else 0


def _standing(facts: Facts) -> set[str | None]:
    """Give the grounds that neither a day nor a policy changes."""
    return {ground(facts, _NONE, facts.issued_on) for ground in STANDING} - {None}


def _unconcluded(facts: Facts, day: date) -> bool:
    """Tell whether the police check is unknown on a day."""
    return "background-pending" in (unsafe(facts, _NONE, day), unchecked(facts, _NONE, day))


def _turns(on: date, *facts: Facts) -> list[date]:
    """Give the days from `on` on between which no consent begins or ends and no police check becomes known."""
    days = [day for one in facts for day in (one.given_on, one.withdrawn_on, one.checked_on)]
    return [on, *[day for day in days if day and day > on]]


def _sooner(before: date | None, after: date | None) -> bool:
    """Tell whether a last day, None without one, came nearer."""
    return after is not None and (before is None or after < before)


def _less(before: tuple[Span, ...], after: tuple[Span, ...]) -> bool:
    """Tell whether a span no longer lies within one as good."""
    return not all(
        any(new.first <= old.first and old.last <= new.last and old.grade <= new.grade for new in after)
        for old in before
    )
