"""Whose own page a secret opens, and what it tells beside the code: households that asked (A9), views (D8), appeals
(C8)."""

import json
from datetime import datetime
from typing import Any

from chalicelib import settings
from chalicelib.public import codes, store
from chalicelib.public.codes import Code
from chalicelib.rules import live
from chalicelib.rules.errors import Missing
from chalicelib.rules.permission import WAITS

Own = dict[str, Any]
Appeals = dict[str, Any]
"""`open`: the subjects that may be appealed now; `last`: how the latest appeal stands, or null."""


_GONE = "没有这个页面，链接可能已经失效；请向所属企业或协会要新的链接"
_NOTHING: Own = {
    "permissions": [], "views": [], "consent": {"state": "none", "on": None, "text": None, "separate": []},
    "appeals": {"open": [], "last": None}, "application": None, "page": None,
}  # fmt: skip


def code(secret: str) -> Code:
    """Read the code that a private address is of; Missing for one that never was, or is not the code's any more."""
    found = find(secret)
    if found is None:
        raise Missing(_GONE)
    return found


def find(secret: str) -> Code | None:
    """Read the code that a private address is of, or None."""
    hashed = codes.hashed(secret)
    token = codes.pointed_at(f"me#{hashed}")
    found = codes.fetch(token) if token is not None else None
    return found if found is not None and found.phone_page == hashed else None


def applicant(secret: str, at: datetime) -> Own:
    """Read what the page of somebody tells who has applied and has no certificate yet; Missing for anybody else."""
    hashed = codes.hashed(secret)
    item = store.get(settings.required("CODES_TABLE"), f"applicant#{hashed}")
    found = fetch(item["archive"]["S"], at) if item is not None else None
    if found is None or found["page"] != hashed:
        raise Missing(_GONE)
    return found


def label(code: Code) -> str:
    """Name the page in its nonces: they are of no code, so that nobody makes a visit of one."""
    return f"me#{code.phone_page}"


def nonce(code: Code, at: datetime) -> str:
    """Make the nonce under which the worker may decide or send something, for a quarter of an hour."""
    return live.make_nonce(code.nonce_key, label(code), at)


def fetch(archive: str, at: datetime) -> Own:
    """Read `own#` of an archive as of an instant: {permissions, views, consent, appeals, application}, newest first.

    A request that nobody answered in time is `unanswered`, a grant that has ended `over`."""
    item = store.get(settings.required("CODES_TABLE"), f"own#{archive}")
    # what the version before wrote lacks the later parts
    found: Own = _NOTHING | (json.loads(item["own"]["S"]) if item is not None else {})
    for one in found["permissions"]:
        if one["state"] == "waiting" and at > datetime.fromisoformat(one["asked_at"]) + WAITS:
            one["state"] = "unanswered"
        if one["state"] == "allowed" and at >= datetime.fromisoformat(one["until"]):
            one["state"] = "over"
    return found
