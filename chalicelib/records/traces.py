"""What happened around an archive without changing it: `V#` visits and reports, `H#` notices. No revision is raised."""

import json
from typing import Any
from zlib import crc32

from pynamodb.exceptions import DoesNotExist, PutError

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


def notify(archive: str, name: str, told: dict[str, Any], *, city: str, company: str) -> str:
    """Write a notice to the outbox once; give its sort key."""
    row = RegisterRow(
        archive, f"H#notice#{name}", noun="notice", body=json.dumps(told, ensure_ascii=False),
        brief=json.dumps(told, ensure_ascii=False), owner_key=f"{city}#{company}#notice",
        owner_sort=f"{told['at']}#{name}",
    )  # fmt: skip
    try:
        row.save(condition=RegisterRow.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
    return row.sk


def deliver(archive: str, sk: str, channel: str, at: str) -> bool:
    """Record that a notice went out on a channel, once; say whether this call was the one."""
    row = RegisterRow(archive, f"{sk}#{channel}", noun="delivery", body=json.dumps({"at": at, "channel": channel}))
    try:
        row.save(condition=RegisterRow.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def of(archive: str, prefix: str) -> list[dict[str, Any]]:
    """List the visits (`V#`) or notices (`H#notice`) of an archive, oldest first."""
    rows = RegisterRow.query(archive, RegisterRow.sk.startswith(prefix), consistent_read=True)
    return [{"sk": row.sk, "noun": row.noun, **json.loads(row.body or "{}")} for row in rows]
