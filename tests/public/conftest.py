"""A store on a real port, a clean environment and a still clock for each test of the public function."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from chalicelib.outside import clock
from chalicelib.public import codes as table
from chalicelib.public import stack, store
from tests.public import world
from tests.public.dynamodb import Server

CONTRACTS = Path(__file__).parents[2] / "contracts"


@pytest.fixture(scope="session")
def _server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def dynamodb(_server, monkeypatch):
    _server.tables.clear()
    _server.requests.clear()
    _server.faults.clear()
    _server.connections = 0
    for name, value in {
        "AWS_ENDPOINT_URL": _server.url,
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "a-secret",
        "AWS_REGION": "cn-north-1",
        "CODES_TABLE": "codes",
        "INBOX_TABLE": "inbox",
        "ADDRESS": "https://code.example.gov.cn",
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_DYNAMODB", "CLOCK_OFFSET", "HOTLINE", "PHOTOS"):
        monkeypatch.delenv(name, raising=False)
    stack.forget()
    table._codes.clear()
    yield _server
    while store._kept:
        store._kept.pop().close()


@pytest.fixture
def at(monkeypatch):
    """Set the clock: `at(instant)`; it stands at world.NOW until then."""

    def set_to(instant):
        monkeypatch.setattr(clock, "now", lambda: instant)

    set_to(world.NOW)
    return set_to


@pytest.fixture
def codes(dynamodb, at):
    """The codes table with one green code and the stack's item; `codes(item)` puts another."""

    def put(item):
        dynamodb.items("codes")[item["pk"]["S"]] = item

    put(world.code())
    put(world.stack())
    return put


@pytest.fixture
def phone(codes):
    """The phone's page of the one code; `phone(item)` puts another."""
    codes({"pk": world.text(f"me#{world.PAGE_HASH}"), "token": world.text(world.TOKEN)})
    codes({"pk": world.text(f"offline#{world.TOKEN}"), "signed": world.text("head.payload.signature")})
    codes(world.code(phone_page=world.text(world.PAGE_HASH)))
    return codes


@pytest.fixture
def inbox(dynamodb):
    """What lies in the inbox, by key."""
    return dynamodb.items("inbox")


@pytest.fixture(scope="session")
def valid():
    """Say whether an answer follows a contract: `valid(answer)` raises if it does not."""

    def check(body, schema="check.schema.json"):
        Draft202012Validator(json.loads((CONTRACTS / schema).read_text())).validate(body)
        return True

    return check
