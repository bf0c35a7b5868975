"""Wrapped data keys: `KEY#{purpose}`, `key` and for later versions `key#{n}`; which of them count stands in `versions`.

What unwraps them is outside/sealing.py. A key is never removed: what it sealed may lie in a backup.
"""

from base64 import b64decode, b64encode
from typing import NamedTuple

from pynamodb.exceptions import DoesNotExist, PutError

from chalicelib.records.tables import RegisterRow

FOUND, NEXT = "found", "next"


class Versions(NamedTuple):
    """The version that is used for what is new, and the one before while it is being replaced (None: no longer)."""

    present: int = 1
    former: int | None = None


def find(purpose: str, version: int = 1) -> bytes | None:
    """Give a wrapped key of a purpose, or None when none was made."""
    try:
        return b64decode(RegisterRow.get(f"KEY#{purpose}", _place(version), consistent_read=True).body or "")
    except DoesNotExist:
        return None


def offer(purpose: str, wrapped: bytes, version: int = 1) -> bytes:
    """Keep a new wrapped key unless one is there; give the one that counts."""
    row = RegisterRow(f"KEY#{purpose}", _place(version), noun="key", body=b64encode(wrapped).decode())
    _put_once(row)
    return find(purpose, version) or wrapped


def versions(purpose: str) -> Versions:
    """Tell which versions of a purpose's key count, strongly consistent."""
    try:
        row = RegisterRow.get(f"KEY#{purpose}", "versions", consistent_read=True)
    except DoesNotExist:
        return Versions()
    present, _, former = (row.body or "1").partition("|")
    return Versions(int(present), int(former) if former else None)


def turn(purpose: str, before: Versions, after: Versions) -> bool:
    """Change which versions count; False when somebody else changed it meanwhile."""
    row = RegisterRow(f"KEY#{purpose}", "versions", noun="key", body=_written(after))
    there = RegisterRow.body == _written(before)
    return _put(row, there if before != Versions() else there | RegisterRow.pk.does_not_exist())


def note(purpose: str, version: int, turn: str, what: str) -> None:
    """Note once of a turn of a rotation that a slice is done, that it FOUND something, or that the NEXT is queued."""
    _put_once(RegisterRow(f"KEY#{purpose}", f"{_turn(version, turn)}{what}", noun="done"))


def noted(purpose: str, version: int, turn: str) -> set[str]:
    """Give what was noted of a turn."""
    start = _turn(version, turn)
    rows = RegisterRow.query(f"KEY#{purpose}", RegisterRow.sk.startswith(start), consistent_read=True)
    return {row.sk.removeprefix(start) for row in rows}


def _turn(version: int, turn: str) -> str:
    return f"done#{version:04d}#{turn}#"


def _place(version: int) -> str:
    return "key" if version == 1 else f"key#{version}"


def _written(one: Versions) -> str:
    return f"{one.present}|{one.former or ''}"


def _put_once(row: RegisterRow) -> bool:
    return _put(row, RegisterRow.pk.does_not_exist())


def _put(row: RegisterRow, condition: object) -> bool:
    try:
        row.save(condition=condition)  # type: ignore[arg-type]
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True
