"""The live code of a worker's phone and the nonces of public answers: made and read (A6, A7).

Grammar and example: contracts/token.json. Keys are 32 bytes, instants aware datetimes. MACs are compared in
constant time. Light: the public check imports this.
"""

from chalicelib.rules.digest import mac, same
from chalicelib.rules.light import TYPE_CHECKING, NamedTuple, datetime, timedelta, timezone
from chalicelib.rules.numbers import CROCKFORD, crockford, read_token

if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["printed", "live", "stale"]

STEP = 30
"""Seconds that a live code shows."""

NONCE_LIFE = timedelta(minutes=15)
_BEHIND = timedelta(seconds=-STEP)
"""How far the clock that reads a nonce may be behind the one that made it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_VALUE = {character: value for value, character in enumerate(CROCKFORD)}


class Scanned(NamedTuple):
    """What stood in a scanned address: the canonical token, and the live part (14 characters) if any."""

    token: str
    tail: str | None


def scanned(text: str) -> Scanned | None:
    """Read a printed or live code, letters in either case; None when it can be neither (A4, A6)."""
    token = read_token(text[:27])
    if token is None or len(text) not in (27, 41):
        return None
    if len(text) == 27:
        return Scanned(token, None)
    tail = text[27:].upper()
    return Scanned(token, tail) if set(tail) <= _VALUE.keys() else None


def make_live(token: str, live_secret: bytes, at: datetime) -> str:
    """Make the live code of an instant (A6): the token, the 30-second counter, a MAC of both."""
    body = token + crockford(_step(at), 6)
    return body + _mac(live_secret, body, 8)


def code_kind(found: Scanned, live_secret: bytes, at: datetime) -> "Kind":
    """Tell which code was scanned (A6): live through one step before and after, stale whenever unsure."""
    if found.tail is None:
        return "printed"
    body, mac = found.token + found.tail[:6], found.tail[6:]
    genuine = same(mac, _mac(live_secret, body, 8))
    near = abs(_number(found.tail[:6]) - _step(at)) <= 1
    return "live" if genuine and near else "stale"


def make_nonce(nonce_key: bytes, token: str, at: datetime) -> str:
    """Make the nonce of an answer: its microsecond, and a MAC of that and the token (A7, DESIGN 2.9)."""
    return nonce_of(nonce_key, token, microseconds(at))


def nonce_of(nonce_key: bytes, token: str, microsecond: int) -> str:
    """Make the nonce of an instant that is counted in microseconds (A7)."""
    made = crockford(microsecond, 11)
    return made + _mac(nonce_key, f"nonce:{token}{made}", 16)


def microseconds(at: datetime) -> int:
    """Count the microseconds from 1970 to an instant (DESIGN 4); dividing by one takes four times as long."""
    past = at - _EPOCH
    return (past.days * 86400 + past.seconds) * 1_000_000 + past.microseconds


def read_nonce(nonce_key: bytes, token: str, nonce: str, at: datetime) -> datetime | None:
    """Give the instant a nonce was made at, by a clock at most one step ahead of ours; None when forged, another
    token's, or 15 minutes gone (A7)."""
    nonce = nonce.upper()
    if len(nonce) != 27 or not set(nonce) <= _VALUE.keys():
        return None
    if not same(nonce[11:], _mac(nonce_key, f"nonce:{token}{nonce[:11]}", 16)):
        return None
    made = _EPOCH + _number(nonce[:11]) * _MICROSECOND
    return made if _BEHIND <= at - made <= NONCE_LIFE else None


def visit_secret(nonce_key: bytes, nonce: str) -> str:
    """Give the secret of the visit's own page, the same whenever the same nonce comes again (A7)."""
    return _mac(nonce_key, f"visit:{nonce.upper()}", 26)


def _step(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(seconds=STEP)


def _number(text: str) -> int:
    number = 0
    for character in text:
        number = number << 5 | _VALUE[character]
    return number


def _mac(key: bytes, text: str, length: int) -> str:
    """Give the first characters, five bits each, of an HMAC-SHA256; of 26 the last two bits are zero."""
    bits = min(5 * length, 128)
    head = int.from_bytes(mac(key, text.encode())[:16], "big") >> 128 - bits
    return crockford(head << 5 * length - bits, length)
