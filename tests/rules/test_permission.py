"""Per-scan consent: what a request may become, and how often anything may be tried (A9)."""

from datetime import UTC, date, datetime, timedelta
from functools import reduce

import pytest

from chalicelib.rules.permission import (
    DAILY_ASKS,
    DAILY_WRONG,
    KEPT,
    PIN_TRIES,
    SHOWN,
    WAITS,
    Permission,
    Permissions,
    answered,
    asked,
    tried,
)

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
DAY = date(2026, 11, 22)
PINS = ("right", "other")


def request(visit="v", number=1, at=AT):
    return Permission(visit=visit, number=number, entered_at=AT, asked_at=at)


def waiting(**more):
    return asked(Permissions(), request(**more), DAY)


def pin(before, said, count=1, visit="v", number=1, at=AT, day=DAY):
    return tried(before, request(visit, number, at), count=count, pin=said, pins=PINS, on=day)


def states(found):
    return [one.state for one in found.items]


def test_an_answer_allows_for_ten_minutes_from_the_answer():
    [one] = answered(waiting(), "v", 1, allow=True, at=AT + timedelta(minutes=3)).items

    assert (one.state, one.how, one.until) == ("allowed", "page", AT + timedelta(minutes=3) + SHOWN)


def test_a_refusal_shows_nothing_and_cannot_be_turned_by_another_answer():
    refused = answered(waiting(), "v", 1, allow=False, at=AT)

    assert answered(refused, "v", 1, allow=True, at=AT) == refused
    assert (refused.items[0].state, refused.items[0].until) == ("refused", None)


@pytest.mark.parametrize(("visit", "number"), [("w", 1), ("v", 2)])
def test_an_answer_to_another_visit_or_another_request_changes_nothing(visit, number):
    before = waiting()

    assert answered(before, visit, number, allow=True, at=AT) == before


def test_an_answer_that_comes_too_late_allows_nothing():
    before = waiting()

    assert answered(before, "v", 1, allow=True, at=AT + WAITS + timedelta(seconds=1)) == before


def test_the_same_request_again_is_the_same_request():
    assert asked(waiting(), request(), DAY) == waiting()


def test_what_comes_late_from_the_day_before_gives_no_new_tries():
    full = reduce(lambda held, number: asked(held, request(f"v{number}"), DAY), range(DAILY_ASKS), Permissions())
    late = asked(full, request("late"), DAY - timedelta(days=1))

    assert states(asked(late, request("next"), DAY))[:2] == ["closed", "closed"]


def test_more_requests_of_a_day_than_may_be_are_closed_at_once():
    found = reduce(lambda held, number: asked(held, request(f"v{number}"), DAY), range(DAILY_ASKS), Permissions())

    assert asked(found, request("late"), DAY).items[0].state == "closed"
    assert asked(found, request("late"), DAY + timedelta(days=1)).items[0].state == "waiting"
    assert len(found.items) == KEPT


def test_a_right_pin_allows_this_visit_and_counts_once():
    found = pin(waiting(), "right")

    assert (states(found), found.used) == (["allowed"], ("right",))
    assert pin(found, "right") == found
    assert states(pin(found, "right", visit="w")) == ["waiting", "allowed"]


def test_a_right_pin_needs_no_request_before():
    assert states(pin(Permissions(), "other")) == ["allowed"]


def test_the_fifth_wrong_pin_closes_the_visit_even_for_a_right_one():
    found = reduce(lambda held, count: pin(held, "wrong", count), range(1, PIN_TRIES + 1), waiting())

    assert states(found) == ["closed"]
    assert pin(found, "right", PIN_TRIES + 1) == found
    assert asked(found, request(number=2), DAY).items[0].state == "closed"


def test_one_wrong_pin_before_the_last_leaves_the_visit_open():
    found = reduce(lambda held, count: pin(held, "wrong", count), range(1, PIN_TRIES), waiting())

    assert states(pin(found, "right", PIN_TRIES)) == ["allowed"]


def test_a_wrong_pin_that_is_read_twice_counts_once():
    once = pin(waiting(), "wrong")

    assert pin(once, "wrong") == once


def test_an_older_request_that_is_answered_stays_among_so_many_newer_ones():
    visits = [f"v{number}" for number in range(25)]
    later = AT + timedelta(minutes=1)
    full = reduce(lambda held, visit: asked(held, request(visit, at=later), DAY), visits, Permissions())

    found = tried(full, request("late"), count=1, pin="right", pins=PINS, on=DAY)

    assert [one.state for one in found.of("late")] == ["allowed"]


def test_many_visits_do_not_make_many_tries():
    found = reduce(lambda held, number: pin(held, "wrong", visit=f"v{number}"), range(DAILY_WRONG), Permissions())

    assert states(pin(found, "right", visit="last"))[0] == "closed"
    assert states(pin(found, "right", visit="last", day=DAY + timedelta(days=1)))[0] == "allowed"
