"""The ledger, read: one hash chain per partition. Nothing here updates or deletes; `commit` appends."""

import json
from hashlib import sha256
from typing import Any

from pynamodb.exceptions import DoesNotExist, PutError

from chalicelib.records.commit import META
from chalicelib.records.tables import LedgerRow, RegisterRow


def chain(key: str) -> list[dict[str, Any]]:
    """Give the entries of a partition, oldest first, each with its `hash`."""
    return [
        {**_told(row.body), "hash": row.hash, "body": row.body or ""}
        for row in LedgerRow.query(key, consistent_read=True)
    ]


def latest(key: str, most: int) -> list[dict[str, Any]]:
    """Give the last entries of a partition, the newest first."""
    rows = LedgerRow.query(key, scan_index_forward=False, limit=most, consistent_read=True)
    return [_told(row.body) for row in rows]


def _told(body: str | None) -> dict[str, Any]:
    """Read an entry; of one that was damaged nothing, and its hash does not fit."""
    try:
        told = json.loads(body or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def broken(entries: list[dict[str, Any]], head: str) -> int | None:
    """Name the revision of the first entry that does not follow from the one before; None for a whole chain."""
    previous = ""
    for place, entry in enumerate(entries, 1):
        right = sha256(entry["body"].encode()).hexdigest() == entry["hash"]
        if not right or entry.get("previous") != previous or entry.get("revision") != place:
            return place
        previous = entry["hash"]
    return None if previous == head else len(entries) + 1


def head(key: str) -> tuple[int, str]:
    """Give how many entries a partition's own row counts, and the last one's hash; (0, "") when there is no row."""
    try:
        row = RegisterRow.get(key, META, consistent_read=True)
    except DoesNotExist:
        return 0, ""
    return int(row.revision or 0), row.head or ""


def swept_before(day: str) -> str | None:
    """Give the last day before another whose sweep was finished, or None."""
    earlier = LedgerRow.query("SWEEP", LedgerRow.sk < day, scan_index_forward=False, limit=1, consistent_read=True)
    for row in earlier:
        return str(row.sk)
    return None


def swept(day: str, codes: int) -> None:
    """Append that a day was swept; a repeat changes nothing."""
    body = json.dumps({"day": day, "codes": codes})
    row = LedgerRow("SWEEP", day, body=body, hash=sha256(body.encode()).hexdigest())
    try:
        row.save(condition=LedgerRow.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
