"""The data keys of a stack, by purpose: made on first use, unwrapped once per process."""

import hmac
from functools import cache, lru_cache
from hashlib import sha256

from chalicelib.outside import clock, sealing
from chalicelib.outside.chance import CROCKFORD
from chalicelib.records import keys
from chalicelib.records.keys import Versions
from chalicelib.rules.errors import Unavailable

TRUSTED = 60
"""Seconds for which a process trusts what it read of the versions that count."""


@cache
def data_key(purpose: str, version: int = 1) -> bytes:
    """Give a plain data key of a purpose (a city's id, `identity`, `codes`, `cursor`); Unavailable for a version that
    was never made."""
    wrapped = keys.find(purpose, version)
    if wrapped is None and version > 1:
        raise Unavailable("密封的数据无法打开：没有这一版密钥")
    return sealing.unwrap(wrapped or keys.offer(purpose, sealing.new_wrapped_key(purpose)), purpose)


def versions(purpose: str) -> Versions:
    """Tell which versions of a purpose's key count, as it was at most a minute ago."""
    return _versions(purpose, int(clock.now().timestamp()) // TRUSTED)


@lru_cache(maxsize=100)
def _versions(purpose: str, minute: int) -> Versions:
    return keys.versions(purpose)


def seal(city: str, place: str, text: str) -> str:
    """Seal a personal text of a city for one place (`archive key|field`)."""
    version = versions(city).present
    return sealing.seal(data_key(city, version), version, place, text)


def reveal(city: str, place: str, sealed: str) -> str:
    """Open a sealed text; Unavailable when it does not belong there."""
    return sealing.open_sealed(data_key(city, sealing.version_of(sealed)), place, sealed)


def is_old(city: str, sealed: str) -> bool:
    """Tell whether a text was sealed under a key that is used for nothing new any more."""
    return sealing.version_of(sealed) != versions(city).present


def identity_hash(resident_id: str) -> str:
    """Give the keyed hash by which one person is one archive (B1), under the version of the key that is used now."""
    return identity_hash_of(resident_id, versions("identity").present)


def identity_hashes(resident_id: str) -> tuple[str, ...]:
    """Give every hash by which a person may be known, the present one first: while the key is rotated there are two,
    and both are claimed and looked up."""
    present, former = versions("identity")
    return tuple(identity_hash_of(resident_id, version) for version in (present, former) if version is not None)


def identity_hashes_ever(resident_id: str) -> tuple[str, ...]:
    """Give every hash by which a person may ever have been claimed, to let go of all: a process that has not heard of
    the newest key must not leave a claim under it behind."""
    return tuple(identity_hash_of(resident_id, version + 1) for version in range(keys.versions("identity").present))


def identity_hash_of(resident_id: str, version: int) -> str:
    """Give a person's hash under one version of the key."""
    mark = hmac.digest(data_key("identity", version), resident_id.upper().encode(), sha256).hex()
    return f"h{version}.{mark}"


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
    """Derive a secret of one code, the same at each projection."""
    return hmac.digest(data_key("codes"), f"{use}|{token}".encode(), sha256)


def live_secret(token: str, generation: int) -> bytes:
    """Derive the secret of a code's live codes on the worker's phone of a generation (A6): a phone of before has
    another."""
    return code_secret("live", f"{token}|{generation}" if generation else token)
