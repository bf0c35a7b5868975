"""What happened around an archive without changing it: `V#` visits. No revision is raised."""

import json
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist

from chalicelib.records.tables import RegisterRow


def keep(archive: str, name: str, noun: str, told: dict[str, Any], *, ends: datetime) -> None:
    """Keep a visit as it now is, until it has no purpose left; the same one twice is one row."""
    body = json.dumps(told, ensure_ascii=False)
    RegisterRow(archive, f"V#{name}", noun=noun, body=body, ttl=int(ends.timestamp())).save()


def find(archive: str, name: str) -> dict[str, Any] | None:
    """Read a visit, or None."""
    try:
        row = RegisterRow.get(archive, f"V#{name}", consistent_read=True)
    except DoesNotExist:
        return None
    found: dict[str, Any] = json.loads(row.body or "{}")
    return found


def forget(archive: str) -> int:
    """Delete the visits of an archive (`V#visit`) and what was told about it (`H#`); reports stay until looked into."""
    begins = ("V#visit#", "H#")
    found = [row for prefix in begins for row in RegisterRow.query(archive, RegisterRow.sk.startswith(prefix))]
    for row in found:
        row.delete()
    return len(found)


def of(archive: str, prefix: str) -> list[dict[str, Any]]:
    """List the visits (`V#`) or notices (`H#notice`) of an archive, oldest first."""
    rows = RegisterRow.query(archive, RegisterRow.sk.startswith(prefix), consistent_read=True)
    return [{"sk": row.sk, "noun": row.noun, **json.loads(row.body or "{}")} for row in rows]
