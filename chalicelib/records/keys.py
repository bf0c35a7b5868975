"""Wrapped data keys: `KEY#{purpose}`; what unwraps them is outside/sealing.py."""

from base64 import b64decode, b64encode

from pynamodb.exceptions import DoesNotExist, PutError

from chalicelib.records.tables import RegisterRow


def find(purpose: str) -> bytes | None:
    """Give the wrapped key of a purpose, or None when none was made."""
    try:
        return b64decode(RegisterRow.get(f"KEY#{purpose}", "key", consistent_read=True).body or "")
    except DoesNotExist:
        return None


def offer(purpose: str, wrapped: bytes) -> bytes:
    """Keep a new wrapped key unless one is there; give the one that counts."""
    row = RegisterRow(f"KEY#{purpose}", "key", noun="key", body=b64encode(wrapped).decode())
    try:
        row.save(condition=RegisterRow.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
    return find(purpose) or wrapped
