"""The seams through which a wrong green could leak, each by itself; the simulation meets them all at once."""

from base64 import b64decode
from datetime import timedelta

import pytest

from chalicelib.rules import live

GREEN = ("green", [])
WITHDRAWN = ("grey", ["consent-withdrawn"])


@pytest.fixture
def green(place):
    place.deliver()
    assert place.ask() == GREEN
    return place


def again(place):
    """What was not projected comes again: from the stream, or from the queue."""
    place.deliver()
    place.world.deliver([record for _, record in place.world.late])
    place.world.drain()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("suspend", "certificate-suspended"),
        ("lose", "certificate-lost"),
        ("revoke", "certificate-suspended"),
        ("check failed", "background-failed"),
    ],
)
def test_bad_news_by_hand_is_read_right_after_it(green, kind, reason):
    green.do(kind)

    assert green.ask() == ("red", [reason])


def test_a_stop_set_before_the_first_projection_is_red(place):
    before = place.ask()

    place.do("suspend")

    assert before == ("grey", [])
    assert place.ask() == ("red", ["certificate-suspended"])


def test_a_replaced_code_is_red_at_once_and_stays_so(green):
    old = green.life.token

    green.do("replace")
    at_once, fresh = green.ask(old), green.ask()
    green.deliver()

    assert (at_once, fresh) == (("red", ["certificate-replaced"]), ("grey", []))
    assert (green.ask(old), green.ask()) == (("red", ["certificate-replaced"]), GREEN)


@pytest.mark.parametrize("fault", ["died", "failed before"])
def test_good_news_waits_while_its_projection_fails_and_comes_when_it_is_tried_again(green, fault):
    green.do("suspend")
    green.do("refuse")
    green.world.upset(fault)

    assert not green.deliver()
    again(green)

    assert green.ask() == GREEN


@pytest.mark.parametrize("fault", ["died", "failed before", "failed after", "hung"])
@pytest.mark.parametrize("writes", [0, 1, 2])
def test_a_first_projection_that_fails_at_any_write_leaves_no_code_without_its_look_up(place, fault, writes):
    place.world.upset(fault, writes)
    place.deliver()
    seen = (place.ask() == GREEN, place.led_to())
    again(place)

    assert seen in [(False, False), (False, True), (True, True)]
    assert (place.ask(), place.led_to()) == (GREEN, True)


def test_what_leads_to_a_code_is_not_written_again_while_it_leads_there(green):
    green.lose_look_up()

    green.do("insurance")
    green.deliver()

    assert (green.ask(), green.led_to()) == (GREEN, False)


def test_what_leads_to_a_code_leads_to_the_one_that_replaced_it(green):
    green.do("replace")
    green.deliver()

    assert (green.ask(), green.led_to()) == (GREEN, True)


def test_a_repair_by_hand_writes_again_what_leads_to_a_code(green):
    green.lose_look_up()
    lost = green.led_to()

    green.world.reproject("330200")

    assert (lost, green.led_to()) == (False, True)


def test_a_projection_that_hung_before_a_suspension_does_not_lift_it(green):
    green.do("insurance")
    green.world.upset("hung")
    green.deliver()
    green.do("suspend")
    green.deliver()

    green.world.land()

    assert green.ask() == ("red", ["certificate-suspended"])


def test_a_suspension_holds_though_every_record_of_it_is_lost(green):
    green.do("suspend")
    green.world.take()

    green.world.tomorrow()

    assert green.ask() == ("red", ["certificate-suspended"])


def test_records_that_come_twice_and_out_of_order_change_nothing(green):
    green.do("suspend")
    green.do("refuse")
    green.do("lose")
    records = green.world.take()

    green.world.deliver([records[2], records[0]])
    green.world.deliver([records[1], records[0], records[1]])

    assert green.ask() == ("red", ["certificate-lost"])


def test_withdrawn_consent_is_grey_and_alone_right_after_it_and_stays_so(green):
    green.do("consent withdrawn")
    at_once = green.ask()
    green.deliver()

    assert (at_once, green.ask()) == (WITHDRAWN, WITHDRAWN)


def test_consent_withdrawn_before_the_first_projection_is_grey(place):
    place.do("consent withdrawn")

    assert place.ask() == WITHDRAWN


@pytest.mark.parametrize("kind", ["suspend", "revoke", "check failed"])
def test_bad_news_after_a_withdrawal_shows_nobody_even_for_a_second(green, kind):
    green.do("consent withdrawn")
    green.do(kind)
    at_once = green.ask()
    green.deliver()

    assert (at_once, green.ask()) == (WITHDRAWN, WITHDRAWN)


def test_a_card_replaced_under_withdrawn_consent_leaves_the_old_one_no_live_code(green):
    old = green.life.token
    secret = b64decode(green.world.store.wire("codes", old)["live_secret"]["B"])
    text = live.make_live(old, secret, green.world.at)
    green.do("consent withdrawn")
    before = green.world.ask(text)["code"]
    green.do("replace")

    assert (before, green.world.ask(text)["code"]) == ({"kind": "live"}, {"kind": "stale"})
    assert green.ask(old) == WITHDRAWN


def test_a_stricter_city_begins_on_its_day_without_any_function_running(green):
    green.decide({"activation_required": True}, green.world.today + timedelta(days=1))
    today = green.ask()

    green.world.tomorrow()

    assert (today, green.ask()) == (GREEN, ("grey", ["certificate-pending"]))


def test_a_stricter_city_is_never_a_wrong_green_though_its_job_is_stuck(green):
    green.decide({"activation_required": True}, green.world.today + timedelta(days=1), job=False)
    today = green.ask()
    green.world.tomorrow()
    stuck = green.ask()

    green.world.reproject("330200")

    assert (today, stuck) == (GREEN, ("grey", ["data-unavailable"]))
    assert green.ask() == ("grey", ["certificate-pending"])


def test_a_choice_that_replaces_one_that_has_begun_is_waited_for_from_its_own_day_on(green):
    tomorrow = green.world.today + timedelta(days=1)
    green.decide({"grounds": {"training-missing": "red"}}, tomorrow)
    green.world.tomorrow()
    green.decide({"activation_required": True}, tomorrow + timedelta(days=1), job=False)
    before = green.ask()

    green.world.tomorrow()

    assert (before, green.ask()) == (GREEN, ("grey", ["data-unavailable"]))


def test_a_red_and_withdrawn_consent_are_told_though_a_city_s_job_is_stuck(green):
    green.decide({"activation_required": True}, green.world.today + timedelta(days=1), job=False)
    green.world.tomorrow()
    green.do("suspend")
    red = green.ask()
    green.do("consent withdrawn")

    assert (red, green.ask()) == (("red", ["certificate-suspended"]), WITHDRAWN)

def test_a_projection_that_hung_before_a_city_s_decision_does_not_undo_it(green):
    green.do("insurance")
    green.world.upset("hung", 0)
    green.deliver()
    green.decide({"activation_required": True}, green.world.today + timedelta(days=1))
    green.world.land()

    green.world.tomorrow()

    assert green.ask() == ("grey", ["certificate-pending"])


def test_a_read_that_fails_is_grey_and_says_so(green):
    told = green.world.ask(green.life.token, fails=True)

    assert (told["result"], told["colour"], told["holder"]) == ("unavailable", "grey", None)


def test_no_answer_needs_the_sweep(green):
    green.world.at += timedelta(days=800)

    assert green.ask()[0] == "red"
