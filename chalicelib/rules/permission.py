"""Per-scan consent (A9): a household asks to see more than the masked page, and the worker alone allows it.

    waiting ── the worker allows, or reads out a PIN ──> allowed (for SHOWN, this visit only)
       ├────── the worker does not ────────────────────> refused
       ├────── nobody answered within WAITS: it is over, and may be asked again
       └────── PIN_TRIES wrong PINs, or too many that day ──> closed

A PIN counts once: who heard it at one door opens nothing with it at another (docs/decisions/0029).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

ASKABLE = timedelta(hours=24)
"""How long after entry a household may ask."""
WAITS = timedelta(minutes=30)
SHOWN = timedelta(minutes=10)
MOST_ASKS = 3
"""Requests that one visit may make."""
PINS, PIN_DIGITS, PIN_TRIES = 10, 6, 5
DAILY_ASKS, DAILY_WRONG = 50, 20
"""Requests and wrong PINs of one worker and day, whatever visits they come from."""
KEPT = 20

State = Literal["waiting", "allowed", "refused", "closed"]


@dataclass(frozen=True, kw_only=True)
class Permission:
    """One request of one visit: `visit` is the hash of its secret, `number` counts its requests from 1.

    `tries` are the numbers of the wrong PINs, so that one that is read twice counts once.
    """

    visit: str
    number: int
    entered_at: datetime
    asked_at: datetime
    state: State = "waiting"
    how: Literal["page", "pin"] | None = None
    answered_at: datetime | None = None
    until: datetime | None = None
    tries: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Permissions:
    """The latest requests of a worker, the newest first; `asked` and `wrong` count those of `day`; `used` PINs."""

    items: tuple[Permission, ...] = ()
    day: date | None = None
    asked: int = 0
    wrong: int = 0
    used: tuple[str, ...] = ()

    def of(self, visit: str) -> tuple[Permission, ...]:
        """Give the requests of a visit, the newest first."""
        return tuple(one for one in self.items if one.visit == visit)


def asked(before: Permissions, new: Permission, on: date) -> Permissions:
    """Add a request; one that is there already changes nothing, one too many is closed at once."""
    if any(one.number >= new.number for one in before.of(new.visit)):
        return before
    today = _of_day(before, on)
    closed = today.asked >= DAILY_ASKS or any(one.state == "closed" for one in before.of(new.visit))
    one = replace(new, state="closed") if closed else new
    return replace(today, items=(one, *before.items)[:KEPT], asked=today.asked + 1)


def answered(before: Permissions, visit: str, number: int, *, allow: bool, at: datetime) -> Permissions:
    """Take the worker's answer to a request that still waits; any other stays as it is."""
    for one in before.of(visit):
        if one.number == number and one.state == "waiting" and at <= one.asked_at + WAITS:
            until = at + SHOWN if allow else None
            state: State = "allowed" if allow else "refused"
            return _with(before, replace(one, state=state, how="page", answered_at=at, until=until))
    return before


def tried(
    before: Permissions, new: Permission, *, count: int, pin: str, pins: tuple[str, ...], on: date
) -> Permissions:
    """Take a PIN (its keyed hash) of those given to the worker: right, it allows; wrong, it is counted.

    `new` is the request that stands for the visit where it has none yet; `asked_at` of it is the instant of the try.
    """
    found = before.of(new.visit)
    one = next((each for each in found if each.number == new.number), new)
    wrong = {each for other in found for each in other.tries}
    if count in wrong or one.state == "allowed" or any(each.state == "closed" for each in found):
        return before
    today = _of_day(before, on)
    if pin in pins and pin not in today.used and today.wrong < DAILY_WRONG:
        allowed = replace(one, state="allowed", how="pin", answered_at=new.asked_at, until=new.asked_at + SHOWN)
        used = tuple(each for each in today.used if each in pins)
        return _with(replace(today, used=(*used, pin)), allowed)
    left = replace(one, tries=(*one.tries, count))
    if len(wrong) + 1 >= PIN_TRIES or today.wrong + 1 >= DAILY_WRONG:
        left = replace(left, state="closed")
    return _with(replace(today, wrong=today.wrong + 1), left)


def _with(before: Permissions, one: Permission) -> Permissions:
    others = [each for each in before.items if (each.visit, each.number) != (one.visit, one.number)]
    newest = sorted((one, *others[: KEPT - 1]), key=lambda each: each.asked_at, reverse=True)
    return replace(before, items=tuple(newest))


def _of_day(before: Permissions, on: date) -> Permissions:
    """Count from nothing on a new day; what comes late from the day before counts with today's."""
    return before if before.day and before.day >= on else replace(before, day=on, asked=0, wrong=0)
