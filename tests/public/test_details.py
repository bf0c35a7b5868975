"""What a household sees beyond the masked page: only what the worker allowed, for ten minutes, for one visit (A9)."""

import json
from base64 import b64decode
from datetime import timedelta

import pytest

from chalicelib.functions.verify import verify
from tests.public import world
from tests.public.test_seal import OAEP, der
from tests.public.test_visits import PRIVATE
from tests.public.world import NOW, TOKEN, get, post, submit, text

SECRET = "A1B2C3D4E5F6G7H8J9K0M1N2P3"
VISIT = world.sha256(SECRET.encode()).hexdigest()
HERE = {"parameters": {"secret": SECRET}}
DETAILS = {
    "name": "王小芳",
    "education": "高中",
    "exam": {"category": "养老照护", "from": "2026-03-02", "until": "2027-03-01"},
    "insurance": {"issuer": "演示保险", "from": "2026-06-01", "until": "2027-05-31"},
    "training": {"issuer": "演示学校<1>", "done_on": "2026-04-01"},
    "skills": [{"trade": "养老护理", "level": "中级", "issuer": "演示中心", "got_on": "2025-05-01"}],
}


@pytest.fixture
def visit(codes):
    """A visit that began just now; `visit(permission)` tells how its request stands."""

    def standing(**told):
        told = {"number": 1, "asked_at": "2026-11-21T13:00:05Z", "until": None, "details": None, **told}
        codes({"pk": text(f"permission#{VISIT}"), "permission": text(told)})

    about = {"token": TOKEN, "archive": "W#330200#0001", "city": "330200", "at": "2026-11-21T13:00:05Z"}
    codes({"pk": text(f"visit#{VISIT}"), "visit": text(about)})
    codes(world.stack(seal_public=text(der(PRIVATE))))
    standing.about = about
    return standing


def shown():
    return get("/visits/{secret}", **HERE)[1]


def page():
    return verify(world.event("GET", "/visits/{secret}", accept="text/html", **HERE), None)["body"]


def allowed(visit, seconds=600):
    until = (NOW + timedelta(seconds=seconds)).isoformat(timespec="seconds").replace("+00:00", "Z")
    visit(state="allowed", until=until, details=DETAILS)


def test_nobody_sees_details_without_asking(visit):
    told = shown()

    assert (told["request"]["state"], told["details"]) == ("none", None)
    assert "王小芳" not in page()


def test_a_request_is_put_once_under_its_visit_and_number(visit, inbox):
    first = post("/visits/{secret}", {"kind": "ask"}, **HERE)
    second = post("/visits/{secret}", {"kind": "ask"}, **HERE)

    item = inbox[f"ask#{VISIT}#1"]
    assert first == second == (201, {"result": "recorded", "asked_at": "2026-11-21T13:00:05Z"})
    assert {name: item[name]["S"] for name in ("kind", "archive", "secret", "number", "body")} == {
        "kind": "ask", "archive": "W#330200#0001", "secret": VISIT, "number": "1", "body": "{}",
    }  # fmt: skip


def test_by_form_the_household_is_told_what_to_do_next(visit):
    reply = submit("/visits/{secret}", {"kind": "ask"}, **HERE)

    assert reply["statusCode"] == 201
    assert "请对方打开手机上的安心码页面" in reply["body"]
    assert f'href="/visits/{SECRET}"' in reply["body"]


def test_what_was_allowed_is_shown_until_its_last_second_and_not_a_second_longer(visit, at):
    allowed(visit)
    before = shown()
    at(NOW + timedelta(minutes=10))

    assert (before["request"]["state"], before["details"]) == ("allowed", DETAILS)
    assert (shown()["request"]["state"], shown()["details"]) == ("over", None)
    assert "王小芳" not in page()


def test_the_page_shows_the_details_safe_in_html(visit):
    allowed(visit)

    assert "王小芳" in page()
    assert "演示学校&lt;1&gt;" in page()


@pytest.mark.parametrize(
    "item", [world.code(world.WITHDRAWN), world.code(stop={"code": "consent-withdrawn", "since": "2026-11-21"})]
)
def test_withdrawn_consent_ends_what_was_allowed_at_once(visit, codes, item):
    allowed(visit)
    codes(item)

    assert (shown()["request"]["state"], shown()["details"]) == ("ended", None)


