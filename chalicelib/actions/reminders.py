"""Reminders (C9): the archives of which something ends 60, 30, 7 or 1 days after a day, each end told once a step.

A worker is told of each; the company once, of all its workers together. Nothing here decides by what a sweep saw: an
archive is read anew and what is due *now* is told, so that sweeps that were repeated, missed or shuffled change nothing
but the hour. What is told of one company is written whole or not at all: nothing is in two digests and nothing in none.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from chalicelib.actions import notices
from chalicelib.outside import policies, queues, retention, templates
from chalicelib.records import archive_rows, archives, lists
from chalicelib.records import notices as kept
from chalicelib.records.lists import Page
from chalicelib.rules import access, notice, reminder
from chalicelib.rules.act import Act
from chalicelib.rules.binding import NOBODY
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.evidence import needed_grade
from chalicelib.rules.notice import Notice, Template
from chalicelib.rules.reminder import Reminder

SLICE = 100
MOST = 45
"""Lines of one digest: with what the workers are told, within one transaction."""


class Due(NamedTuple):
    """One reminder of a worker of a company (its key), as its template tells it."""

    company: str
    archive: str
    name: str
    template: Template
    fields: dict[str, str]


def queue(day: date) -> int:
    """Queue, a company's together and in slices, every archive of which an end comes into one of the steps on a day;
    give how many."""
    found = {
        (city, one.get("company", ""), f"W#{city}#{one['id']}")
        for city in lists.ids("province", "city", "active", shards=1)
        for step in reminder.STEPS
        for one in lists.between(
            city, "end", str(day + timedelta(days=step)), "!", "~", shards=archive_rows.END_SHARDS
        )
    }  # fmt: skip
    for _, company in groupby(sorted(found), key=lambda one: one[:2]):
        keys = [key for _, _, key in company]
        queues.put("WORK_QUEUE", [{"remind": keys[at : at + SLICE]} for at in range(0, len(keys), SLICE)])
    return len({key for _, _, key in found})


def listed(act: Act, *, month: str | None, limit: int, after: str | None) -> Page:
    """List of whom something ends first when, in order of days: a company's workers, or the city's of a month."""
    city = access.city_of(act.account)
    if act.account.role in access.COMPANY:
        return lists.by_company(city, act.account.company or "", "next-end", limit=limit, after=after)
    state = month or f"{act.on:%Y-%m}"
    return lists.by_state(city, "next-end", state, shards=archive_rows.SHARDS, limit=limit, after=after)


def tell(keys: list[str], at: datetime) -> int:
    """Tell what is due now of some archives; give how many reminders. One archive that fails stops no other;
    Unavailable at the end, so that the slice comes again."""
    found, faults = list[Due](), list[Exception]()
    for key in sorted(set(keys)):
        try:
            found += _due(key, at)
        except Exception as fault:  # noqa: BLE001 - raised once all were tried
            faults.append(fault)
    for _, one in groupby(sorted(found, key=lambda due: due.company), key=lambda due: due.company):
        company = list(one)
        for start in range(0, len(company), MOST):
            _tell(company[start : start + MOST], at)
    if faults:
        raise Unavailable(f"{len(faults)} archives are still to be reminded of") from faults[0]
    return len(found)


def _due(key: str, at: datetime) -> Iterator[Due]:
    """Give what is due of an archive and was not told yet."""
    archive, today = archives.find(key), day_of(at)
    if archive is None or archive.certificate is None:
        return
    grade = needed_grade(policies.load(archive.city).at(today).grades, archive.worker.service_types)
    told = _told(key)
    for one in reminder.due(reminder.ends(archive, grade), told, today):
        template = templates.load(f"reminder-{one.what}")
        if template is None or one in told:
            continue
        fields = {
            "name": archive.worker.masked_name, "tail": f"…{archive.certificate.number[-4:]}", "day": str(one.on),
            "left": f"还有 {(one.on - today).days} 天" if one.on > today else "今天是最后一天",
        }  # fmt: skip
        company = f"C#{archive.city}#{archive.binding.company}"
        yield Due(company, key, f"reminder#{one.what}#{one.on}#{one.step}", template, fields)


def _tell(found: list[Due], at: datetime) -> None:
    """Write what a company and its workers are told, together; Unavailable when another was quicker."""
    ends = retention.ends("notice_days", at)
    written = [
        notice.written(one.template, "worker", one.fields, of=one.archive, name=one.name, owner=None, at=at, ends=ends)
        for one in found
    ]
    if not found[0].company.endswith(f"#{NOBODY}"):
        written.append(_digest(found, at))
    if not kept.write_together(written):
        raise Unavailable("some of it was told meanwhile; the slice comes again")
    for one in written:
        notices.wake(one)


def _digest(found: list[Due], at: datetime) -> Notice:
    """Write the digest of a company, named by its day and by what is in it."""
    template = templates.load("reminder-digest")
    if template is None:
        raise Unavailable("the template of the digest is missing")
    lines = [one.template.to["company"].text.format(**one.fields) for one in found]
    mark = sha256("\n".join(f"{one.archive}#{one.name}" for one in found).encode()).hexdigest()[:8]
    fields = {"count": len(lines), "lines": "\n".join(lines)}
    name, company = f"reminders#{day_of(at)}#{mark}", found[0].company
    return notice.written(
        template, "company", fields, of=company, name=name, owner=company.rpartition("#")[2], at=at,
        ends=retention.ends("notice_days", at),
    )  # fmt: skip


def _told(key: str) -> set[Reminder]:
    """Read which reminders of an archive were written, out of their names."""
    names = [name.split("#") for name in kept.names(key, "reminder#")]
    return {Reminder(what, date.fromisoformat(day), int(step)) for _, what, day, step, _ in names}
