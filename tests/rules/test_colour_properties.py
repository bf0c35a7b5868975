"""What must hold of every verdict, whatever the facts (invariant 1)."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.outside import policies
from chalicelib.rules.colour import Colour, consented, facts_from, verdict, withdrawn
from chalicelib.rules.evidence import CATEGORIES, STOP_CODES
from chalicelib.rules.policy import DECIDED, overridden

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
HORIZON = 460
LAPSES = {"exam-lapsed", "exam-weak", "insurance-lapsed", "insurance-no-third-party"}
NOT_IN_FORCE = {"suspended", "lost", "replaced", "revoked", "expired"}
YELLOW_AT_LEAST = st.sampled_from(["yellow", "grey", "red"])

days = st.integers(-30, 60).map(lambda number: (TODAY + number * DAY).isoformat())
exam_days = st.integers(-420, 60).map(lambda number: (TODAY + number * DAY).isoformat())
later = st.none() | days


# mostly whole, so that greens and single grounds are common
def mostly(usual, rest):
    return st.just(usual) | st.just(usual) | st.just(usual) | rest


@st.composite
def facts_told(draw):
    return {
        "certificate": {
            "state": draw(mostly("active", st.sampled_from(["issued", *sorted(NOT_IN_FORCE)]))),
            "issued_on": draw(mostly("2026-01-05", days)),
            "until": draw(mostly(None, days)),
            "review_due": draw(mostly(None, days)),
        },
        "exams": draw(st.lists(exams, max_size=3)),
        "insurances": draw(st.lists(insurances, max_size=3)),
        "background": {
            "conclusion": draw(mostly("passed", st.sampled_from(["failed", "pending", "none"]))),
            "checked_on": draw(mostly("2026-06-01", later)),
            "due_on": draw(later),
        },
        "consent": {"given_on": draw(mostly("2026-01-05", later)), "withdrawn_on": draw(mostly(None, days))},
        "identity": draw(mostly("verified", st.just("unverified"))),
        "training": draw(mostly("done", st.sampled_from(["missing", "not_required"]))),
        "company": draw(mostly("active", st.just("suspended"))),
        "stop": draw(mostly(None, stops)),
        "service_types": draw(
            st.lists(st.sampled_from(["保洁", "住家保姆", "养老照护", "月嫂", "洗车"]), max_size=2)
        ),
    }


exams = st.fixed_dictionaries({"category": st.sampled_from(CATEGORIES), "from": exam_days, "until": days})
insurances = st.fixed_dictionaries({"from": days, "until": days, "third_party": mostly(True, st.booleans())})
stops = st.fixed_dictionaries({"code": st.sampled_from(sorted(STOP_CODES)), "since": days})
grounds = st.dictionaries(st.sampled_from(sorted(DECIDED - STOP_CODES)), YELLOW_AT_LEAST, max_size=4)
choices = st.fixed_dictionaries({"activation_required": st.booleans(), "grounds": grounds})
overrides = st.lists(st.fixed_dictionaries({"from": days, "overrides": choices}), max_size=2)
regions = st.sampled_from(["default", "330000", "330200", "330400", "440200", "310000"])
facts_of_a_code = facts_told().map(facts_from)


def policy_of(region, own):
    return overridden(policies.load(region), own)


policy_of_a_city = st.builds(policy_of, regions, overrides)


def seen(facts, policy, on):
    found = verdict(facts, policy, on)
    return found.colour, {reason.code for reason in found.reasons}


@given(facts_of_a_code, policy_of_a_city)
def test_until_is_exactly_the_last_day_of_the_verdict(facts, policy):
    now = seen(facts, policy, TODAY)
    coming = (TODAY + number * DAY for number in range(1, HORIZON))

    first_change = next((day for day in coming if seen(facts, policy, day) != now), None)

    assert verdict(facts, policy, TODAY).until == (first_change - DAY if first_change else None)


@given(facts_of_a_code, policy_of_a_city)
def test_since_is_exactly_the_first_day_of_the_stretch(facts, policy):
    # a state has no day of its own, a stop brings one, and withdrawn consent hides the rest
    facts = facts._replace(state="active", stop=None, given_on=date(2026, 1, 5), withdrawn_on=None)
    dated = [reason for reason in verdict(facts, policy, TODAY).reasons if reason.since]

    past = [[reason.code in seen(facts, policy, day)[1] for day in (reason.since, TODAY)] for reason in dated]
    before = [reason.code in seen(facts, policy, reason.since - DAY)[1] for reason in dated]
    within = [
        reason.code in seen(facts, policy, reason.since + number * DAY)[1]
        for reason in dated
        for number in range((TODAY - reason.since).days)
    ]

    assert all(map(all, past))
    assert all(within)
    assert not any(before)


@given(facts_of_a_code, policy_of_a_city)
def test_evidence_that_holds_today_never_worsens_the_colour(facts, policy):
    exam = facts_from_exam("母婴照护")
    insured = facts_from_insurance()
    before = verdict(facts, policy, TODAY).colour

    assert verdict(facts._replace(exams=(*facts.exams, exam)), policy, TODAY).colour <= before
    assert verdict(facts._replace(insurances=(*facts.insurances, insured)), policy, TODAY).colour <= before


SETTLED = {
    "state": "active", "until": None, "review_due": None, "background": "passed", "checked_on": TODAY, "due_on": None,
    "given_on": TODAY,
    "withdrawn_on": None, "identity": "verified", "training": "done", "company": "active",
}  # fmt: skip
UNKNOWN = {
    "exams": (), "insurances": (), "background": "pending", "identity": "unverified", "given_on": None,
    "issued_on": TODAY + DAY, "withdrawn_on": TODAY,
}  # fmt: skip


@given(facts_of_a_code, policy_of_a_city, st.sampled_from(sorted(SETTLED)))
def test_settling_any_part_never_worsens_the_colour(facts, policy, part):
    assume(not withdrawn(facts, TODAY))

    settled = facts._replace(**{part: SETTLED[part]})

    assert verdict(settled, policy, TODAY).colour <= verdict(facts, policy, TODAY).colour


@given(facts_of_a_code, policy_of_a_city, exams.filter(lambda one: one["from"] <= one["until"]))
def test_an_exam_that_suffices_never_worsens_the_colour_of_a_day_on_which_it_counts(facts, policy, told):
    strictest = facts_from(WHOLE | {"exams": [told | {"category": "母婴照护"}]}).exams[0]
    more = facts._replace(exams=(*facts.exams, strictest))

    first, last = strictest.first, strictest.last
    assert verdict(more, policy, first).colour <= verdict(facts, policy, first).colour
    assert verdict(more, policy, last).colour <= verdict(facts, policy, last).colour


@given(facts_of_a_code, policy_of_a_city, st.sampled_from(sorted(UNKNOWN)))
def test_nothing_unknown_is_ever_green(facts, policy, part):
    facts = facts._replace(**{part: UNKNOWN[part]})

    assert verdict(facts, policy, TODAY).colour is not Colour.GREEN


@given(facts_of_a_code, policy_of_a_city, st.none() | st.integers(1, 400))
def test_a_police_check_of_no_day_or_of_one_to_come_is_never_green(facts, policy, ahead):
    facts = facts._replace(background="passed", checked_on=ahead and TODAY + ahead * DAY)

    assert verdict(facts, policy, TODAY).colour is not Colour.GREEN


@given(facts_of_a_code, policy_of_a_city)
def test_the_loudest_ground_decides_so_that_no_red_one_is_hidden(facts, policy):
    assume(not withdrawn(facts, TODAY))
    version, found = policy.at(TODAY), verdict(facts, policy, TODAY)

    loudest = max((version.colours[reason.code] for reason in found.reasons), default=Colour.GREEN)
    pair = {reason.code for reason in found.reasons} & LAPSES

    assert found.colour == max(loudest, version.colours["both-lapsed"] if len(pair) == 2 else Colour.GREEN)


@given(facts_of_a_code, policy_of_a_city)
def test_red_is_hidden_by_withdrawn_consent_alone(facts, policy):
    assume(facts.state in NOT_IN_FORCE or facts.background == "failed" or facts.stop)

    found = verdict(facts, policy, TODAY)

    assert found.colour is (Colour.GREY if withdrawn(facts, TODAY) else Colour.RED)


@given(facts_of_a_code, policy_of_a_city)
def test_withdrawn_consent_stands_alone_and_grey(facts, policy):
    facts = facts._replace(withdrawn_on=TODAY, given_on=date(2026, 1, 5))

    found = verdict(facts, policy, TODAY)

    assert found.colour is Colour.GREY
    assert [reason.code for reason in found.reasons] == ["consent-withdrawn"]


@given(facts_of_a_code, policy_of_a_city)
def test_green_means_that_every_part_holds_today_and_nothing_is_unknown(facts, policy):
    needed = max((policy.grades.get(service, 3) for service in facts.service_types), default=0)
    parts = [
        facts.state == "active" or (facts.state == "issued" and not policy.at(TODAY).activation_required),
        facts.issued_on <= TODAY,
        all(day is None or day >= TODAY for day in (facts.until, facts.review_due, facts.due_on)),
        any(span.first <= TODAY <= span.last and span.grade >= needed for span in facts.exams),
        any(span.first <= TODAY <= span.last and span.grade for span in facts.insurances),
        facts.background == "passed" and facts.checked_on is not None and facts.checked_on <= TODAY,
        consented(facts, TODAY),
        (facts.identity, facts.company, facts.stop) == ("verified", "active", None),
        facts.training != "missing",
    ]

    assert (verdict(facts, policy, TODAY).colour is Colour.GREEN) == all(parts)


@given(facts_of_a_code, policy_of_a_city)
def test_a_colour_has_reasons_and_green_has_none(facts, policy):
    found = verdict(facts, policy, TODAY)

    assert bool(found.reasons) == (found.colour is not Colour.GREEN)
    assert len({reason.code for reason in found.reasons}) == len(found.reasons)


def facts_from_exam(category):
    span = {"category": category, "from": "2026-11-01", "until": "2027-10-31"}
    return facts_from(WHOLE | {"exams": [span]}).exams[0]


def facts_from_insurance():
    span = {"from": "2026-11-01", "until": "2027-10-31", "third_party": True}
    return facts_from(WHOLE | {"insurances": [span]}).insurances[0]


WHOLE = {
    "certificate": {"state": "active", "issued_on": "2026-01-05", "until": None, "review_due": None},
    "exams": [],
    "insurances": [],
    "background": {"conclusion": "passed", "checked_on": "2026-01-05", "due_on": None},
    "consent": {"given_on": "2026-01-05", "withdrawn_on": None},
    "identity": "verified",
    "training": "done",
    "company": "active",
    "stop": None,
    "service_types": [],
}
