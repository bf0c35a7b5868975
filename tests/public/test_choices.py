"""A code that does not know what its city chose for the day is not believed (docs/decisions/0020)."""

import pytest

from tests.public import world
from tests.public.world import TOKEN, check

BEGUN = {"from": "2026-11-10", "overrides": {"activation_required": True}}
TODAY = {"from": "2026-11-21", "overrides": {"grounds": {"training-missing": "red"}}}
TOMORROW = {"from": "2026-11-22", "overrides": {"grounds": {"exam-missing": "red"}}}
CITY = "CITY#330200"


def seen(token=TOKEN):
    told = check(token)[1]
    return told["colour"], [reason["code"] for reason in told["reasons"]]


def known(*choices, facts=world.FACTS, day="2026-11-20", **more):
    """A code that was projected on a day, under some choices of its city."""
    return world.code(facts, overrides=choices, projected_on=world.text(day), **more)


@pytest.fixture
def chosen(codes):
    """Put a code, and what the city chose."""

    def put(code, *choices):
        codes({"pk": world.text(CITY), "stop": world.text(list(choices)), "stop_revision": {"N": "3"}})
        codes(code)

    return put


@pytest.mark.parametrize(
    ("code", "choices"),
    [
        (known(TODAY), [TODAY]),
        (known(BEGUN, TODAY), [TODAY, TOMORROW]),
        (known(TODAY), [BEGUN, TODAY]),
        (known(BEGUN), [BEGUN, TOMORROW]),
        (known(), [TOMORROW]),
        (known(TODAY, day="2026-11-21"), [BEGUN]),
    ],
)
def test_a_code_that_knows_what_holds_today_is_believed(chosen, code, choices):
    chosen(code, *choices)

    assert seen() == ("green", [])


@pytest.mark.parametrize(
    ("code", "choices"),
    [
        (known(), [TODAY]),
        (known(BEGUN), [BEGUN, TODAY]),
        (known(BEGUN, TOMORROW), [BEGUN, TODAY]),
        (known(facts=world.LAPSED), [TODAY]),
        ({name: value for name, value in known().items() if name != "projected_on"}, [TODAY]),
    ],
)
def test_a_code_that_does_not_is_grey(chosen, code, choices):
    chosen(code, *choices)

    assert seen() == ("grey", ["data-unavailable"])


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (known(facts=world.REVOKED), ("red", ["certificate-revoked"])),
        (known(facts=world.WITHDRAWN), ("grey", ["consent-withdrawn"])),
        (known(stop=world.STOP), ("red", ["certificate-suspended"])),
    ],
)
def test_a_red_and_withdrawn_consent_stay_what_they_are(chosen, code, told):
    chosen(code, TODAY)

    assert seen() == told


def test_nobody_confirms_a_visit_of_a_code_that_is_not_believed(chosen):
    chosen(known(), TODAY)

    assert check()[1]["visit"] is None


def test_what_a_city_chose_is_read_once_a_day_and_for_no_code_of_the_day(codes, dynamodb):
    other = world.numbered(9)
    codes(known())
    codes(known(token=other))
    codes(known(token=world.OTHER, day="2026-11-21"))
    told = [seen(world.OTHER), seen(), seen(other), seen()]

    asked = [asked["Key"]["pk"]["S"] for _, asked, _ in dynamodb.requests]
    assert told == [("green", [])] * 4
    assert asked == [world.OTHER, TOKEN, CITY, other, TOKEN]


def test_a_choice_that_cannot_be_read_is_a_check_that_could_not_be_made(codes):
    codes({"pk": world.text(CITY), "stop": world.text("["), "stop_revision": {"N": "3"}})
    codes(known())

    assert check()[0] == 503
