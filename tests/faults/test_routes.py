"""Every staff route while something is away: a problem with a remedy, never a bare 500, and nothing half done."""

import json

import pytest

from chalicelib.api.answered import OPERATIONS
from tests.api.examples import EXAMPLES
from tests.api.house import ROUTES, House, may
from tests.faults.weather import error

WRITING = [route for route in ROUTES if OPERATIONS[route[2]].body]
BUSY = error("InternalServerError")

@pytest.fixture(scope="module")
def house(lasting_tables):
    return House()


@pytest.fixture
def ask(house):
    """What somebody of the house who may is answered by a route."""

    def asked(route):
        people = [(who, one) for who, one in [*house.own.items(), *house.strangers.items()] if may(one, route[2])]
        who, one = people[0]
        return house.ask(who, one, route, house.ids, EXAMPLES.get(route[2]))

    return asked


def is_told(answer):
    """Whether an answer is a problem of 503 that says what to do."""
    told = json.loads(answer.text)
    return (answer.status, told["status"], told["type"]) == (503, 503, "unavailable") and "再试" in told["detail"]


def not_told(ask, routes):
    """The answers of routes that are neither a client's own fault nor a problem of 503 with a remedy."""
    answers = [ask(route) for route in routes]
    return [one for one in answers if not (one.status < 500 or is_told(one))]


def test_while_the_register_is_away_every_route_says_so_and_what_to_do(ask, weather):
    weather.on("dynamodb", BUSY)

    assert [answer for route in ROUTES if not is_told(answer := ask(route))] == []


def test_while_lists_are_away_no_route_gives_a_bare_500(ask, weather):
    weather.on("Query", BUSY)

    assert not_told(ask, ROUTES) == []


def test_a_decision_that_could_not_be_written_leaves_nothing_behind(house, ask, weather, lasting_tables):
    before = house.records(lasting_tables)
    weather.on("TransactWriteItems", BUSY)
    weather.on("PutItem", BUSY)
    weather.on("UpdateItem", BUSY)

    found = not_told(ask, WRITING)

    weather.fine()
    assert found == []
    assert house.records(lasting_tables) == before


def test_while_keys_are_away_no_route_gives_a_bare_500(ask, weather):
    weather.on("kms", error("DisabledException"))

    assert not_told(ask, WRITING) == []


def test_while_queues_are_away_no_route_gives_a_bare_500(ask, weather):
    weather.on("sqs", error("InternalError"))

    assert not_told(ask, WRITING) == []
