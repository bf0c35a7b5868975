"""The worked cases of contracts/colour, each computed by hand from the text."""

import json
from datetime import date
from pathlib import Path

import pytest

from chalicelib.outside import policies
from chalicelib.rules.colour import facts_from, verdict
from chalicelib.rules.policy import overridden

FILES = sorted((Path(__file__).parents[2] / "contracts" / "colour").glob("*.json"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in FILES
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_the_rule_answers_as_the_text_says(case):
    policy = overridden(policies.load(case["policy"].split("@")[0]), case.get("overrides", []))
    day, expected = date.fromisoformat(case["day"]), case["expect"]

    found = verdict(facts_from(case["facts"]), policy, day)

    assert policy.at(day).id.split("+")[0] == case["policy"]
    assert found.colour.name.lower() == expected["colour"]
    assert [reason.code for reason in found.reasons] == expected["reasons"]
    assert (str(found.until) if found.until else None) == expected["until"]


def test_there_are_at_least_twenty_worked_cases():
    assert len(CASES) >= 20
