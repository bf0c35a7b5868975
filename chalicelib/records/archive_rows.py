"""How an archive lies in rows of its partition, and in which lists each of them stands (CONTRACTS, Keys)."""

import json
from dataclasses import replace
from datetime import date
from typing import Any
from zlib import crc32

from chalicelib.records import shapes
from chalicelib.records.commit import META, Item
from chalicelib.rules.application import card_told
from chalicelib.rules.archive import (
    Appeal,
    Application,
    Archive,
    Binding,
    Certificate,
    Consent,
    Exam,
    Insurance,
    Numbered,
    Proposal,
    Stop,
    Training,
    Worker,
    highest,
    open_application,
)
from chalicelib.rules.background import recheck_due
from chalicelib.rules.binding import Transfer
from chalicelib.rules.bulk_stop import source_key
from chalicelib.rules.check import Background, Check
from chalicelib.rules.phone_page import PhonePage
from chalicelib.rules.readiness import conditions
from chalicelib.rules.reminder import End, next_end
from chalicelib.rules.skill import Skill
from chalicelib.rules.transfer import missing

SHARDS = 16
QUEUE_SHARDS = 4
END_SHARDS = 8
SINGLES: dict[str, type[Any]] = {
    "worker": Worker, "binding": Binding, "background": Background, "consent": Consent, "training": Training,
    "certificate": Certificate, "stop": Stop, "proposal": Proposal, "transfer": Transfer, "phone_page": PhonePage,
    "numbered": Numbered,
}  # fmt: skip
OWN_ROWS = {"certificate", "proposal", "background", "training", "transfer"}
"""Single values whose rows are listed somewhere, made one by one."""
SETS: dict[str, tuple[str, type[Any]]] = {
    "exams": ("exam", Exam), "insurances": ("insurance", Insurance), "applications": ("application", Application),
    "appeals": ("appeal", Appeal),
    "checks": ("check", Check), "skills": ("skill", Skill),
}  # fmt: skip


def items(archive: Archive) -> dict[str, Item]:
    """Give every row of an archive but the meta row, by its sort key."""
    found = [
        Item(sk=f"A#{name}", noun=name, body=shapes.dump(value))
        for name in SINGLES
        if (value := getattr(archive, name)) is not None and name not in OWN_ROWS
    ]
    found.append(_ending(archive, "A#background", "background", archive.background, archive.background.due_on))
    if archive.proposal:
        found.append(_proposal(archive, archive.proposal))
    if archive.transfer:
        found += _transfer(archive, archive.transfer)
    if archive.certificate:
        found.append(_certificate(archive, archive.certificate))
        days = {"review": archive.certificate.review_due, "certificate": archive.certificate.until}
        found += [_ending(archive, f"A#end#{what}", "end", day, day) for what, day in days.items() if day]
    found += [_paper(archive, "exam", one) for one in archive.exams]
    found += [_paper(archive, "insurance", one) for one in archive.insurances]
    trained = Item(sk="A#training", noun="training", body=shapes.dump(archive.training))
    found.append(_sourced(archive, trained, archive.training.issuer, archive.training.done_on))
    found += [Item(sk=f"A#skill#{one.id}", noun="skill", body=shapes.dump(one)) for one in archive.skills]
    found += [_application(archive, one) for one in archive.applications]
    found += [_appeal(archive, one) for one in archive.appeals]
    found += [_check(archive, one) for one in archive.checks]
    if (due_on := recheck_due(archive)) is not None:
        found.append(_recheck(archive, due_on))
    if (end := next_end(archive)) is not None:
        found.append(_next_end(archive, end))
    return {item.sk: item for item in found}


def _ending(archive: Archive, sk: str, noun: str, value: Any, day: date | None) -> Item:
    """Make a row that is listed by the last day of what it says, for the reminders: `city#end#day#shard` (C9)."""
    if day is None:
        return Item(sk=sk, noun=noun, body=shapes.dump(value))
    return Item(
        sk=sk, noun=noun, body=shapes.dump(value), brief=_brief({"id": archive.id, "company": archive.binding.company}),
        list_key=f"{archive.city}#end#{day}#{shard(archive.id, END_SHARDS)}", list_sort=f"{archive.id}#{sk}",
    )  # fmt: skip


def _paper(archive: Archive, noun: str, one: Exam | Insurance) -> Item:
    item = _ending(archive, f"A#{noun}#{one.id}", noun, one, one.until)
    return _sourced(archive, item, one.issuer, one.start)


def _sourced(archive: Archive, item: Item, issuer: str | None, on: date | None) -> Item:
    """List a paper under who issued it, so that a bulk stop finds it: `city#{noun}-source#hash#shard` (C7)."""
    if issuer is None:
        return item
    return replace(
        item, brief=_brief({"id": archive.id, "company": archive.binding.company, "on": str(on) if on else None}),
        owner_key=source_list(archive.city, item.noun, issuer, shard(archive.id, SHARDS)),
        owner_sort=f"{archive.id}#{item.sk}",
    )  # fmt: skip


