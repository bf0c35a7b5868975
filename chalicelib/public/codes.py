"""A code as it lies in the codes table, read whole or not at all."""

from binascii import a2b_base64

from chalicelib import settings
from chalicelib.public import store
from chalicelib.public.store import Item
from chalicelib.rules import live
from chalicelib.rules.colour import Facts, facts_from, with_stop
from chalicelib.rules.digest import sha256
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.json_text import read, written
from chalicelib.rules.light import Any, Mapping, NamedTuple
from chalicelib.rules.line import facts_in

_SHAPE = {
    None: frozenset((
        "certificate", "exams", "insurances", "background", "consent", "identity", "training", "company",
        "stop", "service_types",
    )),
    "certificate": frozenset(("state", "issued_on", "until", "review_due")),
    "background": frozenset(("conclusion", "checked_on", "due_on")),
    "consent": frozenset(("given_on", "withdrawn_on")),
}  # fmt: skip
_SHOWN = frozenset(("live_secret", "holder", "holder_zh", "holder_en"))
_DEAD = "certificate-replaced"
_STOP_ONLY = frozenset(("pk", "stop", "stop_revision"))

NO_CODE = "-"
"""Stands in a path for a code that is no code at all."""


_KEPT = 100
_codes: dict[str, tuple[bytes, "Code"]] = {}


class Code(NamedTuple):
    """One code. `facts` and all after it are empty when only a stop is known; a stop is in the facts too.

    `holder` is JSON as it stands in an answer. `settled` is what was made of the code today, by kind of code. It is
    `behind` when its archive is worse since it was projected, by what no stop says.
    """

    token: str
    stop: Mapping[str, str] | None
    settled: dict[str, Any]
    facts: Facts | None = None
    region: str = ""
    overrides: str = ""
    nonce_key: bytes = b""
    city: str = ""
    archive: str = ""
    hotline: str = ""
    objection: str = ""
    phone_page: str = ""
    projected_on: str = ""
    holder: str | None = None
    holder_zh: str = ""
    holder_en: str = ""
    live_secret: bytes = b""
    photo: str = ""
    behind: bool = False


def claimed(text: str) -> str:
    """Give what a QR claims to be: the canonical token, or its text if that is fit to keep and to show."""
    found = live.scanned(text)
    if found is not None:
        return found.token
    return text.upper() if text.isascii() and text.isalnum() and len(text) <= 64 else NO_CODE


def scanned(text: str) -> live.Scanned | None:
    """Read a printed or live code; the token of a code that is kept was read before."""
    return live.Scanned._make((text, None)) if text in _codes else live.scanned(text)


def fetch(token: str) -> Code | None:
    """Read a code by its canonical token; None when there is none, Unavailable when it cannot be trusted.

    A reply that says byte for byte what an earlier one said gives the same code.
    """
    reply = store.reply(settings.required("CODES_TABLE"), token)
    kept = _codes.get(token)
    if kept is not None and kept[0] == reply:
        return kept[1]
    item = store.item_in(reply)
    if item is None:
        return None
    try:
        code = _read(item, token)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise Unavailable(f"a code's item is not whole: {type(error).__name__}") from None
    if len(_codes) >= _KEPT:
        _codes.clear()
    _codes[token] = reply, code
    return code


def pointed_at(key: str) -> str | None:
    """Read the token that a look-up's or a worker's item points at; None when there is no such item."""
    item = store.get(settings.required("CODES_TABLE"), key)
    return None if item is None else store.text(item, "token")


def _read(item: Item, token: str) -> Code:
    if item["pk"]["S"] != token:
        raise ValueError("another item")
    stop = read(item["stop"]["S"]) if "stop" in item else None
    if stop is not None and item.keys() <= _STOP_ONLY:
        return Code(token, stop, {})
    facts = _facts(item["facts"]["S"])
    code = Code(
        token,
        stop,
        {},
        facts if stop is None else with_stop(facts, stop),
        _region(item["region"]["S"]),
        item["overrides"]["S"],
        _key(item, "nonce_key"),
        item["city"]["S"],
        item["archive"]["S"],
        store.text(item, "hotline") or "",
        store.text(item, "objection") or "",
        store.text(item, "phone_page") or "",
        store.text(item, "projected_on") or "",
        *(() if stop is not None and _DEAD in stop.values() else _shown(item)),
    )
    return code._replace(behind=True) if stop is None and "stop_revision" in item else code


def _shown(item: Item) -> tuple[Any, ...]:
    """Read what is shown of a holder; a token that was replaced has nothing of it and no live code (C6)."""
    if _SHOWN.isdisjoint(item):
        return ()
    holder, photo = _holder(item["holder"]["S"]), _photo(item["photo"]["S"]) if "photo" in item else ""
    return holder, item["holder_zh"]["S"], item["holder_en"]["S"], _key(item, "live_secret"), photo


def _photo(key: str) -> str:
    name = key.removeprefix("photos/").removesuffix(".jpg")
    if key != f"photos/{name}.jpg" or not (name.isascii() and name.isalnum()):
        raise ValueError("no photo's key")
    return key


def _region(text: str) -> str:
    # an unknown region would be judged by the default's softer rules
    if text != "default" and not (len(text) == 6 and text.isascii() and text.isdigit()):
        raise ValueError("no region")
    return text


def _facts(text: str) -> Facts:
    """Read facts of just the shape known here: a fact not known could be what makes the code red.

    The previous version of the code wrote them in JSON.
    """
    if text[0] != "{":
        return facts_in(text)
    told = read(text)
    for part, names in _SHAPE.items():
        if (told if part is None else told[part]).keys() != names:
            raise ValueError("facts of another shape")
    return facts_from(told)


def _holder(text: str) -> str:
    told = read(text)
    if not isinstance(told, dict) or "*" not in told["name"]:
        raise ValueError("no masked holder")
    # an answer puts the photo's address in this place
    return text if '"photo":null' in text else written(told)


def _key(item: Item, name: str) -> bytes:
    found = a2b_base64(item[name]["B"], strict_mode=True)
    if len(found) != 32:
        raise ValueError("not a key of 32 bytes")
    return found


def hashed(secret: str) -> str:
    """Give what is stored in place of a secret."""
    return sha256(secret.encode()).hexdigest()
