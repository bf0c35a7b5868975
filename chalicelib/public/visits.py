"""A household's visit: confirming entry (A7), its private page, asking for details (A9), and leaving."""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from chalicelib import settings
from chalicelib.outside import clock
from chalicelib.public import answer, codes, details, inbox, sending, store, visit_page
from chalicelib.public.answer import Load
from chalicelib.public.forms import Form, digest
from chalicelib.public.replies import Reply, data, html
from chalicelib.public.request import Request, fields
from chalicelib.public.shell import Place, address
from chalicelib.rules import live
from chalicelib.rules.colour import consented
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Missing, NotAllowed, Unavailable

_ALPHABET = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


class Visit(NamedTuple):
    """What is known of a visit: instants in RFC 3339, `left_at` empty while it lasts, the masked name."""

    key: str
    at: str
    left_at: str
    name: str
    company: str
    token: str
    city: str
    archive: str
    hotline: str

    @property
    def about(self) -> dict[str, str]:
        """What the inbox keeps of the visit that something is sent about."""
        return {"token": self.token, "city": self.city, "archive": self.archive, "secret": self.key}


def confirm(request: Request, place: Place, text: str, at: datetime, load: Load) -> Reply:
    """POST a visit under a nonce of the answer; 201 with its private link, the same for the same body.

    A code that has turned since takes no new visit, and still gives the link of one it took.
    """
    form = Form(fields(request))
    nonce, phone = sending.nonce(form), form.phone("phone")
    scanned = live.scanned(text)
    code = codes.fetch(scanned.token) if scanned is not None else None
    if code is None:
        raise Missing("查无此码，请勿凭此码让任何人入户")
    key = sending.standing(form, nonce, code.token, at, (code.nonce_key,))
    form.done()
    secret, body_hash = live.visit_secret(key, nonce), digest(key, {"token": code.token, "phone": phone})
    if answer.welcome(answer.judged(code, day_of(at), load)[0]):
        about = {"token": code.token, "city": code.city, "archive": code.archive, "secret": codes.hashed(secret)}
        since = inbox.sent("visit", nonce, body=sending.hidden(phone), body_hash=body_hash, at=at, about=about)
    elif (earlier := inbox.sent_before("visit", nonce, body_hash)) is not None:
        since = earlier
    else:
        raise NotAllowed("此码现在不是绿码或黄码，不能确认入户", rule="visit-not-open")
    url = f"{address()}/visits/{secret}"
    if request.wants_page:
        return html(201, visit_page.confirmed(place.calling(code.hotline), f"/visits/{secret}", since), location=url)
    return data(201, {"result": "recorded", "at": since, "url": url}, location=url)


def show(request: Request, place: Place, secret: str, at: datetime) -> Reply:
    """GET the household's own visit, with the details that the worker allows for ten minutes (A9)."""
    visit = fetch(secret)
    return _shown(request, place, visit, _asked(visit, at))


def send(request: Request, place: Place, secret: str, at: datetime) -> Reply:
    """POST that the worker has left, where the first time counts; or a request for details, or a PIN for them (A9)."""
    form = Form(fields(request))
    kind = form.choice("kind", "操作", ("leave", "ask", "pin"))
    pin = details.pin(form) if kind == "pin" else ""
    form.done()
    visit = fetch(secret)
    asked = _asked(visit, at)
    if kind == "ask":
        since = details.ask(visit.about, asked, at)
        asked |= {"state": "waiting"} if asked["details"] is None else {}
        return _recorded(request, place, visit, asked, {"asked_at": since})
    if kind == "pin":
        since = details.try_pin(visit.about, secret.upper(), pin, asked, at)
        asked |= {"state": "checking"} if asked["details"] is None else {}
        return _recorded(request, place, visit, asked, {"asked_at": since})
    left_at = visit.left_at or inbox.sent(
        "leave", visit.key, body={}, body_hash=visit.key, at=at, about=visit.about
    )  # fmt: skip
    asked |= {"state": "ended", "details": None}
    return _recorded(request, place, visit._replace(left_at=left_at), asked, {"left_at": left_at})


def _asked(visit: Visit, at: datetime) -> dict[str, Any]:
    return details.fetch(visit.key, entered=visit.at, open=bool(visit.name) and not visit.left_at, at=at)


def _recorded(request: Request, place: Place, visit: Visit, asked: dict[str, Any], told: dict[str, str]) -> Reply:
    if request.wants_page:
        return html(201, visit_page.page(place.calling(visit.hotline), visit._asdict(), asked))
    return data(201, {"result": "recorded", **told})


def _shown(request: Request, place: Place, visit: Visit, asked: dict[str, Any]) -> Reply:
    if request.wants_page:
        return html(200, visit_page.page(place.calling(visit.hotline), visit._asdict(), asked))
    told = {name: getattr(visit, name) or None for name in ("at", "left_at", "name", "company")}
    request_told = {name: asked[name] for name in ("state", "asked_at", "until")}
    return data(200, {"visit": told, "request": request_told, "details": asked["details"]})


def fetch(secret: str) -> Visit:
    """Read a visit by its secret; Missing for anything that is none, or not yet."""
    secret = secret.upper()
    if len(secret) != 26 or not _ALPHABET.issuperset(secret):
        raise Missing(visit_page.NONE)
    key = codes.hashed(secret)
    item = store.get(settings.required("CODES_TABLE"), f"visit#{key}")
    if item is None:
        raise Missing(visit_page.NONE)
    told: dict[str, Any] = json.loads(item["visit"]["S"])
    texts = {name: told.get(name) or "" for name in Visit._fields[2:]}
    return _with_holder(Visit(key=key, at=told["at"], **texts))


def _with_holder(visit: Visit) -> Visit:
    """Add who came, as far as the code's item shows it now; the visit stands without it too."""
    code = None
    with suppress(Unavailable):
        code = codes.fetch(visit.token) if visit.token else None
    if code is None:
        return visit
    visit = visit._replace(hotline=code.hotline)
    if code.facts is None or code.holder is None or not consented(code.facts, clock.today()):
        return visit
    holder = json.loads(code.holder)
    return visit._replace(name=holder["name"], company=holder["company"] or "")
