import json

import pytest

from tests.public import world
from tests.public.world import PHONE, TOKEN, check, post, submit


def report(token, nonce, **more):
    return post("/v/{token}/reports", {"nonce": nonce, **more}, parameters={"token": token})


@pytest.mark.parametrize(
    "now",
    [world.code(), world.code(world.REVOKED), world.code(world.WITHDRAWN), world.stopped_only()],
    ids=["green", "red", "withdrawn", "only stopped"],
)
def test_any_known_code_can_be_reported(codes, inbox, now):
    codes(now)
    nonce = check()[1]["report"]["nonce"]

    status, _ = report(TOKEN, nonce, kind="suspicious", note="与照片不符")

    item = inbox[f"report#{nonce}"]
    assert status == 201
    assert json.loads(item["body"]["S"]) == {"kind": "suspicious", "note": "与照片不符", "known": True}
    assert item["token"]["S"] == TOKEN


def test_a_report_names_the_archive_it_is_about(codes, inbox):
    nonce = check()[1]["report"]["nonce"]

    report(TOKEN, nonce)

    assert inbox[f"report#{nonce}"]["archive"]["S"] == "W#330200#0001"


@pytest.mark.parametrize("text", [world.OTHER, "FAKE123", "安心码", "../x"])
def test_a_fake_code_can_be_reported(codes, inbox, text):
    nonce = check(text)[1]["report"]["nonce"]

    status, _ = report(text, nonce)

    item = inbox[f"report#{nonce}"]
    assert status == 201
    assert "archive" not in item
    assert json.loads(item["body"]["S"])["known"] is False


def test_one_tap_of_the_pages_button_is_a_whole_report(codes, inbox):
    nonce = check()[1]["report"]["nonce"]

    reply = submit(
        "/v/{token}/reports",
        {"nonce": nonce, "kind": "not-the-person", "note": "", "phone": ""},
        parameters={"token": TOKEN},
    )

    assert reply["statusCode"] == 201
    assert "已收到" in reply["body"]
    assert json.loads(inbox[f"report#{nonce}"]["body"]["S"])["kind"] == "not-the-person"


@pytest.mark.parametrize("text", [TOKEN, world.OTHER])
def test_who_reported_gets_back_to_what_to_do_and_can_call_the_police(codes, text):
    nonce = check(text)[1]["report"]["nonce"]

    body = submit("/v/{token}/reports", {"nonce": nonce}, parameters={"token": text})["body"]

    assert f'<a class="button" href="/v/{text}">返回查验结果</a>' in body
    assert '<a href="tel:110">110</a>' in body


def test_the_same_report_again_is_the_same_answer_and_another_is_409(codes):
    nonce = check()[1]["report"]["nonce"]
    first = report(TOKEN, nonce, note="一")

    assert report(TOKEN, nonce, note="一") == first
    assert report(TOKEN, nonce, note="二")[0] == 409


def test_every_fault_is_named_at_once(codes, inbox, valid):
    status, told = report(TOKEN, "no", kind="rude", note="长" * 201, phone="call me")

    assert status == 400
    assert {(fault["field"], fault["code"]) for fault in told["errors"]} >= {
        ("nonce", "nonce-not-good"), ("kind", "not-allowed"), ("note", "too-long"), ("phone", "phone"),
    }  # fmt: skip
    assert valid(told, "problem.schema.json")
    assert not inbox


@pytest.mark.parametrize("note", ["她的电话是13800000000", "证件330299199001011234"])
def test_a_number_is_not_taken_in_free_words(codes, inbox, note):
    status, told = report(TOKEN, check()[1]["visit"]["nonce"], note=note)

    assert (status, told["errors"][0]["code"], inbox) == (400, "personal-number", {})
    assert note not in json.dumps(told, ensure_ascii=False)


def test_a_faulty_form_gets_a_page_that_names_every_fault(codes):
    reply = submit("/v/{token}/reports", {"nonce": "x", "phone": "<b>"}, parameters={"token": TOKEN})

    assert reply["statusCode"] == 400
    assert "手机号应为1开头的11位数字" in reply["body"]
    assert "<b></" not in reply["body"]


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        ("{", "application/json", "not-readable"),
        ("[]", "application/json", "not-an-object"),
        ("[" * 5000, "application/json", "not-readable"),
        ("%ff=%ff", "application/x-www-form-urlencoded", "not-readable"),
        ("&".join(["a=1"] * 30), "application/x-www-form-urlencoded", "not-readable"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem(codes, body, kind, code):
    status, told = world.answered(
        world.event("POST", "/v/{token}/reports", parameters={"token": TOKEN}, body=body, kind=kind)
    )

    assert (status, told["errors"][0]["code"]) == (400, code)


def test_a_body_that_is_too_large_is_413(codes):
    assert report(TOKEN, "0" * 9000)[0] == 413


def test_a_note_with_control_characters_is_refused(codes):
    nonce = check()[1]["report"]["nonce"]

    assert report(TOKEN, nonce, note="a\x00b")[0] == 400


def test_the_inbox_never_holds_a_phone_in_the_open(codes, inbox):
    nonce = check()[1]["report"]["nonce"]

    status, told = report(TOKEN, nonce, phone=PHONE)

    assert status == 503
    assert PHONE not in json.dumps([told, inbox])
