"""Planted bugs, each of them plausible, that the simulation must catch; a test turns them on."""

import json
from datetime import date
from typing import Any

from chalicelib.actions import bulk_stops, secrets
from chalicelib.outside import policies
from chalicelib.public import answer
from chalicelib.public import codes as public_codes
from chalicelib.records import archives, codes, jobs
from chalicelib.rules import colour, live
from chalicelib.rules.evidence import DAY, cover
from chalicelib.rules.line import facts_in
from scripts.simulation_world import CODES, World


def stale_colour(world: World) -> None:
    """The check trusts the colour that was stored for lists, instead of computing one."""
    real = answer.judged

    def judged(code: Any, *rest: Any) -> Any:
        found, policy = real(code, *rest)
        stored = (world.store.wire(CODES, code.token) or {}).get("colour")
        if stored is None or code.stop:
            return found, policy
        return found._replace(colour=colour.Colour[stored["S"].upper()]), policy

    vars(answer)["judged"] = judged


def no_guard(world: World) -> None:
    """A projection is written whatever lies there: the revision is not looked at."""

    def publish(code: codes.Code, *_: Any, **__: Any) -> bool:
        codes.CodeRow(**code).save()
        return True

    vars(codes)["publish"] = publish


def last_day_excluded(world: World) -> None:
    """Evidence ends when its last day begins."""

    def short(spans: Any, need: int, on: date) -> int:
        return cover(tuple(span._replace(last=span.last - DAY) for span in spans), need, on)

    vars(colour)["cover"] = short


def unmarked(world: World) -> None:
    """Bad news that no stop carries is left to the stream alone."""
    vars(archives)["worsens"] = lambda *_: False


def unaware(world: World) -> None:
    """A code is believed though it does not know what its city chose."""
    vars(answer)["_unaware"] = lambda *_: False


def one_key(world: World) -> None:
    """A code's two keys are one, so that the worker's phone can make what the server alone may make."""
    real = secrets.code_secret
    vars(secrets)["code_secret"] = lambda use, token: real("nonce", token)


def any_step(world: World) -> None:
    """A live code is live whenever it was shown."""
    vars(live)["code_kind"] = lambda found, secret, at: "live" if found.tail else "printed"


def done_first(world: World) -> None:
    """The slices of a bulk stop are said to be done as soon as the first archive is looked at."""
    real = bulk_stops._one

    def one(act: Any, stop: Any, worker: str) -> str:
        for number in range(stop.slices):
            jobs.finish_slice(stop, number, [])
        return real(act, stop, worker)

    vars(bulk_stops)["_one"] = one


def lenient(world: World) -> None:
    """What facts of an earlier version do not tell is taken for good."""
    good = {
        "background": {"conclusion": "passed", "checked_on": "2026-01-01", "due_on": None}, "identity": "verified",
        "consent": {"given_on": "2026-01-01", "withdrawn_on": None}, "training": "done", "company": "active",
        "stop": None,
    }  # fmt: skip
    vars(public_codes)["_facts"] = lambda text: (
        facts_in(text) if text[0] != "{" else colour.facts_from(good | json.loads(text))
    )


def unsucceeded(world: World) -> None:
    """A version of a policy that begins after the stack was deployed is never taken up."""
    real = policies._document

    def document(region: str) -> dict[str, Any]:
        told = real(region)
        return told | {"versions": [one for one in told["versions"] if one["from"] < "2026"]}

    vars(policies)["_document"] = document


MUTANTS = {
    "stale-colour": stale_colour, "no-guard": no_guard, "last-day-excluded": last_day_excluded, "unmarked": unmarked,
    "unaware": unaware, "one-key": one_key, "any-step": any_step, "done-first": done_first, "lenient": lenient,
    "unsucceeded": unsucceeded,
}  # fmt: skip
