"""Cursors of lists: opaque and signed for the house that was given them, so that nobody can ask from a place of their
own making or of another's list."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256

from chalicelib.actions import secrets
from chalicelib.rules.account import Account
from chalicelib.rules.errors import Fault, Malformed

_MARK = 12


def make(after: str, account: Account) -> str:
    """Make a cursor of the sort value after which the next page begins, for the account's city or company."""
    return urlsafe_b64encode(_mark(after, account) + after.encode()).decode()


def read(cursor: str, account: Account) -> str:
    """Read a cursor that the account's house was given; Malformed for any other."""
    try:
        raw = urlsafe_b64decode(cursor)
        after = raw[_MARK:].decode()
    except (Error, ValueError):
        raise _foreign() from None
    if not hmac.compare_digest(raw[:_MARK], _mark(after, account)):
        raise _foreign()
    return after


def _mark(after: str, account: Account) -> bytes:
    signed = json.dumps([account.city, account.company, after]).encode()
    return hmac.digest(secrets.data_key("cursor"), signed, sha256)[:_MARK]


def _foreign() -> Malformed:
    words = "翻页标记无效；请从第一页重新查询"
    return Malformed(words, faults=(Fault("cursor", "foreign", words),))
