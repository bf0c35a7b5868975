"""Every reason that the contract names is told by a code of the demo, scanned over HTTP (A2, A6)."""

import json

import pytest

from scripts import reasons, seed_cases, seed_cities
from scripts.phases import Refusal


@pytest.fixture(scope="session")
def others(people):
    """The two small cities of other rules, with certificates of days gone by."""
    return seed_cities.run(people)


@pytest.fixture(scope="session")
def looks(people, others):
    """What the public saw of every case of the demo, each of which told just what it was to tell."""
    return reasons.looks(people, seed_cases.run(people) | others.shown)


def test_the_codes_of_the_demo_tell_every_reason_there_is(people, looks):
    contract = json.loads(reasons.CONTRACT.read_text())["reasons"]

    assert {reason for look in looks for reason in look.reasons} == {reason["code"] for reason in contract}
    assert set(reasons.by_reason(people, looks)) == {reason["code"] for reason in contract}


def test_the_codes_of_the_demo_have_every_colour(people, looks):
    assert set(reasons.by_colour(people, looks)) == {"green", "yellow", "red", "grey"}


def test_a_reason_that_no_code_tells_ends_the_seed(people, certified):
    with pytest.raises(Refusal, match="no code of the demo tells: background-failed, background-pending"):
        reasons.looks(people, {certified["certificate"]["token"]: ()})


def test_a_certificate_of_two_years_ago_has_expired_on_its_own_day(people, others):
    token = next(token for token, told in others.shown.items() if "certificate-expired" in told)

    answer = people.seen(token)[2]

    assert answer["colour"] == "red"
    assert answer["reasons"][0]["since"] > answer["checks"]["certificate"]["until"]
    assert answer["checks"]["health_exam"]["state"] == answer["checks"]["insurance"]["state"] == "ok"


def test_after_the_days_gone_by_the_clock_is_todays(people, others, certified):
    answer = people.seen(certified["certificate"]["token"])[2]

    assert answer["day"] == str(people.today)


def test_a_live_code_is_welcome_now_and_stale_ten_minutes_later(people, certified):
    token = certified["certificate"]["token"]

    fresh = people.seen(reasons.live_code(people, token))[2]
    old = people.seen(reasons.live_code(people, token, seconds_ago=600))[2]

    assert (fresh["code"]["kind"], fresh["colour"]) == ("live", "green")
    assert (old["code"]["kind"], old["colour"], old["visit"]) == ("stale", "grey", None)
    assert [reason["code"] for reason in old["reasons"]] == ["code-stale"]


def test_a_check_that_cannot_reach_the_store_is_grey_and_the_next_one_that_can_is_true(people, certified):
    token = certified["certificate"]["token"]
    with reasons.shut(people):
        status, _, answer = people.seen(token)

    assert (status, answer["result"], answer["colour"]) == (503, "unavailable", "grey")
    assert [reason["code"] for reason in answer["reasons"]] == ["data-unavailable"]
    assert (answer["holder"], answer["checks"], answer["visit"]) == (None, None, None)
    assert people.seen(token)[2]["colour"] == "green"