def source_list(city: str, noun: str, issuer: str, shard: int) -> str:
    """Name one shard of the papers of a noun that an issuer gave (C7)."""
    return f"{city}#{noun}-source#{source_key(issuer)}#{shard}"


def meta(archive: Archive) -> Item:
    """Give the meta row, which tells with which revision each row was written, and lists the worker."""
    state = archive.certificate.state if archive.certificate else "none"
    under_way = open_application(archive)
    brief: dict[str, Any] = {
        "id": archive.id, "name": archive.worker.masked_name, "service_types": archive.worker.service_types,
        "company": archive.binding.company, "company_name": archive.binding.company_name, "certificate": state,
        "application": under_way.state if under_way else None,
        "transfer": str(archive.transfer.due_on) if archive.transfer else None,
        "last_application": _last_state(archive), "newest": highest(one.id for one in archive.applications),
        "consent": _consent(archive), "conditions": shapes.plain(conditions(archive)),
        **({"page": True} if archive.phone_page else {}), **({"erased": True} if archive.worker.erased_on else {}),
        **({"appeals": {one.id: one.state for one in archive.appeals}} if archive.appeals else {}),
    }  # fmt: skip
    if archive.consent.undone_at:
        brief["consent_undone"] = archive.consent.undone_at.isoformat()
    if under_way and under_way.extension:
        brief["extended"] = {"day": str(under_way.due_on), "reason": under_way.extension.reason}
    return Item(
        sk=META, noun="worker", body=json.dumps(archive.rows), brief=_brief(brief),
        list_key=f"{archive.city}#worker#{state}#{shard(archive.id, SHARDS)}", list_sort=archive.id,
        owner_key=f"{archive.city}#{archive.binding.company}#worker", owner_sort=archive.id,
    )  # fmt: skip


def _consent(archive: Archive) -> str | None:
    if archive.consent.given_on is None:
        return None
    return "given" if archive.consent.stands else "withdrawn"


def _last_state(archive: Archive) -> str | None:
    """Give the state of the newest application, closed or not; who is told of a refusal learns it from here."""
    last = max(archive.applications, key=lambda one: highest([one.id]), default=None)
    return last.state if last else None


def _certificate(archive: Archive, certificate: Certificate) -> Item:
    brief = {"number": certificate.number, "worker": archive.id, "name": archive.worker.masked_name,
             "state": certificate.state, "issued_on": str(certificate.issued_on)}  # fmt: skip
    return Item(
        sk="A#certificate", noun="certificate", body=shapes.dump(certificate), brief=_brief(brief),
        list_key=f"{archive.city}#certificate#{certificate.state}#{shard(archive.id, SHARDS)}",
        list_sort=f"{certificate.issued_on}#{archive.id}",
    )  # fmt: skip


def _proposal(archive: Archive, one: Proposal) -> Item:
    brief = {"number": archive.held.number, "worker": archive.id, "name": archive.worker.masked_name,
             "company_name": archive.binding.company_name, "move": one.move, "basis": one.basis,
             "by_name": one.by_name, "on": str(one.on), "due_on": str(one.due_on)}  # fmt: skip
    return Item(
        sk="A#proposal", noun="proposal", body=shapes.dump(one), brief=_brief(brief),
        list_key=f"{archive.city}#proposal#{one.move}#{shard(archive.id, QUEUE_SHARDS)}",
        list_sort=f"{one.due_on}#{archive.id}",
    )  # fmt: skip


def _transfer(archive: Archive, one: Transfer) -> list[Item]:
    """List a change of company for the company that the worker goes to, which does not learn the old one's name; and
    for the one that is left and, by its due day, for the association."""
    brief = {"worker": archive.id, "name": archive.worker.masked_name, "to": one.to, "to_name": one.to_name,
             "on": str(one.on), "due_on": str(one.due_on), "missing": sorted(missing(archive)),
             "objected": one.objection is not None}  # fmt: skip
    sort = f"{one.due_on}#{archive.id}"
    joined = Item(sk="A#transfer", noun="transfer", body=shapes.dump(one), brief=_brief(brief),
                  owner_key=f"{archive.city}#{one.to}#transfer" if one.to else None,
                  owner_sort=sort if one.to else None)  # fmt: skip
    company = archive.binding.company
    left = Item(
        sk="A#left", noun="transfer", body="{}",
        brief=_brief({**brief, "company": company, "company_name": archive.binding.company_name}),
        list_key=f"{archive.city}#transfer#open#{shard(archive.id, QUEUE_SHARDS)}", list_sort=sort,
        owner_key=f"{archive.city}#{company}#transfer" if company else None, owner_sort=sort if company else None,
    )  # fmt: skip
    return [joined, left]


