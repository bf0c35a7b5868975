"""The worked cases of contracts/colour, each computed by hand from the text."""

import json
from datetime import date
from pathlib import Path

import pytest

from chalicelib.outside import policies
from chalicelib.rules.colour import facts_from, verdict
from chalicelib.rules.policy import overridden

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "contracts" / "colour").glob("*.json"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in FILES
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
]
ALL = [case.values[0] for case in CASES]
DATED = [case for case in CASES if "since" in case.values[0]["expect"]]
REGIONS = ["default", *sorted(path.stem for path in (ROOT / "chalicelib" / "policies").glob("[0-9]*.json"))]


@pytest.mark.parametrize("case", CASES)
def test_the_rule_answers_as_the_text_says(case):
    policy = overridden(policies.load(case["policy"].split("@")[0]), case.get("overrides", []))
    day, expected = date.fromisoformat(case["day"]), case["expect"]

    found = verdict(facts_from(case["facts"]), policy, day)

    assert policy.at(day).id.split("+")[0] == case["policy"]
    assert found.colour.name.lower() == expected["colour"]
    assert [reason.code for reason in found.reasons] == expected["reasons"]
    assert told(found.until) == expected["until"]


@pytest.mark.parametrize("case", DATED)
def test_each_reason_began_on_the_day_the_text_gives(case):
    policy = overridden(policies.load(case["policy"].split("@")[0]), case.get("overrides", []))

    found = verdict(facts_from(case["facts"]), policy, date.fromisoformat(case["day"]))

    assert [told(reason.since) for reason in found.reasons] == case["expect"]["since"]


def test_there_are_at_least_150_worked_cases():
    assert len(CASES) >= 150


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_worked_cases(region):
    assert [case for case in ALL if case["policy"].startswith(f"{region}@")]


def told(day):
    return str(day) if day else None
