"""The day-by-day oracle and the rule were written apart; on the worked cases and on random facts they agree."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from chalicelib.rules.colour import facts_from, verdict
from scripts import simulation_oracle as oracle
from tests.rules.test_colour_properties import TODAY, facts_told, overrides, policy_of, regions

FILES = sorted((Path(__file__).parents[2] / "contracts" / "colour").glob("*.json"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in FILES
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_the_oracle_answers_the_worked_cases(case):
    asked = (case["facts"], case["policy"].split("@")[0], case.get("overrides", []), case["day"])

    assert oracle.due(*asked) == (case["expect"]["colour"], set(case["expect"]["reasons"]))
    assert oracle.until_holds(*asked, case["expect"]["until"])


@settings(deadline=None, max_examples=150)
@given(facts_told(), regions, overrides)
def test_rule_and_oracle_agree_on_every_day(told, region, own):
    facts, policy = facts_from(told), policy_of(region, own)
    days = [TODAY + timedelta(days=number) for number in range(-45, 75, 3)]

    ruled = [verdict(facts, policy, day) for day in days]
    due = [oracle.due(told, region, own, str(day)) for day in days]

    assert [(one.colour.name.lower(), {reason.code for reason in one.reasons}) for one in ruled] == due
