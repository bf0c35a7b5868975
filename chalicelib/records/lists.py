"""Lists by index keys: a page is the merge of a list's shards or one after the other, never a scan or a filter
(PERFORMANCE rule 6)."""

import heapq
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from chalicelib.records.archive_rows import shard
from chalicelib.records.tables import Listed, Owned, RegisterRow


class Page(NamedTuple):
    """Some briefs of a list, and the sort value after which the next page begins (None: that was all)."""

    items: list[dict[str, Any]]
    after: str | None


def by_state(
    city: str, noun: str, state: str, *, shards: int, limit: int, after: str | None, until: str | None = None
) -> Page:
    """List what of a city is in a state, in the order of its sort value, no further than what begins with `until`.

    A page lies spread over the shards: each is asked for twice its share, and again only where more of it comes next.
    """
    keys = [f"{city}#{noun}#{state}#{at}" for at in range(shards)]
    condition = _within(Listed.list_sort, after, until)
    share = 2 * limit // shards + 2
    found = [_read(RegisterRow.listed, key, condition, share, "list_sort") for key in keys]
    return _merged(found, limit)


def by_id(city: str, noun: str, state: str, *, shards: int, limit: int, after: str | None) -> Page:
    """List what of a city is in a state, where the sort value is the id that spreads it: shard after shard.

    An id tells nobody an order, and it tells its shard; so a page asks one shard, seldom two, and never all.
    """
    found: list[tuple[str, dict[str, Any]]] = []
    for at in range(shard(after, shards) if after else 0, shards):
        within = after and at == shard(after, shards)
        condition = (Listed.list_sort > after) if within else None
        left = limit + 1 - len(found)
        rows = RegisterRow.listed.query(f"{city}#{noun}#{state}#{at}", condition, limit=left, page_size=left)
        found += [_pair(row, "list_sort") for row in rows]
        if len(found) > limit:
            break
    return Page([brief for _, brief in found[:limit]], found[limit - 1][0] if len(found) > limit else None)


def by_company(
    city: str, company: str, noun: str, *, limit: int, after: str | None, newest: bool = False,
    state: str | None = None, until: str | None = None,
) -> Page:  # fmt: skip
    """List what a company has of a noun, in the order of its sort value or, for `newest`, against it; in that order no
    further than what begins with `until`.

    With a `state` those in it alone: one company's list is short.
    """
    condition = _within(Owned.owner_sort, after, until)
    if newest:
        condition = (Owned.owner_sort < after) if after else None
    key = f"{city}#{company}#{noun}"
    rows = RegisterRow.owned.query(key, condition, scan_index_forward=not newest, page_size=limit + 1)
    found = (_pair(row, "owner_sort") for row in rows)
    wanted = (pair for pair in found if state is None or pair[1].get("state") == state)
    return _merged([list(islice(wanted, limit + 1))], limit)


def every(city: str, noun: str, state: str, *, shards: int) -> Iterator[dict[str, Any]]:
    """Give the briefs of everything in a list in its order, page after page."""
    page = by_state(city, noun, state, shards=shards, limit=100, after=None)
    yield from page.items
    while page.after:
        page = by_state(city, noun, state, shards=shards, limit=100, after=page.after)
        yield from page.items


def ids(city: str, noun: str, state: str, *, shards: int) -> Iterator[str]:
    """Give the id of everything in a list, shard after shard: each item is read once, however many there are."""
    for at in range(shards):
        for row in RegisterRow.listed.query(f"{city}#{noun}#{state}#{at}"):
            yield str(json.loads(row.brief or "{}")["id"])


def between(city: str, noun: str, state: str, first: str, last: str, *, shards: int) -> Iterator[dict[str, Any]]:
    """Give the briefs of a list whose sort value lies between two, both included, and nothing else is read."""
    for at in range(shards):
        for row in RegisterRow.listed.query(f"{city}#{noun}#{state}#{at}", Listed.list_sort.between(first, last)):
            yield json.loads(row.brief or "{}")


def ids_of_company(city: str, company: str, noun: str) -> Iterator[str]:
    """Give the id of everything of a noun that a company has."""
    for row in RegisterRow.owned.query(f"{city}#{company}#{noun}"):
        yield str(json.loads(row.brief or "{}")["id"])


def by_owner(key: str) -> Iterator[dict[str, Any]]:
    """Give the brief of everything under one owner's key."""
    for row in RegisterRow.owned.query(key):
        yield json.loads(row.brief or "{}")


def _within(sort: Any, after: str | None, until: str | None) -> Any:
    """Make the condition on a sort key: after one value, and no further than what begins with another."""
    if until is None:
        return (sort > after) if after else None
    last = f"{until}~"  # comes after every character of a sort value, as "!" comes before
    return sort.between(min(f"{after}!", last), last) if after else sort < last


def _read(index: Any, key: str, condition: Any, share: int, sort: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return (_pair(row, sort) for row in index.query(key, condition, page_size=share))


def _pair(row: Any, sort: str) -> tuple[str, dict[str, Any]]:
    return getattr(row, sort), {**json.loads(row.brief or "{}"), "revision": int(row.revision or 0)}


def _merged(found: Iterable[Iterable[tuple[str, dict[str, Any]]]], limit: int) -> Page:
    merged = list(islice(heapq.merge(*found, key=lambda pair: pair[0]), limit + 1))
    page = merged[:limit]
    return Page([brief for _, brief in page], page[-1][0] if len(merged) > limit else None)
