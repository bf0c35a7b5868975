"""Companies (B3): registering, asking for an account, confirming, suspending."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.actions import accounts, faults, reveals, secrets
from chalicelib.actions.company_forms import Announcement, Details
from chalicelib.actions.forms import AccountRequest, Grounds, NewCompany, Purpose
from chalicelib.outside import chance, queues
from chalicelib.records import archives, companies, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import BindingState, CompanyState
from chalicelib.rules.company import CARRIED, MOVES, STATE_NAMES, Company, announced, late, registered, spreads
from chalicelib.rules.errors import Clash, Missing, NotAllowed, NotPermitted, Problem, Unavailable

REGISTERED_BY_ASSOCIATION = frozenset({"name", "staff_employed", "commitment_on"})
CHANGING = "changing"
"""Asked for in the place of a state: companies that have a change to report, in whatever state they are."""
_OF_THE_DAY = frozenset({"company", "due_on"})
"""What the line of such a change has for the reminders, besides the company's."""
LISTED = timedelta(seconds=20)
"""Time after which a worker who was registered before a decision surely stands in the company's list."""


def register(act: Act, form: NewCompany) -> Company:
    """Register a company of the caller's city, active at once; Clash when its credit code is taken."""
    return _create(act, access.city_of(act.account), form, "active")


def ask(act: Act, form: AccountRequest) -> Company:
    """Keep a company's own request for an account; the association confirms it later."""
    new = NewCompany(
        name=form.name, credit_code=form.credit_code, contact=form.contact, phone=form.phone, email=form.email
    )
    return _create(act, form.city, new, "asked")


def fetch(account: Account, id: str) -> Company:
    """Read a company that the account may see; Missing otherwise."""
    company = companies.fetch(access.city_of(account), id)
    access.sees(account, city=company.city, company=company.id)
    return company


def move(act: Act, id: str, name: str, form: Grounds) -> Company:
    """Confirm, refuse, suspend or resume a company; its workers' codes follow by a job."""
    if name not in MOVES:
        raise Missing("没有这一步")
    before = fetch(act.account, id)
    if before.revision != form.revision:
        raise Clash("企业信息在您查看之后有改动；请刷新后再操作", rule="changed-meanwhile")
    rule = MOVES[name]
    if before.state not in rule.sources:
        words = f"企业现在是“{STATE_NAMES[before.state]}”，不能执行“{rule.name}”"
        raise NotAllowed(words, rule="move-not-from-here")
    if name == "confirm":
        _open_door(act, before)
    after = replace(before, state=rule.target, ground=form.ground, since=act.on)
    release = [companies.code_claim(before).key] if name == "refuse" else []
    entry = Entry(action=f"company.{name}", ground=form.ground)
    now = companies.store(before, after, act=act, entry=entry, release=release)
    if spreads(before, now):
        queues.put("WORK_QUEUE", [{"company": [now.city, now.id]}])  # at once; should this fail, `react` asks as well
    return now


def amend(act: Act, id: str, form: Details) -> Company:
    """Register what changed of a company (B3); a new name reaches its workers' codes by a job.

    Raises NotPermitted for a name, the commitment or the staff-employed flag from the company itself: the association
    registers these from the licence and the signed papers. Says in `reported_late` when it came after its 15 days.
    """
    before = fetch(act.account, id)
    if before.revision != form.revision:
        raise Clash("企业信息在您查看之后有改动；请刷新后再操作", rule="changed-meanwhile")
    given = form.model_dump(exclude={"revision", "changed_on", "ground"}, exclude_unset=True)
    if act.account.role in access.COMPANY and given.keys() & REGISTERED_BY_ASSOCIATION:
        words = "名称、承诺书和员工制由协会核对原件后登记；请将证明材料送交协会"
        raise NotPermitted(words, rule="association-registers")
    sealed: dict[str, Any] = {
        field: secrets.seal(before.city, f"{before.key}|{field}", given.pop(field))
        for field in ("contact", "phone", "email")
        if given.get(field)
    }
    after = registered(replace(before, **given, **sealed), {*given, *sealed})
    after = replace(after, reported_late=late(form.changed_on, act.on), changed_on=form.changed_on)
    note = {"fields": sorted({*given, *sealed}), "changed_on": str(form.changed_on)}
    entry = Entry(action="company.amend", ground=form.ground, note=note)
    now = companies.store(before, after, act=act, entry=entry)
    if spreads(before, now):
        queues.put("WORK_QUEUE", [{"company": [now.city, now.id]}])  # at once; should this fail, `react` asks as well
    return now


