"""Counting archives (F1): each is read whole and what it contributes is replaced, so that what comes twice, late or in
another order counts once. What was lost is made up for by a recount."""

import random
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from chalicelib.actions.stack import CERTIFIED
from chalicelib.outside import clock, policies, queues
from chalicelib.records import archive_rows, archives, cities, counters, lists, traces
from chalicelib.records.counters import Contribution, Tally
from chalicelib.rules import contribution
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.policy import overridden

TRIES = 8
SLICE = 10
"""Archives in one message: ten messages are one invocation, which has a minute."""


def count(key: str, *, shown_on: date | None = None) -> bool:
    """Bring the counters up to an archive, of which a household confirmed an entry on a day; says whether they changed.

    What was counted is read first: whoever reads an older archive than another is then refused. Unavailable when others
    keep counting in the same shard.
    """
    for tried in range(TRIES):
        before = counters.find(key)
        after = _contribution(key, before, shown_on)
        if after is None or replace(after, revision=before.revision) == before:
            return False
        if counters.replaced(key, before, after):
            return True
        time.sleep(random.uniform(0.01, 0.03) * 2**tried)  # noqa: S311 - jitter, not a secret
    raise Unavailable("the counters of this shard are too busy")


def visited(archive: str, at: str) -> bool:
    """Count an entry that a household confirmed at an instant (A7)."""
    return count(archive, shown_on=day_of(datetime.fromisoformat(at)))


def recount(city: str | None = None) -> int:
    """Count a city anew, or every city; gives how many archives. Safe at any time: the figures from before are shown
    until all are counted."""
    served = [city] if city else lists.ids("province", "city", "active", shards=1)
    return sum(_recount(one) for one in served)


def catch_up() -> int:
    """Count anew the cities that another version of what is counted was used for, or another year, whose days gone by
    are so cleared; gives how many archives. What was broken off while they were listed is taken up again."""
    year = clock.today().year
    served = [(city, counters.tally(city)) for city in lists.ids("province", "city", "active", shards=1)]
    return sum(
        _recount(city)
        for city, tally in served
        if tally.version != contribution.VERSION or tally.since is None or tally.since.year != year
    )


def count_again(keys: Iterable[str]) -> int:
    """Count archives with all that is known of their visits; gives how many changed the counters."""
    return sum(count(key, shown_on=_last_visit(key)) for key in keys)


def is_whole(city: str, tally: Tally) -> bool:
    """Tell whether the generation that is written has every archive that its recount found."""
    if tally.archives is None:
        return False
    found = counters.read(city, tally.generation, first="now", last="now")
    return found.get("now", {}).get("archives", 0) >= tally.archives


def _recount(city: str) -> int:
    """Begin a new generation of a city's counters and queue all its archives for it."""
    before = counters.tally(city)
    whole = before.generation if is_whole(city, before) else before.whole
    now = Tally(generation=before.generation + 1, whole=whole, archives=None)
    counters.begin(city, now)  # from here on every change is counted there; those that do not change are listed
    states = ("none", *CERTIFIED)
    ids = {id for state in states for id in lists.ids(city, "worker", state, shards=archive_rows.SHARDS)}
    keys = [f"W#{city}#{id}" for id in sorted(ids)]
    queues.put("REREACT_QUEUE", [{"count": keys[at : at + SLICE]} for at in range(0, len(keys), SLICE)])
    counters.begin(city, replace(now, archives=len(ids), version=contribution.VERSION, since=clock.today()))
    return len(keys)


def _contribution(key: str, before: Contribution, shown_on: date | None) -> Contribution | None:
    archive = archives.find(key)
    if archive is None:
        return None
    city, today = cities.fetch(archive.city), clock.today()
    policy = overridden(policies.load(city.id), city.overrides)
    last = max((day for day in (before.shown_on, shown_on) if day), default=None)
    return Contribution(
        generation=counters.tally(archive.city).generation, shown_on=last,
        counts=contribution.of(archive, policy, today, last),
    )  # fmt: skip


def _last_visit(key: str) -> date | None:
    visits = traces.of(key, "V#visit#")
    return max((day_of(datetime.fromisoformat(one["at"])) for one in visits), default=None)
