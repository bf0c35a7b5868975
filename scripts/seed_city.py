"""The demo city while it is being filled: its accounts, and what they do together over the API."""

import json
import secrets
import threading
import time
from base64 import b32decode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from chalicelib.outside import clock
from chalicelib.rules import factor
from scripts import demo, streams
from scripts.http_client import Client, sign_in
from scripts.phases import Refusal
from scripts.stack import Stack

OWNERS = 12
WORKERS_EACH = 25
BATCH = 25
CONNECTIONS = 4
PATIENCE = 300
"""Seconds to wait for what the streams bring; a machine that does other work takes minutes for a seed."""
STAFF = {
    "association_manager": "协会负责人", "association_clerk": "协会经办人", "bureau": "商务局", "police": "公安核查",
    "hotline": "热线座席", "print_vendor": "制证单位", "province_auditor": "省级督查",
}  # fmt: skip
MOVES = (
    ("forward", "owner"), ("accept", "association_clerk"), ("clear", "police"), ("authorise", "bureau"),
    ("produce", "print_vendor"), ("hand-over", "association_manager"),
)  # fmt: skip


def told(answer: dict[str, Any]) -> list[str]:
    """Give the reason codes of a public answer, loudest first."""
    return [reason["code"] for reason in answer["reasons"]]


