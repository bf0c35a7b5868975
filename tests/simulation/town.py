"""Two cities and three companies in memory, everybody in them, and one way to do anything: `attempt` a plan.

A plan says beforehand whether it must be taken. Taken, it is one decision: one revision more, one entry of the
ledger that says who and when. Anything else is a refusal that changes nothing.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import Any, NamedTuple

import app  # noqa: F401 - fills OPERATIONS
from chalicelib.actions import companies
from chalicelib.actions.forms import NewCompany
from chalicelib.api.answered import OPERATIONS
from chalicelib.public import stack
from chalicelib.records import archives, cities
from chalicelib.records.commit import Entry
from chalicelib.rules import access
from chalicelib.rules.account import Account
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.city import City
from chalicelib.rules.days import SHANGHAI
from chalicelib.rules.errors import Clash, Refusal
from chalicelib.rules.facts import facts_of
from scripts import demo
from scripts.simulation_world import World
from tests.simulation import expected
from tests.simulation.known import Person

CITIES = {"330200": "宁波市", "440200": "韶关市"}
COMPANIES = (("330200", "演示甲家政（演示）"), ("330200", "演示乙家政（演示）"), ("440200", "演示丙家政（演示）"))
STAFF = ("association_manager", "association_clerk", "bureau", "police", "print_vendor", "hotline")
START = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


class Plan(NamedTuple):
    """What somebody is about to do to the partition `key` (empty: a new one), and whether it must be taken (None:
    either way is right). `noted` is given the result of what was taken."""

    who: Account
    operation: str
    key: str
    well: bool | None
    do: Callable[[Act], Any]
    noted: Callable[[Any], None]


class Firm:
    """A company as the machine knows it."""

    def __init__(self, city: str, id: str, name: str, state: str, number: int) -> None:
        self.city, self.id, self.name, self.state, self.number, self.revision = city, id, name, state, number, 1

    @property
    def key(self) -> str:
        """The company's partition key."""
        return f"C#{self.city}#{self.id}"