def announce(act: Act, id: str, form: Announcement) -> Company:
    """Note that something registered of a company has changed and will be registered from its papers (B3): the company
    itself says so, or the association that learnt of it. Both are told, and reminded of the last day."""
    before = fetch(act.account, id)
    if before.revision != form.revision:
        raise Clash("企业信息在您查看之后有改动；请刷新后再操作", rule="changed-meanwhile")
    after = announced(before, form.what, form.changed_on)
    entry = Entry(action="company.announce", note={"fields": list(form.what), "changed_on": str(form.changed_on)})
    return companies.store(before, after, act=act, entry=entry)


def contact(act: Act, id: str, form: Purpose) -> dict[str, str]:
    """Show who asked for a company: a reveal, counted, its purpose in the ledger; nothing of it kept under the key."""
    before = fetch(act.account, id)
    reveals.count(act)
    entry = Entry(action="company.reveal", ground=form.purpose)
    companies.store(before, before, act=replace(act, key=None), entry=entry)
    return _opened(before)


def _open_door(act: Act, company: Company) -> None:
    """Give the company that asked its owner's account, before it is confirmed: a repeat finds it there."""
    told = _opened(company)
    if "email" in told:
        accounts.make_owner(act, company, told["email"], told.get("contact", company.name))


def _opened(company: Company) -> dict[str, str]:
    return {
        field: secrets.reveal(company.city, f"{company.key}|{field}", sealed)
        for field in ("contact", "email", "phone")
        if (sealed := getattr(company, field))
    }


def spread(old: dict[str, Any] | None, new: dict[str, Any]) -> bool:
    """Queue the job that carries a company's new state to its workers; images of the company's meta row."""
    before, after = json.loads((old or {}).get("brief") or "{}"), json.loads(new.get("brief") or "{}")
    same = all(before.get(part) == after.get(part) for part in ("state", "name"))
    turned = bool(before) and not same and after.get("state") in CARRIED
    if turned:
        queues.put("WORK_QUEUE", [{"company": new["pk"].split("#")[1:]}])
        # once more, for a worker who was registered so late that the list did not show it yet
        queues.put("WORK_QUEUE", [{"company": new["pk"].split("#")[1:]}], delay=30)
    return turned


def carry_over(act: Act, city: str, id: str) -> int:
    """Bring a company's state and name into its workers' archives, one transaction each; safe to repeat.

    Gives how many. One archive that fails stops no other; Unavailable at the end, so that the job comes again. When all
    were reached of a list that surely shows them all, the company no longer waits for it.
    """
    company, act = companies.fetch(city, id), replace(act, key=None)
    carried, failed = 0, list[Problem]()
    for worker in lists.ids_of_company(city, id, "worker"):
        try:
            carried += _carried(act, company, worker)
        except Problem as fault:
            failed.append(fault)
    if failed:
        raise Unavailable(f"{len(failed)} archives of the company are still to be carried over") from failed[0]
    companies.spread(company, act.at - LISTED)
    return carried


def catch_up() -> int:
    """Queue the job of every company whose change has not reached its workers: what asked for it may have been lost.
    Give how many."""
    waiting = [
        [city, one["id"]]
        for city in lists.ids("province", "city", "active", shards=1)
        for one in lists.every(city, "spread", "waiting", shards=1)
    ]
    queues.put("WORK_QUEUE", [{"company": one} for one in waiting])
    return len(waiting)


def _carried(act: Act, company: Company, worker: str) -> bool:
    before = archives.fetch(company.city, worker)
    state: BindingState = "active" if company.state == "active" else "suspended"
    binding = replace(before.binding, state=state, company_name=company.name)
    if before.binding.company != company.id or before.binding == binding:
        return False
    after = replace(before, binding=binding)
    entry = Entry(action=f"company.{company.state}", ground=company.ground)
    archives.store(before, after, act=act, entry=entry, holds=company)
    return True


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List the city's companies in a state, by name; `changing` are those that have a change to report, by its day."""
    faults.ask_for_one_of("state", state, (*STATE_NAMES, CHANGING))
    city = access.city_of(account)
    if state != CHANGING:
        return lists.by_state(city, "company", state, shards=1, limit=limit, after=after)
    page = lists.by_state(city, "change", "open", shards=1, limit=limit, after=after)
    return page._replace(items=[{name: one[name] for name in one.keys() - _OF_THE_DAY} for one in page.items])


def _create(act: Act, city: str, form: NewCompany, state: CompanyState) -> Company:
    id = chance.identifier()
    place = f"C#{city}#{id}"

    def sealed(field: str, text: str | None) -> str | None:
        return secrets.seal(city, f"{place}|{field}", text) if text else None

    company = Company(
        city=city, id=id, name=form.name, credit_code=form.credit_code, district=form.district, state=state,
        since=act.on, contact=sealed("contact", form.contact), phone=sealed("phone", form.phone),
        email=sealed("email", form.email),
    )  # fmt: skip
    entry = Entry(action="company.register" if state == "active" else "company.ask")
    return companies.store(company, company, act=act, entry=entry, claim=[companies.code_claim(company)])
