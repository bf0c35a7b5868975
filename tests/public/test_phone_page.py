"""The page of a worker's own phone: who may open it, what it hands over, and what it never does."""

import json
from base64 import urlsafe_b64decode

import pytest

from chalicelib.functions.verify import verify
from chalicelib.rules import live
from tests.public import world
from tests.public.world import LIVE_SECRET, NOW, TOKEN, get, text

SECRET = "A1B2C3D4E5F6G7H8J9K0M1N2P3"
HASH = world.sha256(SECRET.encode()).hexdigest()


@pytest.fixture
def phone(codes):
    """The phone's page of the one code; `phone(item)` puts another."""
    codes({"pk": text(f"me#{HASH}"), "token": text(TOKEN)})
    codes({"pk": text(f"offline#{TOKEN}"), "signed": text("head.payload.signature")})
    codes(world.code(phone_page=text(HASH)))
    return codes


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


VISIT = "f" * 64
ASKED = {
    "visit": VISIT, "number": 1, "entered_at": "2026-11-21T12:50:00Z", "asked_at": "2026-11-21T13:00:00Z",
    "state": "waiting", "how": None, "answered_at": None, "until": None,
}  # fmt: skip
VIEW = {
    "day": "2026-11-20", "organisation": "宁波市协会<1>", "role": "协会经办人", "what": "联系电话",
    "purpose": "联系本人",
}  # fmt: skip


@pytest.fixture
def asked_for(phone):
    """What the worker's own page tells beside the code; `asked_for(**changes)` of the one request."""

    def put(**changes):
        told = {"views": [VIEW], "permissions": [ASKED | changes]}
        phone({"pk": text("own#W#330200#0001"), "own": text(told)})

    put()
    return put


def decide(kind="allow", secret=SECRET, **told):
    body = {"kind": kind, "visit": VISIT, "number": "1", **told}
    return world.post("/me/{secret}", body, parameters={"secret": secret})


def test_a_household_that_asks_is_shown_with_two_buttons_that_need_no_script(asked_for):
    body = page()["body"]

    assert body.index("有住户请求查看您的详细信息") < body.index('id="code"')
    assert '<button name="kind" value="allow">' in body
    assert '<button class="quiet" name="kind" value="refuse">' in body
    assert asked()[1]["permissions"] == [ASKED]


@pytest.mark.parametrize(("kind", "allow"), [("allow", "yes"), ("refuse", "no")])
def test_the_workers_answer_is_put_once_with_the_page_it_came_from(asked_for, inbox, kind, allow):
    first, second = decide(kind), decide(kind)

    item = inbox[f"answer#{VISIT}#1"]
    assert first == second == (201, {"result": "recorded", "at": "2026-11-21T13:00:05Z"})
    assert [item[name]["S"] for name in ("allow", "page", "archive")] == [allow, HASH, "W#330200#0001"]


def test_the_first_answer_counts(asked_for):
    decide("refuse")

    assert decide("allow")[0] == 409


@pytest.mark.parametrize("changes", [{"state": "refused"}, {"asked_at": "2026-11-21T12:30:00Z"}, {"number": 2}])
def test_what_does_not_wait_takes_no_answer(asked_for, inbox, changes):
    asked_for(**changes)

    assert decide()[0] == 409
    assert not inbox


def test_nobody_answers_without_the_address_of_the_page(asked_for, inbox):
    assert decide(secret="0" * 26)[0] == 404
    assert not inbox


def test_an_answer_by_form_gets_a_page(asked_for):
    reply = world.submit(
        "/me/{secret}", {"kind": "allow", "visit": VISIT, "number": "1"}, parameters={"secret": SECRET}
    )

    assert reply["statusCode"] == 201
    assert "十分钟后自动停止显示" in reply["body"]


def test_who_was_allowed_and_who_looked_stands_in_plain_words(asked_for):
    asked_for(state="allowed", how="pin", until="2026-11-21T13:05:00Z")
    body = page()["body"]

    assert "已允许，至 <time>2026-11-21 21:05</time>（凭口令）" in body
    assert "宁波市协会&lt;1&gt;（协会经办人）查看了联系电话，用于联系本人" in body


def test_a_worker_nobody_asked_about_is_told_so(phone):
    body = page()["body"]

    assert "还没有人请求过" in body
    assert "还没有人看过" in body
