"""A store on a real port and a clean environment for each test of the public function."""

import pytest

from chalicelib.public import store
from tests.public.dynamodb import Server


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
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL_DYNAMODB", raising=False)
    yield _server
    if store._Connection.kept is not None:
        store._Connection.kept.close()
