"""What the public sent (A7, A8): visits, reports and companies' requests, taken from the inbox into the register."""

import json
from base64 import b64decode
from datetime import datetime
from typing import Any

from chalicelib.actions import companies
from chalicelib.actions.forms import AccountRequest
from chalicelib.outside import clock, sealing
from chalicelib.records import codes, traces
from chalicelib.records.commit import repeated
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.errors import Clash

KINDS = ("visit", "report", "leave", "request")


def receive(item: dict[str, Any]) -> str:
    """Take one inbox item (plain attributes) in; safe to repeat. Gives its kind."""
    kind = item.get("kind", item["pk"].partition("#")[0])
    if kind == "request":
        _request(item)
    elif kind in KINDS:
        _trace(kind, item)
    return str(kind)


def _trace(kind: str, item: dict[str, Any]) -> None:
    """Keep a visit, its end or a report in the archive, beside what the code follows from; no revision is raised."""
    nonce = item["pk"].partition("#")[2]
    told = json.loads(item.get("body") or "{}")
    traces.keep(item["archive"], kind, item["at"], nonce, told, city=item["city"])
    if kind == "visit" and item.get("secret"):
        shown = {"token": item["token"], "archive": item["archive"], "city": item["city"], "at": item["at"]}
        codes.put_plain(f"visit#{item['secret']}", visit=json.dumps(shown))


def _request(item: dict[str, Any]) -> None:
    told = json.loads(item["body"])
    opened = json.loads(sealing.open_public(b64decode(told.pop("contact"))))
    form = AccountRequest.model_validate({**told, **opened})
    at = datetime.fromisoformat(item["at"])
    act = Act(account=SYSTEM, at=at, on=clock.day_of(at), key=item["pk"], digest=item.get("body_hash", ""))
    if repeated(act):
        return
    try:
        companies.ask(act, form)
    except Clash:
        # A company that is known already: the association sees it in its list; the public is told nothing more.
        return
