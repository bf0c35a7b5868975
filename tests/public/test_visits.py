import json
from base64 import b64decode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.rules import live
from tests.public import world
from tests.public.test_seal import OAEP, der
from tests.public.world import PHONE, TOKEN, check, get, post, submit, text

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
HERE = {"parameters": {"token": TOKEN}}


@pytest.fixture
def nonce(codes):
    codes(world.stack(seal_public=text(der(PRIVATE))))
    return check()[1]["visit"]["nonce"]


def confirm(nonce, **more):
    return post("/v/{token}/visits", {"nonce": nonce, **more}, **HERE)


def secret_of(told):
    return told["url"].rpartition("/")[2]


def taken_in(codes, told, **more):
    """Do what `receive` does with a visit."""
    shown = {"token": TOKEN, "archive": "W#330200#0001", "city": "330200", "at": told["at"], **more}
    codes({"pk": text(f"visit#{world.sha256(secret_of(told).encode()).hexdigest()}"), "visit": text(shown)})


def test_entry_is_confirmed_with_a_private_link(nonce, inbox):
    status, told = confirm(nonce)

    item = inbox[f"visit#{nonce}"]
    assert status == 201
    assert told["url"].startswith("https://code.example.gov.cn/visits/")
    assert told["at"] == "2026-11-21T13:00:05Z"
    assert {name: item[name]["S"] for name in ("kind", "token", "city", "archive", "body", "at")} == {
        "kind": "visit", "token": TOKEN, "city": "330200", "archive": "W#330200#0001", "body": "{}",
        "at": "2026-11-21T13:00:05Z",
    }  # fmt: skip
    assert item["secret"]["S"] == world.sha256(secret_of(told).encode()).hexdigest()
    assert int(item["ttl"]["N"]) > world.NOW.timestamp()


def test_the_same_body_again_has_the_same_answer_and_changes_nothing(nonce, inbox, at):
    first = confirm(nonce, phone=PHONE)
    kept = dict(inbox[f"visit#{nonce}"])
    at(world.NOW + timedelta(minutes=10))

    assert confirm(nonce, phone=PHONE) == first
    assert inbox[f"visit#{nonce}"] == kept


def test_another_body_under_the_same_nonce_is_409(nonce, valid):
    confirm(nonce)

    status, told = confirm(nonce, phone=PHONE)

    assert status == 409
    assert valid(told, "problem.schema.json")


def test_a_form_gets_a_page_with_the_link(nonce):
    reply = submit("/v/{token}/visits", {"nonce": nonce}, **HERE)

    assert (reply["statusCode"], reply["headers"]["Content-Type"]) == (201, "text/html; charset=utf-8")
    assert f'href="/visits/{reply["headers"]["Location"].rpartition("/")[2]}"' in reply["body"]


def test_a_form_and_json_of_the_same_content_are_the_same_visit(nonce):
    _, told = confirm(nonce)

    reply = submit("/v/{token}/visits", {"nonce": nonce, "phone": ""}, **HERE)

    assert reply["headers"]["Location"] == told["url"]


def test_a_body_may_come_as_base64(nonce):
    body = world.b64encode(json.dumps({"nonce": nonce}).encode()).decode()
    asked = world.event("POST", "/v/{token}/visits", body=body, kind="application/json", **HERE)

    assert world.answered(asked | {"isBase64Encoded": True})[0] == 201


def test_a_phone_is_kept_only_sealed(nonce, inbox):
    confirm(nonce, phone=f"+86 {PHONE}")

    item = inbox[f"visit#{nonce}"]
    assert PHONE not in json.dumps(item)
    assert PRIVATE.decrypt(b64decode(json.loads(item["body"]["S"])["phone"]), OAEP).decode() == PHONE


@pytest.mark.parametrize("minutes", [15, 14])
def test_a_nonce_is_good_for_fifteen_minutes(nonce, at, minutes):
    at(world.NOW + timedelta(minutes=minutes))

    assert confirm(nonce)[0] == 201


@pytest.mark.parametrize("given", ["", None, 7, "0" * 27, "x", "0" * 28, "１" * 27])
def test_what_is_no_nonce_of_ours_is_refused(nonce, inbox, given):
    assert confirm(given)[0] == 400
    assert not inbox


def test_a_nonce_that_is_too_old_is_refused(nonce, at, inbox):
    at(world.NOW + timedelta(minutes=15, seconds=1))

    assert confirm(nonce)[0] == 400
    assert not inbox


def test_a_nonce_of_another_code_is_refused(nonce, codes):
    codes(world.code(token=world.OTHER))

    assert post("/v/{token}/visits", {"nonce": nonce}, parameters={"token": world.OTHER})[0] == 400


