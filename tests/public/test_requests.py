import json
from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.public import stack
from chalicelib.rules import live
from tests.public import world
from tests.public.test_seal import OAEP, der
from tests.public.world import PHONE, get, post, submit, text, verify

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
COMPANY = {
    "name": "甬城家政服务有限公司（演示）",
    "credit_code": "91330299MA2DEMX00M",
    "city": "330200",
    "contact": "陈某",
    "email": "office@example.com",
    "phone": PHONE,
}


@pytest.fixture
def nonce(codes):
    codes(world.stack(seal_public=text(der(PRIVATE))))
    return get("/requests")[1]["request"]["nonce"]


def test_a_company_asks_for_an_account(nonce, inbox):
    status, told = post("/requests", COMPANY | {"nonce": nonce})

    body = json.loads(inbox[f"request#{nonce}"]["body"]["S"])
    contact = json.loads(PRIVATE.decrypt(b64decode(body.pop("contact")), OAEP))
    assert (status, told["result"]) == (201, "recorded")
    assert body == {name: COMPANY[name] for name in ("name", "credit_code", "city")}
    assert contact == {name: COMPANY[name] for name in ("contact", "email", "phone")}


def test_nothing_of_the_contact_lies_in_the_open(nonce, inbox):
    post("/requests", COMPANY | {"nonce": nonce})

    kept = json.dumps(inbox, ensure_ascii=False)
    assert not [part for part in ("陈某", "office", PHONE) if part in kept]


def test_every_fault_is_named_at_once(nonce, inbox, valid):
    status, told = post("/requests", {"credit_code": "91330299MA2XXXXX0A", "email": "a@b", "phone": "1"})

    assert status == 400
    assert {fault["field"] for fault in told["errors"]} == {
        "nonce", "name", "credit_code", "city", "contact", "email", "phone",
    }  # fmt: skip
    assert valid(told, "problem.schema.json")
    assert not inbox


@pytest.mark.parametrize(
    "email",
    ["", "a", "a@", "@b.cn", "a@b", "a@b.", "a@.cn", "a@b..cn", "a b@c.cn", "a@b@c.cn", "a@b.c", "张@b.cn"],
)
def test_what_is_no_email_is_refused(nonce, email):
    _, told = post("/requests", COMPANY | {"nonce": nonce, "email": email})

    assert [fault["field"] for fault in told["errors"]] == ["email"]


def test_a_contact_too_long_to_seal_is_a_fault_and_no_error(nonce):
    long = {"contact": "陈" * 30, "email": "o" * 60 + "@example.com"}

    status, told = post("/requests", COMPANY | {"nonce": nonce} | long)

    assert (status, told["errors"][0]["field"]) == (400, "email")


def test_a_city_that_the_stack_does_not_have_is_refused(nonce, codes):
    cities = text([{"id": "330200", "name": "宁波市"}])
    codes(world.stack(seal_public=text(der(PRIVATE)), cities=cities))
    stack.forget()

    assert post("/requests", COMPANY | {"nonce": nonce})[0] == 201
    assert post("/requests", COMPANY | {"nonce": nonce, "city": "330400"})[0] == 400
    assert '<option value="330200">宁波市</option>' in form()["body"]


def test_a_repeat_is_the_same_answer_and_another_body_409(nonce):
    first = post("/requests", COMPANY | {"nonce": nonce})

    assert post("/requests", COMPANY | {"nonce": nonce}) == first
    assert post("/requests", COMPANY | {"nonce": nonce, "name": "别的家政公司"})[0] == 409


def test_a_nonce_of_a_report_opens_no_account(nonce):
    forged = live.make_nonce(world.REPORT_KEY, "-", world.NOW)

    assert post("/requests", COMPANY | {"nonce": forged})[0] == 400


def test_the_pages_form_is_taken_too(nonce):
    page = form()

    reply = submit("/requests", COMPANY | {"nonce": nonce})

    assert (page["statusCode"], reply["statusCode"]) == (200, 201)
    assert f'value="{nonce}"' in page["body"]


def form():
    return verify(world.event("GET", "/requests", accept="text/html"), None)
