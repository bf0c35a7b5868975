"""Two cities with everything that a route can name, and requests to every route of the staff API by anybody.

What belongs to the first company of Ningbo is the prey; `ids` names each part of it as the routes do.
"""

import json
import os
import re
import uuid
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple, get_args

import app
from chalicelib.actions import (
    appeals,
    background,
    bulk_stops,
    card_batches,
    companies,
    files,
    imports,
    notices,
    reports,
    skills,
    transfers,
    workers,
)
from chalicelib.actions.appeal_forms import NewAppeal
from chalicelib.actions.background_forms import NewBackgroundBatch
from chalicelib.actions.bulk_stop_forms import NewBulkStop
from chalicelib.actions.card_batch_forms import NewCardBatch
from chalicelib.actions.file_forms import NewFile, SentFile
from chalicelib.actions.forms import NewCompany, NewImport, NewWorker
from chalicelib.actions.skill_forms import NewSkill
from chalicelib.actions.transfer_forms import NewTransfer
from chalicelib.api.answered import OPERATIONS
from chalicelib.outside import clock
from chalicelib.records import accounts as account_records
from chalicelib.records import archives
from chalicelib.records.commit import Entry
from chalicelib.rules.access import COMPANY, EVERYONE, MACHINES, MAY
from chalicelib.rules.account import Account
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.client import PREFIX, SCOPES, ClientKey, hash_of
from chalicelib.rules.skill import Level
from scripts import demo
from tests.actions.conftest import Town
from tests.pictures import picture, send

HOME, AWAY = "330200", "330400"
CITYLESS = {"administrator", "province_auditor"}
CITY_ROLES = sorted(EVERYONE - CITYLESS - COMPANY)


class Answer(NamedTuple):
    """What somebody got for a request: status and text, and what was asked in a text."""

    who: str
    status: int
    text: str
    asked: str


def event(account, route, place, body, key, filled, query=None):
    """What API Gateway sends for a request of somebody who has just signed in; `route` is (method, path)."""
    method, path = route
    return {
        "path": place, "headers": {"Idempotency-Key": key}, "pathParameters": filled,
        "requestContext": {
            "httpMethod": method, "resourcePath": path, "path": place, "requestId": "1",
            "authorizer": signed_in(account),
        },
        "multiValueQueryStringParameters": {name: [one] for name, one in (query or {}).items()} or None,
        "stageVariables": None, "isBase64Encoded": False, "body": body,
    }  # fmt: skip


