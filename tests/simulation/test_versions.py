"""The seam between two versions of the code: an item that the one before wrote is told as it is due, or not at all."""

import json

import pytest

from scripts.simulation_older import PARTS

GREEN = ("green", [])
SUSPENDED = ("red", ["certificate-suspended"])


@pytest.fixture
def old(place):
    place.world.older = 1.0
    place.deliver()
    return place


def item(place):
    return place.world.store.table("codes")[place.life.token, ""]


def without(place, part):
    told = json.loads(item(place)["facts"]["S"])
    del told[part]
    item(place)["facts"] = {"S": json.dumps(told)}


def test_an_item_of_the_version_before_says_what_is_due(old):
    written = set(item(old))

    assert (old.ask(), written & {"decided", "leads"}) == (GREEN, set())


def test_bad_news_reaches_an_item_of_the_version_before_at_once(old):
    old.do("suspend")

    assert old.ask() == SUSPENDED


@pytest.mark.parametrize("part", PARTS)
def test_facts_of_which_a_part_is_not_there_are_never_believed(old, part):
    without(old, part)

    assert old.ask() == ("grey", ["data-unavailable"])


def test_the_next_projection_puts_an_item_right(old):
    without(old, "background")
    old.world.older = 0.0

    old.world.reproject("330200")

    assert old.ask() == GREEN
