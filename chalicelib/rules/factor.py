"""A second factor (G2): codes of thirty seconds from an authenticator (RFC 6238), and recovery codes on paper.

Pure. A step is a period of 30 seconds since 1970. A step serves once: its code, read over a shoulder, is none
any more. Wrong codes in a row lock the factor for a while, whoever sends them.
"""

import hmac
import struct
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

PERIOD = 30
DIGITS = 6
EITHER_SIDE = 1
"""Steps before and after the present one that count: clocks differ, and people type slowly (RFC 6238, 5.2)."""
MOST_WRONG = 5
LOCKED = timedelta(minutes=15)
SECRET_OCTETS = 20
"""As long as the digest of HMAC-SHA-1 (RFC 4226, 4)."""
RECOVERY_CODES = 10
RECOVERY_LENGTH = 10


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A second factor of an account: its sealed secret, since when it counts (None: offered, not yet confirmed), and
    keyed hashes of the recovery codes that are left."""

    id: str
    secret: str
    since: datetime | None = None
    recovery: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tries:
    """What was tried of a factor: the last step that served, wrong codes in a row, and until when it is locked."""

    step: int = 0
    wrong: int = 0
    locked_until: datetime | None = None

    def locked(self, at: datetime) -> bool:
        """Whether no code counts at an instant."""
        return self.locked_until is not None and at < self.locked_until


def code_of(secret: bytes, step: int) -> str:
    """Give the six digits of a step (RFC 4226, 5.3; authenticators know SHA-1 alone)."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_at(at: datetime) -> int:
    """Give the step of an instant of the world's clock."""
    return int(at.timestamp()) // PERIOD


def matching(secret: bytes, code: str, at: datetime, *, after: int) -> int | None:
    """Give the step that a code is of, later than `after`, within one step of an instant; None when it is of none."""
    now, found = step_at(at), None
    for step in range(now - EITHER_SIDE, now + EITHER_SIDE + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def tried(before: Tries, right: bool, *, step: int | None, at: datetime) -> Tries:
    """Count a try: a right one begins the count anew, the last of too many wrong ones locks for a while."""
    if right:
        return Tries(step=before.step if step is None else step)
    wrong = before.wrong + 1
    if wrong < MOST_WRONG:
        return replace(before, wrong=wrong)
    return replace(before, wrong=0, locked_until=at + LOCKED)


def without(codes: Iterable[str], used: str) -> tuple[str, ...]:
    """Give the hashes that are left after one was used."""
    return tuple(one for one in codes if not hmac.compare_digest(one, used))


def written(secret: bytes) -> str:
    """Write a secret as people type it into an authenticator."""
    return b32encode(secret).decode().rstrip("=")
