"""A platform asks for a code (A11): its colour and how long it holds, nothing of whom it is; counted by day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chalicelib.actions import projection
from chalicelib.outside import checks
from chalicelib.records import archives, cities, claims, codes, reveals
from chalicelib.rules import access, numbers
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import NotAllowed


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a platform is told: the colour, and the last day it holds if nothing happens (None: no end in sight)."""

    result: Literal["known", "unknown"]
    colour: Literal["green", "yellow", "red", "grey"]
    until: date | None
    day: date


def ask(act: Act, code: str) -> Checked:
    """Tell the colour of a code now, by the rule of everybody else; grey for what the city does not know.

    NotAllowed when the client's number of the day is used up.
    """
    most = checks.daily()
    if reveals.count(act.account.id, act.on, most=most, mark="C") is None:
        raise NotAllowed(f"今天查验已满 {most} 次；请明天再查，需要更多请联系协会", rule="too-many-checks")
    city = access.city_of(act.account)
    number = numbers.read_number(code)
    token = None if number else numbers.read_token(code.partition("#")[0].rstrip("/").rpartition("/")[2])
    archive = _of_number(number) if number else _of_token(token) if token else None
    if archive is None or archive.city != city:
        return Checked(result="unknown", colour="grey", until=None, day=act.on)
    facts = projection.facts_for(archive, token)
    told = projection.judged(facts, cities.fetch(city), act.on)
    colour: Literal["green", "yellow", "red", "grey"] = told.colour.name.lower()  # type: ignore[assignment]
    return Checked(result="known", colour=colour, until=told.until, day=act.on)


def _of_number(number: str) -> Archive | None:
    key = claims.owner(f"U#certificate#{number}")
    archive = archives.find(key) if key else None
    # a number that a renewed certificate left behind is nobody's
    held = archive.certificate if archive else None
    return archive if held and held.number == number else None


def _of_token(token: str) -> Archive | None:
    key = codes.archive_of(token)
    archive = archives.find(key) if key else None
    held = archive.certificate if archive else None
    # a code that its archive does not know is none of ours
    return archive if held and token in (held.token, *(one.token for one in held.former)) else None
