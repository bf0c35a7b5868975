"""Reminders (C9): the archives of which something ends 60, 30, 7 or 1 days after a day, each end told once a step.

Nothing here decides by what a sweep saw: an archive is read anew and what is due *now* is told, so that sweeps that
were repeated, missed or shuffled change nothing but the hour.
"""

from datetime import date, datetime, timedelta

from chalicelib.actions import notices
from chalicelib.outside import clock, policies, queues
from chalicelib.records import archive_rows, archives, lists
from chalicelib.records import notices as kept
from chalicelib.records.lists import Page
from chalicelib.rules import access, reminder
from chalicelib.rules.act import Act
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.evidence import needed_grade
from chalicelib.rules.reminder import Reminder

SLICE = 100


def queue(day: date) -> int:
    """Queue, in slices, every archive of which an end comes into one of the steps on a day; give how many."""
    keys = sorted(
        {
            f"W#{city}#{id}"
            for city in lists.ids("province", "city", "active", shards=1)
            for step in reminder.STEPS
            for id in lists.ids(city, "end", str(day + timedelta(days=step)), shards=archive_rows.END_SHARDS)
        }
    )
    queues.put("WORK_QUEUE", [{"remind": keys[at : at + SLICE]} for at in range(0, len(keys), SLICE)])
    return len(keys)


def listed(act: Act, *, month: str | None, limit: int, after: str | None) -> Page:
    """List of whom something ends first when, in order of days: a company's workers, or the city's of a month."""
    city = access.city_of(act.account)
    if act.account.role in access.COMPANY:
        return lists.by_company(city, act.account.company or "", "next-end", limit=limit, after=after)
    state = month or f"{act.on:%Y-%m}"
    return lists.by_state(city, "next-end", state, shards=archive_rows.SHARDS, limit=limit, after=after)


def tell(keys: list[str], at: datetime) -> int:
    """Tell what is due now of each archive; give how many reminders. One archive that fails stops no other;
    Unavailable at the end, so that the slice comes again."""
    told, faults = 0, list[Exception]()
    for key in keys:
        try:
            told += _tell(key, at)
        except Exception as fault:  # noqa: BLE001 - raised once all were tried
            faults.append(fault)
    if faults:
        raise Unavailable(f"{len(faults)} archives are still to be reminded of") from faults[0]
    return told


def _tell(key: str, at: datetime) -> int:
    archive, today = archives.find(key), clock.day_of(at)
    if archive is None or archive.certificate is None:
        return 0
    grade = needed_grade(policies.load(archive.city).at(today).grades, archive.worker.service_types)
    found = reminder.due(reminder.ends(archive, grade), _told(key), today)
    for one in found:
        fields = {
            "name": archive.worker.masked_name, "tail": f"…{archive.certificate.number[-4:]}", "day": one.on,
            "left": f"还有 {(one.on - today).days} 天" if one.on > today else "今天是最后一天",
        }  # fmt: skip
        name = f"reminder#{one.what}#{one.on}#{one.step}"
        notices.tell(key, f"reminder-{one.what}", name, fields, company=archive.binding.company, at=at)
    return len(found)


def _told(key: str) -> set[Reminder]:
    """Read which reminders of an archive were written, out of their names."""
    names = [name.split("#") for name in kept.names(key, "reminder#")]
    return {Reminder(what, date.fromisoformat(day), int(step)) for _, what, day, step, _ in names}
