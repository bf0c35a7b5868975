"""Card batches (C5): the cards that are ordered together of who makes them, counted, and paid for by the piece.

Pure. A card is in one batch at most: its token is claimed with the batch, so a new card of the same person is another.
The worker pays nothing (S0 六); what a card costs the association is kept beside the province's ten yuan.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from chalicelib.rules.application import STATE_NAMES as APPLICATION_STATES
from chalicelib.rules.archive import Application, Archive
from chalicelib.rules.certificate import ask_in_force
from chalicelib.rules.errors import NotAllowed, Refusal

State = Literal["ordered", "made"]
STATE_NAMES: dict[str, str] = {"ordered": "已下单", "made": "已制成"}
MOST = 80
"""Cards in a batch: each is claimed in the one transaction that makes it."""
LIMIT_FEN = 1000
"""Most a card may cost, in fen (S0 六: 每张 10 元以内)."""


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """One card of a batch: the application it is made for, and the certificate and token it carries."""

    application: str
    number: str
    token: str


@dataclass(frozen=True, kw_only=True)
class CardBatch:
    """One order; `id` is its number, as on the vendor's slip. `made` counts the cards that came of it, `unit_fen` is
    what one cost, in fen; `made_key` names the request that recorded it."""

    city: str
    id: str
    by: str
    by_name: str
    at: datetime
    members: tuple[Ordered, ...]
    state: State = "ordered"
    made: int = 0
    made_on: date | None = None
    unit_fen: int | None = None
    made_key: str | None = None
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The batch's partition key."""
        return f"K#{self.city}#{self.id}"

    @property
    def dear(self) -> bool:
        """Whether a card of it cost more than it may (S0 六)."""
        return self.unit_fen is not None and self.unit_fen > LIMIT_FEN


def ordered(archive: Archive, application: Application) -> Ordered:
    """Order the card of an application (C5); NotAllowed when none is to be made, or the certificate is not in force."""
    if application.state != "production":
        raise NotAllowed(f"申请 {application.id} 不在制证环节，不能排入制卡批次", rule="move-not-from-here")
    ask_in_force(archive)
    return Ordered(application=application.id, number=archive.held.number, token=archive.held.token)


def hindrance(archive: Archive, member: Ordered, *, made: bool = False) -> str | None:
    """Say why a card that was ordered is not to be made any more, or None (C5, C6); one that was `made` is where its
    application went since."""
    if archive.certificate is None or archive.certificate.token != member.token:
        return "已补办换码或另发新证，这张勿制"
    try:
        ask_in_force(archive)
    except Refusal as refusal:
        return str(refusal)
    one = archive.application(member.application)
    if one is None or made or one.state == "production":
        return None
    return f"申请已是“{APPLICATION_STATES[one.state]}”，不在制证环节，这张勿制"


def recorded(batch: CardBatch, done: Collection[str], unit_fen: int | None, *, on: date, key: str | None) -> CardBatch:
    """Give a batch whose cards came: of which applications, at what price (C5)."""
    return replace(batch, state="made", made=len(done), made_on=on, unit_fen=unit_fen, made_key=key)
