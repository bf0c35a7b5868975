"""A worker's phone, by the contract's text alone (contracts/token.json): the live codes that it shows, and all that
somebody might make of what it holds, none of which may be taken.
"""

import hmac
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from scripts.simulation_world import World

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Phone(NamedTuple):
    """What a phone holds once it has opened its page: of which code, the secret, and the nonce that the page gave."""

    token: str
    secret: bytes
    nonce: str

    def shows(self, at: datetime) -> str:
        """Give the live code that it shows when its clock says this instant."""
        body = self.token + _written((at - _EPOCH) // timedelta(seconds=30), 6)
        return body + _mac(self.secret, body, 40)


def opened(told: dict[str, Any]) -> Phone | None:
    """Give what a phone holds of the answer of its own page; None when that hands out no secret."""
    held = told.get("live")
    return Phone(told["token"], urlsafe_b64decode(held["secret"] + "="), told["nonce"]) if held else None


def forged(phone: Phone, seen: str, at: datetime) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Give all requests (method, route, place, body) that its holder might try at an instant; `seen` is a nonce of
    somebody else's code."""
    microseconds = _written((at - _EPOCH) // timedelta(microseconds=1), 11)
    made = microseconds + _mac(phone.secret, f"nonce:{phone.token}{microseconds}", 80)
    for nonce in (made, phone.nonce, seen):
        yield "POST", "/v/{token}/visits", phone.token, {"nonce": nonce}
        yield "POST", "/v/{token}/reports", phone.token, {"nonce": nonce, "kind": "suspicious"}
        secret = _mac(phone.secret, f"visit:{nonce}", 128)
        yield "GET", "/visits/{secret}", secret, {}
        yield "POST", "/visits/{secret}", secret, {"kind": "leave"}


def refused(world: World, requests: Iterator[tuple[str, str, str, dict[str, str]]]) -> bool:
    """Tell whether every request is refused, and nothing of it kept."""
    before = len(world.store.table("inbox"))
    statuses = [world.request(method, route, place, body)[0] for method, route, place, body in requests]
    return all(400 <= status < 500 for status in statuses) and len(world.store.table("inbox")) == before


def _mac(key: bytes, text: str, bits: int) -> str:
    """Give the first bits of an HMAC-SHA256, five a character, zeros in the last one's spare bits."""
    length = -(-bits // 5)
    head = int.from_bytes(hmac.digest(key, text.encode(), "sha256"), "big") >> 256 - bits
    return _written(head << length * 5 - bits, length)


def _written(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
