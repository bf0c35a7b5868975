"""Card batches: one row `K#{city}#{number}` each, with a ledger chain of its own; a card's token is claimed by one."""

import json
from collections.abc import Iterable
from dataclasses import replace

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import shapes
from chalicelib.records.commit import META, Claim, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.card_batch import CardBatch, Ordered
from chalicelib.rules.errors import Missing


def fetch(city: str, id: str) -> CardBatch:
    """Read a batch, strongly consistent; Missing when there is none."""
    try:
        row = RegisterRow.get(f"K#{city}#{id}", META, consistent_read=True)
    except DoesNotExist:
        raise Missing("没有这个制卡批次") from None
    stored = json.loads(row.body or "{}")
    stored.update(revision=int(row.revision or 0), head=row.head or "")
    return shapes.load(CardBatch, json.dumps(stored))


def store(
    before: CardBatch, after: CardBatch, *, act: Act, entry: Entry, claim: Iterable[Claim] = (),
    release: Iterable[str] = (),
) -> CardBatch:  # fmt: skip
    """Write a batch as one decision (see `commit`)."""
    brief = {"id": after.id, "state": after.state, "at": after.at.isoformat(), "by_name": after.by_name,
             "members": len(after.members), "made": after.made, "unit_fen": after.unit_fen}  # fmt: skip
    item = Item(
        sk=META, noun="card-batch", body=shapes.dump(after), brief=json.dumps(brief, ensure_ascii=False),
        list_key=f"{after.city}#card-batch#{after.state}#0", list_sort=f"{after.at.isoformat()}#{after.id}",
    )  # fmt: skip
    now = replace(after, revision=before.revision + 1)
    return replace(now, head=commit(before, act=act, entry=entry, put=[item], claim=claim, release=release, result=now))


def claim(batch: CardBatch, member: Ordered) -> Claim:
    """Name the uniqueness of a card in a batch."""
    taken = f"申请 {member.application} 的卡已在另一个制卡批次中；请刷新"
    return Claim(key=f"U#card#{member.token}", owner=batch.key, taken=taken)
