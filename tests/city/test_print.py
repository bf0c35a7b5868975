"""Cards as they come out of a printer: rendered to PDF by a browser, and their codes read back from the paper."""

import pypdfium2
import pytest
from PIL import Image

from bench import qr
from tests.city.test_browser import sign_in

MM = 72 / 25.4
DOTS = 300


@pytest.fixture(scope="module")
def making(people):
    """Two workers whose cards are being made."""
    return [people.worker("production")["certificate"] for _ in range(2)]


def printed(page):
    """The pages of what is printed, each with its size in millimetres and as a picture."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    sides = [tuple(side / MM for side in one.get_size()) for one in document]
    return sides, [one.render(scale=DOTS / 72).to_pil().convert("RGB") for one in document]


def shown(page, people, site, at, who="print_vendor"):
    sign_in(page, people, site, who)
    page.goto(f"{site}/admin/index.html#{at}")
    page.locator(".face.back").first.wait_for()
    return page


def test_a_card_prints_its_two_faces_on_pages_of_its_size_and_the_back_is_read(people, making, site, page):
    number, url = making[0]["number"], making[0]["url"]
    sizes, pictures = printed(shown(page, people, site, f"/print/card/{number}"))

    assert sizes == [pytest.approx((85.6, 54.0), abs=0.2)] * 2
    assert url.lower().split("/")[2] in page.locator(".face.back").inner_text()
    assert [qr.read(one) for one in pictures] == [None, url]


def test_no_last_day_is_printed(people, making, site, page):
    text = shown(page, people, site, f"/print/card/{making[0]['number']}").locator(".pages").inner_text()

    assert making[0]["issued_on"] in text
    assert making[0]["until"] not in text


def test_what_is_to_be_made_prints_on_sheets_with_each_back_behind_its_front(people, making, site, page):
    shown(page, people, site, "/print/cards")
    fronts = page.locator(".a4").nth(0).locator(".face").evaluate_all("all => all.map(one => one.ariaLabel)")
    sizes, pictures = printed(page)
    back = pictures[1]
    left, right = (back.crop((round(x / 25.4 * DOTS), 0, round((x + 85.6) / 25.4 * DOTS), 900)) for x in (19.4, 105))
    addresses = {one["number"]: one["url"] for one in making}
    numbers = [label.split()[0] for label in fronts]

    assert sizes == [pytest.approx((210, 297), abs=0.2)] * len(sizes)
    assert len(sizes) % 2 == 0
    assert set(addresses) <= set(numbers)
    told = {number: people.as_("print_vendor").get(f"/api/certificates/{number}/card")["url"] for number in numbers[:2]}
    assert [qr.read(right), qr.read(left)] == [told[number] for number in numbers[:2]]


def test_the_code_of_a_telephone_is_read_from_its_coloured_frame(people, certified, site, page):
    certificate = certified["certificate"]
    sign_in(page, people, site, "company_owner")
    page.goto(f"{site}/admin/index.html#/certificates/{certificate['number']}")
    with page.expect_download() as kept:
        page.get_by_role("button", name="下载带颜色边框的图片（PNG）").click()
    picture = Image.open(kept.value.path()).convert("RGB")

    assert qr.read(picture).partition("#")[0] == certificate["url"]
    assert kept.value.suggested_filename.endswith(".png")
