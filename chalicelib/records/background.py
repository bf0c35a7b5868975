"""Background batches: one row `B#{city}#{id}` each, with a ledger chain of its own."""

import json
from dataclasses import replace

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import shapes
from chalicelib.records.commit import META, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.background import BackgroundBatch
from chalicelib.rules.errors import Missing


def find(city: str, id: str) -> BackgroundBatch | None:
    """Read a batch, strongly consistent, or None."""
    try:
        row = RegisterRow.get(f"B#{city}#{id}", META, consistent_read=True)
    except DoesNotExist:
        return None
    stored = json.loads(row.body or "{}")
    stored.update(revision=int(row.revision or 0), head=row.head or "")
    return shapes.load(BackgroundBatch, json.dumps(stored))


def fetch(city: str, id: str) -> BackgroundBatch:
    """Read a batch; Missing when there is none."""
    batch = find(city, id)
    if batch is None:
        raise Missing("没有这个核查批次")
    return batch


def store(before: BackgroundBatch, after: BackgroundBatch, *, act: Act, entry: Entry) -> BackgroundBatch:
    """Write a batch as one decision (see `commit`)."""
    brief = {"id": after.id, "state": after.state, "at": after.at.isoformat(), "members": len(after.members),
             "left": after.left}  # fmt: skip
    item = Item(
        sk=META, noun="background-batch", body=shapes.dump(after), brief=json.dumps(brief),
        list_key=f"{after.city}#background-batch#{after.state}#0", list_sort=f"{after.at.isoformat()}#{after.id}",
    )  # fmt: skip
    now = replace(after, revision=before.revision + 1)
    return replace(now, head=commit(before, act=act, entry=entry, put=[item], result=now))
