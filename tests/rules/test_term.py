import pytest

from chalicelib.outside import terms
from chalicelib.rules.certificate import MOVES
from chalicelib.rules.term import term_from

PROVINCE = {**terms.load("default")._asdict(), "second_for": ["revoke"], "second_may_be_dropped": False}


@pytest.mark.parametrize("region", ["330200", "440200", "310000", "default"])
def test_everywhere_red_by_hand_and_lifting_it_take_two_persons(region):
    assert terms.load(region).second_for == {"suspend", "revoke", "resume"}
    assert terms.load(region).second_for <= set(MOVES)


def test_a_city_adds_a_move_that_takes_two_persons():
    assert term_from([PROVINCE, {"second_for": ["suspend"]}]).second_for == {"revoke", "suspend"}


def test_a_city_drops_none():
    assert term_from([PROVINCE, {"second_for": [], "second_may_be_dropped": True}]).second_for == {"revoke"}


def test_a_city_drops_what_its_province_says_it_may():
    assert term_from([{**PROVINCE, "second_may_be_dropped": True}, {"second_for": []}]).second_for == frozenset()


def test_a_city_takes_what_it_does_not_say_from_the_wider_region():
    assert terms.load("440200").review_years == 1
    assert terms.load("440200").certificate_years == terms.load("default").certificate_years
