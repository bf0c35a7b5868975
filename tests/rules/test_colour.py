import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from chalicelib.outside import policies
from chalicelib.rules.colour import (
    UNAVAILABLE,
    Colour,
    Reason,
    checks,
    consented,
    facts_from,
    stopped,
    verdict,
    with_stale_code,
    with_stop,
)

TODAY = date(2026, 11, 21)
ZHEJIANG = policies.load("330000")
STOP = {"code": "certificate-suspended", "since": "2026-11-20"}


def test_a_lapse_began_on_the_day_after_the_last_good_one(told):
    facts = facts_from(told(insurances=[{"from": "2025-11-20", "until": "2026-11-19", "third_party": True}]))

    found = verdict(facts, ZHEJIANG, TODAY)

    assert found.reasons == (Reason("insurance-lapsed", "paperwork", date(2026, 11, 20)),)


def test_evidence_that_never_counted_has_no_first_day_of_its_lapse(told):
    facts = facts_from(told(exams=[{"category": "养老照护", "from": "2026-11-22", "until": "2027-11-21"}]))

    assert verdict(facts, ZHEJIANG, TODAY).reasons == (Reason("exam-lapsed", "paperwork", None),)


def test_a_stop_gives_its_reason_a_first_day(told):
    facts = with_stop(facts_from(told(certificate={"state": "suspended"})), STOP)

    assert verdict(facts, ZHEJIANG, TODAY).reasons == (
        Reason("certificate-suspended", "certificate", date(2026, 11, 20)),
    )


def test_a_safety_ground_never_tells_its_day(told):
    stop = {"code": "background-failed", "since": "2026-11-20"}
    facts = with_stop(facts_from(told()), stop)

    assert verdict(facts, ZHEJIANG, TODAY).reasons == (Reason("background-failed", "safety", None),)
    assert stopped(stop).reasons == (Reason("background-failed", "safety", None),)
    assert ticks(facts)["background"] == {"state": "failed", "checked_on": None}


def test_a_code_of_which_only_the_stop_is_known_is_red():
    found = stopped(STOP)

    assert found.colour is Colour.RED
    assert found.reasons == (Reason("certificate-suspended", "certificate", date(2026, 11, 20)),)


def test_a_stop_for_withdrawn_consent_is_grey_and_shows_nobody_whatever_the_facts_say(told):
    stop = {"code": "consent-withdrawn", "since": "2026-11-20"}
    facts = with_stop(facts_from(told(certificate={"state": "revoked"})), stop)
    alone = (Reason("consent-withdrawn", "unknown", date(2026, 11, 20)),)

    assert verdict(facts, ZHEJIANG, TODAY)[:2] == (Colour.GREY, alone)
    assert stopped(stop)[:2] == (Colour.GREY, alone)
    assert ticks(facts) is None


@pytest.mark.parametrize("code", ["exam-lapsed", "recheck-overdue", "green", ""])
def test_only_bad_news_decided_by_hand_can_stop_a_code(code):
    with pytest.raises(ValueError, match="cannot stop"):
        stopped({"code": code, "since": "2026-11-20"})


@pytest.mark.parametrize(
    "parts",
    [{"certificate": None}, {"exams": [{"category": "最高", "from": "2026-03-02", "until": "2027-03-01"}]}],
)
def test_facts_that_are_not_whole_are_refused_rather_than_guessed(told, parts):
    with pytest.raises((TypeError, KeyError, ValueError)):
        facts_from(told() | parts)


def test_a_policy_without_end_in_sight_has_a_next_day(told):
    facts = facts_from(told(insurances=[{"from": "2026-06-01", "until": "9999-12-31", "third_party": True}]))

    assert verdict(facts, ZHEJIANG, TODAY).until == date(2027, 3, 1)


def test_a_stale_live_code_turns_green_into_grey(told):
    found = with_stale_code(verdict(facts_from(told()), ZHEJIANG, TODAY))

    assert (found.colour, found.until) == (Colour.GREY, None)
    assert [reason.code for reason in found.reasons] == ["code-stale"]


def test_a_stale_live_code_hides_no_red(told):
    found = with_stale_code(verdict(facts_from(told(certificate={"state": "revoked"})), ZHEJIANG, TODAY))

    assert found.colour is Colour.RED
    assert [reason.code for reason in found.reasons] == ["certificate-revoked", "code-stale"]


def test_a_stale_live_code_adds_nothing_to_withdrawn_consent(told):
    found = verdict(facts_from(told(consent={"withdrawn_on": "2026-11-01"})), ZHEJIANG, TODAY)

    assert with_stale_code(found) == found


