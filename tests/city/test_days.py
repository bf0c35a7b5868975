"""A day of each role in a browser: what it came to do gets done by the buttons that it is shown."""

import pyzipper
from playwright.sync_api import expect

from chalicelib.outside import clock, sheets
from scripts.streams import wait_until


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


def test_the_print_vendor_records_what_was_made_of_a_batch_and_what_it_cost(people, desk):
    first, second = (people.worker("production")["applications"][-1]["id"] for _ in "ab")
    ordered = people.as_("association_clerk").post("/api/card-batches", {"applications": [first, second]})

    vendor = desk("print_vendor", f"/card-batches/{ordered['id']}")
    row = vendor.get_by_role("row").filter(has=vendor.locator(f"a[href='#/applications/{second}']"))
    row.locator(".el-checkbox").click()
    vendor.get_by_label("单价（元）").fill("8.50")
    vendor.get_by_role("button", name="登记 1 张制成").click()

    expect(vendor.get_by_text("制成 1 张，共 2 张")).to_be_visible()
    assert reaches(people, first, "handover")
    assert reaches(people, second, "production")


def test_the_manager_erases_at_the_workers_wish_after_making_the_copy(people, desk):
    worker = people.worker()["id"]

    manager = desk("association_manager", f"/print/copy/{worker}")
    manager.get_by_role("button", name="制作副本").click()
    expect(manager.get_by_role("heading", name="个人信息副本")).to_be_visible()
    expect(manager.get_by_role("heading", name="谁看过")).to_be_visible()
    manager.goto(manager.url.replace("print/copy", "workers"))
    manager.get_by_role("button", name="按本人要求删除").click()
    manager.get_by_role("dialog").get_by_role("textbox").fill("本人书面要求，2026 年 11 月，演示")
    manager.get_by_role("dialog").get_by_role("button", name="删除", exact=True).click()

    expect(manager.get_by_text("本人信息已于")).to_be_visible()
    assert people.as_("owner0").get(f"/api/workers/{worker}")["erased_on"] == str(clock.today())
    expect(manager.get_by_role("button", name="按本人要求删除")).to_be_hidden()


def test_a_company_tells_of_a_change_and_the_association_sees_until_when(people, desk):
    at = f"/companies/{people.companies[0]}"

    owner = desk("company_owner", at)
    owner.get_by_role("button", name="报告变更").click()
    owner.get_by_role("dialog").get_by_text("所在区").click()
    owner.get_by_role("dialog").get_by_role("button", name="报告变更").click()
    expect(owner.get_by_role("heading", name="已报告、待登记的变更")).to_be_visible()
    manager = desk("association_manager", at)

    expect(manager.get_by_text("材料齐备后点“登记变更”")).to_be_visible()


def test_the_manager_gives_a_hospital_a_key_that_is_seen_once(people, desk):
    manager = desk("association_manager", "/accounts")
    manager.get_by_role("button", name="开通数据接口").click()
    dialog = manager.get_by_role("dialog")
    dialog.get_by_label("单位名称").fill("演示某医院")
    dialog.get_by_text("推送体检结果").click()
    dialog.get_by_role("button", name="开通数据接口").click()
    key = dialog.get_by_label("密钥", exact=True).input_value()
    dialog.get_by_role("button", name="已保存，关闭").click()
    manager.get_by_role("link", name="演示某医院").click()

    expect(manager.get_by_text("没有用过")).to_be_visible()
    expect(manager.get_by_text(key)).to_be_hidden()
    assert people.public().raw("GET", "/api/me", Authorization=f"Bearer {key}")[0] == 200


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


def test_the_hotline_reads_out_what_a_number_that_was_told_stands_for(people, certified, desk):
    number = certified["certificate"]["number"]

    hotline = desk("hotline")
    hotline.get_by_label("17 位证书编号").fill(f"{number[:6]} {number[6:]}")
    hotline.keyboard.press("Enter")

    expect(hotline.locator(".answer")).to_contain_text("绿色")
    expect(hotline.get_by_role("heading", name="请读给来电人")).to_be_visible()
    expect(hotline.locator("#main")).not_to_contain_text(certified["name"])


def test_the_auditor_of_the_province_compares_its_cities_and_takes_the_figures_away(people, certified, desk):
    assert wait_until(lambda: people.as_("province_auditor").get("/api/stats")["cities"], 30)

    auditor = desk("province_auditor")
    expect(auditor.get_by_role("rowheader", name="宁波市")).to_be_visible()
    with auditor.expect_download() as handed:
        auditor.get_by_role("button", name="下载 CSV").click()
    auditor.get_by_role("link", name="本市规定").click()
    auditor.get_by_label("城市代码").fill("330200")
    auditor.get_by_role("button", name="查看").click()

    assert "宁波市" in handed.value.path().read_text(encoding="utf-8-sig")
    expect(auditor.get_by_role("heading", name="宁波市的规定")).to_be_visible()
    expect(auditor.get_by_role("button", name="保存规定")).to_be_hidden()


def test_the_administrator_opens_an_account_of_a_city_finds_it_again_and_ends_it(desk):
    administrator = desk("administrator")
    administrator.locator("#main").get_by_role("button", name="账号").click()
    administrator.get_by_role("button", name="开通账号").click()
    dialog = administrator.get_by_role("dialog", name="开通账号")
    dialog.locator(".el-select").first.click()
    administrator.get_by_role("option", name="协会主管").click()
    dialog.get_by_label("姓名").fill("演示主管")
    dialog.get_by_label("电子邮箱").fill("another@demo.invalid")
    dialog.get_by_role("button", name="开通账号").click()
    dialog.wait_for(state="hidden")
    administrator.get_by_label("哪个城市的账号").fill("330200")
    administrator.get_by_role("button", name="查看", exact=True).click()
    administrator.get_by_role("button", name="停用 演示主管").click()
    administrator.get_by_role("dialog").get_by_label("依据").fill("演示：人员离岗")
    administrator.get_by_role("dialog").get_by_role("button", name="停用", exact=True).click()
    administrator.get_by_role("dialog").wait_for(state="hidden")
    administrator.get_by_role("button", name="已停用", exact=True).click()

    expect(administrator.get_by_role("button", name="恢复 演示主管")).to_be_visible()
