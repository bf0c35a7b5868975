"""A small city on real tables: an association, two companies, and a worker at any point of the way."""

import itertools
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import accounts, applications, certificates, cities, companies, evidence, proposals, workers
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.actions.forms import (
    Grounds,
    Moving,
    NewCity,
    NewCompany,
    NewConsent,
    NewExam,
    NewIdentity,
    NewInsurance,
    NewTraining,
    NewWorker,
)
from chalicelib.outside import clock
from chalicelib.records import accounts as account_records
from chalicelib.records.commit import Entry
from chalicelib.rules.account import Account
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.days import day_of
from scripts import demo
from tests.actions import police
from tests.actions.rotating import Worked

WAY = (
    ("submit", "owner"),
    ("forward", "owner"),
    ("accept", "association_clerk"),
    ("clear", "police"),
    ("authorise", "bureau"),
    ("produce", "print_vendor"),
    ("hand-over", "association_manager"),
)


class Town:
    """Does what its people do, with the actions themselves."""

    def __init__(self):
        self._keys = itertools.count()
        self.today = clock.today()
        admin = accounts.first_administrator(self.act(SYSTEM), "iss|admin", "管理员")
        for id, name in (("330200", "宁波市"), ("330400", "嘉兴市")):
            form = NewCity(id=id, name=name, association=f"{name}协会", hotline="81890")
            cities.open_(self.act(admin), form)
        self.company = self._company("演示甲家政（演示）", 1)
        self.other = self._company("演示乙家政（演示）", 2)

    def act(self, who, **more):
        """An act of a role of Ningbo (`owner`: of the first company), or of an account."""
        at = clock.now()
        account = who if isinstance(who, Account) else self.account(who)
        return Act(account=account, at=at, on=day_of(at), key=f"key-{next(self._keys):06d}", **more)

    def account(self, role, city="330200"):
        """An account of a role in a city."""
        owned = {"owner": self.company, "rival": self.other} if hasattr(self, "other") else {}
        company = owned[role].id if role in owned else None
        named = "company_owner" if company else role
        return Account(id=role, subject=f"iss|{role}", role=named, city=city, company=company)

    def _company(self, name, number):
        form = NewCompany(name=name, credit_code=demo.credit_code(number))
        return companies.register(self.act("association_manager"), form)

    def registered(self, number=1, who="owner", **more):
        """A worker just registered, with no papers."""
        return workers.register(self.act(who), NewWorker(**{**demo.register(demo.person(number)), **more}))

    def ready(self, number=1):
        """A worker whose papers are all in order today."""
        one, today = demo.person(number), self.today
        id = self.registered(number).id
        exam = {"category": one.category, "from": today - timedelta(days=30), "issuer": "演示医院"}
        evidence.add_exam(self.act("owner"), id, NewExam(**exam))
        policy = {"from": today - timedelta(days=30), "until": today + timedelta(days=200), "third_party": True}
        evidence.add_insurance(self.act("owner"), id, NewInsurance(**policy, issuer="演示保险"))
        evidence.train(self.act("owner"), id, NewTraining(done_on=today, issuer="演示学校"))
        evidence.consent(self.act("owner"), id, NewConsent(given_on=today, text="2026-1"))
        return evidence.verify_identity(self.act("association_clerk"), id, NewIdentity(how="original"))

    def applied(self, state, number=1):
        """An application that has come as far as a state."""
        held = applications.open_(self.act("owner"), self.ready(number).id, submit=False)
        for move, by in WAY:
            if held[1].state == state:
                return held
            held = self.moved(held, move, by)
        return held

    def moved(self, held, move, by, **more):
        """The application after one more move, on the revision that it is at."""
        form = Moving(revision=held[0].revision, **more)
        return applications.move(self.act(by), held[1].id, move, form)

    def certified(self, number=1):
        """The archive of a worker whose certificate was handed over."""
        return self.applied("done", number)[0]

    def turned(self, archive, move, by="association_manager", **told):
        """The archive after a move of its certificate; of one that takes two persons, after the first's act."""
        form = CertificateMove(revision=archive.revision, ground="管理办法（演示）", **told)
        return certificates.move(self.act(by), archive.held.number, move, form)

    def decided(self, archive, decision, by="bureau"):
        """The archive after a second person's decision on what waits."""
        form = Grounds(revision=archive.revision, ground="已核对（演示）")
        return proposals.decide(self.act(by), archive.held.number, decision, form)

    def revoked(self, archive):
        """The archive with its certificate revoked by two persons."""
        return self.decided(self.turned(archive, "revoke", basis="conditions"), "confirm")

    def queue(self, state):
        """The association's applications in a state, as they are listed."""
        return applications.listed(self.account("association_clerk"), state=state, limit=50, after=None).items

    def behind(self, archive):
        """The archive as it was one revision before."""
        return replace(archive, revision=archive.revision - 1)


@pytest.fixture
def town(tables):
    """Ningbo with two companies."""
    return Town()


@pytest.fixture
def staffed(town):
    """The town with its police and association stored, since `work` reads who asked."""
    for role in ("police", "association_clerk"):
        one = town.account(role)
        account_records.store(one, one, act=town.act("association_manager"), entry=Entry(action="make"))
    return town


@pytest.fixture
def sent(staffed):
    """A batch of two applicants, with its password: (batch, password)."""
    staffed.applied("background", 1)
    staffed.applied("background", 2)
    return police.filled(staffed)


@pytest.fixture
def bureau(town):
    """The bureau's account, stored, since a slice reads who confirmed."""
    account = town.account("bureau")
    return account_records.store(account, account, act=town.act("association_manager"), entry=Entry(action="make"))


@pytest.fixture
def worked(town, tables, monkeypatch):
    """Lets everybody learn of a key that was begun, and takes the turns of its rotation."""
    return Worked(town, tables, monkeypatch)


@pytest.fixture
def bucket(tables, monkeypatch):
    """A locked bucket of its own, with versions."""
    name = f"ledger-{uuid.uuid4().hex[:8]}"
    tables("s3").create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    monkeypatch.setenv("LEDGER_BUCKET", name)