class House:
    """The prey, who belongs to its house, who does not, and what each of the strangers has for himself."""

    def __init__(self):
        self.town = Town()
        self.strangers, self.own, self.own_ids = {}, {}, {}
        self._fill()
        self._people()
        self._strangers()

    def _fill(self):
        town = self.town
        worker = town.certified(1)
        content = picture()
        declared = NewFile(kind="exam", type="image/jpeg", size=len(content), sha256=sha256(content).hexdigest())
        address = files.address(town.act("owner"), worker.id, declared)
        send(address, content)
        file = files.take_in(town.act("owner"), worker.id, address["id"], SentFile(of=worker.exams[0].id))
        told = NewAppeal(worker=worker.id, subject="colour", statement="体检一直有效")
        _, appeal = appeals.file(town.act("owner"), told)
        under_review = town.applied("association_review", 2)
        waiting = town.applied("background", 3)
        printed = town.applied("production", 5)
        cards = card_batches.order(town.act("association_clerk"), NewCardBatch())
        batch, _ = background.make(town.act("association_clerk"), NewBackgroundBatch())
        bulk = NewBulkStop(kind="exam", names=("演示医院",), move="suspend", basis="source", ground="演示：查实")
        stop = bulk_stops.preview(town.act("association_manager"), bulk)
        rows = demo.as_csv([demo.paper(4, town.today)])
        job = imports.begin(town.act("association_clerk"), NewImport(kind="workers", csv=rows, company=town.company.id))
        fields = {"name": worker.worker.masked_name, "before": "绿色"}
        notices.tell(worker.key, "code-yellow", "x#1", fields, company=town.company.id, at=clock.now())
        told = NewSkill(trade="养老护理", level=get_args(Level)[0], issuer="演示学校", got_on=town.today)
        skills.add(town.act("owner"), worker.id, told)
        leaving = transfers.ask(town.act("owner"), NewTransfer(worker=worker.id, ground="本人要求（演示）"))
        archive = town.turned(leaving, "revoke", basis="conditions")
        reported = {"pk": "report#n", "at": "2026-11-22T01:00:00Z", "body": '{"kind": "suspicious"}'}
        reports.receive({**reported, "token": archive.certificate.token, "city": HOME, "archive": archive.key})
        report = reports.listed(town.account("association_clerk"), state="new", limit=1, after=None).items[0]["id"]
        self.ids = {
            "city": HOME, "company": town.company.id, "worker": worker.id, "exam": worker.exams[0].id,
            "insurance": worker.insurances[0].id, "file": file.id, "appeal": appeal.id, "batch": batch.id,
            "application": under_review[1].id, "id": stop.id, "job": job["id"], "number": archive.certificate.number,
            "notice": f"{worker.key}#x#1#company".replace("#", "."), "waiting": waiting[0].id,
            "credit_code": town.company.credit_code, "resident_id": demo.person(1).resident_id,
            "review": under_review[0].id, "skill": archive.skills[0].id, "report": report,
            "cards": cards.id, "printed": printed[0].id,
        }  # fmt: skip
        self.secrets = [
            *(self.ids[part] for part in ("company", "worker", "waiting", "review", "job", "number", "file")),
            self.ids["printed"],
            archive.certificate.token, town.company.name, demo.person(1).name, demo.person(1).resident_id,
            demo.person(2).name, demo.person(3).name, "宁波市协会",
        ]  # fmt: skip
        revised = {"worker": archive, "application": archives.fetch(HOME, under_review[0].id), "id": stop}
        revised["cards"] = cards
        self.revisions = {part: one.revision for part, one in revised.items()} | {"company": town.company.revision}

    def _people(self):
        for role in CITY_ROLES:
            self.own[role] = self._stored(role, HOME)
        for role in sorted(COMPANY):
            self.own[role] = self._stored(role, HOME, self.town.company.id)
        self.ids["account"] = self.own["company_clerk"].id
        self.ids |= {"client": self.own["platform"].id, "key": self.own["platform"].keys[0].id}
        self.revisions["account"] = self.own["company_clerk"].revision
        self.revisions["client"] = self.own["platform"].revision

    def _strangers(self):
        other = NewCompany(name="演示丁家政（演示）", credit_code=demo.credit_code(9))
        manager = self.town.account("association_manager", AWAY)
        away = companies.register(self.town.act(manager), other)
        houses = {"away": (AWAY, away, 201), "rival": (HOME, self.town.other, 202)}
        for name, (city, company, number) in houses.items():
            for role in sorted(COMPANY):
                self.strangers[f"{role}, {name}"] = self._stored(role, city, company.id)
            owner = self.strangers[f"company_owner, {name}"]
            form = NewWorker(**demo.register(demo.person(number)))
            self.own_ids[name] = workers.register(self.town.act(owner), form).id
        for role in CITY_ROLES:
            self.strangers[f"{role}, away"] = self._stored(role, AWAY)
        for role in sorted(CITYLESS):
            self.strangers[role] = self._stored(role, None)
        disabled = replace(self.own["association_manager"], id="disabled", subject="iss|disabled", state="disabled")
        self.strangers["disabled"] = self._keep(replace(disabled, revision=0, head=""))
        self.strangers["nobody"] = Account(id="nobody", subject="iss|nobody", role="administrator")

    def _stored(self, role, city, company=None):
        id = f"{role}-{city}-{company}"
        told = {"id": id, "subject": f"iss|{id}", "role": role, "city": city, "company": company, "name": id}
        if role in MACHINES:
            key = ClientKey(id=id, hash=hash_of(id), since=clock.now())
            told |= {"scopes": tuple(sorted(SCOPES[role])), "keys": (key,)}
        return self._keep(Account(**told))

    def _keep(self, account):
        return account_records.store(account, account, act=self.town.act(SYSTEM), entry=Entry(action="account.make"))

    def records(self, aws):
        """Every row that names any part of the prey, as a text; what was answered to whom is no part of it."""
        tables = [os.environ[name] for name in ("REGISTER_TABLE", "CODES_TABLE", "LEDGER_TABLE")]
        pages = [page for table in tables for page in aws("dynamodb").get_paginator("scan").paginate(TableName=table)]
        rows = [json.dumps(row, sort_keys=True, default=str) for page in pages for row in page["Items"]]
        prey = [self.ids[part] for part in ("company", "worker", "waiting", "review", "job", "batch", "id")]
        return {row for row in rows if '{"S": "repeat"}' not in row and any(id in row for id in prey)}

    def absent(self):
        """Ids of the same shape that nobody has."""
        given = {part: "".join("Z" if one.isalnum() else one for one in id) for part, id in self.ids.items()}
        return {**self.ids, **given, "city": "330900", "number": "3302002600000004", "resident_id": "", "company": "ZZ"}

    def ask(self, who, account, route, ids, example, raw=None, query=None):
        """What somebody is answered by a route about ids; `raw` is sent in place of the example, `query` besides."""
        method, path, view = route
        body = example(ids, self.revisions) if example else None
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        filled = {name: ids.get(name) or OTHER[view][name] for name in names}
        place = path.format(**filled)
        sent = raw if raw is not None else json.dumps(body) if body is not None else None
        reply = app.app(event(account, (method, path), place, sent, uuid.uuid4().hex, filled, query), None)
        return Answer(who, reply["statusCode"], reply["body"], place + json.dumps(body, ensure_ascii=False))

    def leaked(self, answer):
        """What an answer tells of the prey beyond what it was asked about."""
        return [secret for secret in self.secrets if secret in answer.text and secret not in answer.asked]


