"""The road in a real browser: sign in, approve, and see the public page (issue of the first admin page)."""

import re
from hashlib import sha256
from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from bench import qr
from scripts.streams import wait_until
from tests.pictures import picture, send


def sign_in(page, people, site, role):
    account = next(one for one in people.accounts if one["role"] == role)
    page.goto(f"{site}/admin/index.html")
    page.get_by_role("button", name="登录").click()
    page.locator("input[name=username]").fill(account["username"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("button[type=submit], input[type=submit]").first.click()
    page.get_by_role("link", name="今日待办").wait_for()


def test_a_clerk_signs_in_approves_and_the_public_sees_green(people, site, page):
    worker = people.worker("association_review")
    application = worker["applications"][-1]["id"]
    sign_in(page, people, site, "association_clerk")

    page.goto(f"{site}/admin/index.html#/applications/{application}")
    page.get_by_role("button", name="审核通过").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("审核通过|确定|确认|提交")).click()
    page.get_by_text("安全核查").first.wait_for()
    assert wait_until(lambda: state(people, application) == "background")
    token = finish(people, application)
    assert page.goto(f"{site}/v/{token}").ok

    expect(page.locator("body")).to_contain_text("绿")
    expect(page.locator("body")).not_to_contain_text(worker["name"])


def state(people, application):
    return people.as_("association_clerk").get(f"/api/applications/{application}")["state"]


def finish(people, application):
    """Take an application from the police to the worker's hand; give the code's token."""
    steps = (
        ("police", "clear"),
        ("bureau", "authorise"),
        ("print_vendor", "produce"),
        ("association_manager", "hand-over"),
    )
    for by, move in steps:
        revision = people.as_(by).get(f"/api/applications/{application}")["revision"]
        held = people.as_(by).post(f"/api/applications/{application}/{move}", {"revision": revision})
    token = held["worker"]["certificate"]["token"]
    people.settled(people.public(), token)
    return token


def test_the_card_shown_to_a_clerk_reads_as_the_codes_own_address(people, certified, site, page):
    sign_in(page, people, site, "association_clerk")

    page.goto(f"{site}/admin/index.html#/certificates/{certified['certificate']['number']}")
    card = page.get_by_role("img", name="卡面二维码")
    card.wait_for()
    page.get_by_role("img", name=re.compile("绿码")).wait_for()

    seen = Image.open(BytesIO(card.screenshot())).convert("RGB")
    assert qr.read(seen) == certified["certificate"]["url"]


def test_a_company_sends_a_photo_and_the_household_sees_it(people, site, page, tmp_path):
    worker = people.worker("done")
    token = worker["certificate"]["token"]
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture(3000, 4000, "teal"))
    sign_in(page, people, site, "company_owner")

    page.goto(f"{site}/admin/index.html#/workers/{worker['id']}")
    page.get_by_label("选择文件上传").set_input_files(photo)
    page.get_by_role("button", name=re.compile("^查看 照片")).click()
    shown = page.get_by_role("dialog").get_by_role("img", name="照片")
    expect(shown).to_have_js_property("naturalWidth", 1200)
    page.get_by_role("dialog").get_by_role("button", name="关闭此对话框").click()
    assert wait_until(lambda: people.seen(token)[2]["holder"]["photo"], 30)
    assert page.goto(f"{site}/v/{token}").ok

    expect(page.get_by_role("img", name="持证人照片")).to_have_js_property("naturalWidth", 240)


def test_a_clerk_reads_a_paper_beside_what_it_proves(people, site, page):
    worker = people.worker("association_review")
    owner, at, content = people.as_("owner0"), f"/api/workers/{worker['id']}/files", picture()
    told = {"kind": "exam", "type": "image/jpeg", "size": len(content), "sha256": sha256(content).hexdigest()}
    address = owner.post(at, told)
    send(address, content)
    owner.post(f"{at}/{address['id']}/finish", {"of": worker["exams"][0]["id"]})
    sign_in(page, people, site, "association_clerk")

    page.goto(f"{site}/admin/index.html#/applications/{worker['applications'][-1]['id']}")
    page.get_by_role("button", name=re.compile("^看原件 · 体检证明")).click()
    pane = page.get_by_role("region", name="原件")
    expect(pane.get_by_role("img")).to_have_js_property("naturalWidth", 600)
    pane.get_by_role("group", name=re.compile("^体检证明")).press("r")

    expect(pane.get_by_role("img")).to_have_css("transform", re.compile(r"^matrix\(0, 1, -1, 0,"))
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_file_that_is_none_of_the_kinds_is_refused_in_words(people, site, page, tmp_path):
    worker = people.worker()
    note = tmp_path / "note.txt"
    note.write_text("no picture")
    sign_in(page, people, site, "company_owner")

    page.goto(f"{site}/admin/index.html#/workers/{worker['id']}")
    page.get_by_label("选择文件上传").set_input_files(note)

    expect(page.get_by_role("alert")).to_contain_text("请选 JPEG 或 PNG 照片")


def test_the_start_page_leads_to_look_up_and_sign_in(site, page):
    assert page.goto(f"{site}/").ok

    expect(page.locator("body")).to_contain_text("安心码")
    page.locator("a[href*='admin']").first.click()
    page.get_by_role("button", name="登录").wait_for()
    assert page.goto(f"{site}/").ok
    with page.expect_response("**/lookup*") as led:
        page.locator("a[href*='/lookup']").first.click()
    assert led.value.ok


def test_a_phone_shows_the_public_page_without_scrolling_sideways(people, site, certified, chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    shown = page.goto(f"{site}/v/{certified['certificate']['token']}")

    wide = page.locator("html").bounding_box()["width"]

    assert (shown.status, wide) == (200, 320)
    context.close()
