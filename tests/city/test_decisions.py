"""Decisions of two persons, made on the pages: one asks, another finds it on the home page and confirms."""

import re

import pytest
from playwright.sync_api import expect

from tests.city.test_browser import sign_in


@pytest.fixture
def signed(people, site, chromium):
    """Give a page of a role, signed in."""
    contexts = []

    def page_of(role):
        contexts.append(chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai"))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        sign_in(page, people, site, role)
        return page

    yield page_of
    for context in contexts:
        context.close()


def decide(page, button, words):
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").last.fill(words)
    dialog.get_by_role("button", name=button, exact=True).click()


def test_a_suspension_that_one_person_asks_for_waits_on_anothers_home_page(people, site, signed):
    number = people.worker("done")["certificate"]["number"]
    first, second = signed("association_manager"), signed("bureau")

    first.goto(f"{site}/admin/index.html#/certificates/{number}")
    decide(first, "暂停", "投诉调查期间")
    expect(first.get_by_role("region", name="待第二人确认")).to_contain_text("暂停")
    second.reload()
    waiting = second.locator(".card").filter(has=second.get_by_role("heading", name="待第二人确认"))
    waiting.get_by_role("link", name=re.compile("去办理")).click()  # the card shows the first few of all that wait
    second.locator(f"a[href='#/certificates/{number}']").first.click()
    decide(second, "确认", "同意")

    expect(second.get_by_role("region", name="待第二人确认")).to_have_count(0)
    expect(second.locator("main")).to_contain_text("已暂停")
    assert people.as_("bureau").get(f"/api/certificates/{number}")["proposal"] is None


def test_a_company_appeals_on_the_workers_page_and_the_bureau_decides_on_its_own(people, site, signed):
    worker = people.worker("done")
    company, bureau = signed("company_owner"), signed("bureau")

    company.goto(f"{site}/admin/index.html#/workers/{worker['id']}")
    decide(company, "提出申诉", "体检日期登记有误，请更正")
    company.get_by_role("heading", name=f"{worker['name']}的申诉").wait_for()
    bureau.goto(f"{site}/admin/index.html#/appeals")
    bureau.locator(f"a[href*='{worker['id']}-A1']").first.click()
    bureau.get_by_role("heading", name=f"{worker['name']}的申诉").wait_for()
    decide(bureau, "维持原决定", "登记与原件一致")

    expect(bureau.locator("main")).to_contain_text("登记与原件一致")
    company.reload()
    expect(company.locator("main")).to_contain_text("维持原决定")


def test_the_bureau_gives_and_withdraws_a_standing_authorisation(people, site, signed):
    bureau = signed("bureau")

    bureau.goto(f"{site}/admin/index.html#/city")
    bureau.get_by_label("截止日期（当日有效）").fill("2030-12-31")
    bureau.get_by_label("授权文件（名称、文号）").fill("某函31号")
    bureau.get_by_role("button", name="给予授权").click()
    expect(bureau.get_by_text("有效", exact=True)).to_be_visible()
    decide(bureau, "撤回授权", "改为逐件授权")

    expect(bureau.get_by_text("没有授权", exact=True)).to_be_visible()
    bureau.set_viewport_size({"width": 360, "height": 740})
    expect(bureau.locator("main")).to_contain_text(re.compile("逐件授权后制证"))
