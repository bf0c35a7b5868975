"""A household and a worker at the door, in a real browser over the packaged stack, at 320 px and without scripts."""

import json

import pytest
from playwright.sync_api import expect

from scripts.streams import wait_until

NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def worker(people):
    """A worker with a green code, a page of the own phone and PINs; `visit` is a household's private path."""
    held = people.worker("done")
    token = held["certificate"]["token"]
    people.settled(people.public(), token)
    made = people.as_("owner0").post(f"/api/workers/{held['id']}/phone-page", {})
    held["page"] = made["address"].removeprefix(people.stack.browser_url)
    held["pins"] = made["pins"]
    assert wait_until(lambda: served(people, held["page"]).get("colour"))
    return held


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phones(request, chromium):
    """Two telephones of 320 px, the household's and the worker's, with and without scripts."""
    contexts = [
        chromium.new_context(viewport=NARROW, locale="zh-CN", java_script_enabled=request.param) for _ in range(2)
    ]
    yield [context.new_page() for context in contexts]
    [context.close() for context in contexts]


def served(people, path):
    return json.loads(people.public().raw("GET", path, Accept="application/json")[2])


def entered(people, worker):
    """Confirm entry; give the visit's path once it is there."""
    token = worker["certificate"]["token"]
    nonce = people.seen(token)[2]["visit"]["nonce"]
    told = people.send(f"/v/{token}/visits", {"nonce": nonce})[1]
    path = told["url"].removeprefix(people.stack.browser_url)
    assert wait_until(lambda: people.public().raw("GET", path, Accept="application/json")[0] == 200)
    return path


def narrow(page):
    return page.locator("html").evaluate("html => html.scrollWidth") <= NARROW["width"]


def test_the_household_asks_the_worker_allows_and_the_details_are_shown(people, site, worker, phones):
    household, own = phones
    visit = entered(people, worker)
    household.goto(site + visit)
    household.get_by_role("button", name="请对方同意").click()
    expect(household.locator("#details")).to_contain_text("已向对方提出")
    assert wait_until(lambda: waits(people, worker))

    own.goto(site + worker["page"])
    expect(own.locator("#asks")).to_contain_text("有住户请求查看您的详细信息")
    assert narrow(own)
    own.get_by_role("button", name="允许（10分钟）").click()
    expect(own.locator("main")).to_contain_text("十分钟后自动停止显示")
    assert wait_until(lambda: served(people, visit)["details"])
    household.get_by_role("link", name="刷新").click()

    expect(household.locator("#details")).to_contain_text(worker["name"])
    expect(household.locator("#details")).to_contain_text("本人同意查看")
    assert narrow(household)


def waits(people, worker):
    return [one for one in served(people, worker["page"])["permissions"] if one["state"] == "waiting"]


def test_a_pin_that_is_read_out_opens_the_details_of_this_visit(people, site, worker, phones):
    household, _ = phones
    visit = entered(people, worker)
    household.goto(site + visit)
    household.get_by_text("对方没有智能手机？").click()
    household.get_by_label("口令（6位数字）").fill(worker["pins"].pop())
    assert narrow(household)
    household.get_by_role("button", name="提交口令").click()
    expect(household.locator("#details")).to_contain_text("口令已提交")
    assert wait_until(lambda: served(people, visit)["details"])
    household.get_by_role("link", name="刷新").click()

    expect(household.locator("#details")).to_contain_text(worker["name"])


def test_the_worker_switches_the_code_off_and_on_again(people, site, worker, phones):
    _, own = phones
    token = worker["certificate"]["token"]
    own.goto(site + worker["page"])
    own.get_by_role("button", name="停用我的安心码").click()
    expect(own.locator("main")).to_contain_text("确定停用吗")
    assert narrow(own)
    own.get_by_role("button", name="确定停用").click()
    expect(own.locator("main")).to_contain_text("已停用")
    assert wait_until(lambda: people.seen(token)[2]["colour"] == "grey")
    assert wait_until(lambda: served(people, worker["page"])["consent"]["state"] == "withdrawn")
    off = people.seen(token)[2]

    own.goto(site + worker["page"])
    own.get_by_role("button", name="阅读告知书并同意").click()
    assert narrow(own)
    [own.get_by_role("checkbox").nth(place).check() for place in range(3)]
    own.get_by_role("button", name="我已阅读并同意").click()
    expect(own.locator("main")).to_contain_text("已同意")

    assert (off["holder"], [one["code"] for one in off["reasons"]]) == (None, ["consent-withdrawn"])
    assert wait_until(lambda: people.seen(token)[2]["colour"] == "green")
