"""Notices: `H#notice#{name}` in the partition of what they are about. The row is the outbox: what `send` has still to
do is listed by `city#notice#waiting#shard`, what it gave up by `failed`."""

import json
from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

from pynamodb.exceptions import DoesNotExist, PutError, TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.records import lists, shapes
from chalicelib.records.commit import connection
from chalicelib.records.lists import Page
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.notice import Notice, place

SHARDS = 4
_PREFIX = "H#notice#"


def write(notice: Notice) -> bool:
    """Write a notice unless it is there; say whether this call was the one."""
    return _saved(_row(notice), RegisterRow.pk.does_not_exist())


def write_together(notices: list[Notice]) -> bool:
    """Write notices, all or none; False when one of them is there already."""
    try:
        with TransactWrite(connection=connection()) as transaction:
            for one in notices:
                transaction.save(_row(one), condition=RegisterRow.pk.does_not_exist())
    except TransactWriteError as error:
        if "ConditionalCheckFailed" not in {str(getattr(one, "code", "")) for one in error.cancellation_reasons}:
            raise
        return False
    return True


def change(before: Notice, after: Notice) -> Notice | None:
    """Write what became of a notice; None when somebody else changed it first."""
    now = replace(after, revision=before.revision + 1)
    return now if _saved(_row(now), RegisterRow.revision == before.revision) else None


def find(of: str, name: str) -> Notice | None:
    """Read a notice, strongly consistent, or None."""
    try:
        row = RegisterRow.get(of, f"{_PREFIX}{name}", consistent_read=True)
    except DoesNotExist:
        return None
    return shapes.load(Notice, row.body or "")


def names(of: str, beginning: str) -> list[str]:
    """Name the notices of a partition whose names begin alike, strongly consistent."""
    begins = RegisterRow.sk.startswith(f"{_PREFIX}{beginning}")
    rows = RegisterRow.query(of, begins, consistent_read=True, attributes_to_get=["sk"])
    return [row.sk.removeprefix(_PREFIX) for row in rows]


def inbox(city: str, owner: str, *, limit: int, after: str | None) -> Page:
    """List the notices of a company or the association, newest first."""
    return lists.by_company(city, owner, "notice", limit=limit, after=after, newest=True)


def waiting(city: str) -> Iterator[tuple[str, str]]:
    """Give partition and name of every notice of a city that is still to be sent on some channel."""
    for id in lists.ids(city, "notice", "waiting", shards=SHARDS):
        yield place(id)


def _row(notice: Notice) -> RegisterRow:
    brief = {
        "id": notice.id, "title": notice.title, "text": notice.text, "template": notice.template,
        "at": notice.at.isoformat(timespec="seconds"), "worker": _worker(notice),
        "read_at": notice.read_at.isoformat(timespec="seconds") if notice.read_at else None,
        "channels": {one.channel: one.state for one in notice.deliveries},
    }  # fmt: skip
    sort = f"{brief['at']}#{notice.id}"
    row = RegisterRow(
        notice.of, f"{_PREFIX}{notice.name}", noun="notice", body=shapes.dump(notice),
        brief=json.dumps(brief, ensure_ascii=False), revision=notice.revision,
    )  # fmt: skip
    if notice.ends:
        row.ttl = int(notice.ends.timestamp())
    if notice.owner:
        row.owner_key, row.owner_sort = f"{notice.city}#{notice.owner}#notice", sort
    if notice.standing:
        shard = crc32(notice.of.encode()) % SHARDS
        row.list_key, row.list_sort = f"{notice.city}#notice#{notice.standing}#{shard}", sort
    return row


def _worker(notice: Notice) -> str | None:
    kind, _, id = notice.of.split("#")
    return id if kind == "W" else None


def _saved(row: RegisterRow, condition: object) -> bool:
    try:
        row.save(condition=condition)  # type: ignore[arg-type]
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True
