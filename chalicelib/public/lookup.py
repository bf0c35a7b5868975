"""Look-up by certificate number and surname (A5): a wrong half looks like an unknown number."""

import hashlib
from datetime import UTC, datetime

from chalicelib.public import codes, inbox
from chalicelib.public.codes import Code
from chalicelib.public.forms import Form
from chalicelib.public.replies import TooMany
from chalicelib.public.request import Request
from chalicelib.public.shell import Place, document
from chalicelib.rules import numbers

TRIES = 5
WINDOW_SECONDS = 1800

_WORDS = {
    "zh": {
        "title": "按证书编号查验",
        "why": "证书编号印在实体证正面，共17位数字；请同时填写持证人的姓。",
        "number": "证书编号",
        "surname": "姓",
        "check": "查验",
        "limit": "为保护持证人，每个编号半小时内最多查5次。",
    },
    "en": {
        "title": "Check by certificate number",
        "why": "The number is on the front of the card, 17 digits. Enter the holder's surname too.",
        "number": "Certificate number",
        "surname": "Surname (in Chinese)",
        "check": "Check",
        "limit": "To protect holders, a number can be looked up five times in half an hour.",
    },
}


def found(request: Request, at: datetime) -> Code | None:
    """Find the code of a number and surname; None for a number nobody has and for a wrong surname alike.

    Malformed before any read when a field cannot be right; TooMany when the window's tries are used up.
    """
    form = Form(request.query)
    number = numbers.read_number(form.text("number", "证书编号", most=40, least=1))
    surname = form.text("surname", "姓", most=20, least=1)
    if not number and request.query.get("number"):
        form.fault("number", "check-digit", "证书编号有误，请核对17位数字")
    form.done()
    _take(number or "", at)
    token = codes.pointed_at(f"L#{hashlib.sha256(f'{number}|{surname}'.encode()).hexdigest()}")
    return codes.fetch(token) if token else None


def _take(number: str, at: datetime) -> None:
    """Take one of the window's tries; TooMany when none is left."""
    window = int(at.timestamp()) // WINDOW_SECONDS
    ends = datetime.fromtimestamp((window + 1) * WINDOW_SECONDS, UTC)
    if not any(inbox.taken(number, window, count, ends) for count in range(1, TRIES + 1)):
        raise TooMany("这个编号查询次数过多，请半小时后再试，或扫描二维码查验")


def page(place: Place) -> str:
    """Give the form."""
    words = _WORDS[place.lang]
    english = '<input type="hidden" name="lang" value="en">' if place.lang == "en" else ""
    body = (
        f"<section><h1>{words['title']}</h1><p>{words['why']}</p>"
        f'<form method="get" action="/lookup">{english}'
        f'<label>{words["number"]}<input name="number" inputmode="numeric" autocomplete="off" required '
        f'maxlength="40"></label><label>{words["surname"]}<input name="surname" autocomplete="off" required '
        f'maxlength="20"></label><button>{words["check"]}</button></form><p><small>{words["limit"]}</small></p>'
        "</section>"
    )
    return document(place, words["title"], body)
