"""What an archive contributes: figures of any day follow from what was counted once, as a count of that day gives."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from chalicelib.outside import policies
from chalicelib.rules import contribution, figures
from chalicelib.rules.archive import (
    Application,
    Archive,
    Binding,
    Certificate,
    Consent,
    Exam,
    Insurance,
    Step,
    Stop,
    Training,
    Worker,
)
from chalicelib.rules.check import Background
from chalicelib.rules.colour import facts_from, verdict
from chalicelib.rules.contribution import difference, summed
from chalicelib.rules.facts import facts_of
from chalicelib.rules.limits import urgency
from chalicelib.rules.policy import overridden

TODAY = date(2026, 11, 22)
POLICY = policies.load("330200")
MONDAY = date(2026, 11, 16)

days = st.integers(-60, 200).map(lambda number: TODAY + timedelta(days=number))
later = st.none() | days
spans = st.lists(st.tuples(days, st.integers(0, 120)), max_size=3)
CERTIFICATE = Certificate(
    number="1", token="T", state="active", issued_on=date(2026, 10, 1), until=date(2029, 9, 30), review_due=None
)


def mostly(usual, rest):
    return st.just(usual) | st.just(usual) | st.just(usual) | rest


def archive(**more):
    worker = Worker(
        name="王演示", masked_name="王*示", resident_id="", identity_hash="", service_types=("养老照护",),
        identity="verified",
    )  # fmt: skip
    told = {
        "certificate": CERTIFICATE,
        "consent": Consent(given_on=date(2026, 1, 5)),
        "background": Background(conclusion="passed", checked_on=date(2026, 9, 1), due_on=date(2027, 8, 31)),
        "training": Training(state="done"),
        "binding": Binding(company="甲", company_name="甲（演示）", since=date(2026, 1, 5)),
        "exams": (exam(-30, 200),),
        "insurances": (insurance(-30, 100),),
    }
    return Archive(city="330200", id="a", worker=worker, **(told | more))


def exam(first, last):
    ends = [TODAY + timedelta(days=offset) for offset in (first, last)]
    return Exam(id=f"{first}", category="养老照护", start=ends[0], until=ends[1], issuer="演示医院")


def insurance(first, last):
    ends = [TODAY + timedelta(days=offset) for offset in (first, last)]
    return Insurance(id=f"{first}", start=ends[0], until=ends[1], third_party=True, issuer="演示保险")


def step(move, source, target, at, *reasons):
    return Step(move=move, source=source, target=target, by="b", role="bureau", at=at, reasons=reasons)


def application(state, *steps, **more):
    told = {"id": "a-1", "company": "甲", "opened_on": TODAY, "submitted_on": TODAY, "due_on": date(2026, 12, 1)}
    return Application(state=state, steps=steps, **(told | more))


@st.composite
def archives(draw):
    state = draw(mostly("active", st.sampled_from(["issued", "suspended", "lost", "revoked", "expired"])))
    held = replace(CERTIFICATE, state=state, issued_on=draw(mostly(CERTIFICATE.issued_on, days)),
                   until=draw(later), review_due=draw(later))  # fmt: skip
    open_ = application(draw(st.sampled_from(figures.STEPS)), due_on=draw(later), step_due_on=draw(later))
    return archive(
        certificate=draw(mostly(held, st.none())),
        exams=tuple(exam((a - TODAY).days, (a - TODAY).days + length) for a, length in draw(spans)),
        insurances=tuple(insurance((a - TODAY).days, (a - TODAY).days + length) for a, length in draw(spans)),
        consent=Consent(given_on=draw(mostly(date(2026, 1, 5), later)), withdrawn_on=draw(mostly(None, days))),
        background=Background(conclusion="passed", checked_on=TODAY, due_on=draw(later)),
        stop=draw(mostly(None, st.just(Stop(code="certificate-suspended", since=TODAY, ground="演示")))),
        applications=draw(mostly((), st.just((open_,)))),
    )


def recounted(found, policy, day, shown_on):
    """What an archive is on a day, asked of the rules one by one."""
    facts = facts_from(facts_of(found)) if found.certificate else None
    under_way = [one for one in found.applications if one.state in figures.STEPS]
    return {
        "colour": verdict(facts, policy, day).colour.name.lower() if facts else None,
        "in_force": bool(facts) and facts.issued_on <= day and (facts.until is None or day <= facts.until)
        and facts.state in ("active", *(() if policy.at(day).activation_required else ("issued",))),
        "late": [one.state for one in under_way if urgency(one, day) == "late"],
        "shown": shown_on is not None and day < shown_on + timedelta(days=30),
    }  # fmt: skip


@effort(max_examples=100)
@given(archives(), days.filter(lambda day: day >= TODAY), st.none() | days, st.sampled_from(["330200", "330400"]))
def test_what_was_counted_once_gives_the_figures_of_any_later_day(found, day, shown_on, region):
    policy = overridden(policies.load(region), [{"from": "2027-01-04", "overrides": {"activation_required": True}}])
    counted = contribution.of(found, policy, TODAY, shown_on)
    told = recounted(found, policy, day, shown_on)

    then = figures.figures(counted, day)

    assert {colour for colour, number in then.colours.items() if number} == {told["colour"]} - {None}
    assert (then.workers, then.holders) == (1, int(told["in_force"]))
    assert then.shown == int(told["in_force"] and told["shown"])
    assert [one.step for one in then.backlog if one.late] == told["late"]


@effort(max_examples=40)
@given(archives(), days.filter(lambda day: day >= TODAY), st.none() | days)
def test_the_forecast_counts_each_code_in_the_week_in_which_it_stops_being_green(found, day, shown_on):
    weeks = figures.figures(contribution.of(found, POLICY, TODAY, shown_on), day).weeks
    last = weeks[-1].week + timedelta(days=6)
    each = [day + timedelta(days=n) for n in range(-1, (last - day).days + 1)]
    colours = [recounted(found, POLICY, one, None)["colour"] for one in each]
    left = [one for one, (a, b) in zip(each[1:], pairwise(colours), strict=True) if a == "green" != b]
    left = [one for one in left if one > TODAY]

    weekly = Counter(one - timedelta(days=one.weekday()) for one in left)

    assert {one.week: one.leaves_green for one in weeks if one.leaves_green} == weekly


@given(st.lists(archives(), max_size=4), st.lists(archives(), max_size=4))
def test_adding_the_difference_to_one_sum_gives_the_other(before, after):
    old, new = (summed(contribution.of(one, POLICY, TODAY, None) for one in some) for some in (before, after))

    assert summed([old, difference(old, new)]) == new


def test_a_code_turns_at_midnight_without_being_counted_anew():
    counted = contribution.of(archive(), POLICY, TODAY, None)
    last = TODAY + timedelta(days=100)

    assert figures.figures(counted, last).colours["green"] == 1
    assert figures.figures(counted, last + timedelta(days=1)).colours == {"green": 0, "yellow": 1, "red": 0, "grey": 0}


def test_a_certificate_is_held_by_whom_it_is_in_force_for_whatever_the_papers_say():
    counted = contribution.of(archive(exams=(), insurances=()), POLICY, TODAY, None)

    assert figures.figures(counted, TODAY).holding_rate == 1
    assert figures.figures(counted, date(2029, 10, 1)).holding_rate == 0


def test_nobody_to_hold_one_is_no_rate():
    told = figures.figures({}, TODAY)

    assert (told.holding_rate, told.showing_rate) == (None, None)


def test_a_confirmed_entry_counts_for_thirty_days_with_its_own():
    counted = contribution.of(archive(), POLICY, TODAY, TODAY)

    assert figures.figures(counted, TODAY + timedelta(days=29)).showing_rate == 1
    assert figures.figures(counted, TODAY + timedelta(days=30)).showing_rate == 0


def test_what_ends_stands_in_its_week_and_what_is_renewed_does_not():
    renewed = archive(insurances=(insurance(-30, 8), insurance(9, 200)), exams=(exam(-30, 8),))
    weeks = figures.figures(contribution.of(renewed, POLICY, TODAY, None), TODAY).weeks

    assert weeks[0].week == MONDAY
    assert [(one.week, one.ends["exam"], one.ends["insurance"]) for one in weeks[:3]] == [
        (MONDAY, 0, 0),
        (MONDAY + timedelta(days=7), 0, 0),
        (MONDAY + timedelta(days=14), 1, 0),
    ]


def test_returns_and_refusals_count_by_reason_and_by_company_in_the_month_of_shanghai():
    night = datetime(2026, 10, 31, 17, tzinfo=UTC)
    steps = (
        step("return", "association_review", "returned", night - timedelta(days=3), "photo-unclear", "exam-unclear"),
        step("submit", "returned", "company_review", night - timedelta(days=2)),
        step("refuse", "background", "refused", night, "background-failed"),
    )
    refused = application("refused", *steps, submitted_on=date(2026, 10, 20), due_on=date(2026, 10, 30))
    counted = contribution.of(archive(certificate=None, applications=(refused,)), POLICY, TODAY, None)
    october, november = figures.figures(counted, TODAY).months[-2:]

    assert (october.submitted, october.returned, october.refused) == (1, {"photo-unclear": 1, "exam-unclear": 1}, {})
    assert (november.refused, november.in_time, november.late) == ({"background-failed": 1}, 0, 1)
    [company] = figures.of_companies(counted, TODAY)
    assert (company.company, company.returned, company.refused, company.late, company.workers) == ("甲", 1, 1, 1, 1)


@pytest.mark.parametrize(("day", "kept"), [("2026-12-01", (1, 0)), ("2026-12-02", (0, 1))])
def test_a_deadline_is_kept_through_its_last_day(day, kept):
    at = datetime.fromisoformat(f"{day}T10:00:00+00:00")
    done = application("done", step("hand-over", "handover", "done", at))
    counted = contribution.of(archive(applications=(done,)), POLICY, TODAY, None)
    month = figures.figures(counted, date(2026, 12, 3)).months[-1]

    assert (month.in_time, month.late) == kept


def test_who_was_erased_is_a_worker_no_more_and_still_an_archive():
    kept = archive()

    told = contribution.of(replace(kept, worker=replace(kept.worker, erased_on=TODAY)), POLICY, TODAY, None)

    assert told["now"]["archives"] == 1
    assert "workers" not in told["now"]
    assert "workers @甲" not in told["companies"]