def test_the_live_secret_makes_no_nonce(nonce):
    forged = live.make_nonce(world.LIVE_SECRET, TOKEN, world.NOW)

    assert confirm(forged)[0] == 400


def test_the_stacks_key_makes_no_nonce_of_a_visit(nonce):
    forged = live.make_nonce(world.REPORT_KEY, TOKEN, world.NOW)

    assert confirm(forged)[0] == 400


@pytest.mark.parametrize(
    "now",
    [
        world.code(world.REVOKED),
        world.code(world.WITHDRAWN),
        world.code(stop=world.STOP),
        world.code(world.FACTS | {"exams": []}),
    ],
    ids=["red", "withdrawn", "stopped", "grey"],
)
def test_no_visit_begins_on_a_code_that_is_no_longer_welcome(nonce, codes, inbox, now):
    codes(now)

    assert confirm(nonce)[0] == 409
    assert not inbox


def test_a_visit_that_was_confirmed_keeps_its_link_when_the_code_has_turned_red(nonce, codes, inbox):
    first = confirm(nonce)
    kept = dict(inbox)
    codes(world.code(world.REVOKED))

    assert confirm(nonce) == first
    assert confirm(nonce, phone=PHONE)[0] == 409
    assert inbox == kept


def test_a_visit_may_begin_on_yellow(nonce, codes):
    codes(world.code(world.LAPSED))

    assert confirm(nonce)[0] == 201


def test_no_visit_begins_on_a_code_known_by_its_stop_alone(nonce, codes, inbox):
    codes(world.stopped_only())

    assert confirm(nonce)[0] == 400
    assert not inbox


def test_no_visit_begins_on_an_unknown_code(nonce):
    assert post("/v/{token}/visits", {"nonce": nonce}, parameters={"token": world.OTHER})[0] in (400, 404)


def test_the_visits_page_shows_when_and_who(codes, nonce):
    _, told = confirm(nonce)
    taken_in(codes, told)

    status, shown = get("/visits/{secret}", parameters={"secret": secret_of(told)})

    assert status == 200
    assert shown["visit"] == {
        "at": told["at"], "left_at": None, "name": "王*芳", "company": "甬城家政<演示>",
    }  # fmt: skip


def test_the_visits_page_names_nobody_who_withdrew_since(codes, nonce):
    _, told = confirm(nonce)
    taken_in(codes, told)
    codes(world.code(world.WITHDRAWN))

    _, shown = get("/visits/{secret}", parameters={"secret": secret_of(told)})

    assert shown["visit"]["name"] is None


@pytest.mark.parametrize("secret", ["0" * 26, "short", "U" * 26, "０" * 26])
def test_a_visit_that_is_none_is_404(codes, valid, secret):
    status, told = get("/visits/{secret}", parameters={"secret": secret})

    assert status == 404
    assert valid(told, "problem.schema.json")


def test_leaving_is_noted_once(codes, nonce, inbox, at):
    _, told = confirm(nonce)
    taken_in(codes, told)
    here = {"parameters": {"secret": secret_of(told)}}
    at(world.NOW + timedelta(hours=3))
    first = post("/visits/{secret}", {"kind": "leave"}, **here)
    at(world.NOW + timedelta(hours=4))

    assert first == (201, {"result": "recorded", "left_at": "2026-11-21T16:00:05Z"})
    assert post("/visits/{secret}", {"kind": "leave"}, **here) == first
    assert [item["archive"]["S"] for key, item in inbox.items() if key.startswith("leave#")] == ["W#330200#0001"]


def test_leaving_by_form_shows_the_visit_as_over(codes, nonce):
    _, told = confirm(nonce)
    taken_in(codes, told)

    reply = submit("/visits/{secret}", {"kind": "leave"}, parameters={"secret": secret_of(told)})

    assert reply["statusCode"] == 201
    assert "服务已结束" in reply["body"]


def test_a_visit_that_ended_before_keeps_its_end(codes, nonce, inbox):
    _, told = confirm(nonce)
    taken_in(codes, told, left_at="2026-11-21T15:00:00Z")

    _, left = post("/visits/{secret}", {}, parameters={"secret": secret_of(told)})

    assert left["left_at"] == "2026-11-21T15:00:00Z"
    assert list(inbox) == [f"visit#{nonce}"]


def test_the_stack_without_a_sealing_key_refuses_a_phone_rather_than_keep_it_open(codes, inbox):
    codes(world.stack())

    assert confirm(check()[1]["visit"]["nonce"], phone=PHONE)[0] == 503
    assert not inbox
