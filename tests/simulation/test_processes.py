"""The seams between one running function and another: a restart, and a clock that is a step off."""

from datetime import timedelta

import pytest

from scripts.simulation_process import Process

GREEN = ("green", [])
WITHDRAWN = ("grey", ["consent-withdrawn"])
SUSPENDED = ("red", ["certificate-suspended"])


@pytest.fixture
def green(place):
    place.deliver()
    assert place.ask() == GREEN
    return place


def midnight(place):
    """It is ten seconds past midnight."""
    place.world.tomorrow()
    place.world.at += timedelta(seconds=10)


def test_right_after_a_restart_a_code_says_what_it_said_and_a_suspension_holds(green):
    green.world.restart(share=1.0)
    before = green.ask()
    green.do("suspend")
    green.world.take()

    green.world.restart(share=1.0)

    assert (before, green.ask()) == (GREEN, SUSPENDED)


def test_good_news_that_a_restart_lost_comes_with_the_repair(green):
    green.do("suspend")
    green.do("refuse")
    green.world.take()
    green.world.restart(share=1.0)
    lost = green.ask()

    green.world.reproject("330200")

    assert (lost, green.ask()) == (SUSPENDED, GREEN)


def test_after_a_restart_a_phone_s_secret_is_still_its_code_s(green):
    phone = green.phone()

    green.world.restart(share=1.0)
    green.world.reproject("330200")

    assert green.phone().secret == phone.secret


def test_a_function_that_ran_through_a_city_s_decision_tells_what_one_tells_that_starts_after_it(green):
    old, new = green.world.process, Process()
    green.decide({"activation_required": True}, green.world.today + timedelta(days=1))
    green.world.tomorrow()

    told = [green.ask_of(one) for one in (old, new)]

    assert told == [("grey", ["certificate-pending"])] * 2


@pytest.mark.parametrize("projected", [False, True])
@pytest.mark.parametrize("steps", [-1, 0, 1])
@pytest.mark.parametrize(
    ("kind", "due"),
    [("suspend", SUSPENDED), ("consent withdrawn", WITHDRAWN), ("check failed", ("red", ["background-failed"]))],
)
def test_bad_news_of_just_after_midnight_is_told_by_a_clock_that_is_a_step_off(green, kind, due, steps, projected):
    midnight(green)
    green.do(kind)
    green.deliver() if projected else green.world.take()

    assert green.ask_of(Process(steps)) == due


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_projection_by_a_clock_that_is_a_step_off_says_the_same(green, steps):
    midnight(green)
    green.world.processes = [Process(steps)]
    green.do("check failed")
    green.deliver()

    assert green.ask_of(Process()) == ("red", ["background-failed"])
