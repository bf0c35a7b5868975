"""What a check without a network needs (A10): keys, status lists and a code's own credential, as they were signed."""

from chalicelib import settings
from chalicelib.public import replies, stack, store
from chalicelib.public.replies import Reply
from chalicelib.rules.errors import Missing
from chalicelib.rules.json_text import quoted

KEEP_SECONDS = 300
"""How long anyone may keep what is served here before asking again."""


def keys() -> Reply:
    """Give the public keys, a JSON Web Key Set (RFC 7517)."""
    return replies.ready(200, stack.signing_keys())._replace(keep=KEEP_SECONDS)


def status_list(city: str) -> Reply:
    """Give a city's list of withdrawn credentials; Missing for a city that has none."""
    known = len(city) == 6 and city.isascii() and city.isdigit()
    found = _signed(f"list#{city}") if known else None
    if found is None:
        raise Missing("没有这个城市的状态表")
    body = f'{{"city":{quoted(city)},"status_list":{quoted(found)}}}'
    return replies.ready(200, body)._replace(keep=KEEP_SECONDS)


def credential(token: str) -> str | None:
    """Give the credential that was signed for a code; None for one that is neither green nor yellow."""
    return _signed(f"offline#{token}")


def _signed(key: str) -> str | None:
    item = store.get(settings.required("CODES_TABLE"), key)
    return None if item is None else store.text(item, "signed")
