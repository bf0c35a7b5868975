"""The seams at the worker's phone: live codes by a clock that is off, and what its secret must not make."""

import pytest

from scripts import simulation_phone as phone
from scripts.simulation_process import STEP, Process


@pytest.fixture
def green(place):
    place.deliver()
    return place


@pytest.fixture
def held(green):
    return green.phone()


def scanned(place, held, steps):
    """What a phone's code says that was shown so many steps ago, or is of a clock as much behind."""
    told = place.world.ask(held.shows(place.world.at - steps * STEP), same=True)
    return told["colour"], [reason["code"] for reason in told["reasons"]], told["code"]["kind"], bool(told["visit"])


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_live_code_a_step_off_says_what_the_card_says(green, held, steps):
    assert scanned(green, held, steps) == ("green", [], "live", True)


@pytest.mark.parametrize("steps", [-40, -2, 2, 40])
def test_a_live_code_two_steps_off_is_out_of_date(green, held, steps):
    assert scanned(green, held, steps) == ("grey", ["code-stale"], "stale", False)


@pytest.mark.parametrize(("steps", "kind"), [(-1, "stale"), (0, "live"), (1, "live"), (2, "live"), (3, "stale")])
def test_steps_are_counted_by_the_clock_that_checks(green, held, steps, kind):
    green.world.process = Process(-1)

    assert scanned(green, held, steps)[2] == kind


def test_a_live_code_is_never_better_than_its_card(green, held):
    green.do("suspend")

    told = [scanned(green, held, steps) for steps in (0, 2)]

    assert told == [
        ("red", ["certificate-suspended"], "live", False),
        ("red", ["certificate-suspended", "code-stale"], "stale", False),
    ]


def test_who_holds_the_live_secret_can_make_neither_a_visit_nor_a_report(green, held):
    seen = green.world.ask(green.life.token)["visit"]["nonce"]
    tried = list(phone.forged(held, "0" * 27, green.world.at))

    assert len(tried) == 12
    assert phone.refused(green.world, iter(tried))
    assert green.world.request("POST", "/v/{token}/visits", held.token, {"nonce": seen})[0] == 201


def test_a_visit_offered_before_a_suspension_is_refused_after_it(green):
    seen = green.world.ask(green.life.token)["visit"]["nonce"]
    green.do("suspend")

    status, told = green.world.request("POST", "/v/{token}/visits", green.life.token, {"nonce": seen})

    assert (status, told["type"].rpartition("/")[2]) == (409, "visit-not-open")
