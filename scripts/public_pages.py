"""Every public page of a running city, one after the other, as a household, a worker and a company come to see it."""

from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Page

from scripts.seen import View

UNKNOWN = "0" * 27


class Codes(NamedTuple):
    """What to open: an address for each reason that a code tells, a green one's token, a phone's page, a number."""

    by_reason: dict[str, str]
    green: str
    phone: str


def pages(page: Page, site: str, codes: Codes, view: View) -> Iterator[str]:
    """Go to each page and stop there, giving its name."""
    for name, path in _plain(codes).items():
        page.goto(site + _spoken(path, view))
        page.locator("h1:visible, h2:visible").first.wait_for()
        yield name
    yield from _phone(page, site, codes, view)
    yield from _visit(page, site, codes, view)
    yield from _sent(page, site, view)


def _plain(codes: Codes) -> dict[str, str]:
    colours = {f"check-{reason}": address for reason, address in codes.by_reason.items()}
    return {
        "start": "/",
        "offline": "/offline.html",
        "lookup": "/lookup",
        "requests": "/requests",
        "check-green": f"/v/{codes.green}",
        **colours,
        "check-unknown": f"/v/{UNKNOWN}",
        "lookup-malformed": "/lookup?number=123&surname=",
        "visit-unknown": "/visits/nothing",
        "sign-in": "/admin/index.html",
    }


def _spoken(path: str, view: View) -> str:
    if view.language == "zh" or path.startswith("/admin"):
        return path
    return f"{path}{'&' if '?' in path else '?'}lang=en"


def _phone(page: Page, site: str, codes: Codes, view: View) -> Iterator[str]:
    page.goto(site + _spoken(codes.phone, view))
    page.locator("#code svg").wait_for()
    page.wait_for_load_state("networkidle")
    yield "phone"


def _visit(page: Page, site: str, codes: Codes, view: View) -> Iterator[str]:
    """Confirm, open the visit's own page, and leave."""
    page.goto(site + _spoken(f"/v/{codes.green}", view))
    page.locator("form[action*='/visits'] button").click()
    page.locator("a.button[href*='/visits/']").wait_for()
    yield "visit-confirmed"
    page.wait_for_timeout(4000)  # the visit is written by way of a queue
    page.locator("a.button[href*='/visits/']").click()
    page.locator("input[value=leave]").wait_for(state="attached")
    yield "visit"
    page.locator("form:has(input[value=leave]) button").click()
    page.locator("input[value=leave]").wait_for(state="detached")
    yield "visit-left"


def _sent(page: Page, site: str, view: View) -> Iterator[str]:
    """Report an unknown code."""
    page.goto(site + _spoken(f"/v/{UNKNOWN}", view))
    page.locator("form[action*='/reports'] details").evaluate("one => one.open = true")
    yield "report-open"
    page.locator("form[action*='/reports'] button").click()
    page.locator("form[action*='/reports']").wait_for(state="detached")
    yield "report-received"
