"""Views of a worker's files: a ledger chain of its own, `VIEW#{city}#{id}` (G3).

Apart from the archive's, so that looking at a paper never makes the decision on it clash.
"""

from dataclasses import dataclass, replace

from pynamodb.exceptions import DoesNotExist

from chalicelib.records.commit import META, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Clash

TRIES = 5


@dataclass(frozen=True, kw_only=True)
class Views:
    """The head of a chain: how many views there were, and the last one's hash."""

    key: str
    revision: int = 0
    head: str = ""


def fetch(archive: Archive) -> Views:
    """Read the head of an archive's views; nobody looked yet is revision 0."""
    key = f"VIEW#{archive.city}#{archive.id}"
    try:
        row = RegisterRow.get(key, META, consistent_read=True)
    except DoesNotExist:
        return Views(key=key)
    return Views(key=key, revision=int(row.revision or 0), head=row.head or "")


def add(act: Act, archive: Archive, entry: Entry) -> None:
    """Write that somebody was shown something of an archive; Clash only if others look at it all the time."""
    head, act = Item(sk=META, noun="views", body="{}"), replace(act, key=None)
    for left in reversed(range(TRIES)):
        try:
            commit(fetch(archive), act=act, entry=entry, put=[head])
        except Clash:
            if not left:
                raise
        else:
            return
