"""The packaged, deployed stack with the people of a small city, driven over HTTP and by a browser."""

import itertools
import json
from contextlib import ExitStack

import pytest

from scripts import demo, seed_cases, seen, up, walk, website
from scripts.http_client import Client
from scripts.seed_city import City
from scripts.seen import View
from tests.described import undescribed

WIDE = View("zh", 1280, 800)
_numbers = itertools.count(600)


class Described(Client):
    """A client that takes no answer which the OpenAPI document does not describe."""

    def raw(self, method, path, body=None, **headers):
        status, told, answer = super().raw(method, path, body, **headers)
        if told.get("content-type", "").startswith("application/json"):
            assert undescribed(method, path, status, json.loads(answer)) == []
        return status, told, answer


class Streets(City):
    """The demo city's people on a test's stack: three companies with owners, no seed."""

    def settle(self):
        """Make the accounts and three companies, of which the first has a clerk and the cases suspend the last."""
        self.open()
        manager = self.as_("association_manager")
        for number, who in ((901, "owner0"), (902, "owner1"), (911, "owner2")):
            body = {"name": f"演示家政{number}（演示）", "credit_code": demo.credit_code(number)}
            body["email"] = f"{who}@demo.invalid"
            company = manager.post("/api/companies", body)
            self.companies.append(company["id"])
            self._make("association_manager", who, "company_owner", "企业负责人", None, company["id"])
        self._make("owner0", "clerk0", "company_clerk", "企业经办人", None, None)
        return self

    def worker(self, state=None):
        """A new worker with all papers, whose application has come as far as a state."""
        one = seed_cases.registered(self, next(_numbers))
        if state:
            seed_cases.along(self, one["id"], state)
        return self.as_("owner0").get(f"/api/workers/{one['id']}")

    def someone(self):
        """Somebody who is not registered yet."""
        return demo.person(next(_numbers))

    def person(self, role):
        """Somebody of a role, signed in on the admin site."""
        name = {"company_owner": "owner0", "company_clerk": "clerk0"}.get(role, role)
        return walk.person(role, self._tokens[name], self.stack.auth["issuer"], self.stack.auth["client_id"])

    def seen(self, token, **headers):
        """What the public sees: status, headers, and JSON or text."""
        status, told, body = self.public().raw("GET", f"/v/{token}", **({"Accept": "application/json"} | headers))
        return status, told, json.loads(body) if told["content-type"].startswith("application/json") else body.decode()

    def send(self, path, body):
        """What the public sends, as JSON: status and JSON."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        kinds = {"Accept": "application/json", "Content_Type": "application/json"}
        status, _, told = self.public().raw("POST", path, sent, **kinds)
        return status, json.loads(told)

    def as_(self, who):
        """A kept client of an account."""
        self._kept = getattr(self, "_kept", {})
        return self._kept.setdefault(who, Described(self.stack.direct_url, token=self._tokens[who]))

    def ask(self, who, method, path, body=None, **headers):
        """A staff request as it is: status, headers and JSON."""
        client = Described(self.stack.direct_url, token=self._tokens[who] if who else None)
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        status, told, answer = client.raw(method, path, sent, Content_Type="application/json", **headers)
        return status, told, json.loads(answer)


@pytest.fixture(scope="session")
def people(city):
    """The people of the city."""
    return Streets(city).settle()


@pytest.fixture(scope="session")
def certified(people):
    """A worker whose certificate is in force and whose code the public sees."""
    worker = people.worker("done")
    people.settled(people.public(), worker["certificate"]["token"])
    return worker


@pytest.fixture(scope="session")
def site(people):
    """The city with its site in the bucket."""
    website.build()
    up.upload_site(people.stack)
    return people.stack.browser_url


@pytest.fixture
def desk(people, site, chromium):
    """Open the admin site as a role at an address: `desk(role, "/applications")`."""
    with ExitStack() as open_until_the_end:

        def at(role, address="/"):
            page = open_until_the_end.enter_context(walk.signed_in(chromium, site, people.person(role), WIDE))
            page.goto(f"{site}/admin/index.html#{address}")
            return page

        yield at


@pytest.fixture
def page(chromium):
    """A page on which no script may fail and no server may break, wherever the test leads it."""
    context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong = seen.listen(page)
    page.on("response", lambda answer: wrong.extend([f"{answer.status} {answer.url}"] * (answer.status >= 500)))
    yield page
    context.close()
    assert wrong == []
