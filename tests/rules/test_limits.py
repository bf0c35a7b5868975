from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.outside import limits as packaged
from chalicelib.rules import application, limits
from chalicelib.rules.account import Account
from chalicelib.rules.application import MOVES
from chalicelib.rules.archive import Application
from chalicelib.rules.deadlines import add_working_days, working_days_between
from chalicelib.rules.errors import Malformed, NotAllowed

LIMITS = packaged.load("330000")
FRIDAY = date(2026, 11, 20)
DRAFT = Application(id="w-1", state="draft", company="c", opened_on=FRIDAY)
HANDS = {
    "submit": "company_clerk", "forward": "company_owner", "accept": "association_clerk", "clear": "police",
    "authorise": "bureau", "produce": "print_vendor", "hand-over": "association_clerk",
    "return": "association_clerk", "withdraw": "company_clerk",
}  # fmt: skip


def stepped(one, move, on):
    by = Account(id="a", subject="s", role=HANDS[move], city="330200")
    at = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
    reasons = ("exam-unclear",) if move == "return" else ()
    return limits.moved(one, application.moved(one, move, by=by, at=at, reasons=reasons), on, LIMITS)


def reviewed(on=FRIDAY):
    return stepped(stepped(DRAFT, "submit", on), "forward", on)


def test_the_shares_of_the_steps_are_the_seven_working_days_of_the_whole_process():
    assert sum(LIMITS.shares.values()) == LIMITS.process_days == 7
    assert set(LIMITS.shares) == {"company_review", *application.OFFICIAL}


def test_the_clock_starts_with_the_first_submission():
    one = stepped(DRAFT, "submit", FRIDAY)

    assert (one.submitted_on, one.due_on, one.step_due_on) == (FRIDAY, date(2026, 12, 1), date(2026, 11, 23))


def test_each_step_has_its_share_and_never_more_than_the_whole():
    one = reviewed()
    late = stepped(one, "accept", one.due_on)

    assert one.step_due_on == date(2026, 11, 24)
    assert late.step_due_on == late.due_on


@given(st.integers(0, 400), st.integers(0, 60), st.integers(0, 60))
def test_a_return_stops_the_clock_until_the_company_has_mended_it(start, worked, waited):
    begun = date(2025, 6, 1) + timedelta(days=start)
    one = reviewed(begun)
    returned_on, again_on = begun + timedelta(days=worked), begun + timedelta(days=worked + waited)

    returned = stepped(one, "return", returned_on)
    again = stepped(returned, "submit", again_on)

    assert (returned.waiting_since, returned.step_due_on, returned.due_on) == (returned_on, None, one.due_on)
    assert again.waiting_since is None
    assert again.due_on == add_working_days(one.due_on, working_days_between(returned_on, again_on))[0]
    assert again.submitted_on == begun


def test_returns_add_up_and_a_closed_application_has_no_clock():
    def returned(one, on):
        again = stepped(stepped(one, "return", on), "submit", on + timedelta(days=1))
        return stepped(again, "forward", on + timedelta(days=1))

    one = returned(returned(reviewed(), date(2026, 11, 23)), date(2026, 11, 25))
    withdrawn = stepped(one, "withdraw", date(2026, 11, 26))

    assert one.due_on == date(2026, 12, 3)
    assert (withdrawn.step_due_on, withdrawn.waiting_since) == (None, None)


def test_an_extension_moves_the_deadlines_once_and_keeps_why():
    one = limits.extended(reviewed(), 3, FRIDAY, LIMITS, "材料需进一步核实")

    assert (one.due_on, one.step_due_on) == (date(2026, 12, 4), date(2026, 11, 27))
    assert (one.extension.working_days, one.extension.reason) == (3, "材料需进一步核实")
    with pytest.raises(NotAllowed):
        limits.extended(one, 1, FRIDAY, LIMITS, "材料需进一步核实")


@pytest.mark.parametrize("days", [None, 0, 11])
def test_an_extension_beyond_the_limit_is_refused(days):
    with pytest.raises(Malformed):
        limits.extended(reviewed(), days, FRIDAY, LIMITS, "材料需进一步核实")


@pytest.mark.parametrize(
    ("on", "told"),
    [(FRIDAY, "in-time"), (date(2026, 11, 23), "due"), (date(2026, 11, 24), "due"), (date(2026, 11, 25), "late")],
)
def test_a_step_is_due_a_working_day_before_its_last_and_late_after_it(on, told):
    assert limits.urgency(reviewed(), on) == told


def test_what_waits_for_the_company_is_never_late():
    returned = stepped(reviewed(), "return", FRIDAY)

    assert limits.urgency(returned, FRIDAY + timedelta(days=90)) == "waiting"
    assert limits.urgency(replace(DRAFT), FRIDAY) == "none"


def test_a_year_without_a_notice_makes_a_deadline_provisional():
    assert reviewed(date(2026, 12, 29)).provisional
    assert not reviewed().provisional


def test_an_extension_keeps_the_state_it_was_given_in():
    assert MOVES["extend"].target is None
    assert set(MOVES["extend"].by) == set(application.OFFICIAL)
