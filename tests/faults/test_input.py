"""What no clerk would send, to every route: told as a client's own fault, and nothing is written for it."""

import json

import pytest

from chalicelib.api.answered import OPERATIONS
from tests.api.examples import EXAMPLES
from tests.api.house import ROUTES, House, may

WRITING = [route for route in ROUTES if OPERATIONS[route[2]].body]
BODIES = {
    "nothing": "", "null": "null", "a list": "[]", "a text": '"x"', "half an object": "{", "no JSON": "name=x",
    "a number that is none": '{"revision": NaN}', "a number beyond all": '{"revision": 1e999}',
    "an abyss": "[" * 100_000, "an abyss of objects": '{"a":' * 50_000,
    "a name that no field has": json.dumps({"x" * 10_000: 1}),
    "five million letters": json.dumps({"name": "x" * 5_000_000}),
}  # fmt: skip
VALUES = {
    "null": None, "a number": -1, "a number too large": 10**400, "a list": [[]], "an object": {"a": {}}, "an end": "\0",
    "half a letter": "\ud800", "too long": "长" * 100_000, "a day that is none": "2026-02-30", "a boolean": True,
    "a formula": "=cmd()", "markup": "<script>alert(1)</script>", "a path": "../../etc/passwd",
}  # fmt: skip


@pytest.fixture(scope="module")
def house(lasting_tables):
    return House()


@pytest.fixture
def send(house):
    """What somebody of the house who may is answered for a body."""

    def sent(route, raw, ids=None):
        people = [(who, one) for who, one in [*house.own.items(), *house.strangers.items()] if may(one, route[2])]
        return house.ask(*people[0], route, ids or house.ids, None, raw)

    return sent


def is_refusal(answer):
    """Whether an answer is a problem that is the client's own."""
    told = json.loads(answer.text)
    return 400 <= answer.status < 500 and told["status"] == answer.status and bool(told["detail"])


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_none_is_refused_by_every_route(send, body):
    found = [answer for route in WRITING if not is_refusal(answer := send(route, BODIES[body]))]

    assert [one.asked[:80] for one in found] == []


@pytest.mark.parametrize("value", VALUES)
def test_fields_that_are_something_else_are_never_a_defect(house, send, value):
    bodies = {route: dict.fromkeys(EXAMPLES[route[2]](house.ids, house.revisions), VALUES[value]) for route in WRITING}

    answers = [send(route, json.dumps(body)) for route, body in bodies.items() if body]

    assert [one.asked[:80] for one in answers if one.status >= 500] == []


@pytest.mark.parametrize("id", ["x" * 10_000, "\0", "#", "..", "%00", "W#330200#x", "长", "\ud800", "' OR 1=1"])
def test_an_id_that_no_record_has_is_never_a_defect(house, send, id):
    ids, asked = dict.fromkeys(house.ids, id), [route for route in ROUTES if "{" in route[1]]
    bodies = {view: json.dumps(example(house.ids, house.revisions)) for view, example in EXAMPLES.items()}

    answers = [send(route, bodies.get(route[2]), ids) for route in asked]

    assert [one.asked[:80] for one in answers if one.status >= 500] == []
