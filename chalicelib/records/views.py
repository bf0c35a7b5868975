"""Who was shown something of a worker, and which households asked: a ledger chain of its own, `VIEW#{city}#{id}` (G3).

Apart from the archive's, so that looking at a paper never makes the decision on it clash. Its one row keeps the latest
of both, from which the worker's own page is projected.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import shapes
from chalicelib.records.commit import META, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Clash
from chalicelib.rules.permission import Permissions

TRIES = 5
LATEST = 50


@dataclass(frozen=True, kw_only=True)
class Latest:
    """What the worker's own page tells: the latest views in plain words, newest first, and the latest requests."""

    views: tuple[dict[str, str], ...] = ()
    permissions: Permissions = field(default_factory=Permissions)


@dataclass(frozen=True, kw_only=True)
class Views:
    """The head of a chain: how many entries there are, the last one's hash, and what is kept of the latest."""

    key: str
    revision: int = 0
    head: str = ""
    latest: Latest = field(default_factory=Latest)


def key_of(archive: str) -> str:
    """Name the chain of an archive by the archive's key."""
    return f"VIEW{archive[1:]}"


def fetch(archive: Archive) -> Views:
    """Read the head of an archive's views; nobody looked yet is revision 0."""
    return find(key_of(archive.key))


def find(key: str) -> Views:
    """Read the head of a chain by its key, strongly consistent; of none that is there, revision 0."""
    try:
        row = RegisterRow.get(key, META, consistent_read=True)
    except DoesNotExist:
        return Views(key=key)
    latest = shapes.load(Latest, row.body or "{}")
    return Views(key=key, revision=int(row.revision or 0), head=row.head or "", latest=latest)


def add(act: Act, archive: Archive, entry: Entry, told: dict[str, str], *, mark: str = "") -> None:
    """Write that somebody was shown something of an archive; `told` are the words for the worker (rules/reveal.py).

    What is kept under a `mark` already is not written again: a queue may tell of it twice.
    """
    line = told | ({"mark": mark} if mark else {})

    def added(latest: Latest) -> Latest:
        known = mark and any(one.get("mark") == mark for one in latest.views)
        return latest if known else replace(latest, views=(line, *latest.views)[:LATEST])

    change(act, archive.key, added, lambda before, now: entry)


def change(
    act: Act, archive: str, changed: Callable[[Latest], Latest], entry: Callable[[Latest, Latest], Entry]
) -> Latest:
    """Change what is kept of an archive's latest, with an entry in the ledger, and give it; nothing is written where
    nothing changes. Clash only if others look at it all the time."""
    act = replace(act, key=None)
    for left in reversed(range(TRIES)):
        before = find(key_of(archive))
        now = changed(before.latest)
        if now == before.latest:
            break
        row = Item(sk=META, noun="views", body=shapes.dump(now))
        try:
            commit(before, act=act, entry=entry(before.latest, now), put=[row])
        except Clash:
            if not left:
                raise
        else:
            break
    return now
