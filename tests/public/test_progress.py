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
        ({}, "办证申请，2026-11-11 提交：正在进行治安核查。承诺 2026-11-21 前办结。"),
        ({"due_on": "2026-11-20"}, "正在进行治安核查。已超过承诺的 2026-11-20，可以拨打热线查问。"),
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

    def put(page=world.PAGE_HASH):
        told = {"application": SENT, "views": [], "permissions": [], "page": page}
        codes({"pk": text("own#W#330200#0001"), "own": text(told)})

    put()
    return put


def test_who_has_no_certificate_yet_is_told_how_it_stands_and_shows_nothing_that_looks_like_a_code(waiting):
    body = phone_page.page()["body"]

    assert "还没有安心码" in body
    assert "正在进行治安核查。承诺 2026-11-21 前办结。" in body
    assert 'id="code"' not in body
    assert phone_page.asked() == (200, {"live": None, "application": SENT, "views": []})


def test_an_applicants_address_of_before_opens_nothing(waiting):
    waiting("0" * 64)

    assert phone_page.asked()[0] == 404


def test_from_an_applicants_page_nothing_is_decided(waiting):
    sent = world.post("/me/{secret}", {"kind": "withdraw"}, parameters={"secret": world.PAGE_SECRET})

    assert sent[0] == 404


def test_what_the_page_shows_is_given_as_data_too(under_way):
    under_way()

    assert phone_page.asked()[1]["application"] == SENT