class City:
    """Signs in as each role and drives the API; `accounts` is what .local/city.json tells of them."""

    def __init__(self, deployed: Stack, home: demo.Home = demo.NINGBO) -> None:
        self.stack, self.home = deployed, home
        self.accounts: list[dict[str, Any]] = []
        self.companies: list[str] = []
        self._tokens: dict[str, str] = {}
        self._clients = threading.local()
        self.today = clock.today()

    def open(self) -> None:
        """Make the first administrator as a deployment does, then the city and its staff over the API."""
        email = "administrator@demo.invalid"
        pool, users = self.stack.outputs["UserPoolId"], self.stack.client("cognito-idp")
        made = users.admin_create_user(
            UserPoolId=pool, Username=email, MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
        )["User"]["Attributes"]  # fmt: skip
        subject = next(one["Value"] for one in made if one["Name"] == "sub")
        first = {"subject": f"{self.stack.auth['issuer']}|{subject}", "name": "系统管理员", "email": email}
        streams.invoke(self.stack, "WorkFunction", {"administrator": first})
        self._enter("administrator", "administrator", email, None, None)
        self._settle(STAFF)

    def beside(self, home: demo.Home, roles: Iterable[str], today: date) -> "City":
        """Have the administrator open another city on the stack today, with these of its roles and one company."""
        other = City(self.stack, home)
        other.today = today
        other._tokens["administrator"] = self._tokens["administrator"]
        other._settle({role: STAFF[role] for role in roles})
        body = {"name": f"{home.name}家政（演示）", "credit_code": demo.credit_code(300 + int(home.id[:2]))}
        other.companies = [other.as_("association_manager").post("/api/companies", body)["id"]]
        other._make("association_manager", "owner0", "company_owner", "企业负责人", None, other.companies[0])
        return other

    def _settle(self, staff: dict[str, str]) -> None:
        self.as_("administrator").post("/api/cities", self.home._asdict())
        for role, name in staff.items():
            city = None if role == "province_auditor" else self.home.id
            self._make("administrator", role, role, name, city, None)

    def make_owners(self) -> None:
        """Have the association give owners to the first companies, and one of them a clerk of its own."""
        page = self.as_("association_manager").get(f"/api/companies?limit={OWNERS}")
        self.companies = [company["id"] for company in page["items"]]
        for number, company in enumerate(self.companies):
            self._make(
                "association_manager",
                f"owner{number}",
                "company_owner",
                f"企业负责人{number + 1}",
                None,
                company,
            )
        self._make("owner0", "clerk0", "company_clerk", "企业经办人", None, None)

    def as_(self, who: str) -> Client:
        """Give this thread's client of an account."""
        clients: dict[str, Client] = self._clients.__dict__.setdefault("of", {})
        if who not in clients:
            clients[who] = Client(self.stack.direct_url, token=self._tokens[who])
        return clients[who]

    def public(self) -> Client:
        """Give a client of the public's, by way of the city's own address."""
        return Client(self.stack.base_url, host=self.stack.host_header)

    def import_companies(self) -> dict[str, Any]:
        """Import the public ranking; give the import's report."""
        return self._import("association_manager", "companies", demo.as_csv(demo.companies()))

    def import_workers(self) -> list[tuple[str, str]]:
        """Import workers of every company that has an owner; give each with its owner's name."""
        files = [
            (
                f"owner{at}",
                demo.as_csv([demo.paper(at * WORKERS_EACH + n, self.today) for n in range(WORKERS_EACH)]),
            )
            for at in range(len(self.companies))
        ]
        reports = self.together(lambda owner, text: (owner, self._import(owner, "workers", text)), files)
        bad = [report for _, report in reports if report["done"] != WORKERS_EACH]
        if bad:
            raise Refusal(f"an import did not take every row: {bad[0]}")
        found = [(owner, self.as_(owner).get("/api/workers?limit=200")["items"]) for owner, _ in reports]
        return [(item["id"], owner) for owner, items in found for item in items if item["certificate"] == "none"]

    def identify(self, workers: list[tuple[str, str]]) -> None:
        """Have the association compare persons and documents, in batches."""
        ids = [worker for worker, _ in workers]
        slices = [{"workers": ids[at : at + BATCH], "how": "original"} for at in range(0, len(ids), BATCH)]
        self.together(lambda body: self._batch("association_clerk", "identities", body), [(body,) for body in slices])

    def certify(self, workers: list[tuple[str, str]]) -> int:
        """Take workers from application to certificate in batches, each step by its own role."""
        slices = [
            (owner, {"workers": [worker for worker, theirs in workers if theirs == owner][at : at + BATCH]})
            for owner in {owner for _, owner in workers}
            for at in range(0, WORKERS_EACH, BATCH)
        ]
        opened = self.together(lambda owner, body: (owner, self._batch(owner, "openings", body)), slices)
        for move, role in MOVES:
            opened = self.together(
                lambda owner, items, move=move, role=role: self._step(owner, items, move, role), opened
            )
        return sum(len(items) for _, items in opened)

    def settled(self, public: Client, token: str) -> dict[str, Any]:
        """Ask for a code until its first projection is there; Refusal when it takes too long."""
        until = time.monotonic() + PATIENCE
        while True:
            status, _, body = public.raw("GET", f"/v/{token}", Accept="application/json")
            if status == 200:
                answer: dict[str, Any] = json.loads(body)
                return answer
            if time.monotonic() > until:
                raise Refusal(f"the code …{token[-4:]} is still unknown to the public ({status})")
            time.sleep(0.1)

    def expect(self, public: Client, token: str, colour: str) -> dict[str, Any]:
        """Ask until a code has a colour; Refusal when it takes too long."""
        return self._until(public, token, lambda answer: answer["colour"] == colour, colour)

    def expect_reasons(self, public: Client, token: str, reasons: Iterable[str]) -> dict[str, Any]:
        """Ask until a code has just these reasons, in any order; Refusal when it takes too long."""
        wanted = sorted(reasons)
        return self._until(public, token, lambda answer: sorted(told(answer)) == wanted, f"{wanted}")

    def _until(
        self, public: Client, token: str, holds: Callable[[dict[str, Any]], bool], wanted: str
    ) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while not holds(answer := self.settled(public, token)):
            if time.monotonic() > until:
                raise Refusal(f"the code is {answer['colour']} for {told(answer)}, not {wanted}, after {PATIENCE} s")
            time.sleep(0.05)
        return answer

    def together(self, do: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
        """Do the same for each of some arguments, a few at a time; the first failure ends it."""
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            return list(pool.map(lambda these: do(*these), arguments))

    def _step(self, owner: str, items: list[dict[str, Any]], move: str, role: str) -> tuple[str, list[dict[str, Any]]]:
        by = owner if role == "owner" else role
        asked = [{"application": item["application"], "revision": item["revision"]} for item in items]
        return owner, self._batch(by, "applications", {"move": move, "items": asked})

    def _batch(self, who: str, noun: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.as_(who).post(f"/api/batches/{noun}", body)
        refused = [item["problem"] for item in answer["items"] if "problem" in item]
        if refused:
            raise Refusal(f"a batch was refused: {refused[0]}")
        items: list[dict[str, Any]] = answer["items"]
        return items

    def _import(self, who: str, kind: str, text: str) -> dict[str, Any]:
        client = self.as_(who)
        job = client.post("/api/imports", {"kind": kind, "csv": text})
        until = time.monotonic() + 120
        while job["state"] != "finished":
            if time.monotonic() > until:
                raise Refusal(f"the import {job['id']} did not finish: {job}")
            time.sleep(0.5)
            job = client.get(f"/api/imports/{job['id']}")
        report: dict[str, Any] = job
        return report

    def _make(self, by: str, who: str, role: str, name: str, city: str | None, company: str | None) -> None:
        domain = "demo.invalid" if self.home == demo.NINGBO else f"{self.home.id}.demo.invalid"
        email = f"{who.replace('_', '-')}@{domain}"
        body = {"email": email, "name": name, "role": role, "city": city, "company": company}
        made = self.as_(by).post("/api/accounts", {key: value for key, value in body.items() if value})
        self._enter(who, role, email, made["city"], made["company"])

    def _enter(self, who: str, role: str, email: str, city: str | None, company: str | None) -> None:
        """Give an invited person of the demo a lasting password, and sign in with it."""
        password = f"Demo-{secrets.token_urlsafe(9)}-a1A"
        self.stack.client("cognito-idp").admin_set_user_password(
            UserPoolId=self.stack.outputs["UserPoolId"], Username=email, Password=password, Permanent=True
        )
        account = {"role": role, "city": city, "company": company, "username": email, "password": password}
        self._tokens[who] = sign_in(self.stack.gateway, self.stack.auth["client_id"], email, password)
        self.accounts.append({**account, "totp_secret": self._secret(who)})

    def _secret(self, who: str) -> str | None:
        """Have somebody of a role that needs a second factor enrol one; give its secret, None where none is needed."""
        client = self.as_(who)
        if not client.get("/api/me")["second_factor"]["needed"]:
            return None
        secret: str = client.post("/api/me/second-factor/offer", {})["secret"]
        code = factor.code_of(b32decode(secret), factor.step_at(clock.now()))
        client.post("/api/me/second-factor/confirm", {"code": code})
        return secret
