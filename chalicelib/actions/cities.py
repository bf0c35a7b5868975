"""Cities of a stack (G1)."""

from dataclasses import replace

from chalicelib.actions.city_forms import NewStanding, Reason
from chalicelib.actions.forms import NewCity
from chalicelib.records import cities
from chalicelib.records.commit import Entry
from chalicelib.rules import access
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.city import City, Standing
from chalicelib.rules.errors import Fault, Malformed, Missing, NotAllowed


def open_(act: Act, form: NewCity) -> City:
    """Open a city; Clash when it is there already."""
    city = City(id=form.id, name=form.name, association=form.association, hotline=form.hotline)
    return cities.store(city, city, act=act, entry=Entry(action="city.open"))


def fetch(account: Account, id: str) -> City:
    """Read a city's settings; Missing when the stack does not serve it or it is not the account's."""
    if account.city not in (None, id):
        raise Missing("本系统没有开通这个城市，或它不是您所在的城市")
    return cities.fetch(id)


def authorise(act: Act, form: NewStanding) -> City:
    """Give the city's association a standing authorisation to make cards, in place of an earlier one (C2, S0 五)."""
    before = cities.fetch(access.city_of(act.account))
    if not act.on <= form.until or form.until < form.start:
        words = "止期不能早于今天，也不能早于起期"
        raise Malformed(words, faults=(Fault("until", "before-start", words),))
    standing = Standing(first=max(form.start, act.on), last=form.until, by=act.account.id, ground=form.ground)
    entry = Entry(action="authorisation.give", ground=form.ground)
    return cities.store(before, replace(before, standing=standing), act=act, entry=entry)


def withdraw(act: Act, form: Reason) -> City:
    """Take the standing authorisation back, from this moment on."""
    before = cities.fetch(access.city_of(act.account))
    if before.standing is None:
        raise NotAllowed("现在没有常态化授权，无需撤回", rule="no-standing-authorisation")
    entry = Entry(action="authorisation.withdraw", ground=form.ground)
    return cities.store(before, replace(before, standing=None), act=act, entry=entry)
