"""Accounts (G2): who may make which, and where they sign in."""

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from chalicelib.actions import notices, secrets
from chalicelib.actions.forms import Grounds, NewAccount
from chalicelib.outside import chance, identity
from chalicelib.records import accounts, cities, companies, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access
from chalicelib.rules.account import NOBODY, Account, Role
from chalicelib.rules.act import Act
from chalicelib.rules.company import Company
from chalicelib.rules.errors import Clash, Fault, Malformed, Missing, NotAllowed, NotPermitted

MAKES: dict[str, frozenset[str]] = {
    "administrator": frozenset(get_args(Role)) - {"company_owner", "company_clerk"} - NOBODY,
    "association_manager": frozenset({
        "association_clerk", "company_owner", "hotline", "print_vendor", "feed", "platform",
    }),
    "company_owner": frozenset({"company_clerk"}),
}
PROVINCE = "province"
MOVES: dict[str, Callable[[Act, Account], Account]] = {
    "disable": lambda act, account: replace(account, state="disabled", signed_out_at=act.at),
    "enable": lambda act, account: replace(account, state="active"),
    "sign-out": lambda act, account: replace(account, signed_out_at=act.at),
    "reset-factor": lambda act, account: _without_factor(act, account),
}
CITYLESS = frozenset({"administrator", "province_auditor"})


def make(act: Act, form: NewAccount) -> Account:
    """Make an account and invite its person by e-mail; NotPermitted for a role the caller may not give."""
    by = act.account
    if form.role not in MAKES[by.role]:
        raise NotPermitted("您的角色不能开设这种账号", rule="role-may-not-make")
    city, company = _tenant(by, form)
    subject = _subject(form)
    account = Account(
        id=chance.identifier(), subject=subject, role=form.role, city=city, company=company, name=form.name
    )
    account = reached_at(account, form.email)
    return accounts.store(account, account, act=act, entry=Entry(action="account.make", note={"role": form.role}))


def make_owner(act: Act, company: Company, email: str, name: str) -> None:
    """Make and invite the owner's account of a company that asked for one; there already is fine, another's is a Clash.

    Where another system signs people in, nothing is made: the association makes the account with its `subject`.
    """
    if not identity.has_pool():
        return
    subject = identity.invite(email)
    known = accounts.find_by_subject(subject)
    if known and known.company != company.id:
        raise Clash("申请邮箱已属于另一账号；请联系申请人更换邮箱，或不予开户", rule="taken")
    account = Account(
        id=chance.identifier(), subject=subject, role="company_owner", city=company.city, company=company.id, name=name
    )
    if not known:
        account = reached_at(account, email)
        entry = Entry(action="account.make", note={"role": account.role})
        accounts.store(account, account, act=replace(act, key=None), entry=entry)


def move(act: Act, id: str, name: str, form: Grounds) -> Account:
    """Disable, enable or sign out an account, or take its second factor away; it holds from the account's next request
    on. Missing for one of another tenant."""
    if name not in MOVES:
        raise Missing("没有这一步")
    before = accounts.fetch(id)
    _reachable(act.account, before)
    if before.revision != form.revision:
        raise Clash("账号在您查看之后有改动；请刷新后再操作", rule="changed-meanwhile")
    after = MOVES[name](act, before)
    if after.signed_out_at == act.at:
        identity.sign_out(before.subject)  # first: a refresh token that lives on would make a sign-in of after
    stored = accounts.store(before, after, act=act, entry=Entry(action=f"account.{name}", ground=form.ground))
    if name == "reset-factor":
        _tell_of_reset(act, stored)
    return stored


def _without_factor(act: Act, account: Account) -> Account:
    """Take a second factor away and end the sign-ins that passed it; the person is told at the next sign-in."""
    if account.factor is None and account.offered is None:
        raise NotAllowed("这个账号没有绑定验证器，无需重置", rule="nothing-held")
    return replace(account, factor=None, offered=None, signed_out_at=act.at, reset_at=act.at)


def _tell_of_reset(act: Act, account: Account) -> None:
    """Tell the house of an account that its second factor was taken away, so that a reset nobody asked for is seen."""
    of, name = f"R#{account.city or 'province'}#{account.id}", f"factor-reset#{account.revision}"
    fields, template = {"name": account.name, "by": act.account.name}, "factor-reset"
    if account.company:
        template += "-company"
    notices.tell(of, template, name, fields, company=account.company or "", at=act.at)


def _reachable(by: Account, account: Account) -> None:
    """Refuse accounts of other tenants (Missing), roles that the caller may not make, and one's own."""
    city, company = by.city or account.city, by.company or account.company
    if (city, company) != (account.city, account.company):
        raise Missing("没有这个账号")
    if account.role not in MAKES[by.role] or account.id == by.id:
        raise NotPermitted("您不能停用或恢复这个账号", rule="role-may-not-make")


def reached_at(account: Account, email: str) -> Account:
    """Give an account with the e-mail that its person signs in by, sealed; of where another signs in, as told."""
    return replace(account, email=secrets.seal(account.city or PROVINCE, f"{account.key}|email", email))


def email_of(account: Account) -> str | None:
    """Open the e-mail of an account, None where none was told; Unavailable when it was damaged."""
    if account.email is None:
        return None
    return secrets.reveal(account.city or PROVINCE, f"{account.key}|email", account.email)


def first_administrator(act: Act, subject: str, name: str, email: str | None = None) -> Account:
    """Make the first administrator, at deployment; Clash when the subject has an account already."""
    account = Account(id=chance.identifier(), subject=subject, role="administrator", name=name)
    account = reached_at(account, email) if email else account
    return accounts.store(account, account, act=act, entry=Entry(action="account.first"))


def reset_factor(act: Act, subject: str) -> Account:
    """Take the second factor of a subject away, for whoever holds the stack; Missing when there is no such account."""
    before = accounts.find_by_subject(subject)
    if before is None:
        raise Missing("没有这个账号")
    return accounts.store(before, _without_factor(act, before), act=act, entry=Entry(action="account.reset-factor"))


def listed(account: Account, *, state: str, city: str | None, limit: int, after: str | None) -> Page:
    """List the accounts of the caller's company, or those in a state of its city or, for an administrator, of the
    province or of a city that is asked for; Missing for one that the stack does not serve."""
    if account.role in access.COMPANY:
        own = access.city_of(account)
        return lists.by_company(own, account.company or "", "account", limit=limit, after=after)
    place = account.city or (cities.fetch(city).id if city else "province")
    return lists.by_state(place, "account", state, shards=1, limit=limit, after=after)


def _subject(form: NewAccount) -> str:
    """Give whom the sign-in will name: invited to our pool, or named by the caller where another system signs in."""
    if identity.has_pool():
        return identity.invite(form.email)
    if not form.subject:
        words = "本系统使用外部登录：请填写该人员在登录系统中的 subject（iss|sub）"
        raise Malformed(words, faults=(Fault("subject", "required", words),))
    return form.subject


def _tenant(by: Account, form: NewAccount) -> tuple[str | None, str | None]:
    """Take city and company from the maker, never from the form, where the maker has one."""
    if by.role == "company_owner":
        return by.city, by.company
    city = by.city or (None if form.role in CITYLESS else form.city)
    if city is None and form.role not in CITYLESS:
        raise Malformed("请指定城市", faults=(Fault("city", "required", "请指定城市"),))
    if city:
        cities.fetch(city)
    if form.role not in access.COMPANY:
        return city, None
    if not form.company:
        raise Malformed("请指定企业", faults=(Fault("company", "required", "请指定企业"),))
    return city, companies.fetch(city or "", form.company).id
