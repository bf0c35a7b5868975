"""What the public sent (A7, A8, A9, C8), taken from the inbox into the register: visits, reports, companies' requests,
households' requests for details, workers' answers and workers' own appeals."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.actions import appeals, companies, consents, permissions, reports
from chalicelib.actions.appeal_forms import NewAppeal
from chalicelib.actions.forms import AccountRequest
from chalicelib.outside import retention, sealing
from chalicelib.records import codes, traces
from chalicelib.records.commit import repeated
from chalicelib.rules.act import SYSTEM, WORKER, Act
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Clash, NotAllowed


def receive(item: dict[str, Any]) -> str:
    """Take one inbox item (its texts and numbers) in; safe to repeat. Gives its kind; a `try` is nobody's business.

    LookupError when a visit ends that was not received yet: the retry queue brings it again.
    """
    take = _TAKE.get(item["kind"])
    if take:
        take(item)
    return str(item["kind"])


def _visit(item: dict[str, Any]) -> None:
    """Keep a confirmed entry in the archive, and for the household's own page (A7); no revision is raised.

    Since one that is kept already came, its worker may have left.
    """
    told = {"at": item["at"], "token": item["token"], "archive": item["archive"], "city": item["city"]}
    kept = traces.find(item["archive"], f"visit#{item['secret']}")
    if kept is None:
        visit = {**json.loads(item["body"]), **told}
        traces.keep(item["archive"], f"visit#{item['secret']}", "visit", visit, ends=_ends(told))
    elif "left_at" in kept:
        told["left_at"] = kept["left_at"]
    _show(item["secret"], told)


def _leave(item: dict[str, Any]) -> None:
    kept = traces.find(item["archive"], f"visit#{item['secret']}")
    if kept is None:
        raise LookupError("the visit is not here yet")
    visit = {**kept, "left_at": item["at"]}
    traces.keep(item["archive"], f"visit#{item['secret']}", "visit", visit, ends=_ends(visit))
    _show(item["secret"], {name: visit[name] for name in ("at", "token", "archive", "city", "left_at")})


def _show(secret: str, told: dict[str, Any]) -> None:
    """Put what the household's own page reads of its visit, for as long as the visit is kept."""
    codes.put_plain(f"visit#{secret}", visit=json.dumps(told), ttl=int(_ends(told).timestamp()))


def _ends(visit: dict[str, Any]) -> datetime:
    return retention.ends("visit_days", datetime.fromisoformat(visit["at"]))


def _pin(item: dict[str, Any]) -> None:
    sealed = b64decode(json.loads(item["body"])["pin"])
    permissions.try_pin(item, sealing.open_public(sealed).decode())


def _appeal(item: dict[str, Any]) -> None:
    """File a worker's own appeal (C8). What cannot be appealed any more is left: the worker's page says what stands.

    Clash when somebody changed the archive in between: the retry queue brings it again.
    """
    told, at = json.loads(item["body"]), datetime.fromisoformat(item["at"])
    by = replace(WORKER, city=item["city"])
    act = Act(account=by, at=at, on=day_of(at), key=item["pk"], digest=item.get("body_hash", ""))
    if repeated(act):
        return
    try:
        appeals.file(act, NewAppeal(worker=item["archive"].split("#")[2], **told))
    except NotAllowed:
        return
    except Clash as clash:
        if clash.rule != "appeal-open":
            raise


def _request(item: dict[str, Any]) -> None:
    told = json.loads(item["body"])
    opened = json.loads(sealing.open_public(b64decode(told.pop("contact"))))
    form = AccountRequest.model_validate({**told, **opened})
    at = datetime.fromisoformat(item["at"])
    act = Act(account=SYSTEM, at=at, on=day_of(at), key=item["pk"], digest=item.get("body_hash", ""))
    if repeated(act):
        return
    try:
        companies.ask(act, form)
    except Clash:
        # A company that is known already: the association sees it in its list; the public is told nothing more.
        return


_TAKE: dict[str, Callable[[dict[str, Any]], None]] = {
    "visit": _visit, "leave": _leave, "report": reports.receive, "request": _request, "ask": permissions.ask,
    "answer": permissions.answer, "pin": _pin, "consent": consents.decide, "appeal": _appeal,
}  # fmt: skip
