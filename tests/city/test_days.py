"""A day of each role in a browser: what it came to do gets done by the buttons that it is shown."""

from contextlib import ExitStack

import pytest
import pyzipper
from playwright.sync_api import expect

from chalicelib.outside import clock, sheets
from scripts import walk
from scripts.seen import View
from scripts.streams import wait_until

WIDE = View("zh", 1280, 800)


@pytest.fixture
def desk(people, site, chromium):
    """Open the admin site as a role at an address: `desk(role, "/applications")`."""
    with ExitStack() as open_until_the_end:

        def at(role, address):
            page = open_until_the_end.enter_context(walk.signed_in(chromium, site, people.person(role), WIDE))
            page.goto(f"{site}/admin/index.html#{address}")
            return page

        yield at


def decide(page, move):
    """Press a button and confirm it in the dialog."""
    page.get_by_role("button", name=move, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=move, exact=True).click()
    page.get_by_role("dialog").wait_for(state="hidden")


def choose(page, application):
    """Tick an application in the queue."""
    row = page.get_by_role("row").filter(has=page.locator(f"a[href='#/applications/{application}']"))
    row.locator(".el-checkbox").click()


def reaches(people, application, state):
    """Tell whether an application comes to a state."""
    held = people.as_("association_clerk")
    return wait_until(lambda: held.get(f"/api/applications/{application}")["state"] == state)


def test_what_the_association_returns_the_company_mends_and_sends_again(people, desk):
    application = people.worker("association_review")["applications"][-1]["id"]

    clerk = desk("association_clerk", f"/applications/{application}")
    clerk.get_by_role("button", name="退回补正").click()
    clerk.get_by_role("dialog").locator(".el-checkbox").first.click()
    clerk.get_by_role("dialog").get_by_role("button", name="退回补正").click()
    assert reaches(people, application, "returned")
    owner = desk("company_owner", f"/applications/{application}")
    expect(owner.get_by_text("退回补正").first).to_be_visible()
    decide(owner, "提交")

    assert wait_until(lambda: people.as_("owner0").get(f"/api/applications/{application}")["state"] != "returned")


def test_the_bureau_authorises_from_its_queue_and_the_print_vendor_makes_the_card(people, desk):
    application = people.worker("authorisation")["applications"][-1]["id"]

    bureau = desk("bureau", "/applications?state=authorisation")
    choose(bureau, application)
    decide(bureau, "授权制证")
    assert reaches(people, application, "production")
    vendor = desk("print_vendor", "/applications?state=production")
    choose(vendor, application)
    decide(vendor, "制证完成")

    assert reaches(people, application, "handover")


def test_the_police_fetch_a_batch_with_the_password_that_they_were_told_and_bring_it_back(people, desk):
    application = people.worker("background")["applications"][-1]["id"]

    clerk = desk("association_clerk", "/background")
    with clerk.expect_response("**/api/background-batches") as made:
        clerk.get_by_role("button", name="新建送核批次").click()
    id = made.value.json()["id"]
    password = clerk.locator(".password").inner_text().strip()
    place = people.as_("association_clerk")
    assert wait_until(lambda: place.get(f"/api/background-batches/{id}")["state"] == "ready")
    police = desk("police", "/background")
    row = police.get_by_role("row").filter(has_text=id)
    with police.expect_download() as handed:
        row.get_by_role("button", name="取文件").click()
    batch = pyzipper.AESZipFile(handed.value.path())
    header, *lines = sheets.read(batch.read(batch.namelist()[0], pwd=password.encode()))
    lines = [(*line[:3], "通过", str(clock.today())) for line in lines]
    back = {"name": "back.xlsx", "mimeType": "application/octet-stream"}
    back["buffer"] = sheets.written(header, lines, widths=[9] * 5, choices={})
    row.locator("input[type=file]").set_input_files(back)

    assert reaches(people, application, "authorisation")
    expect(police.get_by_text(f"成功 {len(lines)} ")).to_be_visible()


def test_a_household_confirms_and_notes_the_leaving_by_a_tap_each_without_script(site, certified, chromium):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{site}/v/{certified['certificate']['token']}")
    page.get_by_role("button", name="确认入户").click()
    address = page.get_by_role("link", name="打开本次服务记录").get_attribute("href")
    leave = page.get_by_role("button", name="登记离开")
    assert wait_until(lambda: page.goto(site + address).ok)
    leave.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("服务已结束")
    expect(page.get_by_role("link", name="再查一次此码")).to_be_visible()
    context.close()
