"""What a city may decide about the colours for itself: never less than its region asks for (G1, decision 20)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from chalicelib.rules.colour import Colour
from chalicelib.rules.policy import Policy


def softer(policy: Policy, choice: Mapping[str, Any], start: date) -> list[str]:
    """Name the grounds to which a choice gives a softer colour than any version of its region's does from its first
    day on, and `activation_required` where it lets go of that."""
    versions = list(_from(policy, start))
    grounds = choice.get("grounds", {}).items()
    found = [
        ground for ground, colour in grounds if any(Colour[colour.upper()] < one.colours[ground] for one in versions)
    ]
    lets_go = choice.get("activation_required") is False and any(one.activation_required for one in versions)
    return found + ["activation_required"] * lets_go


def _from(policy: Policy, start: date) -> Iterator[Policy]:
    version: Policy | None = policy.at(start)
    while version:
        yield version
        version = version.following
