"""A code's facts as a line, and as the version before wrote them: read whole or not at all."""

import pytest

from chalicelib.rules.line import line_of
from tests.public import world
from tests.public.world import TOKEN, check, code, text


@pytest.mark.parametrize(
    ("stored", "colour"), [(world.FACTS, "green"), (world.LAPSED, "yellow"), (world.REVOKED, "red")]
)
def test_an_item_written_by_the_previous_version_of_the_code_is_answered_alike(codes, dynamodb, stored, colour):
    codes(code(stored))
    _, now = check()
    dynamodb.items("codes")[TOKEN] = code(stored) | {"facts": text(stored)}

    _, before = check()

    assert before["colour"] == colour
    assert before == now


LINE = line_of(world.FACTS)
DAMAGED = {
    "a line of another form": {"facts": text("2" + LINE[1:])},
    "a line cut short": {"facts": text(LINE.rpartition("|")[0])},
    "a line with a field more": {"facts": text(LINE + "|sanctioned")},
    "a line without a word": {"facts": text("")},
    "a line with an exam of an unknown category": {"facts": text(LINE.replace("|养老照护 ", "|高级 "))},
    "a line with an exam of no end": {"facts": text(LINE.replace(" 2027-03-01", ""))},
    "a line with an insurance of more": {"facts": text(LINE.replace(" 2027-05-31", " 2027-05-31 x"))},
    "a line with cover that nobody knows": {"facts": text(LINE.replace("|1 ", "|2 "))},
    "a line with a stop of an unknown code": {"facts": text(LINE.replace("|active||", "|active|on-fire 2026-11-21|"))},
    "a line with a day that is none": {"facts": text(LINE.replace("2028-05-01", "2028-05-32"))},
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_line_that_is_not_whole_is_503_and_grey(codes, dynamodb, valid, damage):
    dynamodb.items("codes")[TOKEN] = code() | damage

    status, told = check()

    assert (status, told["result"], told["colour"], told["visit"]) == (503, "unavailable", "grey", None)
    assert valid(told)
