"""What a phone's code says without a network (A10): the signed credential, the city's status list, and their check.

A credential is no proof against copies: a page that shows one says to compare the person. What is past its day,
stands against a list older than 24 hours or cannot be read is grey, 不能确认 (CONTRACTS, tokens and numbers).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from chalicelib.rules import signed
from chalicelib.rules.days import day_of
from chalicelib.rules.signed import Signed

LIST_LIFE = timedelta(hours=24)
"""How long a status list may be relied on."""

CLOCK_SLACK = timedelta(minutes=10)
"""How far the clock of a phone may lag behind ours."""

LONGEST = timedelta(days=365)
"""The life of a credential whose verdict has no end in sight."""

COLOURS = ("green", "yellow")
"""The colours that are signed; any other is told by having no credential."""

REASONS = {
    "unreadable": ("没有读到离线凭证", "There is no offline credential in this text"),
    "other-code": ("凭证与二维码不是同一个人的", "The credential belongs to another code"),
    "key-unknown": ("没有签发机构的公钥，请联网更新", "The issuer's key is not known here; go online to update"),
    "signature-wrong": ("签名不对，凭证不是本平台签发或已被改动", "The signature is wrong: forged or altered"),
    "clock-wrong": ("签发时间晚于本机时间，请校准本机时间", "Signed later than this device's clock; set the clock"),
    "ended": ("凭证已过有效期", "The credential has ended"),
    "list-missing": ("没有该城市的状态表，请联网更新", "The city's status list is not here; go online to update"),
    "withdrawn": ("凭证已作废，请勿凭此码让其入户", "The credential was withdrawn; let nobody in on this code"),
    "list-old": ("状态表已超过 24 小时，请联网更新", "The status list is older than 24 hours; go online to update"),
}
"""Why nothing can be confirmed, in Chinese and English, in the order in which it is asked."""

Keys = Mapping[str, Any]
"""A JSON Web Key Set (RFC 7517), as `GET /keys` gives it."""

Genuine = Callable[[Mapping[str, Any], bytes, bytes], bool]
"""Says whether a signature (r and s joined) over a message is of a key of the set."""


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What is signed: the code, whom it shows, the colour of the instant `at` and the last day that it holds."""

    token: str
    name: str
    photo: str | None
    colour: Literal["green", "yellow"]
    until: date
    at: datetime
    city: str

    def payload(self) -> str:
        """Write the claims as they are signed: in fixed order and without names, since a QR has to hold them."""
        at = int(self.at.timestamp())
        told = [self.token, self.name, self.photo, self.colour, str(self.until), at, self.city]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    def extends(self, earlier: "Claims") -> bool:
        """Tell whether whoever believes the earlier claims is told nothing wrong; a photo may have been added."""
        same = (self.token, self.name, self.colour, self.city)
        told = (earlier.token, earlier.name, earlier.colour, earlier.city)
        return same == told and earlier.photo in (None, self.photo) and self.until >= earlier.until


