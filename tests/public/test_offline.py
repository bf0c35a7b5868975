"""What the check without a network is served: keys and status lists, and for how long they may be kept."""

import json

from chalicelib.functions.verify import verify
from chalicelib.public import stack
from tests.public import world

KEYS = {"keys": [{"kty": "EC", "crv": "P-256", "x": "x", "y": "y", "kid": "abc"}]}


def served(path, **parameters):
    return verify(world.event("GET", path, parameters=parameters), None)


def test_the_public_keys_are_served_and_may_be_kept_a_while(codes):
    codes(world.stack(signing_keys=world.text(KEYS)))
    stack.forget()

    reply = served("/keys")

    assert json.loads(reply["body"]) == KEYS
    assert reply["headers"]["Cache-Control"] == "public, max-age=300"


def test_a_stack_without_keys_says_that_it_cannot_serve_them(codes):
    assert served("/keys")["statusCode"] == 503


def test_a_citys_status_list_is_served_as_it_was_signed_by_one_read(codes, dynamodb):
    codes({"pk": world.text("list#330200"), "signed": world.text("head.payload.signature")})

    reply = served("/status-list/{city}", city="330200")

    assert json.loads(reply["body"]) == {"city": "330200", "status_list": "head.payload.signature"}
    assert reply["headers"]["Cache-Control"] == "public, max-age=300"
    assert len(dynamodb.requests) == 1


def test_a_city_without_a_list_has_none_and_the_answer_is_not_kept(codes):
    reply = served("/status-list/{city}", city="330400")

    assert reply["statusCode"] == 404
    assert reply["headers"]["Cache-Control"] == "no-store"


def test_what_is_no_city_is_not_looked_for(codes, dynamodb):
    assert served("/status-list/{city}", city="33020x")["statusCode"] == 404
    assert dynamodb.requests == []


def test_a_check_may_still_be_kept_by_nobody(codes):
    assert served("/v/{token}", token=world.TOKEN)["headers"]["Cache-Control"] == "no-store"
