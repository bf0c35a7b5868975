"""What every page of the admin site keeps: the keyboard, a form when a sign-in ends, words on a bad network."""

import json
import re

import pytest
from playwright.sync_api import expect

from scripts import demo, seen, walk
from scripts.seen import Seen, View

FOCUS = """() => {
  const one = document.activeElement
  const style = getComputedStyle(one)
  const name = one.getAttribute('aria-label') ?? (one.labels?.[0] ?? one).textContent.trim()
  const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
  return [name, shown || one.matches('.el-checkbox__original, #main')]
}"""
WITHIN = "() => document.activeElement.closest('[role=dialog]') !== null"


def tab_to(page, name, most=40):
    """Press Tab until what bears a name has the focus, which is to be seen at every stop; AssertionError without."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        found, visible = page.evaluate(FOCUS)
        assert visible, f"the focus is not to be seen on {found}"
        if found == name:
            return
        passed.append(found)
    raise AssertionError(f"{name} is not among {passed}")


def tabbed(page, times):
    """Press Tab several times; tell whether the focus was within the dialog at each stop."""
    within = []
    for _ in range(times):
        page.keyboard.press("Tab")
        within.append(page.evaluate(WITHIN))
    return within


def password(people, role):
    account = next(one for one in people.accounts if one["role"] == role)
    return account["username"], account["password"]


def enter(page, username, secret):
    """Answer the hosted sign-in, which is not ours, by keyboard."""
    page.locator("input[name=username]").focus()
    page.keyboard.type(username)
    page.locator("input[name=password]").focus()
    page.keyboard.type(secret)
    page.keyboard.press("Enter")


@pytest.fixture
def owner(people, site, chromium):
    """The admin site as a company's owner sees it on a phone."""
    with walk.signed_in(chromium, site, people.person("company_owner"), View("zh", 360)) as page:
        yield page


def fill(page, site, one):
    """Open the form of a new worker and fill what it needs."""
    page.goto(f"{site}/admin/index.html#/workers/new")
    page.get_by_label("姓名").fill(one.name)
    page.get_by_label("证件号码").fill(demo.register(one)["resident_id"])
    page.get_by_text("保洁", exact=True).click()


def end_sign_in(people, owner):
    """Leave the page a token that no request passes with."""
    key, text = people.person("company_owner").kept
    dead = json.loads(text) | {"access_token": "dead"}
    owner.evaluate("([key, text]) => sessionStorage.setItem(key, text)", [key, json.dumps(dead)])


def test_a_clerk_signs_in_and_decides_without_a_mouse(people, site, page):
    worker = people.worker("association_review")
    page.goto(f"{site}/admin/index.html")
    page.get_by_role("heading", level=1).wait_for()
    tab_to(page, "登录")
    page.keyboard.press("Enter")
    page.locator("input[name=username]").wait_for()
    enter(page, *password(people, "association_clerk"))
    page.get_by_role("link", name="今日待办").wait_for()
    tab_to(page, "跳到正文")
    page.keyboard.press("Enter")
    page.goto(f"{site}/admin/index.html#/applications/{worker['applications'][-1]['id']}")
    page.get_by_role("button", name="退回补正").wait_for()
    tab_to(page, "退回补正")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()

    assert set(tabbed(page, 25)) == {True}
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert page.evaluate(FOCUS)[0] == "退回补正"


def test_a_half_filled_form_survives_a_sign_in_that_ended(people, site, owner):
    one = people.someone()
    fill(owner, site, one)
    end_sign_in(people, owner)
    owner.get_by_role("button", name="登记并录入材料").click()
    with owner.expect_popup() as opened:
        owner.get_by_role("dialog", name="登录已过期").get_by_role("button", name="重新登录").click()
    enter(opened.value, *password(people, "company_owner"))

    expect(owner.get_by_role("heading", level=1)).to_contain_text(one.name, timeout=40_000)


def test_what_is_never_kept_is_not_lost_without_a_question(people, site, owner):
    asked = []
    owner.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    fill(owner, site, people.someone())
    owner.get_by_role("button", name="取消").click()
    expect(owner.get_by_label("证件号码")).not_to_have_value("")

    assert len(asked) == 1
    assert "离开后须重新填写" in asked[0]


