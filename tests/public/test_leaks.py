"""Every seam through which a wrong green could leak (invariants 1, 2, 10)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.functions.verify import verify
from chalicelib.rules import live
from tests.public import dynamodb as faults
from tests.public import world
from tests.public.world import TOKEN, check, code, page, post, stopped_only, text

GREEN = '<section class="top green">'


@pytest.mark.parametrize("stored", [world.FACTS, world.LAPSED, world.REVOKED], ids=["green", "yellow", "red"])
@pytest.mark.parametrize("stop", ["certificate-suspended", "certificate-lost", "background-failed"])
def test_a_stop_is_red_whatever_is_projected(codes, valid, stored, stop):
    codes(code(stored, stop={"code": stop, "since": "2026-11-21"}))

    status, told = check()

    assert (status, told["colour"], told["visit"]) == (200, "red", None)
    assert stop in [reason["code"] for reason in told["reasons"]]
    assert valid(told)


def test_a_stop_shows_at_the_very_next_read(codes):
    before = check()[1]["colour"]
    codes(code(stop=world.STOP))

    assert (before, check()[1]["colour"]) == ("green", "red")


def test_a_stop_from_tomorrow_on_is_red_already(codes):
    codes(code(stop={"code": "certificate-revoked", "since": "2026-11-22"}))

    assert check()[1]["colour"] == "red"


def test_a_stop_set_before_the_first_projection_is_red_and_shows_nobody(codes, valid):
    codes(stopped_only())

    status, told = check()

    assert (status, told["colour"], told["holder"], told["policy"]) == (200, "red", None, None)
    assert {one["state"] for one in told["checks"].values()} == {"unknown"}
    assert told["reasons"][0]["code"] == "certificate-suspended"
    assert valid(told)


def test_a_stop_set_before_the_first_projection_has_a_red_page_and_can_be_reported(codes):
    codes(stopped_only())

    body = page()["body"]

    assert '<section class="top red">' in body
    assert f"/v/{TOKEN}/reports" in body
    assert f"/v/{TOKEN}/visits" not in body


def test_withdrawn_consent_does_not_lift_a_stop_into_a_welcome(codes, valid):
    codes(code(world.WITHDRAWN, stop=world.STOP))

    _, told = check()

    assert (told["colour"], told["visit"], told["holder"]) == ("grey", None, None)
    assert valid(told)


@pytest.mark.parametrize("seconds", [61, 3600, -61], ids=["a minute old", "an hour old", "a minute ahead"])
def test_a_live_code_of_another_time_is_grey(codes, valid, seconds):
    scanned = live.make_live(TOKEN, world.LIVE_SECRET, world.NOW - timedelta(seconds=seconds))

    _, told = check(scanned)

    assert (told["colour"], told["visit"], told["code"]) == ("grey", None, {"kind": "stale"})
    assert told["reasons"][0]["code"] == "code-stale"
    assert told["holder"] == world.HOLDER
    assert valid(told)


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_live_code_one_step_off_is_live(codes, seconds):
    scanned = live.make_live(TOKEN, world.LIVE_SECRET, world.NOW + timedelta(seconds=seconds))

    assert check(scanned)[1]["code"] == {"kind": "live"}


def test_a_live_code_made_without_the_secret_is_never_live(codes):
    forged = live.make_live(TOKEN, world.NONCE_KEY, world.NOW)

    assert check(forged)[1]["colour"] == "grey"


def test_a_stale_live_code_does_not_hide_a_red(codes, valid):
    codes(code(world.REVOKED))

    _, told = check(live.make_live(TOKEN, world.LIVE_SECRET, world.NOW - timedelta(minutes=5)))

    assert (told["colour"], told["code"]) == ("red", {"kind": "stale"})
    assert valid(told)


def test_a_stale_live_code_does_not_show_who_withdrew(codes, valid):
    codes(code(world.WITHDRAWN))

    _, told = check(live.make_live(TOKEN, world.LIVE_SECRET, world.NOW - timedelta(minutes=5)))

    assert (told["colour"], told["holder"], told["checks"]) == ("grey", None, None)
    assert valid(told)


def test_the_colour_that_is_stored_is_never_believed(codes):
    codes(code(world.REVOKED, colour=text("green")))

    assert check()[1]["colour"] == "red"


@pytest.mark.parametrize(
    ("instant", "colour"),
    [
        (datetime(2027, 3, 1, 15, 59, 59, tzinfo=UTC), "green"),
        (datetime(2027, 3, 1, 16, 0, 0, tzinfo=UTC), "yellow"),
        (datetime(2027, 5, 31, 16, 0, 0, tzinfo=UTC), "red"),
    ],
    ids=["last second of the exam", "first second after", "insurance gone too"],
)
def test_the_colour_turns_at_midnight_in_shanghai_without_any_sweep(codes, at, instant, colour):
    at(instant)

    assert check()[1]["colour"] == colour


def test_a_clock_that_steps_back_gives_no_new_life_to_a_nonce(codes, at):
    nonce = check()[1]["visit"]["nonce"]
    at(world.NOW - timedelta(minutes=1))

    status, told = post("/v/{token}/visits", {"nonce": nonce}, parameters={"token": TOKEN})

    assert (status, told["errors"][0]["code"]) == (400, "nonce-not-good")


@pytest.mark.parametrize("first", ["2026-11-21", "2026-11-22"])
def test_a_stricter_city_setting_counts_from_its_own_day(codes, first):
    overrides = [{"from": first, "overrides": {"grounds": {"insurance-lapsed": "red"}}}]
    codes(code(world.LAPSED, overrides=overrides))

    assert check()[1]["colour"] == {"2026-11-21": "red", "2026-11-22": "yellow"}[first]


DAMAGED = {
    "facts that are no JSON": {"facts": text("{")},
    "facts that are a list": {"facts": text([])},
    "facts without insurances": {"facts": text({k: v for k, v in world.FACTS.items() if k != "insurances"})},
    "a fact of a newer version": {"facts": text(world.FACTS | {"sanctions": [{"from": "2026-01-01"}]})},
    "a newer certificate": {"facts": text(world.FACTS | {"certificate": {"state": "active"}})},
    "a certificate with more": {
        "facts": text(world.FACTS | {"certificate": world.FACTS["certificate"] | {"frozen": True}})
    },
    "a day that is none": {"facts": text(world.FACTS | {"exams": [{"category": "一般", "from": "?", "until": "?"}]})},
    "an exam of an unknown category": {
        "facts": text(world.FACTS | {"exams": [{"category": "高级", "from": "2026-03-02", "until": "2027-03-01"}]})
    },
    "a state of no certificate": {
        "facts": text(world.FACTS | {"certificate": world.FACTS["certificate"] | {"state": "perfect"}})
    },
    "a stop that is no JSON": {"stop": text("red")},
    "a stop of an unknown code": {"stop": text({"code": "on-fire", "since": "2026-11-21"})},
    "a stop of another type": {"stop": {"M": {}}},
    "overrides that nobody may make": {
        "overrides": text([{"from": "2026-01-01", "overrides": {"grounds": {"certificate-revoked": "yellow"}}}])
    },
    "an override of an unknown kind": {
        "overrides": text([{"from": "2026-01-01", "overrides": {"grounds": {"insurance-lapsed": "green"}}}])
    },
    "no region": {"region": text("../../secrets")},
    "a short key": {"nonce_key": world.binary(b"short")},
    "a key that is text": {"live_secret": text("x" * 32)},
    "a holder that is no JSON": {"holder": text("王")},
    "a holder with a full name": {"holder": text(world.HOLDER | {"name": "王小芳"})},
    "no holder": {"holder": text("null")},
    "no region at all": {"region": text("")},
    "another code's item": {"pk": text(world.OTHER)},
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_an_item_that_is_not_whole_is_503_and_grey(codes, dynamodb, valid, damage):
    dynamodb.items("codes")[TOKEN] = code() | damage

    status, told = check()

    assert (status, told["result"], told["colour"], told["visit"]) == (503, "unavailable", "grey", None)
    assert valid(told)


SHOWN = ("holder", "holder_zh", "holder_en", "live_secret")


def test_a_code_that_shows_nobody_is_never_welcome(codes, dynamodb):
    dynamodb.items("codes")[TOKEN] = {name: value for name, value in code().items() if name not in SHOWN}

    assert check()[0] == 503


def test_a_replaced_token_is_red_and_shows_nobody(codes, dynamodb, valid):
    replaced = world.FACTS | {"certificate": world.FACTS["certificate"] | {"state": "replaced"}}
    item = {name: value for name, value in code(replaced).items() if name not in SHOWN}
    dynamodb.items("codes")[TOKEN] = item

    status, told = check()

    assert (status, told["colour"], told["holder"]) == (200, "red", None)
    assert valid(told)


@pytest.mark.parametrize("secret", [b"", world.LIVE_SECRET], ids=["made without a secret", "made with the old one"])
def test_a_replaced_token_has_no_live_code(codes, dynamodb, secret):
    replaced = world.FACTS | {"certificate": world.FACTS["certificate"] | {"state": "replaced"}}
    item = {name: value for name, value in code(replaced).items() if name not in SHOWN}
    dynamodb.items("codes")[TOKEN] = item

    assert check(live.make_live(TOKEN, secret, world.NOW))[1]["code"] == {"kind": "stale"}


@pytest.mark.parametrize("name", ["facts", "region", "overrides", "holder", "nonce_key", "live_secret", "holder_zh"])
def test_an_item_with_a_part_missing_is_503(codes, dynamodb, name):
    item = code()
    del item[name]
    dynamodb.items("codes")[TOKEN] = item

    assert check()[0] == 503


@pytest.mark.parametrize(
    "fault",
    [
        faults.slow(1),
        faults.hang_up,
        faults.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", close=True),
    ],
    ids=["slow", "dead", "an answer of nothing"],
)
def test_a_store_that_fails_never_shows_what_was_known_before(codes, dynamodb, fault):
    check()
    dynamodb.faults += [fault, fault]

    assert check()[1]["colour"] == "grey"


def test_a_store_that_is_gone_is_503_with_the_hotline(codes, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")

    reply = page()

    assert reply["statusCode"] == 503
    assert "暂时无法查验" in reply["body"]
    assert "tel:12345" in reply["body"]
    assert GREEN not in reply["body"]


def test_a_setting_that_is_missing_is_503(codes, monkeypatch):
    monkeypatch.delenv("CODES_TABLE")

    assert check()[0] == 503


@pytest.mark.parametrize(
    "event",
    [{}, {"httpMethod": "GET"}, {"resource": "/v/{token}", "httpMethod": "GET"}, {"headers": 1}, None, []],
)
def test_an_event_of_another_shape_is_an_answer_too_and_never_green(codes, event):
    reply = verify(event, None)

    assert reply["statusCode"] in (404, 503)
    assert "green" not in reply["body"]


def test_a_clock_that_cannot_be_read_is_503(codes, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("CLOCK_OFFSET", "soon")

    reply = verify(world.event("GET", "/v/{token}", parameters={"token": TOKEN}), None)

    assert reply["statusCode"] == 503
    assert json.loads(reply["body"])["status"] == 503


def test_an_answer_is_never_kept_by_anyone(codes):
    assert page()["headers"]["Cache-Control"] == "no-store"
