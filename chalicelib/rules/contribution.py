"""What one archive counts towards in its city's statistics (F1, F2, F4), by name.

`now` holds what it is today, `companies` the same beside its company, `days#YYYY-MM` what changes by itself on a later
day, so that midnight needs no write, `month#YYYY-MM` what was decided. A figure is `now` and the days up to its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from chalicelib.rules import colour, reminder
from chalicelib.rules.archive import Application, Archive, open_application
from chalicelib.rules.colour import verdict
from chalicelib.rules.days import day_of
from chalicelib.rules.evidence import DAY, Facts, facts_from, needed_grade
from chalicelib.rules.facts import facts_of
from chalicelib.rules.limits import urgency
from chalicelib.rules.policy import Policy

Counts = dict[str, dict[str, int]]
VERSION = 1
"""Of what is counted: a higher one has every city counted anew after the deployment that brings it."""
SHOWN_DAYS = timedelta(days=30)
"""How long a confirmed entry counts as the code having been shown (亮证率, S3)."""
OUTCOMES = frozenset({"done", "refused"})
NUMBERED = {"return": "returned", "refuse": "refused"}
ENDS, LEAVES = "ends", "leaves"
"""What happens on one day and does not last: a paper that ends, a code that is green no longer."""


def of(archive: Archive, policy: Policy, on: date, shown_on: date | None) -> Counts:
    """Give what an archive counts towards on a day and, as things stand, on each later one (F1).

    `policy` is any version of the city's; `shown_on` the day of the last entry that a household confirmed.
    """
    facts = facts_from(facts_of(archive)) if archive.certificate else None
    counts: dict[str, Counter[str]] = {}
    before = _standing(archive, facts, policy, on, shown_on)
    for name in before:
        _add(counts, "companies" if "@" in name else "now", name)
    for day in _turns(archive, facts, policy, on, shown_on):
        after = _standing(archive, facts, policy, day, shown_on)
        _change(counts, day, before, after)
        before = after
    for end in reminder.ends(archive, needed_grade(policy.at(on).grades, archive.worker.service_types)):
        if end.on >= on:
            _add(counts, f"days#{end.on:%Y-%m}", f"{end.on:%d} {ENDS} {end.what}")
    for one in archive.applications:
        _decided(counts, one)
    return {family: dict(names) for family, names in counts.items()}


def difference(before: Counts, after: Counts) -> Counts:
    """Give what is to be added so that a sum of contributions has `after` where it had `before`; no zeros."""
    families = {
        family: {
            name: by
            for name in before.get(family, {}).keys() | after.get(family, {}).keys()
            if (by := after.get(family, {}).get(name, 0) - before.get(family, {}).get(name, 0))
        }
        for family in before.keys() | after.keys()
    }
    return {family: names for family, names in families.items() if names}


def summed(contributions: Iterable[Counts]) -> Counts:
    """Add contributions up: what their counters must say; no zeros."""
    total: Counts = {}
    for counts in contributions:
        for family, names in counts.items():
            held = total.setdefault(family, {})
            for name, by in names.items():
                held[name] = held.get(name, 0) + by
    return difference({}, total)


def _standing(archive: Archive, facts: Facts | None, policy: Policy, day: date, shown_on: date | None) -> set[str]:
    """Name everything that an archive is on a day."""
    company = archive.binding.company
    names = {"archives"} if archive.worker.erased_on else {"archives", "workers", f"workers @{company}"}
    if archive.certificate and facts:
        told = verdict(facts, policy, day).colour.name.lower()
        names |= {f"certificate {archive.certificate.state}", f"colour {told}"}
        if _in_force(facts, policy.at(day), day):
            names |= {"holders", f"holders @{company}", *(f"service {one}" for one in archive.worker.service_types)}
            if shown_on and day < shown_on + SHOWN_DAYS:
                names.add("shown")
    if one := open_application(archive):
        names.add(f"step {one.state}")
        if urgency(one, day) == "late":
            names.add(f"late {one.state}")
    return names


def _in_force(facts: Facts, policy: Policy, day: date) -> bool:
    """Tell whether the certificate itself is in force, whatever the papers say (持证率, CONTRACTS, States)."""
    grounds: tuple[Callable[..., str | None], ...] = (colour.not_in_force, colour.pending, colour.expired)
    return not any(ground(facts, policy, day) for ground in grounds)


def _turns(archive: Archive, facts: Facts | None, policy: Policy, on: date, shown_on: date | None) -> list[date]:
    """Give every later day on which what an archive is may change by itself, in order."""
    days = {shown_on + SHOWN_DAYS} if shown_on else set()
    if one := open_application(archive):
        days |= {due + DAY for due in (one.step_due_on, one.due_on) if due}
    if facts:
        days |= {facts.issued_on} | ({facts.until + DAY} if facts.until else set())
        days |= set(_verdicts_begin(facts, policy, on))
        version: Policy | None = policy
        while version:
            days.add(version.first)
            version = version.following
    return sorted(day for day in days if day > on)


def _verdicts_begin(facts: Facts, policy: Policy, on: date) -> Iterable[date]:
    until = verdict(facts, policy, on).until
    while until:
        yield until + DAY
        until = verdict(facts, policy, until + DAY).until


def _change(counts: dict[str, Counter[str]], day: date, before: set[str], after: set[str]) -> None:
    month = f"days#{day:%Y-%m}"
    for name in after - before:
        _add(counts, month, f"{day:%d} {name}")
    for name in before - after:
        _add(counts, month, f"{day:%d} {name}", -1)
    if "colour green" in before - after:
        _add(counts, month, f"{day:%d} {LEAVES}")


def _decided(counts: dict[str, Counter[str]], one: Application) -> None:
    """Count what was decided on an application, by month: reasons of return and refusal, deadlines kept (C1, C3)."""
    if one.submitted_on:
        _add(counts, f"month#{one.submitted_on:%Y-%m}", "submitted")
    for step in one.steps:
        if told := NUMBERED.get(step.move):
            month = f"month#{day_of(step.at):%Y-%m}"
            for name in (f"{told} @{one.company}", *(f"{told} {reason}" for reason in step.reasons)):
                _add(counts, month, name)
    if one.state in OUTCOMES and one.due_on and one.steps:
        ended = day_of(one.steps[-1].at)
        kept = "late" if ended > one.due_on else "in_time"
        for name in (kept, f"{kept} @{one.company}"):
            _add(counts, f"month#{ended:%Y-%m}", name)


def _add(counts: dict[str, Counter[str]], family: str, name: str, by: int = 1) -> None:
    counts.setdefault(family, Counter())[name] += by
