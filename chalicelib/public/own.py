"""Whose own page a secret opens, and what it tells beside the code: households that asked (A9), views (D8), appeals
(C8)."""

import json
from datetime import datetime
from typing import Any

from chalicelib import settings
from chalicelib.public import codes, stack, store
from chalicelib.public.codes import Code
from chalicelib.rules import live
from chalicelib.rules.errors import Missing
from chalicelib.rules.permission import WAITS

Own = dict[str, Any]
Appeals = dict[str, Any]
"""`open`: the subjects that may be appealed now; `last`: how the latest appeal stands, or null."""


_NOTHING: Own = {
    "permissions": [], "views": [], "consent": {"state": "none", "on": None, "text": None, "separate": []},
    "appeals": {"open": [], "last": None}, "application": None, "page": None,
}  # fmt: skip


def code(secret: str) -> Code:
    """Read the code that a private address is of, or for who has none yet one that says nothing (`NO_CODE`).

    Missing for an address that never was, or is nobody's any more."""
    hashed = codes.hashed(secret)
    token = codes.pointed_at(f"me#{hashed}")
    found = codes.fetch(token) if token is not None else _of_applicant(hashed)
    if found is None or found.phone_page != hashed:
        raise Missing("没有这个页面，链接可能已经失效；请向所属企业或协会要新的链接")
    return found


def _of_applicant(hashed: str) -> Code | None:
    item = store.get(settings.required("CODES_TABLE"), f"applicant#{hashed}")
    if item is None:
        return None
    archive = item["archive"]["S"]
    page = _read(archive)["page"]
    key, city = stack.key("report_key"), archive.split("#")[1]
    return Code(codes.NO_CODE, None, {}, archive=archive, city=city, phone_page=page or "", nonce_key=key)


def label(code: Code) -> str:
    """Name the page in its nonces: they are of no code, so that nobody makes a visit of one."""
    return f"me#{code.phone_page}"


def nonce(code: Code, at: datetime) -> str:
    """Make the nonce under which the worker may decide or send something, for a quarter of an hour."""
    return live.make_nonce(code.nonce_key, label(code), at)


def fetch(archive: str, at: datetime) -> Own:
    """Read `own#` of an archive as of an instant: {permissions, views, consent, appeals, application}, newest first.

    A request that nobody answered in time is `unanswered`, a grant that has ended `over`."""
    found = _read(archive)
    for one in found["permissions"]:
        if one["state"] == "waiting" and at > datetime.fromisoformat(one["asked_at"]) + WAITS:
            one["state"] = "unanswered"
        if one["state"] == "allowed" and at >= datetime.fromisoformat(one["until"]):
            one["state"] = "over"
    return found


def _read(archive: str) -> Own:
    item = store.get(settings.required("CODES_TABLE"), f"own#{archive}")
    # what the version before wrote lacks the later parts
    return _NOTHING | (json.loads(item["own"]["S"]) if item is not None else {})
