"""Companies (B3): registering, asking for an account, confirming, suspending."""

from dataclasses import replace

from chalicelib.actions import accounts, secrets
from chalicelib.actions.forms import AccountRequest, Grounds, NewCompany
from chalicelib.outside import chance, queues
from chalicelib.records import archives, companies, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import BindingState, CompanyState
from chalicelib.rules.company import MOVES, Company
from chalicelib.rules.errors import Clash, Missing, NotAllowed


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
    """Confirm, suspend or resume a company; its workers follow by a job (`work`)."""
    if name not in MOVES:
        raise Missing(f"没有“{name}”这一步")
    before = fetch(act.account, id)
    if before.revision != form.revision:
        raise Clash("企业信息在您查看之后有改动；请刷新后再操作", rule="changed-meanwhile")
    sources, target = MOVES[name]
    if before.state not in sources:
        raise NotAllowed(f"企业现在是“{before.state}”，不能执行“{name}”", rule="move-not-from-here")
    if name == "confirm":
        _open_door(act, before)
    state: CompanyState = target  # type: ignore[assignment]
    after = replace(before, state=state, ground=form.ground, since=act.on)
    now = companies.store(before, after, act=act, entry=Entry(action=f"company.{name}", ground=form.ground))
    queues.put("WORK_QUEUE", [{"company": [now.city, now.id]}])
    return now


def _open_door(act: Act, company: Company) -> None:
    """Give the company that asked its owner's account, before it is confirmed: a repeat finds it there."""
    told = {
        field: secrets.reveal(company.city, f"{company.key}|{field}", sealed)
        for field in ("email", "contact")
        if (sealed := getattr(company, field))
    }
    if "email" in told:
        accounts.make_owner(act, company, told["email"], told.get("contact", company.name))


def carry_over(act: Act, city: str, id: str) -> int:
    """Bring a company's state into its workers' archives, one transaction each; safe to repeat. Gives how many."""
    company = companies.fetch(city, id)
    carried, after = 0, None
    while True:
        page = lists.by_company(city, id, "worker", limit=100, after=after)
        carried += sum(_carried(act, company, brief["id"]) for brief in page.items)
        if page.after is None:
            return carried
        after = page.after


def _carried(act: Act, company: Company, worker: str) -> bool:
    before = archives.fetch(company.city, worker)
    state: BindingState = "suspended" if company.state == "suspended" else "active"
    if before.binding.company != company.id or before.binding.state == state:
        return False
    after = replace(before, binding=replace(before.binding, state=state))
    archives.store(before, after, act=act, entry=Entry(action=f"company.{company.state}", ground=company.ground))
    return True


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List the city's companies in a state, by name."""
    return lists.by_state(access.city_of(account), "company", state, shards=1, limit=limit, after=after)


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
