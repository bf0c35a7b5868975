"""Reports of codes (A8): `REPORT#{city}#{id}`, a partition and a ledger chain each; listed by state, oldest first."""

import json
from dataclasses import replace

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import archive_rows, shapes
from chalicelib.records.commit import META, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Missing
from chalicelib.rules.report import Report

SHARDS = 4


def store(before: Report, after: Report, *, act: Act, entry: Entry, about: Archive | None) -> Report:
    """Write a report as one decision; the list names by the masked name whom it is `about`."""
    name = about.worker.masked_name if about else None
    brief = {"id": after.id, "kind": after.kind, "state": after.state, "at": after.at.isoformat(),
             "worker": after.worker, "name": name}  # fmt: skip
    item = Item(
        sk=META, noun="report", body=shapes.dump(after), brief=json.dumps(brief, ensure_ascii=False),
        list_key=f"{after.city}#report#{after.state}#{archive_rows.shard(after.id, SHARDS)}",
        list_sort=f"{after.at.isoformat()}#{after.id}",
    )  # fmt: skip
    now = replace(after, revision=before.revision + 1)
    return replace(now, head=commit(before, act=act, entry=entry, put=[item], result=(now, about)))


def fetch(city: str, id: str) -> Report:
    """Read a report; Missing when there is none."""
    try:
        row = RegisterRow.get(f"REPORT#{city}#{id}", META, consistent_read=True)
    except DoesNotExist:
        raise Missing("没有这份举报") from None
    stored = json.loads(row.body or "{}")
    stored.update(revision=int(row.revision or 0), head=row.head or "")
    return shapes.load(Report, json.dumps(stored))