class Town:
    """The world, the accounts by name, the companies, the people by the number of their resident ID."""

    def __init__(self) -> None:
        stack.forget()
        self.world = World(seed=1, trouble=0)
        self.world.at = START
        self._keys = count()
        self.writes, self._counted, self._revisions = 0, -1, dict[str, int]()
        self._count_writes()
        self.people: dict[int, Person] = {}
        self.tokens: set[str] = set()
        self.standing: dict[str, tuple[date, date] | None] = dict.fromkeys(CITIES)
        self.made: dict[str, Account] = {}
        self.who = {
            "administrator": Account(id="administrator", subject="iss|a", role="administrator", name="管理员"),
            "auditor": Account(id="auditor", subject="iss|p", role="province_auditor", name="审计员"),
        }
        for city, name in CITIES.items():
            here = City(id=city, name=name, association=f"{name}协会", hotline="12345")
            cities.store(here, here, act=self.act(self.who["administrator"]), entry=Entry(action="city.set"))
            for role in STAFF:
                self._enter(f"{role}-{city}", role, city, None)
            self._enter(f"second-{city}", "association_manager", city, None)
            # one person's two accounts: not a second person
            self._enter(f"twin-{city}", "bureau", city, None, name=f"association_manager-{city}")
        self.world.prepare()
        self.firms = [self._firm(city, name, number) for number, (city, name) in enumerate(COMPANIES)]

    @property
    def today(self) -> date:
        """The day in Shanghai."""
        return self.world.today

    def act(self, who: Account) -> Act:
        """Make an act of an account now, under a key of its own."""
        return Act(account=who, at=self.world.at, on=self.today, key=f"key-{next(self._keys):06d}", digest="1")

    def _enter(self, id: str, role: Any, city: str, company: str | None, name: str = "") -> None:
        self.who[id] = Account(id=id, subject=f"iss|{id}", role=role, city=city, company=company, name=name or id)

    def _firm(self, city: str, name: str, number: int) -> Firm:
        form = NewCompany(name=name, credit_code=demo.credit_code(number))
        company = companies.register(self.act(self.who[f"association_clerk-{city}"]), form)
        self._enter(f"owner-{number}", "company_owner", city, company.id)
        self._enter(f"clerk-{number}", "company_clerk", city, company.id)
        return Firm(city, company.id, name, "active", number)

    def one_of(self, city: str, company: str, roles: frozenset[str], pick: int) -> Account:
        """Somebody of a city (and of the company, if a company's) with one of some roles."""
        found = [one for one in self.who.values() if one.city == city and one.role in roles]
        found = [one for one in found if one.company in (None, company)]
        return found[pick % len(found)] if found else self.who["auditor"]

    def near(self, person: Person) -> list[Account]:
        """Everybody of a person's city, other companies' people too."""
        return [one for one in self.who.values() if one.city == person.city]

    def attempt(self, plan: Plan, within: Callable[[], None] | None = None) -> Any:
        """Do what was planned and check that it went as it must; `within`: what happens between its reading and its
        writing. Give the result, or the refusal."""
        act, before = self.act(plan.who), self.revisions()
        if within:
            self._interrupt(within)
        try:
            access.permit(plan.who, OPERATIONS[plan.operation].may)
            result = plan.do(act)
        except Refusal as refused:
            return self._refused(plan, refused, overtaken=self.revisions() != before, alone=within is None)
        finally:
            self.world.store.watch = lambda operation, asked: None
        assert plan.well is not False, f"{plan} was taken"
        self._decided(plan, act, before)
        plan.noted(result)
        self._as_known(plan.key)
        return result

    def _refused(self, plan: Plan, refusal: Refusal, *, overtaken: bool, alone: bool) -> Refusal:
        """A refusal changed nothing; what must be taken is refused only where somebody else was first."""
        assert not (alone and overtaken), f"{plan} was refused and changed something"
        assert plan.well is not True or (overtaken and isinstance(refusal, Clash)), f"{plan}: {refusal}"
        return refusal

    def _interrupt(self, within: Callable[[], None]) -> None:
        def once(operation: str, asked: dict[str, Any]) -> None:
            self.world.store.watch = lambda operation, asked: None
            within()

        self.world.store.watch = once

    def _decided(self, plan: Plan, act: Act, before: dict[str, int]) -> None:
        """One decision was taken: one partition, one revision, one entry with who and when."""
        now = self.revisions()
        changed = [key for key in now if now[key] != before.get(key, 0)]
        assert len(changed) == 1, f"{plan} changed {changed}"
        assert plan.key in ("", changed[0])
        assert now[changed[0]] == before.get(changed[0], 0) + 1
        last = self.chain(changed[0])[-1]
        assert (last["by"], last["role"]) == (plan.who.id, plan.who.role)
        assert datetime.fromisoformat(last["at"]) == act.at

    def revisions(self) -> dict[str, int]:
        """Every partition that decisions change, with its revision."""
        if self._counted != self.writes:
            rows = self.world.store.table("register").items()
            self._revisions = {pk: int(row["revision"]["N"]) for (pk, sk), row in rows if sk == "A#meta"}
            self._counted = self.writes
        return self._revisions

    def _count_writes(self) -> None:
        told = self.world.store.changed

        def changed(table: str, item: Any) -> None:
            self.writes += 1
            told(table, item)

        self.world.store.changed = changed

    def chain(self, key: str) -> list[dict[str, Any]]:
        """The entries of a partition's chain, each of which follows from the one before; the last is the head."""
        rows = sorted((sk, row) for (pk, sk), row in self.world.store.table("ledger").items() if pk == key)
        entries, previous = [], ""
        for place, (sk, row) in enumerate(rows, 1):
            entry = json.loads(row["body"]["S"])
            assert (int(sk), entry["revision"], entry["previous"]) == (place, place, previous)
            previous = row["hash"]["S"]
            assert sha256(row["body"]["S"].encode()).hexdigest() == previous
            entries.append(entry)
        meta = self.world.store.table("register")[key, "A#meta"]
        assert (int(meta["revision"]["N"]), meta["head"]["S"]) == (len(entries), previous)
        return entries

    def _as_known(self, key: str) -> None:
        """The archive holds what is known of it, and one of what may be there but once."""
        for person in self.people.values():
            if person.key == key:
                self.compare(person)

    def compare(self, person: Person) -> None:
        """Compare an archive with what is known of it."""
        stored = archives.fetch(person.city, person.id)
        facts = {**person.facts, "certificate": person.facts["certificate"]}
        assert stored.revision == person.revision
        assert (stored.certificate.token if stored.certificate else "") == person.token
        assert [one.move for one in (stored.proposal,) if one] == [one.move for one in (person.waiting,) if one]
        assert (stored.binding.company, stored.binding.state) == (person.company, facts["company"])
        under_way = [one for one in stored.applications if one.state not in {"done", "withdrawn", "refused"}]
        assert [one.id for one in under_way] == [one.id for one in (person.open,) if one]
        for known in person.applications:
            one = stored.application(known.id)
            days = (one.state, one.due_on, one.step_due_on, one.waiting_since)
            assert days == (known.state, known.due, known.step_due, known.waiting)
        if stored.certificate:
            assert _sorted(facts_of(stored)) == _sorted(facts)

    def somebody(self, person: Person, who: Account, roles: frozenset[str]) -> bool:
        """Whether an account has one of some roles, in the city and the company of a person."""
        own = who.role not in expected.COMPANY or who.company == person.company
        return who.role in roles and who.city == person.city and own

    def carry_over(self) -> None:
        """Let the jobs run that carry companies' states over to their workers: one decision each."""
        for firm in self.firms:
            behind = {one.key: one for one in self.people.values() if one.company == firm.id and _lags(one, firm)}
            before = self.revisions()
            assert companies.carry_over(self.act(SYSTEM), firm.city, firm.id) == len(behind)
            now = self.revisions()
            assert {key for key in now if now[key] != before[key]} == set(behind)
            for key, person in behind.items():
                person.change()["company"] = firm.state
                assert self.chain(key)[-1]["by"] == "system"
                self.compare(person)


def _lags(person: Person, firm: Firm) -> bool:
    return firm.state in {"active", "suspended"} and person.facts["company"] != firm.state


def _sorted(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(map(str, told)) if isinstance(told, list) else told for name, told in facts.items()}