def _application(archive: Archive, one: Application) -> Item:
    closed = one.state in {"done", "withdrawn", "refused"}
    month = f"{(one.steps[-1].at if one.steps else None)!s:.7}"
    state = f"{one.state}-{month}" if closed else one.state
    brief = {
        "id": one.id, "kind": one.kind, "worker": archive.id, "name": archive.worker.masked_name, "state": one.state,
        "company": one.company, "company_name": _name_of(archive, one.company), "opened_on": str(one.opened_on),
        "due_on": str(one.due_on) if one.due_on else None,
        "waiting_since": str(one.waiting_since) if one.waiting_since else None,
        "service_types": archive.worker.service_types,
        "batch": archive.background.batch, "card": card_told(one),
    }  # fmt: skip
    sort = f"{one.due_on or '9999-12-31'}#{one.id}"
    return Item(
        sk=f"A#application#{one.id}", noun="application", body=shapes.dump(one), brief=_brief(brief),
        list_key=f"{archive.city}#application#{state}#{shard(archive.id, QUEUE_SHARDS)}", list_sort=sort,
        owner_key=f"{archive.city}#{one.company}#application", owner_sort=sort,
    )  # fmt: skip


def _appeal(archive: Archive, one: Appeal) -> Item:
    brief = {
        "id": one.id, "worker": archive.id, "name": archive.worker.masked_name, "subject": one.subject,
        "about": one.about, "state": one.state, "filed_on": str(one.filed_on), "due_on": str(one.due_on),
        "company": one.company, "company_name": _name_of(archive, one.company),
    }  # fmt: skip
    sort = f"{one.due_on}#{one.id}"
    return Item(
        sk=f"A#appeal#{one.id}", noun="appeal", body=shapes.dump(one), brief=_brief(brief),
        list_key=f"{archive.city}#appeal#{one.state}#{shard(archive.id, QUEUE_SHARDS)}", list_sort=sort,
        owner_key=f"{archive.city}#{one.company}#appeal", owner_sort=sort,
    )  # fmt: skip


def _recheck(archive: Archive, due_on: date) -> Item:
    """Make the row that lists a worker by the month in which the police are to be asked anew, in order of days (C4)."""
    brief = {
        "id": archive.id, "name": archive.worker.masked_name, "company": archive.binding.company,
        "company_name": archive.binding.company_name, "checked_on": str(archive.background.checked_on),
        "due_on": str(due_on), "batch": archive.background.batch,
    }  # fmt: skip
    sort = f"{due_on}#{archive.id}"
    return Item(
        sk="A#recheck", noun="recheck", body="{}", brief=_brief(brief),
        list_key=f"{archive.city}#recheck#{due_on:%Y-%m}#{shard(archive.id, SHARDS)}", list_sort=sort,
        owner_key=f"{archive.city}#{archive.binding.company}#recheck", owner_sort=sort,
    )  # fmt: skip


def _next_end(archive: Archive, end: End) -> Item:
    """Make the row that lists a worker by what ends first, in order of days: a company's, and the city's of a month."""
    brief = {"id": archive.id, "name": archive.worker.masked_name, "company": archive.binding.company,
             "company_name": archive.binding.company_name, "what": end.what, "on": str(end.on)}  # fmt: skip
    sort = f"{end.on}#{archive.id}"
    return Item(
        sk="A#next-end", noun="next-end", body="{}", brief=_brief(brief),
        list_key=f"{archive.city}#next-end#{end.on:%Y-%m}#{shard(archive.id, SHARDS)}", list_sort=sort,
        owner_key=f"{archive.city}#{archive.binding.company}#next-end", owner_sort=sort,
    )  # fmt: skip


def _check(archive: Archive, one: Check) -> Item:
    """Make the row that is a company's proof of a year: the name in full, since it was the company's worker."""
    brief = {"worker": archive.id, "name": archive.worker.name, "conclusion": one.conclusion,
             "checked_on": str(one.checked_on)}  # fmt: skip
    return Item(
        sk=f"A#check#{one.id}", noun="check", body=shapes.dump(one), brief=_brief(brief),
        owner_key=f"{archive.city}#{one.company}#check-{one.checked_on:%Y}",
        owner_sort=f"{one.checked_on}#{archive.id}#{one.id}",
    )  # fmt: skip


def _name_of(archive: Archive, company: str) -> str | None:
    """Name the company of an application or appeal; the former company of a worker does not learn the present one's."""
    return archive.binding.company_name if archive.binding.company == company else None


def _brief(brief: dict[str, Any]) -> str:
    return json.dumps(brief, ensure_ascii=False)


def shard(id: str, of: int) -> int:
    """Spread ids evenly over the shards of a list."""
    return crc32(id.encode()) % of
