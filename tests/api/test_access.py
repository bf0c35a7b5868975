"""Every route of the staff API, attacked by every role of another city or company (G2, invariant 6).

The routes are those of the app: a new one is attacked as soon as it is there, and has no example until one is written.
"""

import json
from datetime import timedelta

import pytest

from chalicelib.api import cursors
from chalicelib.api.answered import OPERATIONS
from chalicelib.outside import clock
from tests.api.examples import BATCHES, EVERY_CITY, EXAMPLES, NAMES_NOBODY
from tests.api.house import ROUTES, House, may, ways
from tests.described import described, undescribed

LISTS = [route for route in ROUTES if OPERATIONS[route[2]].lists]
every_list = pytest.mark.parametrize("route", LISTS, ids=lambda route: route[1])
STATES = ["none", "active", "ready", "asked", "new", "filed", "open", "background", "2026-11", "none#0", "330200", "*"]
"""States that lists have, and such as nobody has."""
every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route[0]} {route[1]}")


@pytest.fixture(scope="module")
def house(lasting_tables):
    return House()


def attacks(house, route):
    """What every stranger of a right role is answered, however he tries; a rival is none to his own city."""
    return [
        (house.ask(who, account, route, ids, EXAMPLES.get(route[2])), ids)
        for who, account in house.strangers.items()
        for ids in ways(house, who, route)
        if may(account, route[2])
        and (who, route[2]) not in EVERY_CITY
        and not (route[2] == "get_city" and account.city == ids["city"])
    ]


def listed(house, route, query):
    """What strangers of a right role are answered by a list that they ask in this way."""
    return [
        house.ask(who, account, route, house.ids, None, query=query)
        for who, account in house.strangers.items()
        if may(account, route[2]) and (who, route[2]) not in EVERY_CITY
    ]


def nothing_here(answer, view):
    """Whether an answer says that there is no such thing, or that the role does no such thing."""
    if view in BATCHES and answer.status == 200:
        return [one["problem"]["status"] for one in json.loads(answer.text)["items"]] == [404]
    return answer.status in (403, 404) if view not in NAMES_NOBODY else answer.status < 500


def as_if_absent(house, answer, route, ids):
    """Whether an answer of 404 is the one that ids of nobody get, in the place of the prey's."""
    if answer.status != 404:
        return True
    absent = {part: id if ids[part] == house.ids[part] else ids[part] for part, id in house.absent().items()}
    other = house.ask(answer.who, house.strangers[answer.who], route, absent, EXAMPLES.get(route[2]))
    return (other.status, other.text) == (answer.status, answer.text)


def test_every_route_that_takes_a_body_has_an_example_and_no_other_has():
    assert set(EXAMPLES) == {view for _, _, view in ROUTES if OPERATIONS[view].body}


@every_route
def test_nobody_sees_or_changes_what_is_another_s_or_beyond_his_role(house, lasting_tables, route):
    before = house.records(lasting_tables)
    beyond = {who: account for who, account in house.own.items() if not may(account, route[2])}

    answers = attacks(house, route)
    refusals = [house.ask(who, one, route, house.ids, EXAMPLES.get(route[2])) for who, one in beyond.items()]

    assert [one for one, _ in answers if not nothing_here(one, route[2])] == []
    assert [one for one, ids in answers if not as_if_absent(house, one, route, ids)] == []
    assert [(one.who, leak) for one, _ in answers for leak in house.leaked(one)] == []
    assert {one.status for one in refusals} <= {403}
    assert house.records(lasting_tables) == before


@pytest.mark.parametrize("state", STATES)
@every_list
def test_a_list_in_any_state_shows_nothing_that_is_another_s(house, route, state):
    asked = {"state": state, "limit": "200"}
    company = {"company": house.ids["company"], "due": str(clock.today() + timedelta(days=90))}
    answers = listed(house, route, asked) + listed(house, route, asked | company)

    assert {one.status for one in answers} <= {200, 400, 403, 404}
    assert [(one.who, leak) for one in answers for leak in house.leaked(one)] == []


@every_list
def test_a_list_is_not_opened_at_a_place_of_another_s(house, route):
    places = [cursors.make(after, owner) for owner in house.own.values() for after in ("0", house.ids["worker"])]
    answers = [one for place in places for one in listed(house, route, {"cursor": place})]

    assert {one.status for one in answers} <= {400, 403, 404}
    assert [(one.who, leak) for one in answers for leak in house.leaked(one)] == []


@every_list
def test_a_list_goes_on_at_a_place_that_its_own_house_was_given(house, route):
    people = [one for one in [*house.own.values(), *house.strangers.values()] if may(one, route[2])]
    goes_on = {"cursor": cursors.make("0", people[0])}

    assert house.ask("own", people[0], route, house.ids, None, query=goes_on).status in (200, 404)


@every_route
def test_what_a_route_answers_is_described(route):
    told = described()[0]["paths"][route[1]][route[0].lower()]["responses"][str(OPERATIONS[route[2]].status)]

    assert told["content"]["application/json"]["schema"] not in ({}, {"type": "object", "additionalProperties": True})


@every_route
def test_somebody_of_the_house_is_answered_so_the_example_is_of_something(house, route):
    people = [(who, one) for who, one in [*house.own.items(), *house.strangers.items()] if may(one, route[2])]

    answers = (house.ask(who, one, route, house.ids, EXAMPLES.get(route[2])) for who, one in people)
    answered = next((one for one in answers if one.status in (200, 201, 202, 409)), None)

    assert answered
    assert undescribed(route[0], route[1], answered.status, json.loads(answered.text)) == []
