"""Every page of the admin site in a real browser, each by the first role that may see it, and each role's home; and
the public pages of the running city. All of it in both languages."""

from datetime import timedelta

import pytest

from chalicelib.outside import clock
from chalicelib.rules.access import EVERYONE
from scripts import public_pages, seen, walk
from scripts.seen import Seen, View
from scripts.streams import wait_until

ROLES = (
    "association_manager", "company_owner", "police", "bureau", "administrator", "province_auditor", "hotline",
    "print_vendor", "association_clerk", "company_clerk",
)  # fmt: skip
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def busy(people, certified):
    """A city in which there is one of everything that a page can be of."""
    for state in ("association_review", "background", "authorisation", "handover"):
        people.worker(state)
    appeal = {"worker": certified["id"], "subject": "colour", "statement": "颜色与材料不符，请复核"}
    people.as_("owner0").post("/api/appeals", appeal)
    stop = {"kind": "exam", "names": ["宁波市演示体检中心"], "move": "suspend", "basis": "source", "ground": "演示"}
    manager = people.as_("association_manager")
    manager.post("/api/bulk-stops", stop | {"from": str(clock.today() - timedelta(90))})
    leaving = {"worker": people.worker()["id"], "to": people.companies[1], "ground": "演示：本人要求"}
    people.as_("owner0").post("/api/transfers", leaving)
    card = people.worker("production")["applications"][-1]["id"]
    people.as_("association_clerk").post("/api/card-batches", {"applications": [card]})
    manager.post("/api/clients", {"role": "feed", "name": "演示医院", "scopes": ["exam.feed"]})
    token = certified["certificate"]["token"]
    nonce = people.seen(token)[2]["report"]["nonce"]
    people.send(f"/v/{token}/reports", {"nonce": nonce, "kind": "suspicious", "note": "演示"})
    assert wait_until(lambda: manager.get("/api/reports")["items"], 30)
    return people


@pytest.fixture(scope="module", params=LANGUAGES)
def walked(request, busy, site, chromium):
    """What was seen on each page, by role and name of the route, and the routes that no link led to."""
    told, done = {}, set()
    for role in ROLES:
        wanted = [route for route in walk.open_to(role) if route.name == "home" or route.name not in done]
        with walk.signed_in(chromium, site, busy.person(role), View(request.param, 320, 640)) as page:
            errors = seen.listen(page)
            for found in walk.staff(page, site, wanted):
                if isinstance(found, str):
                    told[role, found] = None
                    continue
                done.add(found.name)
                told[role, found.name] = seen.look(page, errors)
    return told


def test_every_role_was_looked_at():
    assert set(ROLES) == EVERYONE - {"feed", "platform"}


def test_links_lead_to_every_page(walked):
    assert [page for page, found in walked.items() if found is None] == []


def test_no_page_has_a_fault_of_access(walked):
    assert {page: found.faults for page, found in walked.items() if found and found.faults} == {}


def test_no_page_scrolls_sideways_on_the_narrowest_phone_nor_in_large_type(walked):
    assert {page: found.wide for page, found in walked.items() if found and found.wide} == {}


def test_no_page_tells_of_an_error(walked):
    assert {page: found.errors for page, found in walked.items() if found and found.errors} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_of_the_city_has_a_fault_or_scrolls_sideways(people, certified, site, chromium, language):
    view = View(language, 320, 640)
    made = people.as_("owner0").post(f"/api/workers/{certified['id']}/phone-page", {})
    shown = public_pages.Codes({}, certified["certificate"]["token"], made["address"].removeprefix(site))
    opened = seen.context(chromium, view)
    page = opened.new_page()
    errors = seen.listen(page)

    told = {name: seen.look(page, errors) for name in public_pages.pages(page, site, shown, view)}

    opened.close()
    assert {name: found for name, found in told.items() if found != Seen((), (), ())} == {}
