"""The data keys of a stack, by purpose: made on first use, unwrapped once per process."""

import hmac
from functools import cache
from hashlib import sha256

from chalicelib.outside import sealing
from chalicelib.outside.chance import CROCKFORD
from chalicelib.records import keys


@cache
def data_key(purpose: str) -> bytes:
    """Give the plain data key of a purpose (a city's id, `identity`, `codes`, `cursor`)."""
    wrapped = keys.find(purpose) or keys.offer(purpose, sealing.new_wrapped_key(purpose))
    return sealing.unwrap(wrapped, purpose)


def seal(city: str, place: str, text: str) -> str:
    """Seal a personal text of a city for one place (`archive key|field`)."""
    return sealing.seal(data_key(city), place, text)


def reveal(city: str, place: str, sealed: str) -> str:
    """Open a sealed text; Unavailable when it does not belong there."""
    return sealing.open_sealed(data_key(city), place, sealed)


def identity_hash(resident_id: str) -> str:
    """Give the keyed hash by which one person is one archive (B1); versioned, so that the key can be rotated."""
    return "h1." + hmac.digest(data_key("identity"), resident_id.upper().encode(), sha256).hex()


def pin_hash(archive: str, pin: str) -> str:
    """Give the keyed hash that stands for a PIN of a worker's sheet (A9): six digits alone would soon be guessed."""
    return hmac.digest(data_key("pins"), f"{archive}|{pin}".encode(), sha256).hex()


def mark_of(asked: bytes) -> str:
    """Give the keyed hash by which a repeated request is known: a plain one could be tried out offline."""
    return hmac.digest(data_key("repeats"), asked, sha256).hex()


def batch_password(id: str) -> str:
    """Derive the password of a background batch's file, 100 bits for people to say (C4): it is stored nowhere."""
    drawn = hmac.digest(data_key("batches"), id.encode(), sha256)
    letters = "".join(CROCKFORD[octet % 32] for octet in drawn[:20])
    return "-".join(letters[place : place + 5] for place in range(0, 20, 5))


def code_secret(use: str, token: str) -> bytes:
    """Derive a secret of one code (`live`, `nonce`), the same at each projection."""
    return hmac.digest(data_key("codes"), f"{use}|{token}".encode(), sha256)
