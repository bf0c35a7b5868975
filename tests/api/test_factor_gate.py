"""Where a role signs in with a second factor, no route but one's own lets it through before it was passed."""

import json

import pytest

from tests.api.examples import EXAMPLES
from tests.api.house import ROUTES, House

OPEN = {"get_me", "offer_factor", "confirm_factor", "check_factor"}
PEOPLE = ("association_manager", "police", "company_owner")


@pytest.fixture(scope="module")
def house(lasting_tables):
    return House()


@pytest.fixture
def answers(house, monkeypatch):
    """The types of problem that people who need a second factor get from each route, by the name of its view."""
    monkeypatch.setenv("SECOND_FACTOR", ",".join(PEOPLE))
    return lambda views: {
        route[2]: {
            json.loads(house.ask(who, house.own[who], route, house.ids, EXAMPLES.get(route[2])).text).get("type")
            for who in PEOPLE
        }
        for route in ROUTES
        if (route[2] in OPEN) is (views is OPEN)
    }


def test_every_route_but_one_s_own_asks_for_the_second_factor_first_and_does_nothing(house, lasting_tables, answers):
    before = house.records(lasting_tables)
    found = answers(None)

    assert {view: types for view, types in found.items() if types != {"second-factor-needed"}} == {}
    assert len(found) == len(ROUTES) - len(OPEN)
    assert house.records(lasting_tables) == before


def test_one_s_own_routes_are_open_before(answers):
    assert [view for view, types in answers(OPEN).items() if "second-factor-needed" in types] == []
