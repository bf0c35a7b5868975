"""Escalation (C3): applications whose time limit runs out by the next working day, or has run out, are told of.

Each once, to the association, and when it is late to the company too. Only what falls due about a day is read.
"""

from datetime import date, datetime, timedelta

from chalicelib.actions import notices
from chalicelib.outside import queues
from chalicelib.records import archive_rows, lists
from chalicelib.rules.application import OFFICIAL
from chalicelib.rules.deadlines import add_working_days

STATES = ("company_review", *OFFICIAL)


def queue(day: date) -> int:
    """Queue each city for a day; give how many."""
    cities = list(lists.ids("province", "city", "active", shards=1))
    queues.put("WORK_QUEUE", [{"escalate": [city, str(day)]} for city in cities])
    return len(cities)


def tell(city: str, day: date, at: datetime) -> int:
    """Tell of a city's applications that are due on a day or the next working day, or were on the day before."""
    last, _ = add_working_days(day, 1)
    first = day - timedelta(days=1)
    found = [
        brief
        for state in STATES
        for brief in lists.between(
            city, "application", state, f"{first}#", f"{last}#~", shards=archive_rows.QUEUE_SHARDS
        )
    ]  # fmt: skip
    for brief in found:
        template = "limit-late" if brief["due_on"] == str(first) else "limit-due"
        fields = {"name": brief["name"], "application": brief["id"], "day": brief["due_on"]}
        archive, name = f"W#{city}#{brief['worker']}", f"{template}#{brief['id']}#{brief['due_on']}"
        notices.tell(archive, template, name, fields, company=brief["company"], at=at)
    return len(found)
