"""What a worker decides on the own page and is told there: households that ask, views, the own consent."""

import json

import pytest

from tests.public import world
from tests.public.test_phone_page import HASH, SECRET, asked, page
from tests.public.world import text

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


def test_who_says_nothing_allows_nothing(asked_for, inbox):
    decide("")

    assert inbox[f"answer#{VISIT}#1"]["allow"]["S"] == "no"


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


CONSENT = {"state": "given", "on": "2026-04-20", "text": "2026-1", "separate": ["photo", "health", "background"]}
TICKED = {"text": "2026-1", "photo": "yes", "health": "yes", "background": "yes"}


@pytest.fixture
def consenting(phone):
    """What the worker's own page tells of the consent; `consenting(**changes)` of another."""

    def put(**changes):
        told = {"views": [], "permissions": [], "consent": CONSENT | changes}
        phone({"pk": text("own#W#330200#0001"), "own": text(told)})

    put()
    return put


def decided(kind, **told):
    body = {"kind": kind, "nonce": asked()[1]["nonce"], **told}
    return world.post("/me/{secret}", body, parameters={"secret": SECRET})


def stepped(**told):
    return world.submit("/me/{secret}", told, parameters={"secret": SECRET})


def test_to_switch_off_takes_two_steps_and_no_script(consenting, inbox):
    first = stepped(kind="withdraw")
    nonce = first["body"].partition('name="nonce" value="')[2][:27]
    nothing_yet = not inbox
    second = stepped(kind="withdraw", nonce=nonce)

    assert (first["statusCode"], nothing_yet, second["statusCode"]) == (200, True, 201)
    assert "确定停用吗" in first["body"]
    assert json.loads(inbox[f"consent#{nonce}"]["body"]["S"]) == {"give": False}
    assert inbox[f"consent#{nonce}"]["page"]["S"] == HASH


def test_the_same_decision_again_is_the_same(consenting, inbox):
    nonce = asked()[1]["nonce"]
    body = {"kind": "withdraw", "nonce": nonce}
    told = [world.post("/me/{secret}", body, parameters={"secret": SECRET}) for _ in range(2)]

    assert told[0] == told[1] == (201, {"result": "recorded", "at": "2026-11-21T13:00:05Z"})
    assert len(inbox) == 1


@pytest.mark.parametrize("nonce", ["", "0" * 27])
def test_without_the_pages_nonce_nothing_is_decided(consenting, inbox, nonce):
    body = {"kind": "withdraw", "nonce": nonce}

    assert world.post("/me/{secret}", body, parameters={"secret": SECRET})[0] == 400
    assert not inbox


def test_the_nonce_of_a_visit_decides_nothing(consenting, inbox):
    body = {"kind": "withdraw", "nonce": world.check()[1]["visit"]["nonce"]}

    assert world.post("/me/{secret}", body, parameters={"secret": SECRET})[0] == 400
    assert not inbox


def test_the_whole_text_is_read_before_it_is_agreed_to_each_part_by_itself(consenting):
    body = stepped(kind="agree")["body"]

    assert "本人的权利" in body
    assert body.count('type="checkbox"') == 3
    assert "checked" not in body


def test_what_was_ticked_and_the_version_that_was_shown_are_recorded(consenting, inbox):
    status, _ = decided("agree", **TICKED | {"photo": ""})

    [item] = inbox.values()
    assert status == 201
    assert json.loads(item["body"]["S"]) == {"give": True, "text": "2026-1", "separate": ["health", "background"]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"health": ""}, "health"), ({"background": "no"}, "background"), ({"text": "2025-9"}, "text")],
)
def test_a_needed_part_that_was_not_ticked_or_an_older_text_is_a_fault(consenting, inbox, changes, field):
    status, told = decided("agree", **TICKED | changes)

    assert (status, [fault["field"] for fault in told["errors"]]) == (400, [field])
    assert not inbox


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "停用我的安心码"),
        ({"text": "2025-9"}, "告知书有了新版本"),
        ({"state": "withdrawn", "on": "2026-11-20"}, "您已于 2026-11-20 停用安心码"),
    ],
)
def test_the_page_tells_how_the_consent_stands(consenting, changes, words):
    consenting(**changes)

    assert words in page()["body"]


def test_who_switched_off_can_switch_on_again_from_the_same_page(phone, consenting):
    phone(world.code(world.WITHDRAWN, phone_page=text(HASH)))
    consenting(state="withdrawn", on="2026-11-20")

    assert "阅读告知书并同意" in page()["body"]
    assert decided("agree", **TICKED)[0] == 201
