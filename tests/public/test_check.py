import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.rules import live
from tests.public import world
from tests.public.world import TOKEN, check, page

SHEETS = sorted((Path(__file__).parents[2] / "contracts" / "colour").glob("*.json"))
CASES = [
    pytest.param(case, id=f"{sheet.stem}: {case['name']}")
    for sheet in SHEETS
    for case in json.loads(sheet.read_text())["cases"]
]
FIRST_SECOND, LAST_SECOND = timedelta(hours=-8), timedelta(hours=16, seconds=-1)


@pytest.mark.parametrize("moment", [FIRST_SECOND, LAST_SECOND], ids=["first second", "last second"])
@pytest.mark.parametrize("case", CASES)
def test_each_worked_case_is_answered_through_its_whole_shanghai_day(codes, at, valid, case, moment):
    day = date.fromisoformat(case["day"])
    at(datetime(day.year, day.month, day.day, tzinfo=UTC) + moment)
    codes(world.code(case["facts"], region=case["policy"].split("@")[0], overrides=case.get("overrides", [])))

    status, told = check()

    assert status == 200
    assert valid(told)
    assert told["colour"] == case["expect"]["colour"]
    assert [reason["code"] for reason in told["reasons"]] == case["expect"]["reasons"]
    assert told["until"] == case["expect"]["until"]
    assert told["day"] == case["day"]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_each_worked_case_shows_the_same_colour(codes, at, case, lang):
    day = date.fromisoformat(case["day"])
    at(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))
    codes(world.code(case["facts"], region=case["policy"].split("@")[0], overrides=case.get("overrides", [])))

    reply = page(query={"lang": lang})

    assert f'<section class="top {case["expect"]["colour"]}">' in reply["body"]
    assert len(reply["body"].encode()) < 14_336


def test_a_green_answer_in_full(codes, valid):
    status, told = check()

    assert (status, told["colour"], told["reasons"], told["result"]) == (200, "green", [], "known")
    assert told["holder"] == world.HOLDER
    assert told["code"] == {"kind": "printed"}
    assert told["as_of"] == "2026-11-21T21:00:05+08:00"
    assert told["day"] == "2026-11-21"
    assert told["policy"].startswith("330000@")
    assert told["visit"] == told["report"]
    assert told["visit"]["expires"] == "2026-11-21T21:15:05+08:00"
    assert valid(told)


def test_one_check_is_one_strongly_consistent_read(codes, dynamodb):
    check()

    assert [operation for operation, *_ in dynamodb.requests] == ["GetItem"]


@pytest.mark.parametrize("resource", ["/v/{token}", "/V/{token}"])
@pytest.mark.parametrize("typed", [TOKEN, TOKEN.lower(), TOKEN.replace("0", "O", 1).replace("1", "L", 1)])
def test_a_token_may_be_typed_in_either_case_and_with_lookalikes(codes, resource, typed):
    status, told = world.get(resource, parameters={"token": typed})

    assert (status, told["colour"]) == (200, "green")


def test_an_unknown_code_is_404_and_can_be_reported(codes, valid):
    status, told = check(world.OTHER)

    assert (status, told["result"], told["colour"]) == (404, "unknown", "grey")
    assert live.read_nonce(world.REPORT_KEY, world.OTHER, told["report"]["nonce"], world.NOW)
    assert valid(told)


@pytest.mark.parametrize(
    "text", ["04HMASW9NF6YZZPWQAC7CN1J20R", "", "x", "安心码", "../../etc", "A" * 500, TOKEN + "0", "stack"]
)
def test_what_cannot_be_a_token_is_404_before_any_code_is_read(codes, dynamodb, valid, text):
    status, told = check(text)

    assert status == 404
    assert [asked["Key"]["pk"]["S"] for _, asked, _ in dynamodb.requests] == ["stack"]
    assert valid(told)


def test_the_stacks_item_is_read_once_a_minute_at_most(codes, dynamodb):
    check(world.OTHER)
    check(world.OTHER)

    assert [asked["Key"]["pk"]["S"] for _, asked, _ in dynamodb.requests].count("stack") == 1


