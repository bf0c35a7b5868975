"""Cities of a stack (G1)."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from chalicelib.actions.city_forms import NewChoice, NewStanding, Reason
from chalicelib.actions.forms import NewCity
from chalicelib.outside import policies, queues
from chalicelib.records import cities
from chalicelib.records.commit import Entry
from chalicelib.rules import access, choice, colour, texts
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.city import City, Standing
from chalicelib.rules.days import SHANGHAI
from chalicelib.rules.errors import Fault, Malformed, Missing, NotAllowed
from chalicelib.rules.policy import overridden

LATEST = time(18)
"""From then on a choice of the day has too few hours left to reach every code before midnight."""


def open_(act: Act, form: NewCity) -> City:
    """Open a city; Clash when it is there already."""
    city = City(id=form.id, name=form.name, association=form.association, hotline=form.hotline)
    return cities.store(city, city, act=act, entry=Entry(action="city.open"))


def fetch(account: Account, id: str) -> City:
    """Read a city's settings; Missing when the stack does not serve it or it is not the account's."""
    if account.city not in (None, id):
        raise Missing("本系统没有开通这个城市，或它不是您所在的城市")
    return cities.fetch(id)


def choose(act: Act, id: str, form: NewChoice) -> City:
    """Set what a city decides for itself from a day on (G1); its codes are computed anew meanwhile.

    It begins tomorrow at the earliest, and in the evening a day later, so that every code knows of it before it holds;
    one that does not by then is not believed. A choice that has not begun is replaced. Malformed for what no city may
    choose.
    """
    before = cities.fetch(id)
    earliest = act.on + timedelta(days=1 if act.at.astimezone(SHANGHAI).time() < LATEST else 2)
    if form.start < earliest:
        words = f"最早从 {earliest} 起生效：全市的码须先重新计算"
        raise Malformed(words, faults=(Fault("from", "too-early", words),))
    chosen: dict[str, Any] = {"grounds": dict(sorted(form.grounds.items()))} if form.grounds else {}
    if form.activation_required is not None:
        chosen["activation_required"] = form.activation_required
    begun = [one for one in before.overrides if one["from"] <= str(act.on)][-1:]
    overrides = (*begun, {"from": str(form.start), "overrides": chosen})
    policy = policies.load(id)
    try:
        overridden(policy, overrides)
    except ValueError:
        words = "城市不能自行规定这一情形：证书失效、安全核查未通过只能是红色"
        raise Malformed(words, faults=(Fault("grounds", "not-the-city-s", words),)) from None
    if faults := choice.refused(policy, chosen, form.start):
        raise Malformed("有的情形不能这样规定：城市只能在上级允许的范围内从严", faults=tuple(map(_fault, faults)))
    entry = Entry(action="city.choose", ground=form.ground, note={"from": str(form.start)})
    now = cities.store(before, replace(before, overrides=overrides), act=act, entry=entry)
    queues.put("REPROJECT_QUEUE", [{"archives": [now.key]}])  # at once; should this fail, the stream asks as well
    return now


def _fault(one: choice.Refused) -> Fault:
    if one.setting == "activation_required":
        words = {"softer": "上级规定须先启用，城市不能取消", "not-the-city-s": "上级没有允许城市要求先启用"}[one.why]
        return Fault(one.setting, one.why, words)
    reason = colour.Reason(one.setting, "", None)
    named = "体检和保险都已过期" if one.setting == "both-lapsed" else texts.reason_text(reason)[0]
    words = {
        "softer": "颜色不能比规定的宽", "not-the-city-s": "这一情形按上级规定，城市不能改",
        "too-strict": "这一情形城市最严只能规定为灰色",
    }[one.why]  # fmt: skip
    return Fault("grounds", one.why, f"{words}：{named}")


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
