"""The public pages before a real browser: what axe-core finds, the narrowest phone, large type, paper, contrast."""

import pytest

from scripts import seen
from scripts.seen import View
from tests.public import world
from tests.public.test_page import SITUATIONS
from tests.public.test_phone_page import HASH, SECRET
from tests.public.world import TOKEN, text, verify

VISIT = "0" * 26
ASKED = {
    "lookup": ("GET", "/lookup", {}),
    "a look-up with faults": ("GET", "/lookup", {"query": {"number": "12"}}),
    "a request": ("GET", "/requests", {}),
    "a visit": ("GET", "/visits/{secret}", {"parameters": {"secret": VISIT}}),
    "no such visit": ("GET", "/visits/{secret}", {"parameters": {"secret": VISIT[1:] + "1"}}),
    "a phone": ("GET", "/me/{secret}", {"parameters": {"secret": SECRET}}),
}


@pytest.fixture(scope="module", params=["zh", "en"])
def window(request, chromium):
    """A window of 320 pixels, in each language."""
    opened = seen.context(chromium, View(request.param, 320, 640))
    page = opened.new_page()
    page.language = request.param
    yield page
    opened.close()


@pytest.fixture
def found(window, codes):
    """Ask for a page as the window's language has it, and show it: `found(method, resource, …)`."""
    codes(world.stack(cities=text([{"id": "330200", "name": "宁波市"}])))
    codes(
        {
            "pk": text(f"visit#{world.sha256(VISIT.encode()).hexdigest()}"),
            "visit": text({"at": "2026-11-21T13:00:05Z", "token": TOKEN}),
        }
    )
    codes({"pk": text(f"me#{HASH}"), "token": text(TOKEN)})

    def show(method, resource, **asked):
        query = {"lang": window.language} | asked.pop("query", {})
        event = world.event(method, resource, accept="text/html", query=query, **asked)
        window.set_content(verify(event, None)["body"])
        return seen.look(window, [])

    return show


@pytest.mark.parametrize("item", SITUATIONS.values(), ids=SITUATIONS.keys())
def test_the_page_of_a_check_has_no_fault_and_fits(found, codes, dynamodb, item):
    del dynamodb.items("codes")[TOKEN]
    codes(item)

    assert found("GET", "/v/{token}", parameters={"token": TOKEN}) == seen.Seen((), (), ())


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
def test_every_other_page_has_no_fault_and_fits(found, codes, asked):
    codes(world.code(phone_page=text(HASH)))
    method, resource, more = asked

    assert found(method, resource, **more) == seen.Seen((), (), ())
