"""Machine clients (G2): hospitals, insurers and platforms, each with scopes and at most two keys.

A client's key is `axm_{id}_{secret}`: the id finds the account, of the secret a hash alone is kept (160 bits of
chance need no slow hash). A new key is good at once and the one before for some days more, so that nothing stops
while a client is changed over.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Literal, NamedTuple

from chalicelib.rules.errors import Missing, NotAllowed

Scope = Literal["check.ask", "exam.feed", "insurance.feed"]
SCOPES: dict[str, frozenset[Scope]] = {
    "platform": frozenset({"check.ask"}), "feed": frozenset({"exam.feed", "insurance.feed"}),
}  # fmt: skip
"""The rights that a client of a role may be given."""
ID_LENGTH, SECRET_LENGTH = 12, 32
MOST_KEYS = 2
OVERLAP = timedelta(days=30)
PREFIX = "key|"
"""Before a key's id, where a token has `iss|sub`."""
_WRITTEN = re.compile(rf"axm_([0-9A-Z]{{{ID_LENGTH}}})_([0-9A-Z]{{{SECRET_LENGTH}}})")


@dataclass(frozen=True, kw_only=True)
class ClientKey:
    """A key of a client: the hash of its secret, since when it is good and, once another follows, until when."""

    id: str
    hash: str
    since: datetime
    until: datetime | None = None


class Presented(NamedTuple):
    """What a request shows of a key: its id and the hash of the secret that it sent."""

    id: str
    hash: str


def written(id: str, secret: str) -> str:
    """Write a key as its client is told it, once."""
    return f"axm_{id}_{secret}"


def hash_of(secret: str) -> str:
    """Give the hash by which a secret is known."""
    return sha256(secret.encode()).hexdigest()


def presented(bearer: str) -> Presented | None:
    """Read a bearer's key; None when it is none (a token of a person, or nothing)."""
    told = bearer.partition(" ")[2] if bearer.lower().startswith("bearer ") else ""
    found = _WRITTEN.fullmatch(told)
    return Presented(found[1], hash_of(found[2])) if found else None


def good(keys: Iterable[ClientKey], shown: Presented, at: datetime) -> bool:
    """Tell whether a shown key is one of a client's and good at an instant."""
    own = [key for key in keys if key.id == shown.id and compare_digest(key.hash, shown.hash)]
    return any(key.until is None or at < key.until for key in own)


def followed(keys: tuple[ClientKey, ...], new: ClientKey, at: datetime) -> tuple[ClientKey, ...]:
    """Add a key; the one before is good for the overlap. NotAllowed while two are good already."""
    left = tuple(key for key in keys if key.until is None or at < key.until)
    if len(left) >= MOST_KEYS:
        raise NotAllowed("已有两个有效密钥：请先停用旧密钥，再换新的", rule="two-keys")
    return (*(replace(key, until=key.until or at + OVERLAP) for key in left), new)


def without(keys: tuple[ClientKey, ...], id: str) -> tuple[ClientKey, ...]:
    """Take a key away at once; Missing when there is none of the id."""
    if not any(key.id == id for key in keys):
        raise Missing("没有这个密钥")
    return tuple(key for key in keys if key.id != id)
