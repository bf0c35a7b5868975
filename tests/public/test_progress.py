"""How the worker's own page tells of the application that is under way (G6)."""

import pytest

from tests.public import test_phone_page as phone_page
from tests.public import world
from tests.public.world import text

SENT = {
    "kind": "new", "state": "background", "submitted_on": "2026-11-11", "due_on": "2026-11-21",
    "waiting_since": None, "closed_on": None,
}  # fmt: skip


@pytest.fixture
def under_way(phone):
    """Put an application beside the page of the worker's phone; `under_way(**changes)`."""

    def put(**changes):
        phone({"pk": text("own#W#330200#0001"), "own": text({"application": SENT | changes})})

    return put


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "办证申请，2026-11-11 提交：正在进行安全核查。承诺 2026-11-21 前办结。"),
        ({"due_on": "2026-11-20"}, "正在进行安全核查。已超过承诺的 2026-11-20，可以拨打热线查问。"),
        ({"state": "returned", "waiting_since": "2026-11-18"}, "（2026-11-18 退回），请联系所属企业。补正期间不计入"),
        ({"state": "done", "closed_on": "2026-11-20"}, "已于 2026-11-20 办结。</p>"),
        ({"kind": "reprint", "state": "production"}, "重新制卡，2026-11-11 提交：已授权，正在制证。"),
    ],
)  # fmt: skip
def test_the_step_and_the_promised_day_are_said(under_way, changes, said):
    under_way(**changes)

    assert said in phone_page.page()["body"]


def test_who_sent_none_is_told_of_none(phone):
    assert 'id="application"' not in phone_page.page()["body"]


@pytest.fixture
def waiting(codes):
    """Put an applicant's page; `waiting(page=…)` under another secret's hash."""
    codes({"pk": text(f"applicant#{world.PAGE_HASH}"), "archive": text("W#330200#0001")})

    def put(page=world.PAGE_HASH, **more):
        told = {"application": SENT, "views": [], "permissions": [], "page": page} | more
        codes({"pk": text("own#W#330200#0001"), "own": text(told)})

    put()
    return put


def test_who_has_no_certificate_yet_is_told_how_it_stands_and_shows_nothing_that_looks_like_a_code(waiting):
    body = phone_page.page()["body"]

    assert "还没有安心码" in body
    assert "正在进行安全核查。承诺 2026-11-21 前办结。" in body
    assert 'id="code"' not in body
    status, told = phone_page.asked()
    assert (status, told["live"], told["application"]) == (200, None, SENT)


def test_an_applicants_address_of_before_opens_nothing(waiting):
    waiting("0" * 64)

    assert phone_page.asked()[0] == 404


def send(**body):
    body["nonce"] = phone_page.asked()[1]["nonce"]
    return world.post("/me/{secret}", body, parameters={"secret": world.PAGE_SECRET})


def test_an_applicant_withdraws_the_own_consent(waiting, inbox):
    status, told = send(kind="withdraw")

    [item] = [item for name, item in inbox.items() if name.startswith("consent#")]
    assert (status, told["result"]) == (201, "recorded")
    assert [item[name]["S"] for name in ("archive", "page", "city")] == ["W#330200#0001", world.PAGE_HASH, "330200"]


def test_an_applicant_objects_to_a_refusal(waiting, inbox):
    waiting(appeals={"open": ["refusal"], "last": None})

    status, _ = send(kind="appeal", subject="refusal", statement="体检一直有效，不应不予办理")

    [item] = [item for name, item in inbox.items() if name.startswith("appeal#")]
    assert (status, item["archive"]["S"]) == (201, "W#330200#0001")


def test_with_an_applicants_nonce_no_visit_is_made_of_a_code(waiting, codes, inbox):
    codes(world.code())
    given = phone_page.asked()[1]["nonce"]

    status, _ = world.post("/v/{token}/visits", {"nonce": given}, parameters={"token": world.TOKEN})

    assert (status, [name for name in inbox if name.startswith("visit#")]) == (400, [])


def test_what_the_page_shows_is_given_as_data_too(under_way):
    under_way()

    assert phone_page.asked()[1]["application"] == SENT
