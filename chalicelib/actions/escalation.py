"""Escalation (C3, C8): what waits for the association and runs out of time by the next working day, or has, is told of.

Each once; of an application that is late the company is told too, and of a change that it has to report before it is
late. Only what falls due about a day is read.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.actions import notices
from chalicelib.outside import queues
from chalicelib.records import archive_rows, lists
from chalicelib.rules.application import OFFICIAL
from chalicelib.rules.deadlines import add_working_days
from chalicelib.rules.proposal import SECONDS

WAITING = {
    "application": ("company_review", *OFFICIAL),
    "proposal": tuple(SECONDS),
    "transfer": ("open",),
    "appeal": ("filed",),
    "change": ("open",),
}
"""Lists in the order of their due day: each noun with the states in which it waits."""


def queue(day: date) -> int:
    """Queue each city for a day; give how many."""
    cities = list(lists.ids("province", "city", "active", shards=1))
    queues.put("WORK_QUEUE", [{"escalate": [city, str(day)]} for city in cities])
    return len(cities)


def tell(city: str, day: date, at: datetime) -> int:
    """Tell of what of a city is due on a day or the next working day, or was on the day before; give how many."""
    late_since = day - timedelta(days=1)
    last, _ = add_working_days(day, 1)
    told = 0
    for noun, brief in _due(city, late_since, last):
        template = f"{noun}-late" if brief["due_on"] == str(late_since) else f"{noun}-due"
        fields = {"name": brief["name"], "application": brief.get("id", ""), "day": brief["due_on"]}
        of = f"W#{city}#{brief['worker']}" if "worker" in brief else f"C#{city}#{brief['id']}"
        name = f"{template}#{brief.get('id', noun)}#{brief['due_on']}"
        notices.tell(of, template, name, fields, company=brief.get("company", ""), at=at)
        told += 1
    return told


def _due(city: str, first: date, last: date) -> Iterator[tuple[str, dict[str, Any]]]:
    for noun, states in WAITING.items():
        for state in states:
            shards = archive_rows.QUEUE_SHARDS
            for brief in lists.between(city, noun, state, f"{first}#", f"{last}#~", shards=shards):
                yield noun, brief