def signed_in(account):
    """What the authorizer tells of an account: a person's sign-in, or the key that a machine shows."""
    if account.keys:
        return {"principalId": f"{PREFIX}{account.keys[0].id}", "key": account.keys[0].hash}
    return {"principalId": account.subject, "session": "s", "since": str(int(clock.now().timestamp()))}


ROUTES = sorted(
    (method, path, entry.view_function.__name__)
    for path, methods in app.app.routes.items()
    for method, entry in methods.items()
    if path != "/openapi.json"
)
"""Every route of the staff API, as (method, path, view)."""
OTHER = {
    "move_account": {"move": "disable"}, "move_appeal": {"move": "withdraw"},
    "move_report": {"move": "settle"}, "move_application": {"move": "accept"},
    "decide_bulk_stop": {"decision": "confirm"}, "move_certificate": {"move": "lose"},
    "move_company": {"move": "suspend"}, "move_transfer": {"move": "agree"}, "decide_proposal": {"decision": "confirm"},
}  # fmt: skip
"""What a route's path names that is no record: a move, a decision."""


def may(account, view):
    """Whether the role has the right that a view needs."""
    return account.role in MAY[OPERATIONS[view].may]


def ways(house, name, route):
    """The ids by which a stranger may try: all the prey's, and the prey's paper beside a worker of his own."""
    found = [house.ids]
    worker = house.own_ids.get(name.rpartition(" ")[2])
    papers = {"exam", "insurance", "file", "skill"} & set(re.findall(r"{(\w+)}", route[1]))
    if worker and papers:
        found.append({**house.ids, "worker": worker})
    return found
