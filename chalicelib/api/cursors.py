"""Cursors of lists: opaque and signed, so that nobody can ask from a place of their own making."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256

from chalicelib.actions import secrets
from chalicelib.rules.errors import Fault, Malformed

_MARK = 12


def make(after: str) -> str:
    """Make a cursor of the sort value after which the next page begins."""
    return urlsafe_b64encode(_mark(after) + after.encode()).decode()


def read(cursor: str) -> str:
    """Read a cursor of ours; Malformed for any other."""
    try:
        raw = urlsafe_b64decode(cursor)
        after = raw[_MARK:].decode()
    except (Error, ValueError):
        raise _foreign() from None
    if not hmac.compare_digest(raw[:_MARK], _mark(after)):
        raise _foreign()
    return after


def _mark(after: str) -> bytes:
    return hmac.digest(secrets.data_key("cursor"), after.encode(), sha256)[:_MARK]


def _foreign() -> Malformed:
    words = "翻页标记无效；请从第一页重新查询"
    return Malformed(words, faults=(Fault("cursor", "foreign", words),))