def claims_from(payload: bytes) -> Claims:
    """Read signed claims; ValueError when they are none."""
    told = json.loads(payload)
    if not isinstance(told, list) or len(told) != 7:
        raise ValueError("not the claims of a credential")
    token, name, photo, colour, until, at, city = told
    texts = (token, name, until, city, photo or "")
    if colour not in COLOURS or type(at) is not int or not all(isinstance(one, str) for one in texts):
        raise ValueError("not the claims of a credential")
    last = date.fromisoformat(until)
    if str(last) != until:
        raise ValueError("a day in another form")
    return Claims(
        token=token, name=name, photo=photo, colour=colour, until=last,
        at=datetime.fromtimestamp(at, UTC), city=city,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class StatusList:
    """A city's status list: by the mark of a token, the instant up to which its credentials are withdrawn."""

    city: str
    made_at: datetime
    withdrawn: Mapping[bytes, datetime]

    def payload(self) -> str:
        """Write the list as it is signed: 12 octets an entry, mark and second, in the marks' order."""
        entries = sorted((mark, int(at.timestamp())) for mark, at in self.withdrawn.items())
        packed = b"".join(mark + second.to_bytes(4, "big") for mark, second in entries)
        told = {"city": self.city, "made_at": int(self.made_at.timestamp()), "withdrawn": signed.encoded(packed)}
        return json.dumps(told, separators=(",", ":"))

    def names(self, claims: Claims) -> bool:
        """Tell whether the credential with these claims was withdrawn."""
        at = self.withdrawn.get(mark(claims.token))
        return at is not None and claims.at <= at


def list_from(payload: bytes) -> StatusList:
    """Read a signed status list; ValueError when it is none."""
    told = json.loads(payload)
    if not isinstance(told, dict) or told.keys() != {"city", "made_at", "withdrawn"}:
        raise ValueError("not a status list")
    packed = signed.decoded(told["withdrawn"])
    if len(packed) % 12:
        raise ValueError("not a status list")
    entries = [packed[place : place + 12] for place in range(0, len(packed), 12)]
    return StatusList(
        city=told["city"],
        made_at=datetime.fromtimestamp(told["made_at"], UTC),
        withdrawn={one[:8]: datetime.fromtimestamp(int.from_bytes(one[8:], "big"), UTC) for one in entries},
    )


def mark(token: str) -> bytes:
    """Give the 8 octets by which a status list names a token, so that the list itself leads to no code."""
    return sha256(token.encode()).digest()[:8]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a check without a network says: the colour as signed, or grey and why; claims once they are genuine."""

    colour: Literal["green", "yellow", "grey"]
    reason: str | None = None
    claims: Claims | None = None


def read(text: str, *, keys: Keys, status_list: str | None, at: datetime, genuine: Genuine) -> Told:
    """Check what a code said, an address with its fragment or the fragment alone, at an instant. Never raises."""
    address, _, fragment = text.strip().rpartition("#")
    try:
        held = signed.taken_apart(fragment)
        claims = claims_from(held.payload)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return Told(colour="grey", reason="unreadable")
    fault = _untrue(held, keys, genuine)
    if fault:
        return Told(colour="grey", reason=fault)
    reason = _unconfirmed(claims, address, _list(status_list, claims.city, keys, genuine), at)
    return Told(colour="grey" if reason else claims.colour, reason=reason, claims=claims)


def _unconfirmed(claims: Claims, address: str, listed: StatusList | None, at: datetime) -> str | None:
    """Name the first reason not to rely on genuine claims, None when there is none. A list that is old still warns."""
    latest = at + CLOCK_SLACK
    grounds = {
        "other-code": bool(address) and _token(address) != claims.token,
        "clock-wrong": claims.at > latest or (listed is not None and listed.made_at > latest),
        "ended": day_of(at) > claims.until,
        "list-missing": listed is None,
        "withdrawn": listed is not None and listed.names(claims),
        "list-old": listed is not None and at - listed.made_at > LIST_LIFE,
    }
    return next((reason for reason, holds in grounds.items() if holds), None)


def _token(address: str) -> str:
    """Give the token that an address leads to, as it is written in capitals."""
    return address.rpartition("/")[2].upper()[:27]


def _list(text: str | None, city: str, keys: Keys, genuine: Genuine) -> StatusList | None:
    """Read a city's own status list, None for anything else."""
    try:
        held = signed.taken_apart(text or "")
        found = list_from(held.payload)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return found if found.city == city and not _untrue(held, keys, genuine) else None


def _untrue(held: Signed, keys: Keys, genuine: Genuine) -> str | None:
    """Name why a signed text is not to be believed, None when it is."""
    key = next((one for one in keys.get("keys", []) if one.get("kid") == held.kid), None)
    if key is None:
        return "key-unknown"
    return None if genuine(key, held.message, held.signature) else "signature-wrong"
