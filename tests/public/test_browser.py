"""The public pages before a real browser: what axe-core finds, the narrowest phone, large type, paper, contrast."""

import pytest

from scripts import seen
from scripts.seen import View
from tests.public import test_own_page as own_page
from tests.public import test_progress as progress
from tests.public import world
from tests.public.test_appeals import LAST, STATEMENT
from tests.public.test_details import DETAILS
from tests.public.test_page import SITUATIONS
from tests.public.test_phone_page import HASH, SECRET
from tests.public.test_requests import COMPANY
from tests.public.test_seal import der
from tests.public.test_visits import PRIVATE
from tests.public.world import TOKEN, text, verify

VISIT = "0" * 26
HASHED = world.sha256(VISIT.encode()).hexdigest()
ASKED = {
    "lookup": ("GET", "/lookup", {}),
    "a look-up with faults": ("GET", "/lookup", {"query": {"number": "12"}}),
    "a request": ("GET", "/requests", {}),
    "a visit": ("GET", "/visits/{secret}", {"parameters": {"secret": VISIT}}),
    "no such visit": ("GET", "/visits/{secret}", {"parameters": {"secret": VISIT[1:] + "1"}}),
    "a phone": ("GET", "/me/{secret}", {"parameters": {"secret": SECRET}}),
}


CONSENT = {"state": "given", "on": "2026-04-20", "text": "2026-1", "separate": ["photo", "health"]}
OWN = {
    "a household asks": {"permissions": [own_page.ASKED], "views": [own_page.VIEW]},
    "consent, appeal and application": {
        "consent": CONSENT, "appeals": {"open": ["colour", "refusal"], "last": None}, "application": progress.SENT,
    },
    "consent taken back, an appeal filed": {
        "consent": CONSENT | {"state": "withdrawn", "on": "2026-10-01"}, "appeals": {"open": [], "last": LAST},
    },
}  # fmt: skip
PERMISSIONS = {
    "waits for the worker": {"state": "waiting"},
    "was refused": {"state": "refused"},
    "was allowed": {"state": "allowed", "until": "2026-11-21T13:10:05Z", "details": DETAILS},
}
REPORT, CONFIRM, ASK, ANSWER = "/v/{token}/reports", "/v/{token}/visits", "/visits/{secret}", "/me/{secret}"
SENT = {
    "a report": (REPORT, {"kind": "suspicious", "note": "演示"}),
    "a report with faults": (REPORT, {"kind": "other"}),
    "a confirmed entry": (CONFIRM, {}),
    "a company's request": ("/requests", COMPANY),
    "a request with faults": ("/requests", {"email": "a@b"}),
    "a question to the worker": (ASK, {"kind": "ask"}),
    "the leaving": (ASK, {"kind": "leave"}),
    "an answer to a household": (ANSWER, {"kind": "allow", "visit": own_page.VISIT, "number": "1"}),
    "an appeal": (ANSWER, {"kind": "appeal", "subject": "colour", "statement": STATEMENT, "nonce": True}),
    "whether a consent is to end": (ANSWER, {"kind": "withdraw"}),
    "a consent taken back": (ANSWER, {"kind": "withdraw", "nonce": True}),
    "the text to consent to": (ANSWER, {"kind": "agree"}),
}
HERE = {REPORT: {"token": TOKEN}, CONFIRM: {"token": TOKEN}, ASK: {"secret": VISIT}, ANSWER: {"secret": SECRET}}
NONCES = {
    REPORT: lambda: world.check()[1]["report"]["nonce"],
    CONFIRM: lambda: world.check()[1]["visit"]["nonce"],
    "/requests": lambda: world.get("/requests")[1]["request"]["nonce"],
    ANSWER: lambda: world.get(ANSWER, parameters=HERE[ANSWER])[1]["nonce"],
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
    codes(world.stack(cities=text([{"id": "330200", "name": "宁波市"}]), seal_public=text(der(PRIVATE))))
    about = {"at": "2026-11-21T13:00:05Z", "token": TOKEN, "archive": "W#330200#0001", "city": "330200"}
    codes({"pk": text(f"visit#{HASHED}"), "visit": text(about)})
    codes({"pk": text(f"me#{HASH}"), "token": text(TOKEN)})

    def show(method, resource, **asked):
        query = {"lang": window.language} | asked.pop("query", {})
        return look(window, verify(world.event(method, resource, accept="text/html", query=query, **asked), None))

    return show


def look(window, reply):
    """Show a reply's page and look at it."""
    window.set_content(reply["body"])
    return seen.look(window, [])


def send(language, resource, body):
    """Send a form with a nonce of its page: any but those of a worker's decisions, which ask for one by themselves."""
    asks = resource in (REPORT, CONFIRM, "/requests") or body.get("nonce")
    given = {"nonce": NONCES[resource]()} if asks else {}
    return world.submit(resource, body | given, query={"lang": language}, parameters=HERE.get(resource))


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


@pytest.mark.parametrize("told", OWN.values(), ids=OWN.keys())
def test_a_workers_page_has_no_fault_and_fits_whatever_it_tells(found, codes, told):
    codes(world.code(phone_page=text(HASH)))
    codes({"pk": text("own#W#330200#0001"), "own": text({"permissions": [], "views": []} | told)})

    assert found("GET", "/me/{secret}", parameters={"secret": SECRET}) == seen.Seen((), (), ())


def test_the_page_of_who_has_no_certificate_yet_has_no_fault_and_fits(found, codes):
    codes({"pk": text(f"applicant#{HASH}"), "archive": text("W#330200#0009")})
    codes({"pk": text("own#W#330200#0009"), "own": text({"application": progress.SENT, "page": HASH})})
    codes({"pk": text(f"me#{HASH}")})

    assert found("GET", "/me/{secret}", parameters={"secret": SECRET}) == seen.Seen((), (), ())


@pytest.mark.parametrize("told", PERMISSIONS.values(), ids=PERMISSIONS.keys())
def test_a_visit_has_no_fault_and_fits_however_its_request_stands(found, codes, told):
    standing = {"number": 1, "asked_at": "2026-11-21T13:00:05Z", "until": None, "details": None} | told
    codes({"pk": text(f"permission#{HASHED}"), "permission": text(standing)})

    assert found("GET", "/visits/{secret}", parameters={"secret": VISIT}) == seen.Seen((), (), ())


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT.keys())
def test_what_answers_a_form_has_no_fault_and_fits(found, window, codes, inbox, sent):
    resource, body = sent
    codes(world.code(phone_page=text(HASH)))
    appeals = {"open": ["colour"], "last": None}
    told = {"permissions": [own_page.ASKED], "views": [], "consent": CONSENT, "appeals": appeals}
    codes({"pk": text("own#W#330200#0001"), "own": text(told)})

    reply = send(window.language, resource, body)

    assert look(window, reply) == seen.Seen((), (), ())
