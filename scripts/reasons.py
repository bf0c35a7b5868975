"""Every code of the demo as the public sees it, and for every reason that the contract names a code that tells it."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib.outside import clock
from chalicelib.rules import live
from scripts.phases import Refusal
from scripts.seed_city import City, told

CONTRACT = Path(__file__).resolve().parents[1] / "contracts" / "codes.json"
UNAVAILABLE = "data-unavailable"
"""The one reason that no code keeps telling: the next check that reaches the store says the truth again."""

_SHUT = {"Effect": "Deny", "Action": "dynamodb:GetItem", "Resource": "*"}


class Look(NamedTuple):
    """What one scan told: what was scanned, its colour, its reason codes."""

    scanned: str
    colour: str
    reasons: tuple[str, ...]


def every() -> tuple[str, ...]:
    """Name every reason code of the contract, in its order."""
    return tuple(reason["code"] for reason in json.loads(CONTRACT.read_text(encoding="utf-8"))["reasons"])


def looks(city: City, shown: dict[str, tuple[str, ...]]) -> list[Look]:
    """Look at each code as the public does, at an old picture of a live one, and once while the store is shut.

    Refusal when any tells something else than it is to, or when a reason of the contract is told by none.
    """
    public = city.public()
    found = [_look(token, city.expect_reasons(public, token, reasons)) for token, reasons in shown.items()]
    green = next(one.scanned for one in found if one.colour == "green")
    old = live_code(city, green, seconds_ago=600)
    found.append(_look(old, city.expect_reasons(public, old, ["code-stale"])))
    with shut(city):
        found.append(_look(green, json.loads(public.raw("GET", f"/v/{green}", Accept="application/json")[2])))
    if missing := set(every()) - {reason for one in found for reason in one.reasons}:
        raise Refusal(f"no code of the demo tells: {', '.join(sorted(missing))}")
    return found


def by_colour(city: City, found: list[Look]) -> dict[str, dict[str, str]]:
    """Give the first code of each colour, as .local/city.json tells them."""
    first = {one.colour: one for one in reversed(found) if UNAVAILABLE not in one.reasons}
    return {colour: {"token": one.scanned, "url": _url(city, one)} for colour, one in first.items()}


def by_reason(city: City, found: list[Look]) -> dict[str, dict[str, Any]]:
    """Give for each reason, in the contract's order, the code that tells it with the fewest others beside it."""
    lonely = sorted(found, key=lambda one: len(one.reasons))
    best = {reason: next(one for one in lonely if reason in one.reasons) for reason in every()}
    return {
        reason: {"colour": one.colour, "url": None if reason == UNAVAILABLE else _url(city, one)}
        for reason, one in best.items()
    }


def tally(found: list[Look]) -> str:
    """Count colours and reasons in words."""
    colours = Counter(one.colour for one in found)
    counted = "，".join(f"{colour} {count}" for colour, count in sorted(colours.items()))
    return f"{counted}；{len({reason for one in found for reason in one.reasons})} of {len(every())} reasons"


def live_code(city: City, token: str, *, seconds_ago: int = 0) -> str:
    """Make the live code that a worker's phone showed some seconds ago.

    The secret that the phone has is read with the rights of the account's owner.
    """
    item = city.stack.client("dynamodb").get_item(
        TableName=city.stack.outputs["CodesTable"], Key={"pk": {"S": token}}, ConsistentRead=True
    )["Item"]
    return live.make_live(token, item["live_secret"]["B"], clock.now() - timedelta(seconds=seconds_ago))


@contextmanager
def shut(city: City) -> Iterator[None]:
    """Take the right to read the store away from the public check, and give it back: a fault for a moment."""
    functions, iam = city.stack.client("lambda"), city.stack.client("iam")
    function = functions.get_function_configuration(FunctionName=city.stack.outputs["VerifyFunction"])
    role = function["Role"].rpartition("/")[2]
    document = json.dumps({"Version": "2012-10-17", "Statement": [_SHUT]})
    iam.put_role_policy(RoleName=role, PolicyName="shut", PolicyDocument=document)
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="shut")


def _look(scanned: str, answer: dict[str, Any]) -> Look:
    return Look(scanned, answer["colour"], tuple(told(answer)))


def _url(city: City, one: Look) -> str:
    return f"{city.stack.browser_url}/v/{one.scanned}".upper()
