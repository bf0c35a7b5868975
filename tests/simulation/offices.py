"""What may be planned for companies, a city's standing authorisation and accounts, and whether it must be taken."""

from datetime import timedelta
from typing import Any

from chalicelib.actions import accounts, cities, companies
from chalicelib.actions.city_forms import NewStanding, Reason
from chalicelib.actions.forms import AccountRequest, Grounds, NewAccount, NewCompany
from chalicelib.rules.account import Account
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.company import Company
from scripts import demo
from tests.simulation import expected
from tests.simulation.town import Firm, Plan, Town

GROUND = "管理办法（演示）"


def founded(town: Town, who: Account, number: int) -> Plan:
    """The association registers a company; a credit code is there once."""
    code = demo.credit_code(number)
    form = NewCompany(name=f"演示{number}家政（演示）", credit_code=code)
    well = who.role in expected.ASSOCIATION and number not in taken(town)

    def noted(company: Company) -> None:
        town.firms.append(Firm(company.city, company.id, company.name, "active", number))

    return Plan(who, "register_company", "", well, lambda act: companies.register(act, form), noted)


def asked(town: Town, number: int, city: str) -> None:
    """A company asks for an account on the public page."""
    if number in taken(town):
        return
    form = AccountRequest(
        name=f"演示{number}家政（演示）", credit_code=demo.credit_code(number), contact="演示", email="a@example.cn",
        phone="0574-000000", city=city,
    )  # fmt: skip
    company = companies.ask(town.act(SYSTEM), form)
    town.firms.append(Firm(city, company.id, company.name, "asked", number))


def taken(town: Town) -> set[int]:
    """The numbers of the credit codes that are taken."""
    return {one.number for one in town.firms if one.state != "refused"}


def ruled(town: Town, who: Account, firm: Firm, name: str, *, stale: bool = False) -> Plan:
    """The association confirms, refuses, suspends or resumes a company."""
    seen = max(firm.revision - stale, 1)
    target = expected.COMPANY_TURNS[firm.state].get(name)
    well = who.role in expected.MANAGER and who.city == firm.city and seen == firm.revision and target is not None
    form = Grounds(revision=seen, ground=GROUND)

    def noted(company: Company) -> None:
        firm.state, firm.revision = target or "", firm.revision + 1
        assert (company.state, company.revision) == (firm.state, firm.revision)

    return Plan(who, "move_company", firm.key, well, lambda act: companies.move(act, firm.id, name, form), noted)


def authorised(town: Town, who: Account, start: int, days: int) -> Plan:
    """A bureau gives its standing authorisation."""
    first, last = town.today + timedelta(days=start), town.today + timedelta(days=days)
    form = NewStanding.model_validate({"from": first, "until": last, "ground": GROUND})
    well = who.role in expected.BUREAU and town.today <= last and first <= last

    def noted(city: Any) -> None:
        town.standing[city.id] = (max(first, town.today), last)

    key = f"CITY#{who.city}"
    return Plan(who, "give_authorisation", key, well, lambda act: cities.authorise(act, form), noted)


def taken_back(town: Town, who: Account) -> Plan:
    """A bureau takes its standing authorisation back."""
    well = who.role in expected.BUREAU and town.standing.get(who.city or "") is not None

    def noted(city: Any) -> None:
        town.standing[city.id] = None

    take = lambda act: cities.withdraw(act, Reason(ground=GROUND))  # noqa: E731
    return Plan(who, "withdraw_authorisation", f"CITY#{who.city}", well, take, noted)


def invited(town: Town, who: Account, role: Any, firm: Firm, number: int) -> Plan:
    """Somebody makes an account; a subject has one, and nobody makes one for another city or company."""
    subject = f"iss|new-{number}"
    form = NewAccount(
        email="a@example.cn", name="演示", subject=subject, role=role, city=None if who.city else firm.city,
        company=firm.id,
    )  # fmt: skip
    foreign = who.role == "association_manager" and role in expected.COMPANY and firm.city != who.city
    may = role in expected.MAKES.get(who.role, frozenset())
    well = may and not foreign and subject not in town.made

    def noted(account: Account) -> None:
        assert (account.city, account.company) == (
            who.city or firm.city, who.company or (firm.id if role in expected.COMPANY else None)
        )  # fmt: skip
        town.made[subject] = account

    return Plan(who, "make_account", "", well, lambda act: accounts.make(act, form), noted)


def switched(town: Town, who: Account, name: str, pick: int, *, stale: bool = False) -> Plan | None:
    """Somebody disables or enables an account that he might have made."""
    if not town.made:
        return None
    subject = sorted(town.made)[pick % len(town.made)]
    account = town.made[subject]
    own = who.city in (None, account.city) and who.company in (None, account.company)
    seen = max(account.revision - stale, 1)
    well = own and account.role in expected.MAKES.get(who.role, frozenset()) and seen == account.revision
    form = Grounds(revision=seen, ground=GROUND)

    def noted(now: Account) -> None:
        town.made[subject] = now

    return Plan(who, "move_account", account.key, well, lambda act: accounts.move(act, account.id, name, form), noted)


def any_of(
    town: Town, firm: Firm, who: Account | None, *, kind: int, number: int, pick: int, role: str, stale: bool
) -> Plan | None:
    """One of these, by somebody or (None) by whose business it is."""
    manager, bureau = (who or town.who[f"{one}-{firm.city}"] for one in ("association_manager", "bureau"))
    return (
        lambda: founded(town, manager, number),
        lambda: asked(town, number, firm.city),
        lambda: ruled(town, manager, firm, ("confirm", "refuse", "suspend", "resume")[number % 4], stale=stale),
        lambda: authorised(town, bureau, number % 4 - 1, number * 9 - 1),
        lambda: taken_back(town, bureau),
        lambda: invited(town, manager, role, firm, number),
        lambda: switched(town, manager, ("disable", "enable")[number % 2], pick, stale=stale),
    )[kind]()
