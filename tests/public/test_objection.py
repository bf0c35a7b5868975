"""The mark of a code that is under review (C8): told beside the colour, never changing it."""

import pytest

from tests.public import world
from tests.public.world import check, page

SINCE = {"objection": world.text("2026-11-21")}


def test_a_code_without_an_objection_has_no_such_key(codes):
    codes(world.code())

    assert "objection" not in check()[1]


@pytest.mark.parametrize("facts", [world.FACTS, world.LAPSED, world.REVOKED], ids=["green", "yellow", "red"])
def test_an_objection_is_told_and_all_else_stays(codes, valid, facts):
    codes(world.code(facts))
    before = check()[1]
    codes(world.code(facts) | SINCE)
    after = check()[1]
    valid(after)

    assert after.pop("objection")["since"] == "2026-11-21"
    assert after == before


def test_an_objection_to_a_code_that_was_switched_off_is_not_told(codes):
    codes(world.code(world.WITHDRAWN) | SINCE)

    assert "objection" not in check()[1]


@pytest.mark.parametrize(("lang", "words"), [("zh", "自2026-11-21起正在复核"), ("en", "under review since 2026-11-21")])
def test_the_page_says_it_in_both_languages(codes, lang, words):
    codes(world.code() | SINCE)

    assert words in page(query={"lang": lang})["body"]