def test_a_chosen_file_is_not_left_without_a_question(site, owner):
    asked = []
    owner.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    owner.goto(f"{site}/admin/index.html#/import")
    owner.get_by_label("选择 CSV 文件").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"a\n1\n"})
    expect(owner.get_by_text("a.csv：1 行")).to_be_visible()
    owner.get_by_role("link", name="安心码").first.click()

    expect(owner.get_by_role("heading", level=1)).to_have_text("批量导入")
    assert len(asked) == 1
    assert "须重新选择" in asked[0]


def test_who_sends_a_form_with_faults_is_taken_to_the_first(site, owner):
    owner.goto(f"{site}/admin/index.html#/workers/new")
    owner.get_by_label("住址").press("Enter")

    expect(owner.get_by_label("姓名")).to_be_focused()


@pytest.mark.parametrize("button", ["更正登记信息", "再登记一份"])
def test_an_open_dialog_has_no_fault_of_access_and_fits_in_large_type(people, site, owner, button):
    worker = people.worker("done")["id"]
    owner.goto(f"{site}/admin/index.html#/workers/{worker}")
    told = seen.listen(owner)
    owner.get_by_role("button", name=button).first.click()
    expect(owner.get_by_role("dialog")).to_be_visible()

    assert seen.look(owner, told) == Seen((), (), ())


def test_on_a_slow_network_a_page_on_its_way_is_told_within_a_second(owner):
    lines = owner.context.new_cdp_session(owner)
    slow = {"offline": False, "latency": 2500, "downloadThroughput": -1, "uploadThroughput": -1}
    lines.send("Network.emulateNetworkConditions", slow)
    owner.get_by_role("button", name="菜单").click()
    owner.get_by_role("link", name="证书").click()

    expect(owner.locator(".bar[role=status]")).to_be_attached(timeout=1000)


def test_a_page_that_cannot_be_had_says_so_and_comes_when_there_is_a_network(owner):
    owner.context.set_offline(True)
    owner.get_by_role("button", name="菜单").click()
    owner.get_by_role("link", name="证书").click()
    missed = owner.get_by_role("alert").filter(has_text="这一页没有打开")
    expect(missed).to_contain_text("请检查网络")
    owner.context.set_offline(False)
    missed.get_by_role("button", name="重试").click()

    expect(owner.get_by_role("heading", level=1)).to_have_text("证书")


def test_the_language_of_the_document_follows_the_words(owner):
    owner.get_by_role("button", name="菜单").click()
    owner.get_by_role("button", name="English").last.click()

    expect(owner.locator("html")).to_have_attribute("lang", "en")
    expect(owner).to_have_title(re.compile("^[ -~]+ · "))


def test_a_dialog_survives_a_sign_in_on_the_page_itself_but_for_what_is_never_kept(people, site, owner):
    held = people.worker("done")["id"]
    owner.goto(f"{site}/admin/index.html#/workers/{held}")
    owner.get_by_role("button", name="更正登记信息").click()
    dialog = owner.get_by_role("dialog", name="更正登记信息")
    dialog.get_by_label("更正原因").fill("本人来电，演示")
    dialog.get_by_role("textbox", name="住址（不改则留空）").fill("演示路 1 号")
    owner.evaluate("window.open = () => null")
    end_sign_in(people, owner)
    dialog.get_by_role("button", name="保存").click()
    owner.on("dialog", lambda question: question.accept())  # the address would be lost
    expired = owner.get_by_role("dialog", name="登录已过期")
    expired.get_by_role("button", name="重新登录").click()
    expired.get_by_role("button", name="在本页登录").click()
    enter(owner, *password(people, "company_owner"))
    owner.get_by_role("alert").filter(has_text="更正登记信息").get_by_text("上次填写的内容还在").wait_for()
    owner.get_by_role("button", name="更正登记信息").click()

    expect(dialog.get_by_label("更正原因")).to_have_value("本人来电，演示")
    expect(dialog.get_by_role("textbox", name="住址（不改则留空）")).to_have_value("")