def test_facts_that_cannot_be_had_are_grey():
    assert UNAVAILABLE.colour is Colour.GREY
    assert [reason.code for reason in UNAVAILABLE.reasons] == ["data-unavailable"]


def ticks(facts):
    return checks(facts, ZHEJIANG, TODAY, verdict(facts, ZHEJIANG, TODAY))


def test_checks_say_what_holds_and_until_when(told):
    assert ticks(facts_from(told())) == {
        "certificate": {"state": "ok", "until": "2028-05-01"},
        "identity": {"state": "ok"},
        "health_exam": {"state": "ok", "until": "2027-03-01", "category": "养老照护"},
        "insurance": {"state": "ok", "until": "2027-05-31", "third_party": True},
        "background": {"state": "ok", "checked_on": "2026-06-01"},
        "training": {"state": "ok"},
    }


def test_checks_tell_a_lapsed_insurance_by_its_last_day(told):
    facts = facts_from(told(insurances=[{"from": "2025-11-20", "until": "2026-11-19", "third_party": True}]))

    assert ticks(facts)["insurance"] == {
        "state": "lapsed",
        "until": "2026-11-19",
        "third_party": True,
    }


def test_checks_follow_a_renewal_without_a_gap_and_stop_at_one(told):
    spans = [("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-06-30"), ("2027-07-02", "2028-06-30")]
    facts = facts_from(
        told(insurances=[{"from": one, "until": two, "third_party": True} for one, two in spans])
    )

    assert ticks(facts)["insurance"]["until"] == "2027-06-30"


@pytest.mark.parametrize(
    ("parts", "check", "state"),
    [
        ({"certificate": {"state": "lost"}}, "certificate", "failed"),
        ({"certificate": {"until": "2026-11-20"}}, "certificate", "lapsed"),
        ({"certificate": {"state": "revoked", "until": "2026-11-20"}}, "certificate", "failed"),
        ({"certificate": {"review_due": "2026-11-20"}}, "certificate", "lapsed"),
        ({"certificate": {"issued_on": "2026-11-22"}}, "certificate", "unknown"),
        ({"identity": "unverified"}, "identity", "unknown"),
        ({"exams": []}, "health_exam", "unknown"),
        ({"service_types": ["月嫂"]}, "health_exam", "lapsed"),
        ({"insurances": []}, "insurance", "unknown"),
        ({"background": {"conclusion": "pending"}}, "background", "unknown"),
        ({"background": {"checked_on": None}}, "background", "unknown"),
        ({"background": {"checked_on": "2026-11-22"}}, "background", "unknown"),
        ({"background": {"due_on": "2026-11-20"}}, "background", "lapsed"),
        ({"training": "missing"}, "training", "unknown"),
        ({"training": "not_required"}, "training", "ok"),
        ({"stop": STOP}, "certificate", "failed"),
    ],
)
def test_each_check_has_a_state_of_its_own(told, parts, check, state):
    assert ticks(facts_from(told(**parts)))[check]["state"] == state


@pytest.mark.parametrize(
    "consent", [{"withdrawn_on": "2026-11-21"}, {"given_on": None}, {"given_on": "2026-11-22"}]
)
def test_without_consent_no_check_is_shown(told, consent):
    facts = facts_from(told(consent=consent))

    assert not consented(facts, TODAY)
    assert ticks(facts) is None


def test_consent_never_given_is_grey_and_hides_no_red(told):
    grey = verdict(facts_from(told(consent={"given_on": None})), ZHEJIANG, TODAY)
    red = verdict(
        facts_from(told(consent={"given_on": None}, certificate={"state": "revoked"})), ZHEJIANG, TODAY
    )

    assert grey.reasons == (Reason("consent-withdrawn", "unknown", None),)
    assert (grey.colour, red.colour) == (Colour.GREY, Colour.RED)


def test_consent_given_again_on_the_day_of_withdrawal_does_not_count(told):
    facts = facts_from(told(consent={"given_on": "2026-11-01", "withdrawn_on": "2026-11-01"}))

    assert verdict(facts, ZHEJIANG, TODAY).colour is Colour.GREY


def test_the_rule_loads_nothing_that_slows_a_cold_start():
    script = (
        "import sys; from chalicelib.rules import colour, policy, texts, numbers;"
        "from chalicelib.outside import policies;"
        "print(*sys.modules)"
    )
    root = Path(__file__).parents[2]

    loaded = subprocess.run(
        [sys.executable, "-S", "-c", script], cwd=root, capture_output=True, text=True, check=True
    )

    heavy = {
        "dataclasses",
        "inspect",
        "zoneinfo",
        "pathlib",
        "chalice",
        "boto3",
        "pydantic",
        "logging",
        "urllib.parse",
    }
    assert not heavy & set(loaded.stdout.split())
