"""A worker's own appeal (C8): from the page of the worker's phone into the inbox, and what the page says of it."""

import json
import re

import pytest

from tests.public import world
from tests.public.test_phone_page import SECRET, page
from tests.public.world import TOKEN, get, post, text

HERE = {"parameters": {"secret": SECRET}}
LAST = {"subject": "colour", "state": "filed", "filed_on": "2026-11-20", "due_on": "2026-11-27", "decided_on": None}
STATEMENT = "体检一直有效，登记的日期有误"


@pytest.fixture
def opened(phone, codes):
    """The page's item says that colour and refusal may be appealed; `opened(last)` how the latest stands."""

    def put(last=None, subjects=("colour", "refusal")):
        known = {"open": list(subjects), "last": last}
        codes({"pk": text("own#W#330200#0001"), "own": text({"permissions": [], "views": [], "appeals": known})})

    put()
    return put


def nonce():
    return get("/me/{secret}", **HERE)[1]["nonce"]


def sent(**told):
    usual = {"kind": "appeal", "nonce": nonce(), "subject": "colour", "statement": STATEMENT}
    return post("/me/{secret}", usual | told, **HERE)


def test_it_is_put_into_the_inbox_and_nowhere_else(opened, inbox):
    status, told = sent()

    [item] = [one for one in inbox.values() if one["kind"]["S"] == "appeal"]
    assert (status, told["result"]) == (201, "recorded")
    assert json.loads(item["body"]["S"]) == {"subject": "colour", "statement": STATEMENT}
    assert item["archive"]["S"].startswith("W#")


def test_the_same_twice_is_one_and_another_under_the_same_nonce_is_refused(opened, inbox):
    given = nonce()

    first, again, other = (sent(nonce=given, statement=words) for words in (STATEMENT, STATEMENT, "另有说法，请查"))

    assert first == again
    assert other[0] == 409
    assert len([one for one in inbox.values() if one["kind"]["S"] == "appeal"]) == 1


def test_a_nonce_of_the_code_is_none_of_the_page_and_the_other_way_round(opened, codes):
    of_code = world.check()[1]["visit"]["nonce"]
    visit = post("/v/{token}/visits", {"nonce": nonce()}, parameters={"token": TOKEN})

    assert sent(nonce=of_code)[0] == 400
    assert visit[0] == 400


@pytest.mark.parametrize(
    ("told", "code"),
    [({"statement": ""}, "required"), ({"statement": "不服"}, "too-short"), ({"statement": "长" * 501}, "too-long"),
     ({"statement": f"请打电话 {world.PHONE}"}, "personal-number"), ({"subject": "revocation"}, "not-allowed"),
     ({"nonce": "x"}, "nonce-not-good")],
)  # fmt: skip
def test_what_is_wrong_is_named(opened, told, code):
    status, problem = sent(**told)

    assert status == 400
    assert [fault["code"] for fault in problem["errors"]] == [code]


def test_an_address_nobody_was_given_takes_no_appeal(opened):
    other = {"parameters": {"secret": "0" * 26}}

    assert post("/me/{secret}", {"kind": "appeal", "nonce": nonce(), "statement": STATEMENT}, **other)[0] == 404


def test_the_page_has_a_plain_form_with_what_may_be_appealed(opened):
    body = page()["body"]

    assert re.findall(r'<option value="(\w+)">', body) == ["colour", "refusal"]
    assert '<textarea name="statement"' in body


@pytest.mark.parametrize(
    ("state", "words"),
    [("filed", "2026-11-27 前答复"), ("upheld", "决定维持原决定"), ("overturned", "决定撤销原决定"),
     ("withdrawn", "已撤回")],
)  # fmt: skip
def test_it_says_what_became_of_the_latest(opened, state, words):
    opened(LAST | {"state": state, "decided_on": "2026-11-21"})

    assert words in page()["body"]


def test_where_nothing_may_be_appealed_there_is_no_form(opened):
    opened(LAST, subjects=())

    assert "<textarea" not in page()["body"]
