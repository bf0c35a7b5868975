"""What a household sees beyond the masked page (A9): asked for on its visit's page, allowed by the worker, ten minutes.

The item `permission#` says how the request stands; how long anything may be shown is judged here, at each asking.
"""

import json
from datetime import datetime
from typing import Any

from chalicelib import settings
from chalicelib.public import inbox, stack, store
from chalicelib.public.forms import Form, digest
from chalicelib.public.replies import TooMany
from chalicelib.public.seal import sealed
from chalicelib.rules.errors import NotAllowed, Reused
from chalicelib.rules.permission import ASKABLE, MOST_ASKS, PIN_DIGITS, PIN_TRIES, WAITS

Told = dict[str, Any]
_DIGITS = frozenset("0123456789")


def fetch(visit: str, *, entered: str, open: bool, at: datetime) -> Told:
    """Tell how a visit's request stands: {state, number, asked_at, until, details}; `visit` is the hash of its secret.

    `state` is none, waiting, unanswered, allowed, over, refused, closed or ended; `details` is null unless allowed.
    `open` is whether the visit lasts and the worker's consent stands: without it nothing is shown or asked for (ended).
    """
    item = store.get(settings.required("CODES_TABLE"), f"permission#{visit}")
    told: Told = json.loads(item["permission"]["S"]) if item is not None else {"state": "none", "number": 0}
    state, until = told["state"], told.get("until")
    if state == "waiting" and at > datetime.fromisoformat(told["asked_at"]) + WAITS:
        state = "unanswered"
    details = told.get("details")
    if state == "allowed" and (details is None or until is None or at >= datetime.fromisoformat(until)):
        state = "over"
    if not open or at > datetime.fromisoformat(entered) + ASKABLE:
        state = "ended"
    shown = details if state == "allowed" else None
    asked_at = told.get("asked_at")
    return {"state": state, "number": told["number"], "asked_at": asked_at, "until": until, "details": shown}


def ask(about: dict[str, str], told: Told, at: datetime) -> str:
    """Ask the worker, once while it waits or is shown; give since when. NotAllowed when it cannot be asked."""
    _askable(told)
    if told["state"] in ("waiting", "allowed"):
        return str(told["asked_at"])
    number = told["number"] + 1
    if number > MOST_ASKS:
        raise NotAllowed(f"本次服务已请求 {MOST_ASKS} 次，请当面核对实体证", rule="asked-often")
    key = f"{about['secret']}#{number}"
    return inbox.sent("ask", key, body={}, body_hash=key, at=at, about=about | {"number": str(number)})


def pin(form: Form) -> str:
    """Read the PIN of a form: six digits, spaces left out."""
    given = "".join(form.text("pin", "口令", most=20, least=1).split())
    if given and (len(given) != PIN_DIGITS or not _DIGITS.issuperset(given)):
        return form.fault("pin", "pin", f"口令应为 {PIN_DIGITS} 位数字")
    return given


def try_pin(about: dict[str, str], secret: str, pin: str, told: Told, at: datetime) -> str:
    """Send a PIN to be compared; give since when. TooMany when the visit's tries are used up, NotAllowed when over."""
    _askable(told)
    if told["state"] == "allowed":
        return str(told["asked_at"])
    number = told["number"] if told["state"] == "waiting" else told["number"] + 1
    body = {"pin": sealed(pin, stack.seal_public())}
    hashed = digest(secret.encode(), {"pin": pin})
    for count in range(1, PIN_TRIES + 1):
        try:
            return inbox.sent(
                "pin", f"{about['secret']}#{count}", body=body, body_hash=hashed, at=at,
                about=about | {"number": str(number), "count": str(count)},
            )  # fmt: skip
        except Reused:
            continue
    raise TooMany(f"口令已试 {PIN_TRIES} 次，本次服务不能再试；请当面核对实体证，或请所属企业协助")


def _askable(told: Told) -> None:
    if told["state"] == "closed":
        raise NotAllowed("本次服务不能再请求查看；请当面核对实体证，或拨打热线", rule="asking-closed")
    if told["state"] == "ended":
        raise NotAllowed("服务已结束、入户已超过一天，或本人已停用，不能请求查看", rule="asking-over")
