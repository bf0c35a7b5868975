"""What a code must say on a day, worked out a second time: from the contract's text and the policy files alone.

Nothing here is shared with `chalicelib/rules`. Facts are the contract's JSON, days are ISO texts (they sort as days
do), and one day is judged by itself: no turning days, no chains of policies. Slow and plain on purpose.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_packaged = [Path(__file__).resolve().parents[1] / "chalicelib" / "policies"]
_LOUDNESS = {"green": 0, "yellow": 1, "grey": 2, "red": 3}
_STRICTNESS = {"一般": 0, "居家": 1, "养老照护": 2, "母婴照护": 3}
_STRICTEST = 3

Facts = Mapping[str, Any]
Choices = Sequence[Mapping[str, Any]]


class Due(NamedTuple):
    """What is due on a day: colour and every reason code."""

    colour: str
    codes: frozenset[str]


WITHDRAWN = Due("grey", frozenset({"consent-withdrawn"}))


def read_from(folder: Path) -> None:
    """Read the policies of a folder from now on."""
    _packaged.append(folder)
    _versions.cache_clear()


def due(facts: Facts, region: str, choices: Choices, day: str) -> Due:
    """Give what a code must say on a day under a region's policy and a city's own choices."""
    if _withdrawn(facts["consent"], day) or (facts["stop"] and facts["stop"]["code"] == "consent-withdrawn"):
        return WITHDRAWN
    rules = rules_on(region, choices, day)
    exam, insurance = _exam(facts, day), _insurance(facts["insurances"], day)
    codes = {code for code in (exam, insurance, *_others(facts, rules, day)) if code}
    colours = ["green", *("grey" if code == "consent-withdrawn" else rules["grounds"][code] for code in codes)]
    if _lapsed(exam) and _lapsed(insurance):
        colours.append(rules["grounds"]["both-lapsed"])
    return Due(max(colours, key=_LOUDNESS.__getitem__), frozenset(codes))


def until_holds(facts: Facts, region: str, choices: Choices, day: str, until: str | None) -> bool:
    """Tell whether what is due on `day` is due through `until`, and something else on the day after.

    No end in sight (None) is looked at day by day for some months, then now and then for ten years.
    """
    now, start = due(facts, region, choices, day), date.fromisoformat(day)
    if until is None:
        ahead = [*range(1, 120), *range(120, 3660, 61)]
        return all(due(facts, region, choices, str(start + timedelta(days=far))) == now for far in ahead)
    last = date.fromisoformat(until)
    if last < start:
        return False
    step = max(1, (last - start).days // 7)
    within = [start + timedelta(days=far) for far in range(0, (last - start).days, step)]
    same = all(due(facts, region, choices, str(one)) == now for one in [*within, last])
    return same and due(facts, region, choices, str(last + timedelta(days=1))) != now


def rules_on(region: str, choices: Choices, day: str) -> dict[str, Any]:
    """Give activation and the colour of each ground on a day: the last version begun, and over it what that version
    leaves to cities of the last choice."""
    versions = _versions(region)
    begun = [one for one in versions if one["from"] <= day] or versions[:1]
    rules = begun[-1]
    chosen = sorted((one for one in choices if one["from"] <= day), key=lambda one: str(one["from"]))
    if not chosen:
        return rules
    own, may = chosen[-1]["overrides"], rules["city_may"]
    left = {
        ground: colour
        for ground, colour in own.get("grounds", {}).items()
        if ground in may["grounds"]
        and _LOUDNESS[rules["grounds"][ground]] <= _LOUDNESS[colour] <= _LOUDNESS[may["grounds"][ground]["up_to"]]
    }
    activates = "activation_required" in may and own.get("activation_required", False)
    return {
        "activation_required": rules["activation_required"] or activates,
        "grounds": rules["grounds"] | left,
    }


def _withdrawn(consent: Mapping[str, Any], day: str) -> bool:
    given, withdrawn = consent["given_on"], consent["withdrawn_on"]
    if not withdrawn or day < withdrawn:
        return False
    return not (given and withdrawn < given <= day)


def _exam(facts: Facts, day: str) -> str | None:
    if not facts["exams"]:
        return "exam-missing"
    needed = max((_grades().get(service, _STRICTEST) for service in facts["service_types"]), default=0)
    counting = [one for one in facts["exams"] if one["from"] <= day <= min(one["until"], _year_after(one["from"]))]
    if any(_STRICTNESS[one["category"]] >= needed for one in counting):
        return None
    return "exam-weak" if counting else "exam-lapsed"


def _insurance(insurances: Sequence[Mapping[str, Any]], day: str) -> str | None:
    if not insurances:
        return "insurance-missing"
    counting = [one for one in insurances if one["from"] <= day <= one["until"]]
    if any(one["third_party"] for one in counting):
        return None
    return "insurance-no-third-party" if counting else "insurance-lapsed"


def _lapsed(code: str | None) -> bool:
    return code is not None and not code.endswith("-missing")


def _others(facts: Facts, rules: Mapping[str, Any], day: str) -> list[str | None]:
    certificate, check, consent = facts["certificate"], facts["background"], facts["consent"]
    state, passed = certificate["state"], check["conclusion"] == "passed"
    idle = state == "issued" and rules["activation_required"]
    unheard = passed and not (check["checked_on"] and check["checked_on"] <= day)
    return [
        None if state in ("issued", "active") else f"certificate-{state}",
        "certificate-pending" if idle or day < certificate["issued_on"] else None,
        "certificate-expired" if _past(certificate["until"], day) else None,
        "review-overdue" if _past(certificate["review_due"], day) else None,
        None if consent["given_on"] and consent["given_on"] <= day else "consent-withdrawn",
        "background-failed" if check["conclusion"] == "failed" else None,
        "background-pending" if check["conclusion"] in ("pending", "none") or unheard else None,
        "recheck-overdue" if passed and _past(check["due_on"], day) else None,
        None if facts["identity"] == "verified" else "identity-unverified",
        "training-missing" if facts["training"] == "missing" else None,
        "company-suspended" if facts["company"] == "suspended" else None,
        facts["stop"]["code"] if facts["stop"] else None,
    ]


def _past(last: str | None, day: str) -> bool:
    return last is not None and last < day


@cache
def _year_after(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(days=365))


@cache
def _versions(region: str) -> list[dict[str, Any]]:
    names = (region, region[:2] + "0000", "default")
    document = json.loads(next(path for name in names if (path := _packaged[-1] / f"{name}.json").exists()).read_text())
    return [
        {
            "id": f"{document['region']}@{version['version']}",
            "from": version["from"],
            "activation_required": version["activation_required"],
            "city_may": version["city_may"],
            "grounds": {ground: told["colour"] for ground, told in version["grounds"].items()},
        }
        for version in sorted(document["versions"], key=lambda version: str(version["from"]))
    ]


@cache
def _grades() -> dict[str, int]:
    told = json.loads((_packaged[-1] / "service_types.json").read_text())["service_types"]
    return {service: _STRICTNESS[category] for category, services in told.items() for service in services}
