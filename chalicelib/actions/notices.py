"""Notices (G4): written once for each change however often it is seen, shown in the app, and sent by `send`.

The row of a notice is the outbox; the queue's message only wakes `send`, so a message that is lost or doubled changes
nothing but time. Written by whoever sees the change; e-mail addresses are opened while sending and nowhere else.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from chalicelib import settings
from chalicelib.actions import secrets
from chalicelib.outside import mail, queues, retention, templates
from chalicelib.records import archives, companies, lists, notices
from chalicelib.records.lists import Page
from chalicelib.rules import access, notice
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.days import SHANGHAI, day_of
from chalicelib.rules.errors import Missing, Unavailable
from chalicelib.rules.notice import Channel, Delivery, Notice, State

COLOURS = {"green": "绿色", "yellow": "黄色", "red": "红色", "grey": "灰色"}
ASSOCIATION = "association"
_CONSENTS = (("given", "withdrawn"), ("withdrawn", "given"))
_SIGNED = "安心码 {}/admin/\n本邮件由系统发出，请勿直接回复。"


def tell(of: str, template: str, name: str, fields: Mapping[str, Any], *, company: str, at: datetime) -> bool:
    """Write the notices of a template about an archive, `company`'s or the city's association's, and wake `send`.

    `name` is the change: the same one is told once. Says whether there is such a template.
    """
    found = templates.load(template)
    if found is None:
        return False
    owners = {"company": company, "association": ASSOCIATION, "worker": None}
    ends = retention.ends("notice_days", at)
    for to in found.to:
        one = notice.written(found, to, fields, of=of, name=name, owner=owners[to], at=at, ends=ends)
        notices.write(one)
        wake(one)  # even if it was there: the message may have been lost
    return True


def wake(one: Notice) -> None:
    """Wake `send` for a notice that has to leave the house."""
    if one.open_deliveries():
        queues.put("SEND_QUEUE", [{"archive": one.of, "notice": one.name}])


def colour_turned(old: dict[str, Any], new: dict[str, Any], at: datetime) -> str | None:
    """Tell the company that a code has turned; `old` and `new` are images of a code. None when nothing is to tell."""
    before, after = old.get("colour"), new.get("colour")
    if before is None or after is None or before == after:
        return None
    archive = archives.find(new["archive"])
    if archive is None:
        return None
    name = f"colour#{int(new['revision']):08d}#{new['projected_on']}#{after}"
    fields = {"name": archive.worker.masked_name, "before": COLOURS[before]}
    tell(archive.key, f"code-{after}", name, fields, company=archive.binding.company, at=at)
    return name


def moved(old: dict[str, Any] | None, new: dict[str, Any], at: datetime) -> list[str]:
    """Tell of a certificate or an application that moved on; images of an archive's meta row. Names what was told."""
    before, after = json.loads((old or {}).get("brief") or "{}"), json.loads(new.get("brief") or "{}")
    fields = {"name": after["name"], **after.get("extended", {})}
    return [
        template
        for template in _moves(before, after)
        if tell(new["pk"], template, f"{template}#{int(new['revision']):08d}", fields, company=after["company"], at=at)
    ]


