"""A code as it lies in the codes table, read whole or not at all."""

from binascii import a2b_base64

from chalicelib import settings
from chalicelib.public import store
from chalicelib.public.store import Item
from chalicelib.rules import live
from chalicelib.rules.colour import Facts, facts_from, with_stop
from chalicelib.rules.digest import sha256
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.json_text import read
from chalicelib.rules.light import Any, Mapping, NamedTuple

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
_STOP_ONLY = frozenset(("pk", "stop", "stop_revision"))

NO_CODE = "-"
"""Stands in a path for a code that is no code at all."""


_KEPT_CODES = 100
_kept: dict[str, tuple[Item, "Code"]] = {}


class Code(NamedTuple):
    """One code. `facts` and all after it are empty when only a stop is known; a stop is in the facts too."""

    token: str
    stop: Mapping[str, str] | None
    facts: Facts | None = None
    region: str = ""
    overrides: tuple[dict[str, Any], ...] = ()
    live_secret: bytes = b""
    nonce_key: bytes = b""
    holder: dict[str, Any] | None = None
    holder_zh: str = ""
    holder_en: str = ""
    photo: str = ""
    city: str = ""
    archive: str = ""
    hotline: str = ""
    objection: str = ""
    phone_page: str = ""


def claimed(text: str) -> str:
    """Give what a QR claims to be: the canonical token, or its text if that is fit to keep and to show."""
    found = live.scanned(text)
    if found is not None:
        return found.token
    return text.upper() if text.isascii() and text.isalnum() and len(text) <= 64 else NO_CODE


def fetch(token: str) -> Code | None:
    """Read a code by its canonical token; None when there is none, Unavailable when it cannot be trusted."""
    item = store.get(settings.required("CODES_TABLE"), token)
    if item is None:
        return None
    kept = _kept.get(token)
    if kept is not None and kept[0] is item:
        return kept[1]
    if len(_kept) >= _KEPT_CODES:
        _kept.clear()
    try:
        code = _read(item, token)
        _kept[token] = item, code
        return code
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise Unavailable(f"a code's item is not whole: {type(error).__name__}") from None


def pointed_at(key: str) -> str | None:
    """Read the token that a look-up's or a worker's item points at; None when there is no such item."""
    item = store.get(settings.required("CODES_TABLE"), key)
    return None if item is None else store.text(item, "token")


def _read(item: Item, token: str) -> Code:
    if store.text(item, "pk") != token:
        raise ValueError("another item")
    stop = read(item["stop"]["S"]) if "stop" in item else None
    if stop is not None and item.keys() <= _STOP_ONLY:
        return Code(token, stop)
    facts = _facts(read(item["facts"]["S"]))
    return Code(
        token=token,
        stop=stop,
        facts=facts if stop is None else with_stop(facts, stop),
        region=_region(item["region"]["S"]),
        overrides=tuple(read(item["overrides"]["S"])),
        nonce_key=_key(item, "nonce_key"),
        city=item["city"]["S"],
        archive=item["archive"]["S"],
        hotline=store.text(item, "hotline") or "",
        objection=store.text(item, "objection") or "",
        phone_page=store.text(item, "phone_page") or "",
        **_shown(item),
    )


def _shown(item: Item) -> dict[str, Any]:
    """Read what is shown of a holder; a token that was replaced has nothing of it and no live code (C6)."""
    if not item.keys() & _SHOWN:
        return {}
    return {
        "live_secret": _key(item, "live_secret"),
        "holder": _holder(read(item["holder"]["S"])),
        "holder_zh": item["holder_zh"]["S"],
        "holder_en": item["holder_en"]["S"],
        "photo": _photo(item["photo"]["S"]) if "photo" in item else "",
    }


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


def _facts(told: dict[str, Any]) -> Facts:
    """Read facts of just the shape known here: a fact not known could be what makes the code red."""
    for part, names in _SHAPE.items():
        if (told if part is None else told[part]).keys() != names:
            raise ValueError("facts of another shape")
    return facts_from(told)


def _holder(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict) or "*" not in told["name"]:
        raise ValueError("no masked holder")
    return told


def _key(item: Item, name: str) -> bytes:
    found = a2b_base64(item[name]["B"], strict_mode=True)
    if len(found) != 32:
        raise ValueError("not a key of 32 bytes")
    return found


def hashed(secret: str) -> str:
    """Give what is stored in place of a secret."""
    return sha256(secret.encode()).hexdigest()
