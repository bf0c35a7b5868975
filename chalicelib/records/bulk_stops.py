"""Bulk stops: `J#{city}#{id}`, in slices as every job (records/jobs.py); `A#source#…` lists each source whose further
papers it speaks of."""

import json
from collections.abc import Iterator
from dataclasses import replace

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import archive_rows, lists, shapes
from chalicelib.records.commit import META, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.bulk_stop import BulkStop, SourceKind, Word, source_key, words
from chalicelib.rules.errors import Missing


def store(before: BulkStop, after: BulkStop, *, act: Act, entry: Entry) -> BulkStop:
    """Write a bulk stop as one decision."""
    brief = {"id": after.id, "kind": after.kind, "names": after.names, "move": after.move, "state": after.state,
             "by_name": after.by_name, "at": after.at.isoformat(), "rows": after.rows}  # fmt: skip
    item = Item(
        sk=META, noun="bulk_stop", body=shapes.dump(after), brief=json.dumps(brief, ensure_ascii=False),
        list_key=f"{after.city}#bulk_stop#{after.state}#0", list_sort=after.at.isoformat(),
    )  # fmt: skip
    now = replace(after, revision=before.revision + 1)
    sources = [_source(after, key, word) for key, word in words(after).items()]
    return replace(now, head=commit(before, act=act, entry=entry, put=[item, *sources], result=now))


def _source(stop: BulkStop, key: str, word: Word) -> Item:
    return Item(
        sk=f"A#source#{key}", noun="source", body="{}", brief=shapes.dump(word),
        owner_key=f"{stop.city}#{stop.kind}-word#{key}", owner_sort=stop.at.isoformat(),
    )  # fmt: skip


def said(city: str, kind: SourceKind, name: str) -> list[Word]:
    """Give what was decided of a source's papers, oldest first."""
    key = f"{city}#{kind}-word#{source_key(name)}"
    return [shapes.load(Word, json.dumps(one)) for one in lists.by_owner(key)]


def fetch(city: str, id: str) -> BulkStop:
    """Read a bulk stop; Missing when there is none."""
    try:
        row = RegisterRow.get(f"J#{city}#{id}", META, consistent_read=True)
    except DoesNotExist:
        raise Missing("没有这次批量处理") from None
    if row.noun != "bulk_stop":
        raise Missing("没有这次批量处理")
    stored = json.loads(row.body or "{}")
    stored.update(revision=int(row.revision or 0), head=row.head or "")
    return shapes.load(BulkStop, json.dumps(stored))


def found(stop: BulkStop, name: str) -> Iterator[tuple[str, str | None]]:
    """Give each archive's id that the index has under one of the source's names, with its paper's day."""
    if stop.kind == "company":
        yield from ((id, None) for id in lists.ids_of_company(stop.city, name, "worker"))
        return
    for shard in range(archive_rows.SHARDS):
        key = archive_rows.source_list(stop.city, stop.kind, name, shard)
        yield from ((one["id"], one["on"]) for one in lists.by_owner(key))