def test_a_live_code_says_so(codes, valid):
    _, told = check(live.make_live(TOKEN, world.LIVE_SECRET, world.NOW))

    assert (told["colour"], told["code"]) == ("green", {"kind": "live"})
    assert valid(told)


def test_a_withdrawn_code_shows_nothing_else(codes, valid):
    codes(world.code(world.WITHDRAWN))

    status, told = check()

    assert (status, told["colour"], told["holder"], told["checks"]) == (200, "grey", None, None)
    assert [reason["code"] for reason in told["reasons"]] == ["consent-withdrawn"]
    assert valid(told)


def test_a_withdrawn_codes_page_holds_nothing_of_its_holder(codes):
    codes(world.code(world.WITHDRAWN))

    body = page()["body"]

    assert "请勿仅凭此码让其入户" in body
    assert "王*芳" not in body
    assert "甬城" not in body


def test_a_safety_ground_is_told_as_no_more_than_that(codes, valid):
    failed = world.FACTS["background"] | {"conclusion": "failed"}
    codes(world.code(world.FACTS | {"background": failed}))

    _, told = check()

    assert (told["colour"], told["reasons"][0]["text"]) == ("red", "安全核查未通过")
    assert told["reasons"][0]["since"] is None
    assert told["checks"]["background"] == {"state": "failed", "checked_on": None}
    assert valid(told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_is_told_in_both_languages(codes, lang):
    codes(world.code(world.LAPSED))

    _, told = check(query={"lang": lang})

    assert told["reasons"][0]["text"] == "保险已于2026-11-19到期"
    assert "2026-11-19" in told["reasons"][0]["text_en"]


@pytest.mark.parametrize(
    ("accept", "agent", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "Mozilla/5.0", "text/html"),
        ("application/json", "Mozilla/5.0", "application/json"),
        ("application/json, text/html;q=0.5", "curl", "application/json"),
        ("application/json;q=0.2, text/html", "curl", "text/html"),
        ("*/*", "Mozilla/5.0 MicroMessenger", "text/html"),
        ("*/*", "python-requests", "application/json"),
        ("", "", "application/json"),
        ("text/html;q=nonsense", "", "application/json"),
    ],
)
def test_who_asks_decides_between_page_and_json(codes, accept, agent, kind):
    asked = world.event("GET", "/v/{token}", parameters={"token": TOKEN}, accept=accept)
    asked["headers"]["User-Agent"] = agent

    reply = world.verify(asked, None)

    assert reply["headers"]["Content-Type"].startswith(kind)


def test_an_address_that_is_none_of_ours_is_a_problem(codes, valid):
    status, told = world.get("/nothing")

    assert status == 404
    assert valid(told, "problem.schema.json")


def test_consent_withdrawn_before_the_first_projection_shows_no_checks(codes, valid):
    codes(world.stopped_only({"code": "consent-withdrawn", "since": "2026-11-21"}))

    told = check()[1]

    assert (told["colour"], told["checks"], told["holder"], told["visit"]) == ("grey", None, None, None)
    assert [reason["code"] for reason in told["reasons"]] == ["consent-withdrawn"]
    assert valid(told)


def test_a_token_that_was_replaced_points_nowhere_before_it_is_projected_anew(codes, valid):
    codes(world.code(stop={"code": "certificate-replaced", "since": "2026-11-21"}))

    told = check()[1]

    assert (told["colour"], told["reasons"][0]["code"], told["holder"]) == ("red", "certificate-replaced", None)
    assert "王" not in world.page()["body"]
    assert valid(told)


def test_every_answer_says_whom_to_call(codes, dynamodb):
    codes(world.code(hotline=world.text("81890")))
    known, unknown = check()[1], check(world.OTHER)[1]
    codes(world.stopped_only())
    stopped = check()[1]
    codes(world.code() | {"facts": world.text("{")})
    status, unavailable = check()

    assert (known["hotline"], unknown["hotline"], stopped["hotline"]) == ("81890", "962512", "962512")
    assert (status, unavailable["hotline"]) == (503, "962512")


def test_a_check_without_a_store_still_says_whom_to_call(codes, valid, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    status, told = check()

    assert (status, told["hotline"]) == (503, "12345")
    assert valid(told)