def _moves(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Name the templates of what changed between two briefs."""
    found = []
    if after.get("extended") and not before.get("extended"):
        found.append("application-extended")
    purged = after.get("newest", 0) < before.get("newest", 0)
    if before.get("last_application") != after.get("last_application") and not purged:
        found.append(f"application-{after.get('last_application')}")
    consents = before.get("consent"), after.get("consent")
    undone = after.get("consent_undone") not in (None, before.get("consent_undone"))
    found += ["consent-undone" if undone else f"consent-{after['consent']}"] if consents in _CONSENTS else []
    if before.get("certificate") != after.get("certificate"):
        lifted = before.get("certificate") == "suspended" and after["certificate"] == "active"
        found.append("certificate-resumed" if lifted else f"certificate-{after['certificate']}")
    appeals = after.get("appeals", {}).items() - before.get("appeals", {}).items()
    return found + sorted(f"appeal-{state}" for _, state in appeals)


def company_changed(old: dict[str, Any] | None, new: dict[str, Any], at: datetime) -> list[str]:
    """Tell of a change that a company has to report, when it becomes known and when its day is over already, and of one
    that was reported too late; images of a company's meta row. Names what was told."""
    before, after = json.loads((old or {}).get("brief") or "{}"), json.loads(new.get("brief") or "{}")
    change, fields, found = after.get("change"), {"name": after["name"]}, []
    if change and change != before.get("change"):
        fields |= {"what": change["what"], "day": change["due_on"]}
        found.append(("change-announced", f"change-announced#{int(new['revision']):08d}"))
        if change["due_on"] < str(day_of(at)):
            found.append(("change-late", f"change-late#{after['id']}#{change['due_on']}"))
    if after.get("late") and any(after.get(part) != before.get(part) for part in ("late", "changed_on")):
        fields |= {"days": after["late"]}
        found.append(("change-reported-late", f"change-reported-late#{int(new['revision']):08d}"))
    return [kind for kind, name in found if tell(new["pk"], kind, name, fields, company=after["id"], at=at)]


def listed(account: Account, *, limit: int, after: str | None) -> Page:
    """List the notices of the caller's company, or of the city's association, newest first."""
    return notices.inbox(access.city_of(account), _owner(account), limit=limit, after=after)


def read(act: Act, ids: tuple[str, ...]) -> int:
    """Mark notices of the caller's list as read, the first reader's for all of the house; Missing for any other.

    Gives how many were unread.
    """
    city, owner = access.city_of(act.account), _owner(act.account)
    found = [notices.find(*notice.place(id)) for id in ids]
    if not all(one is not None and (one.city, one.owner) == (city, owner) for one in found):
        raise Missing("没有这条通知，或它不属于您的单位")
    return sum(_read(one, act) for one in found if one is not None and one.read_at is None)


def _read(one: Notice, act: Act) -> bool:
    now = notices.change(one, replace(one, read_by=act.account.id, read_at=act.at))
    if now is None:
        raise Unavailable("通知正在发送，请稍后再标记")
    return True


def _owner(account: Account) -> str:
    return account.company or "" if account.role in access.COMPANY else ASSOCIATION


class Adapter(NamedTuple):
    """A way out of the house: whether this stack has it, whom to write to, and the sending itself."""

    configured: Callable[[], bool]
    address: Callable[[Notice], str | None]
    send: Callable[[str, str, str], None]


def send(of: str, name: str, at: datetime) -> dict[Channel, State]:
    """Send a notice on each channel that is still open, or say why it waits; give the state of each.

    A delivery is taken in the register before anything is sent, so that a message read twice sends once. Whatever
    the channel raises is raised when all were tried; Unavailable when somebody else is at it.
    """
    one = notices.find(of, name)
    if one is None:
        return {}
    fault: Exception | None = None
    for delivery in one.deliveries:
        if delivery.state in notice.OPEN or delivery.state == "failed":
            one, fault = _delivered(one, delivery, at, fault)
    if fault:
        raise fault
    return {delivery.channel: delivery.state for delivery in one.deliveries}


def release(at: datetime) -> int:
    """Wake `send` for every notice that still waits: held over night, or its message was lost. Gives how many."""
    if notice.is_quiet(templates.quiet(), at.astimezone(SHANGHAI).time()):
        return 0
    found = [
        {"archive": of, "notice": name}
        for city in lists.ids("province", "city", "active", shards=1)
        for of, name in notices.waiting(city)
    ]
    queues.put("SEND_QUEUE", found)
    return len(found)


def _delivered(
    one: Notice, delivery: Delivery, at: datetime, fault: Exception | None
) -> tuple[Notice, Exception | None]:
    adapter = _ADAPTERS.get(delivery.channel)
    if adapter is None or not adapter.configured():
        return _changed(one, notice.ended(one, delivery, "not-configured", at)), fault
    if not one.urgent and notice.is_quiet(templates.quiet(), at.astimezone(SHANGHAI).time()):
        return _changed(one, notice.ended(one, delivery, "held", at)), fault
    if notice.under_way(delivery, at):
        raise Unavailable("the notice is being sent by another")
    address = adapter.address(one)
    if address is None:
        return _changed(one, notice.ended(one, delivery, "no-address", at)), fault
    taken = _changed(one, notice.begun(one, delivery, at))
    delivery = next(other for other in taken.deliveries if other.channel == delivery.channel)
    try:
        adapter.send(address, one.title, f"{one.text}\n\n{_SIGNED.format(settings.required('ADDRESS'))}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is written down and raised at the end
        return _changed(taken, notice.failed(taken, delivery, at)), error
    return _changed(taken, notice.ended(taken, delivery, "sent", at)), fault


def _changed(before: Notice, after: Notice) -> Notice:
    now = notices.change(before, after)
    if now is None:
        raise Unavailable("the notice was changed by another")
    return now


def _mailbox(one: Notice) -> str | None:
    """Open the e-mail address of the company that a notice is for; None for a worker who is of no company."""
    if not one.owner:
        return None
    company = companies.fetch(one.city, one.owner)
    return secrets.reveal(company.city, f"{company.key}|email", company.email) if company.email else None


_ADAPTERS: dict[Channel, Adapter] = {"email": Adapter(mail.configured, _mailbox, mail.send)}
"""Channels without an adapter, `sms` and `wechat`, are recorded as not configured."""
