"""Machine clients (G2): made with scopes, their keys told once, followed and withdrawn."""

from dataclasses import dataclass, replace
from datetime import date

from chalicelib.actions import accounts
from chalicelib.actions.client_forms import NewClient, NewKey
from chalicelib.actions.forms import Grounds
from chalicelib.outside import chance
from chalicelib.records import accounts as records
from chalicelib.records import cities, clients
from chalicelib.records.commit import Entry
from chalicelib.rules import client
from chalicelib.rules.access import MACHINES
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.client import ClientKey
from chalicelib.rules.errors import Clash, Fault, Malformed, Missing, NotPermitted


@dataclass(frozen=True, kw_only=True)
class Client:
    """A client with the day on which each of its keys was last used; `key` is told when it was just made."""

    account: Account
    used: dict[str, date | None]
    key: str | None = None


def make(act: Act, form: NewClient) -> Client:
    """Make a client of the caller's city, or of the one it names, with its first key."""
    by = act.account
    if form.role not in accounts.MAKES[by.role]:
        raise NotPermitted("您的角色不能开设这种接口账号", rule="role-may-not-make")
    if foreign := set(form.scopes) - client.SCOPES[form.role]:
        words = f"这种接口账号没有此项权限：{'、'.join(sorted(foreign))}"
        raise Malformed(words, faults=(Fault("scopes", "not-of-the-role", words),))
    city = by.city or form.city
    if not city:
        raise Malformed("请指定城市", faults=(Fault("city", "required", "请指定城市"),))
    cities.fetch(city)
    key, told = _new_key(act)
    id = chance.identifier()
    made = Account(
        id=id, subject=f"client|{id}", role=form.role, city=city, name=form.name, scopes=form.scopes, keys=(key,)
    )
    entry = Entry(action="account.make", note={"role": form.role, "scopes": sorted(form.scopes), "key": key.id})
    return _told(records.store(made, made, act=act, entry=entry, result=_told), told)


def fetch(by: Account, id: str) -> Client:
    """Read a client that the caller may make; Missing for anything else."""
    return _told(_reached(by, id))


def follow(act: Act, id: str, form: NewKey) -> Client:
    """Give a client another key; the one before is good for some days more."""
    before = _at(_reached(act.account, id), form.revision)
    key, told = _new_key(act)
    after = replace(before, keys=client.followed(before.keys, key, act.at))
    entry = Entry(action="client.key", note={"key": key.id})
    return _told(records.store(before, after, act=act, entry=entry, result=_told), told)


def withdraw(act: Act, id: str, key: str, form: Grounds) -> Client:
    """Take a key away; it is good for nothing from the next request on."""
    before = _at(_reached(act.account, id), form.revision)
    after = replace(before, keys=client.without(before.keys, key))
    entry = Entry(action="client.withdraw-key", ground=form.ground, note={"key": key})
    return _told(records.store(before, after, act=act, entry=entry, result=_told))


def _reached(by: Account, id: str) -> Account:
    """Read a client; what there is not, what is a person's and what is another city's are told alike."""
    try:
        account = records.fetch(id)
    except Missing:
        raise Missing("没有这个接口账号") from None
    if account.role not in MACHINES or (by.city or account.city) != account.city:
        raise Missing("没有这个接口账号")
    return account


def _at(account: Account, revision: int) -> Account:
    if account.revision != revision:
        raise Clash("接口账号在您查看之后有改动；请刷新后再操作", rule="changed-meanwhile")
    return account


def _new_key(act: Act) -> tuple[ClientKey, str]:
    id, secret = chance.identifier(client.ID_LENGTH), chance.identifier(client.SECRET_LENGTH)
    return ClientKey(id=id, hash=client.hash_of(secret), since=act.at), client.written(id, secret)


def _told(account: Account, key: str | None = None) -> Client:
    return Client(account=account, used={one.id: clients.last_used(account, one.id) for one in account.keys}, key=key)
