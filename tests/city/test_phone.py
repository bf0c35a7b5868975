"""The worker's phone and a household without a network, in a real browser over the packaged stack."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from chalicelib.rules import credential, live
from scripts import offline_check, seed_cases, streams
from scripts.streams import wait_until

CITY = "330200"


@pytest.fixture(scope="module")
def worker(people, site):
    """A worker with a green code and a page on the phone: the archive, and the page's address."""
    held = people.worker("done")
    token = held["certificate"]["token"]
    people.settled(people.public(), token)
    streams.invoke(people.stack, "ProjectFunction", {"prepare": True})
    streams.invoke(people.stack, "ReactFunction", {"status_lists": True})
    made = people.as_("owner0").post(f"/api/workers/{held['id']}/phone-page", {})
    held["page"] = made["address"].removeprefix(people.stack.browser_url)
    assert wait_until(lambda: mine(people, held).get("credential"))
    assert wait_until(lambda: people.public().raw("GET", f"/status-list/{CITY}")[0] == 200)
    return held


def mine(people, held):
    """What the phone is told as JSON."""
    return json.loads(people.public().raw("GET", held["page"], Accept="application/json")[2])


def served(people, path):
    return json.loads(people.public().raw("GET", path, Accept="application/json")[2])


def scanned(page):
    """Read the code on the page with another's decoder."""
    expect(page.locator("#code svg")).to_be_visible()
    picture = page.locator("#code").screenshot()  # what stays, whichever drawing is in it
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    assert len(found) == 1
    return found[0]


def spoken(people, text):
    """What the check says of the code in a scanned address."""
    path = text.partition("#")[0].rpartition("/V/")[2]
    return people.seen(path)[2]["code"]["kind"]


def test_the_phone_shows_a_code_that_the_check_takes_for_live(people, site, worker, page):
    page.goto(site + worker["page"])
    found = scanned(page)

    assert found.text.startswith(f"{site.upper()}/V/{worker['certificate']['token']}")
    assert found.ec_level == "M"
    assert spoken(people, found.text) == "live"


def test_a_picture_of_an_earlier_code_is_stale(people, worker):
    secret = urlsafe_b64decode(mine(people, worker)["live"]["secret"] + "=")
    earlier = live.make_live(worker["certificate"]["token"], secret, datetime.now(UTC) - timedelta(minutes=2))

    assert spoken(people, f"/V/{earlier}") == "stale"


def test_the_code_on_the_phone_carries_a_credential_that_checks_without_a_network(people, site, worker, page):
    page.goto(site + worker["page"])
    page.wait_for_load_state("networkidle")
    told = credential.read(
        scanned(page).text,
        keys=served(people, "/keys"),
        status_list=served(people, f"/status-list/{CITY}")["status_list"],
        at=datetime.now(UTC),
        genuine=offline_check.genuine,
    )

    assert (told.colour, told.reason) == ("green", None)


def test_a_page_that_was_opened_once_goes_on_without_a_network_and_tells_no_colour(people, site, worker, page):
    page.goto(site + worker["page"])
    expect(page.locator("#now")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.reload()

    text = scanned(page).text
    expect(page.locator("#now")).to_be_hidden()
    expect(page.locator("#away")).to_be_visible()
    page.context.set_offline(False)
    assert spoken(people, text) == "live"


def test_a_code_that_turned_is_shown_at_once_and_what_is_being_written_is_kept(people, site, page):
    held = people.worker("done")
    people.settled(people.public(), held["certificate"]["token"])
    made = people.as_("owner0").post(f"/api/workers/{held['id']}/phone-page", {})
    held["page"] = made["address"].removeprefix(people.stack.browser_url)
    assert wait_until(lambda: people.public().raw("GET", held["page"])[0] == 200)
    page.goto(site + held["page"])
    expect(page.locator("#now")).to_be_visible()
    page.locator("textarea").fill("体检已复查合格，请予复核")

    seed_cases.certificate_move("suspend")(people, held)
    assert wait_until(lambda: mine(people, held)["colour"] == "red")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("#code")).to_have_attribute("data-colour", "red")
    expect(page.locator("textarea")).to_have_value("体检已复查合格，请予复核")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_phone_can_keep_the_page_beside_its_other_programs(people, site, worker, page):
    page.goto(site + worker["page"])
    page.locator("#code svg").wait_for()
    browser = page.context.new_cdp_session(page)

    told = browser.send("Page.getAppManifest")
    lacking = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert told["errors"] == []
    assert {one["errorId"] for one in lacking} <= {"in-incognito"}
    icons = [one["src"] for one in json.loads(told["data"])["icons"]]
    assert [people.public().raw("GET", icon)[0] for icon in icons] == [200, 200]


def test_on_paper_the_page_is_the_printed_code_and_how_to_check_it(site, worker, page):
    page.goto(site + worker["page"])
    page.locator("#code svg").wait_for()
    page.emulate_media(media="print")

    found = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator("#printed").screenshot())))
    assert [one.text for one in found] == [f"{site.upper()}/V/{worker['certificate']['token']}"]
    assert found[0].ec_level == "Q"
    expect(page.locator(".sheet")).to_contain_text("怎样查验")
    expect(page.locator("#code")).to_be_hidden()


def test_a_household_that_was_prepared_checks_the_phone_without_a_network(people, site, worker, page):
    address = f"{site}/v/{worker['certificate']['token']}#{mine(people, worker)['credential']}"
    prepared(page, site)
    page.context.set_offline(True)

    page.goto(address)

    expect(page.locator("#finding")).to_contain_text("绿码")
    expect(page.locator("#compare")).to_contain_text("复制的码也能通过此检查")


def test_a_household_that_was_not_prepared_is_told_that_nothing_is_confirmed(people, site, worker, page):
    page.goto(f"{site}/start.svg")
    page.route("**/status-list/*", lambda route: route.abort())
    page.goto(f"{site}/offline.html#{mine(people, worker)['credential']}")

    expect(page.locator("#finding")).to_have_text("不能确认")
    expect(page.locator("#reason")).to_contain_text("没有该城市的状态表")


def test_what_was_withdrawn_is_refused_without_a_network_within_seconds(people, site, page):
    held = people.worker("done")
    token = held["certificate"]["token"]
    people.settled(people.public(), token)
    made = people.as_("owner0").post(f"/api/workers/{held['id']}/phone-page", {})
    held["page"] = made["address"].removeprefix(people.stack.browser_url)
    assert wait_until(lambda: mine(people, held).get("credential"))
    address = f"{site}/v/{token}#{mine(people, held)['credential']}"
    lost = {"revision": people.as_("owner0").get(f"/api/workers/{held['id']}")["revision"], "ground": "本人挂失"}
    people.as_("owner0").post(f"/api/certificates/{held['certificate']['number']}/lose", lost)
    mark = credential.mark(token)
    assert wait_until(lambda: mark in credential.list_from(listed(people)).withdrawn)

    prepared(page, site)
    page.context.set_offline(True)
    page.goto(address)

    expect(page.locator("#finding")).to_have_text("不能确认")
    expect(page.locator("#reason")).to_contain_text("已作废")


def listed(people):
    text = served(people, f"/status-list/{CITY}")["status_list"]
    return urlsafe_b64decode(text.split(".")[1] + "==")


def prepared(page, site):
    """Open the offline page once with a network, until it has kept what it needs."""
    page.goto(f"{site}/offline.html")
    page.evaluate("navigator.serviceWorker.ready")
    expect(page.locator("#ready")).to_be_visible()
