"""What a city may decide about the colours for itself: what its region's policy leaves to it (G1, decision 20).

Which settings those are, and how far, is data: `city_may` of each version of a policy (chalicelib/policies).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from chalicelib.rules.colour import Colour
from chalicelib.rules.policy import Policy, allows


class Refused(NamedTuple):
    """One setting that a city may not choose so, and why: softer than its region, the region's alone, or stricter than
    the strictest that is left to cities."""

    setting: str
    why: Literal["softer", "not-the-city-s", "too-strict"]


class Offer(NamedTuple):
    """What a version leaves to cities from its first day on: the colours of each ground, stricter than its own."""

    first: date
    activation_required: bool
    grounds: dict[str, list[str]]


def refused(policy: Policy, choice: Mapping[str, Any], start: date) -> list[Refused]:
    """Name what of a choice the version of its first day does not leave to a city; what is as ruled may be said: G1."""
    version = policy.at(start)
    grounds = [(ground, Colour[colour.upper()]) for ground, colour in choice.get("grounds", {}).items()]
    own = [one for one in grounds if one[1] != version.colours[one[0]]]
    found = [_why(version, ground, colour) for ground, colour in own if not allows(version, ground, colour)]
    asked = choice.get("activation_required", version.activation_required)
    if asked == version.activation_required or (asked and version.city_may_activate):
        return found
    return [*found, Refused("activation_required", "not-the-city-s" if asked else "softer")]


def offers(policy: Policy, today: date) -> Iterator[Offer]:
    """Give what the version in force on a day and each that follows it leave to cities (G1)."""
    version: Policy | None = policy.at(today)
    while version:
        grounds = {ground: _stricter(version.colours[ground], most) for ground, most in version.city_may.items()}
        yield Offer(version.first, version.city_may_activate and not version.activation_required, grounds)
        version = version.following


def _why(version: Policy, ground: str, colour: Colour) -> Refused:
    if colour < version.colours[ground]:
        return Refused(ground, "softer")
    return Refused(ground, "too-strict" if ground in version.city_may else "not-the-city-s")


def _stricter(own: Colour, most: Colour) -> list[str]:
    return [colour.name.lower() for colour in Colour if own < colour <= most]
