"""The stack's own item of `codes`, read where a check needs more than its code, and kept a minute; and what its cities
chose for themselves, kept a day."""

import time
from binascii import a2b_base64

from chalicelib import settings
from chalicelib.public import store
from chalicelib.public.store import Item
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.json_text import read

NATIONAL_HOTLINE = "12345"
_KEPT_SECONDS = 60.0


class _Kept:
    item: Item | None = None
    until = 0.0
    choices: dict[str, tuple[str, str]] = {}  # noqa: RUF012 - of the process


def fetch() -> Item:
    """Give the item, at most a minute old; Unavailable when it cannot be had."""
    if _Kept.item is None or time.monotonic() >= _Kept.until:
        found = store.get(settings.required("CODES_TABLE"), "stack")
        if found is None:
            raise Unavailable("the stack has no item of its own yet")
        _Kept.item, _Kept.until = found, time.monotonic() + _KEPT_SECONDS
    return _Kept.item


def forget() -> None:
    """Read all of it anew next time."""
    _Kept.item = None
    _Kept.choices.clear()


def choices(city: str, day: str) -> str:
    """Give what a city chose for itself (contracts/policy.schema.json `overrides`), "" if nothing, as its decision
    wrote it: read once a day, since what holds on a day was chosen before it (docs/decisions/0020)."""
    kept = _Kept.choices.get(city)
    if kept is None or kept[0] != day:
        found = store.get(settings.required("CODES_TABLE"), f"CITY#{city}")
        kept = _Kept.choices[city] = day, (store.text(found, "stop") or "" if found is not None else "")
    return kept[1]


def hotline() -> str:
    """Give the number to call, without a read: the stack's where it is known, or the nation's."""
    known = store.text(_Kept.item, "hotline") if _Kept.item is not None else None
    return known or settings.optional("HOTLINE") or NATIONAL_HOTLINE


def key(name: str) -> bytes:
    """Give one of the stack's keys, `report_key` or else the general `nonce_key`; Unavailable without."""
    found = a2b_base64((fetch().get(name) or fetch().get("nonce_key") or {}).get("B", ""))
    if len(found) != 32:
        raise Unavailable("the stack has no key")
    return found


def cities() -> list[tuple[str, str]]:
    """Give the stack's cities as (code, name), empty where the item does not say."""
    known: list[dict[str, str]] = read(store.text(fetch(), "cities") or "[]")
    return [(one["id"], one["name"]) for one in known]


def signing_keys() -> str:
    """Give the public keys of what the stack signs, as JSON; Unavailable when there are none."""
    found = store.text(fetch(), "signing_keys")
    if not found:
        raise Unavailable("the stack has no keys to check by")
    return found


def seal_public() -> str:
    """Give the public key that phone numbers are sealed to; Unavailable when there is none."""
    found = store.text(fetch(), "seal_public")
    if not found:
        raise Unavailable("the stack has no key to seal with")
    return found
