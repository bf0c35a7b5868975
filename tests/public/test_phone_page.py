"""The page of a worker's own phone: who may open it, what it hands over, and what it never does."""

import json
from base64 import urlsafe_b64decode

import pytest

from chalicelib.functions.verify import verify
from chalicelib.rules import live
from tests.public import world
from tests.public.world import LIVE_SECRET, NOW, TOKEN, get, text

SECRET, HASH = world.PAGE_SECRET, world.PAGE_HASH


def asked(secret=SECRET):
    return get("/me/{secret}", parameters={"secret": secret})


def page(**more):
    event = world.event("GET", "/me/{secret}", parameters={"secret": SECRET}, accept="text/html", **more)
    return verify(event, None)


def test_it_hands_over_the_live_secret_and_the_credential(phone):
    status, told = asked()

    assert status == 200
    assert told["colour"] == "green"
    assert urlsafe_b64decode(told["live"]["secret"] + "=") == LIVE_SECRET
    assert told["live"]["step_seconds"] == live.STEP
    assert told["credential"] == "head.payload.signature"


def test_it_gives_no_nonce_for_a_visit_or_a_report(phone):
    told = asked()[1]

    assert (told["visit"], told["report"]) == (None, None)


@pytest.mark.parametrize(
    "stop", [{"code": "certificate-replaced"}, {"code": "consent-withdrawn", "else": "certificate-replaced"}]
)
def test_a_phone_s_secret_from_before_a_replacement_makes_nothing_whatever_the_consent(phone, stop):
    phone(world.code(stop=stop | {"since": "2026-11-21"}, phone_page=text(HASH)))
    _, told = world.check(live.make_live(TOKEN, LIVE_SECRET, NOW))
    _, own = asked()
    forged = live.make_nonce(LIVE_SECRET, TOKEN, NOW)

    assert (told["code"], told["visit"], told["holder"]) == ({"kind": "stale"}, None, None)
    assert (own["live"], own["credential"]) == (None, None)
    assert world.post("/v/{token}/visits", {"nonce": forged}, parameters={"token": TOKEN})[0] == 400


def test_an_address_nobody_was_given_opens_nothing(phone):
    assert asked("another")[0] == 404


def test_the_address_of_before_opens_nothing_once_the_code_names_another(phone):
    phone(world.code(phone_page=text("0" * 64)))

    assert asked()[0] == 404


def test_an_address_opens_nothing_of_a_code_that_names_none(phone):
    phone(world.code())

    assert asked()[0] == 404


def test_the_page_runs_the_sites_own_script_and_no_other(phone):
    reply = page()
    policy = reply["headers"]["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert reply["body"].count("<script") == 1
    assert '<script type="module" src="/phone.js"></script>' in reply["body"]
    assert reply["headers"]["Cache-Control"] == "no-store"


def test_every_other_page_still_runs_no_script(phone):
    assert "script-src" not in world.page()["headers"]["Content-Security-Policy"]


def test_a_red_code_shows_why_and_carries_no_credential(phone):
    phone(world.code(world.REVOKED, phone_page=text(HASH)))
    phone({"pk": text(f"offline#{TOKEN}"), "version": {"N": "2"}})
    told = asked()[1]

    assert (told["colour"], told["credential"]) == ("red", None)
    assert "红码" in page()["body"]


@pytest.mark.parametrize("item", [world.code(stop=world.STOP), world.code(world.WITHDRAWN)])
def test_a_credential_that_was_signed_before_the_bad_news_is_handed_out_no_more(phone, item):
    phone(item | {"phone_page": text(HASH)})

    assert asked()[1]["credential"] is None
    assert "head.payload.signature" not in page()["body"]


def test_a_code_known_by_its_stop_alone_has_no_page(phone):
    phone(world.stopped_only())

    assert asked()[0] == 404


def test_in_english_it_is_english(phone):
    assert "Renewed every 30 seconds" in page(query={"lang": "en"})["body"]


def test_the_log_does_not_say_the_secret(phone, capsys):
    page()

    assert SECRET not in capsys.readouterr().out


def test_a_store_that_cannot_be_reached_is_no_page_and_no_colour(phone, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    status, told = asked()

    assert status == 503
    assert "colour" not in told


def test_the_code_a_phone_makes_is_the_one_the_check_takes_for_live(phone):
    told = asked()[1]
    made = live.make_live(TOKEN, urlsafe_b64decode(told["live"]["secret"] + "="), NOW)

    assert world.check(made)[1]["code"] == {"kind": "live"}
    assert json.dumps(told).count(SECRET) == 0


def test_it_can_be_kept_on_a_phone_and_printed_for_who_has_none(phone):
    reply = page()

    assert '<link rel="manifest" href="?manifest=1">' in reply["body"]
    assert "manifest-src 'self'" in reply["headers"]["Content-Security-Policy"]
    assert '<section class="sheet">' in reply["body"]
    assert "<b>code.example.gov.cn</b>" in reply["body"].partition("sheet")[2]


def test_kept_on_a_phone_it_opens_at_its_own_address(phone):
    told = get("/me/{secret}", parameters={"secret": SECRET}, query={"manifest": "1"})[1]

    assert told["start_url"] == told["scope"] == f"/me/{SECRET}"


def test_the_sheet_names_nobody_whose_code_is_switched_off(phone):
    phone(world.code(world.WITHDRAWN, phone_page=text(HASH)))

    assert '<section class="sheet">' not in page()["body"]
