import json
import time

import pytest

from chalicelib.public import endpoint, store
from chalicelib.rules.errors import Unavailable
from tests.public import dynamodb as faults

KEPT = {"pk": {"S": "a"}, "facts": {"S": "王*芳"}}


def test_an_item_is_read_strongly_consistent(dynamodb):
    dynamodb.items("codes")["a"] = KEPT

    found = store.get("codes", "a")

    assert found == KEPT
    assert dynamodb.requests[0][1] == {
        "TableName": "codes",
        "Key": {"pk": {"S": "a"}},
        "ConsistentRead": True,
    }


def test_an_absent_item_is_none(dynamodb):
    assert store.get("codes", "a") is None


def test_the_first_put_of_a_key_wins(dynamodb):
    assert store.put("inbox", KEPT) is None
    assert store.put("inbox", KEPT | {"facts": {"S": "other"}}) == KEPT
    assert dynamodb.items("inbox")["a"] == KEPT


def test_one_connection_serves_many_calls(dynamodb):
    store.get("codes", "a")
    store.get("codes", "b")
    store.put("inbox", KEPT)

    assert dynamodb.connections == 1


def test_a_connection_that_died_meanwhile_is_replaced_once(dynamodb):
    dynamodb.items("codes")["a"] = KEPT
    dynamodb.faults += [faults.then_close]
    store.get("codes", "b")

    assert store.get("codes", "a") == KEPT
    assert dynamodb.connections == 2


def test_a_new_connection_that_dies_is_not_tried_again(dynamodb):
    dynamodb.faults += [faults.hang_up]

    with pytest.raises(Unavailable):
        store.get("codes", "a")
    assert len(dynamodb.requests) == 1


def test_a_slow_store_is_given_up_after_300_ms(dynamodb):
    dynamodb.faults += [faults.slow(1)]
    start = time.monotonic()

    with pytest.raises(Unavailable):
        store.get("codes", "a")
    assert 0.25 < time.monotonic() - start < 0.8


def test_a_late_answer_is_never_taken_for_the_next_one(dynamodb):
    dynamodb.items("codes")["a"] = {"pk": {"S": "a"}}
    dynamodb.items("codes")["b"] = {"pk": {"S": "b"}}
    dynamodb.faults += [faults.late]
    with pytest.raises(Unavailable):
        store.get("codes", "a")
    time.sleep(0.2)

    assert store.get("codes", "b") == {"pk": {"S": "b"}}


@pytest.mark.parametrize("fault", [faults.busy, faults.broken])
def test_a_busy_store_is_asked_again_after_a_moment(dynamodb, fault):
    dynamodb.items("codes")["a"] = KEPT
    dynamodb.faults += [fault, fault]

    assert store.get("codes", "a") == KEPT
    assert len(dynamodb.requests) == 3


@pytest.mark.parametrize("fault", [faults.busy, faults.broken])
def test_a_store_that_stays_busy_is_unavailable(dynamodb, fault):
    dynamodb.faults += [fault] * 3

    with pytest.raises(Unavailable):
        store.get("codes", "a")


@pytest.mark.parametrize(
    "text",
    [
        b"HTTP/1.1 200 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}more",
        b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnot",
        b"HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"",
    ],
)
def test_a_reply_that_is_not_whole_is_unavailable(dynamodb, text):
    dynamodb.faults += [faults.raw(text, close=True)]

    with pytest.raises(Unavailable):
        store.get("codes", "a")


def test_nobody_listening_is_unavailable(dynamodb, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")

    with pytest.raises(Unavailable):
        store.get("codes", "a")


def test_a_refusal_says_which_and_nothing_of_the_item(dynamodb):
    fault = json.dumps({"__type": "x#AccessDeniedException", "message": "王*芳"}).encode()
    dynamodb.faults += [faults.raw(b"HTTP/1.1 400 Bad\r\nContent-Length: %d\r\n\r\n%s" % (len(fault), fault))]

    with pytest.raises(Unavailable, match=r"^GetItem answered 400 AccessDeniedException$"):
        store.get("codes", "a")


def test_credentials_are_read_at_each_call(dynamodb, monkeypatch):
    store.get("codes", "a")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ANOTHER")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "fresh")
    store.get("codes", "a")

    sent = dynamodb.requests[1][2]
    assert "Credential=ANOTHER/" in sent["authorization"]
    assert sent["x-amz-security-token"] == "fresh"


@pytest.mark.parametrize(
    ("region", "place"),
    [
        ("cn-north-1", ("https", "dynamodb.cn-north-1.amazonaws.com.cn", 443)),
        ("us-east-1", ("https", "dynamodb.us-east-1.amazonaws.com", 443)),
    ],
)
def test_without_an_endpoint_the_regions_own_is_used(dynamodb, monkeypatch, region, place):
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv("AWS_REGION", region)

    assert endpoint.found()[:3] == place


def test_an_endpoint_for_dynamodb_goes_before_the_general_one(dynamodb, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "https://localhost:8443/")

    assert endpoint.found() == ("https", "localhost", 8443, "localhost:8443", "cn-north-1")