def test_what_was_allowed_ends_when_the_worker_has_left(visit, codes):
    allowed(visit)
    left = visit.about | {"left_at": "2026-11-21T13:00:05Z"}
    codes({"pk": text(f"visit#{VISIT}"), "visit": text(left)})

    assert shown()["details"] is None
    assert post("/visits/{secret}", {"kind": "ask"}, **HERE)[0] == 409


def test_a_day_after_entry_nothing_can_be_asked_or_seen(visit, at):
    allowed(visit, seconds=2 * 24 * 3600)
    at(NOW + timedelta(hours=24, seconds=1))

    assert shown()["details"] is None
    assert post("/visits/{secret}", {"kind": "ask"}, **HERE)[0] == 409


def test_what_one_visit_was_allowed_is_not_another_visits(visit, codes):
    allowed(visit)
    other = "0" * 26
    codes({"pk": text(f"visit#{world.sha256(other.encode()).hexdigest()}"), "visit": text(visit.about)})

    assert get("/visits/{secret}", parameters={"secret": other})[1]["details"] is None


@pytest.mark.parametrize(
    ("state", "words"),
    [("refused", "这是对方的权利"), ("closed", "不能再请求查看"), ("waiting", "已向对方提出"), ("over", "十分钟已到")],
)
def test_each_end_is_told_politely(visit, state, words):
    visit(state=state)

    assert words in page()


def test_after_a_refusal_it_may_be_asked_again_but_not_more_than_three_times(visit, inbox):
    visit(state="refused")
    again = post("/visits/{secret}", {"kind": "ask"}, **HERE)
    visit(state="refused", number=3)

    assert (again[0], list(inbox)) == (201, [f"ask#{VISIT}#2"])
    assert post("/visits/{secret}", {"kind": "ask"}, **HERE)[1]["type"] == "asked-often"


def test_a_request_that_nobody_answers_can_be_made_again(visit, at, inbox):
    visit(state="waiting")
    at(NOW + timedelta(minutes=30, seconds=1))

    assert shown()["request"]["state"] == "unanswered"
    assert post("/visits/{secret}", {"kind": "ask"}, **HERE)[0] == 201
    assert list(inbox) == [f"ask#{VISIT}#2"]


def test_a_closed_visit_asks_and_tries_nothing_more(visit, inbox):
    visit(state="closed")

    assert post("/visits/{secret}", {"kind": "ask"}, **HERE)[0] == 409
    assert post("/visits/{secret}", {"kind": "pin", "pin": "123456"}, **HERE)[0] == 409
    assert not inbox


def test_a_pin_is_kept_only_sealed(visit, inbox):
    status, _ = post("/visits/{secret}", {"kind": "pin", "pin": "123 456"}, **HERE)

    item = inbox[f"pin#{VISIT}#1"]
    assert status == 201
    assert "123456" not in json.dumps(item)
    assert PRIVATE.decrypt(b64decode(json.loads(item["body"]["S"])["pin"]), OAEP).decode() == "123456"


def test_the_same_pin_again_is_no_second_try(visit, inbox):
    post("/visits/{secret}", {"kind": "pin", "pin": "123456"}, **HERE)
    post("/visits/{secret}", {"kind": "pin", "pin": "123456"}, **HERE)

    assert list(inbox) == [f"pin#{VISIT}#1"]


def test_the_sixth_pin_is_not_taken(visit, inbox):
    replies = [post("/visits/{secret}", {"kind": "pin", "pin": f"{number:06d}"}, **HERE)[0] for number in range(6)]

    assert replies == [201] * 5 + [429]
    assert len(inbox) == 5


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345x", "１２３４５６"])
def test_what_is_no_pin_is_refused_before_anything_is_read(visit, inbox, dynamodb, pin):
    status, told = post("/visits/{secret}", {"kind": "pin", "pin": pin}, **HERE)

    assert (status, told["errors"][0]["field"], len(dynamodb.requests)) == (400, "pin", 0)
    assert not inbox


def test_the_log_says_neither_pin_nor_name(visit, capsys):
    allowed(visit)
    post("/visits/{secret}", {"kind": "pin", "pin": "654321"}, **HERE)
    page()

    said = capsys.readouterr().out
    assert not [word for word in ("654321", "王小芳", SECRET, VISIT) if word in said]
