"""Accounts (G2): who may make which, and where they sign in."""

from dataclasses import replace
from typing import get_args

from chalicelib.actions.forms import NewAccount
from chalicelib.outside import chance, identity
from chalicelib.records import accounts, companies, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access
from chalicelib.rules.account import Account, Role
from chalicelib.rules.act import Act
from chalicelib.rules.company import Company
from chalicelib.rules.errors import Fault, Malformed, NotPermitted

MAKES: dict[str, frozenset[str]] = {
    "administrator": frozenset(get_args(Role)) - {"system", "company_owner", "company_clerk"},
    "association_manager": frozenset({"association_clerk", "company_owner", "hotline", "print_vendor"}),
    "company_owner": frozenset({"company_clerk"}),
}
CITYLESS = frozenset({"administrator", "province_auditor"})


def make(act: Act, form: NewAccount) -> Account:
    """Make an account and invite its person by e-mail; NotPermitted for a role the caller may not give."""
    by = act.account
    if form.role not in MAKES[by.role]:
        raise NotPermitted("您的角色不能开设这种账号", rule="role-may-not-make")
    city, company = _tenant(by, form)
    subject = identity.invite(form.email)
    account = Account(
        id=chance.identifier(), subject=subject, role=form.role, city=city, company=company, name=form.name
    )
    return accounts.store(account, account, act=act, entry=Entry(action="account.make", note={"role": form.role}))


def make_owner(act: Act, company: Company, email: str, name: str) -> None:
    """Make and invite the owner's account of a company that asked for one; nothing when its person has an account."""
    account = Account(
        id=chance.identifier(), subject=identity.invite(email), role="company_owner",
        city=company.city, company=company.id, name=name,
    )  # fmt: skip
    part = replace(act, key=None)
    if not accounts.find_by_subject(account.subject):
        accounts.store(account, account, act=part, entry=Entry(action="account.make", note={"role": account.role}))


def first_administrator(act: Act, subject: str, name: str) -> Account:
    """Make the first administrator, at deployment; Clash when the subject has an account already."""
    account = Account(id=chance.identifier(), subject=subject, role="administrator", name=name)
    return accounts.store(account, account, act=act, entry=Entry(action="account.first"))


def listed(account: Account, *, limit: int, after: str | None) -> Page:
    """List the accounts of the caller's company, city or, for an administrator, of the province."""
    if account.role in access.COMPANY:
        city = access.city_of(account)
        return lists.by_company(city, account.company or "", "account", limit=limit, after=after)
    return lists.by_state(account.city or "province", "account", "active", shards=1, limit=limit, after=after)


def _tenant(by: Account, form: NewAccount) -> tuple[str | None, str | None]:
    """Take city and company from the maker, never from the form, where the maker has one."""
    if by.role == "company_owner":
        return by.city, by.company
    city = by.city or (None if form.role in CITYLESS else form.city)
    if city is None and form.role not in CITYLESS:
        raise Malformed("请指定城市", faults=(Fault("city", "required", "请指定城市"),))
    if form.role not in access.COMPANY:
        return city, None
    if not form.company:
        raise Malformed("请指定企业", faults=(Fault("company", "required", "请指定企业"),))
    return city, companies.fetch(city or "", form.company).id
