"""Whose own page a secret opens, and what it tells beside the code: households that asked (A9), views (D8)."""

import json
from datetime import datetime
from typing import Any

from chalicelib import settings
from chalicelib.public import codes, store
from chalicelib.public.codes import Code
from chalicelib.rules.errors import Missing
from chalicelib.rules.permission import WAITS

Own = dict[str, Any]


_NOTHING: Own = {"permissions": [], "views": [], "consent": {"state": "none", "on": None, "text": None, "separate": []}}


def code(secret: str) -> Code:
    """Read the code that a private address is of; Missing for one that never was, or is not the code's any more."""
    hashed = codes.hashed(secret)
    token = codes.pointed_at(f"me#{hashed}")
    found = codes.fetch(token) if token is not None else None
    if found is None or found.phone_page != hashed:
        raise Missing("没有这个页面，链接可能已经失效；请向所属企业或协会要新的链接")
    return found


def fetch(archive: str, at: datetime) -> Own:
    """Read `own#` of an archive as of an instant: {permissions, views, consent}, newest first.

    A request that nobody answered in time is `unanswered`, a grant that has ended `over`."""
    item = store.get(settings.required("CODES_TABLE"), f"own#{archive}")
    found: Own = json.loads(item["own"]["S"]) if item is not None else dict(_NOTHING)
    found.setdefault("consent", _NOTHING["consent"])  # written by the version before
    for one in found["permissions"]:
        if one["state"] == "waiting" and at > datetime.fromisoformat(one["asked_at"]) + WAITS:
            one["state"] = "unanswered"
        if one["state"] == "allowed" and at >= datetime.fromisoformat(one["until"]):
            one["state"] = "over"
    return found
