"""What happened around an archive without changing it: `V#` visits and reports. No revision is raised."""

import json
from typing import Any
from zlib import crc32

from pynamodb.exceptions import DoesNotExist

from chalicelib.records.tables import RegisterRow

REPORT_SHARDS = 4


def keep(archive: str, name: str, noun: str, told: dict[str, Any]) -> None:
    """Keep a visit as it now is; the same one twice is one row."""
    RegisterRow(archive, f"V#{name}", noun=noun, body=json.dumps(told, ensure_ascii=False)).save()


def find(archive: str, name: str) -> dict[str, Any] | None:
    """Read a visit, or None."""
    try:
        row = RegisterRow.get(archive, f"V#{name}", consistent_read=True)
    except DoesNotExist:
        return None
    found: dict[str, Any] = json.loads(row.body or "{}")
    return found


def report(archive: str, nonce: str, told: dict[str, Any], *, city: str) -> None:
    """Keep a report and list it for its city; the same one twice is one row."""
    brief = {"worker": archive.rpartition("#")[2], "at": told["at"], "kind": told.get("kind")}
    RegisterRow(
        archive, f"V#report#{nonce}", noun="report", body=json.dumps(told, ensure_ascii=False),
        brief=json.dumps(brief), list_key=f"{city}#report#new#{crc32(archive.encode()) % REPORT_SHARDS}",
        list_sort=f"{told['at']}#{nonce}",
    ).save()  # fmt: skip


def of(archive: str, prefix: str) -> list[dict[str, Any]]:
    """List the visits (`V#`) or notices (`H#notice`) of an archive, oldest first."""
    rows = RegisterRow.query(archive, RegisterRow.sk.startswith(prefix), consistent_read=True)
    return [{"sk": row.sk, "noun": row.noun, **json.loads(row.body or "{}")} for row in rows]
