"""Archives: one partition `W#{city}#{id}` each. A change is stored as the difference of two values."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zlib import crc32

from chalicelib.records import shapes
from chalicelib.records.commit import META, Chained, Claim, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.archive import (
    Appeal,
    Application,
    Archive,
    Background,
    Binding,
    Certificate,
    Consent,
    Exam,
    Insurance,
    Proposal,
    Stop,
    Training,
    Worker,
    open_application,
)
from chalicelib.rules.bulk_stop import source_key
from chalicelib.rules.errors import Missing, Unavailable
from chalicelib.rules.evidence import WITHDRAWN

READS = 5
SHARDS = 16
QUEUE_SHARDS = 4
END_SHARDS = 8
SINGLES: dict[str, type[Any]] = {
    "worker": Worker, "binding": Binding, "background": Background, "consent": Consent, "training": Training,
    "certificate": Certificate, "stop": Stop, "proposal": Proposal,
}  # fmt: skip
OWN_ROWS = {"certificate", "proposal", "background", "training"}
"""Single values whose rows are listed somewhere, made one by one."""
SETS: dict[str, tuple[str, type[Any]]] = {
    "exams": ("exam", Exam), "insurances": ("insurance", Insurance), "applications": ("application", Application),
    "appeals": ("appeal", Appeal),
}  # fmt: skip


def fetch(city: str, id: str) -> Archive:
    """Read a whole archive, strongly consistent; Missing when there is none."""
    archive = find(f"W#{city}#{id}")
    if archive is None:
        raise Missing("没有这份人员档案")
    return archive


def find(key: str) -> Archive | None:
    """Read a whole archive by its partition key, or None.

    A query is not one instant: a transaction may fall between its rows. The meta row therefore lists every row
    with the revision that wrote it, and a read that does not match is read again; Unavailable if it never rests.
    """
    for _ in range(READS):
        rows = {row.sk: row for row in RegisterRow.query(key, RegisterRow.sk.startswith("A#"), consistent_read=True)}
        if not rows:
            return None
        if META in rows and _written(rows) == json.loads(rows[META].body or "{}"):
            return _archive(key, rows)
    raise Unavailable("档案正在被修改，请稍后重试")


def _written(rows: dict[str, RegisterRow]) -> dict[str, int]:
    return {sk: int(row.revision or 0) for sk, row in rows.items() if sk != META}


def store(
    before: Archive,
    after: Archive,
    *,
    act: Act,
    entry: Entry,
    claim: Iterable[Claim] = (),
    release: Iterable[str] = (),
    stops: Mapping[str, Stop] | None = None,
    holds: Chained | None = None,
    beside: Iterable[Item] = (),
    whole: bool = False,
    result: Callable[[Archive], Any] = lambda archive: archive,
) -> Archive:
    """Write the difference of two values as one decision (see `commit`) and give the archive as it is now.

    `stops` are the tokens whose public answer must turn bad in this transaction; `holds` must be as it was read;
    `beside` are rows of the partition that the code does not follow from; `result` is what a repeat shows.
    `beside` are rows of the partition that the code does not follow from; `whole` writes every row anew, for indexes
    that came later; `result` is what a repeat shows.
    """
    old = _items(before) if before.revision else {}
    new = _items(after)
    listed = _waiting(after)
    changed = {sk: item for sk, item in new.items() if whole or old.get(sk) != item or sk in listed}
    revision = before.revision + 1
    rows = {sk: revision if sk in changed else before.rows[sk] for sk in new}
    now = replace(after, revision=revision, rows=rows)
    head = commit(
        before, act=act, entry=entry, put=[*changed.values(), _meta(now), *beside],
        remove=[sk for sk in old if sk not in new], claim=claim, release=release,
        stop={token: _stop_text(after, stop) for token, stop in (stops or {}).items()}, holds=holds, result=result(now),
    )  # fmt: skip
    return replace(now, head=head)


def _stop_text(archive: Archive, stop: Stop) -> str:
    """Write a stop; while consent stands withdrawn that is what it says, alone (CONTRACTS, Facts)."""
    withdrawn = archive.consent.withdrawn
    code, since = (WITHDRAWN, withdrawn) if withdrawn else (stop.code, stop.since)
    return json.dumps({"code": code, "since": str(since)}, separators=(",", ":"))


def _waiting(after: Archive) -> set[str]:
    """Name the rows that queues show: they are written each time, so that a list carries the archive's revision."""
    application = open_application(after)
    under_review = {f"A#appeal#{one.id}" for one in after.appeals if one.state == "filed"}
    return {"A#proposal"} | under_review | ({f"A#application#{application.id}"} if application else set())


def _archive(key: str, rows: dict[str, RegisterRow]) -> Archive:
    _, city, id = key.split("#")
    meta = rows[META]
    parts: dict[str, Any] = {
        name: shapes.load(kind, row.body or "") for name, kind in SINGLES.items() if (row := rows.get(f"A#{name}"))
    }
    for name, (noun, kind) in SETS.items():
        found = [shapes.load(kind, row.body or "") for sk, row in sorted(rows.items()) if sk.startswith(f"A#{noun}#")]
        parts[name] = tuple(found)
    return Archive(
        city=city, id=id, revision=int(meta.revision or 0), head=meta.head or "", rows=_written(rows), **parts
    )


def _items(archive: Archive) -> dict[str, Item]:
    items = [
        Item(sk=f"A#{name}", noun=name, body=shapes.dump(value))
        for name in SINGLES
        if (value := getattr(archive, name)) is not None and name not in OWN_ROWS
    ]
    items.append(_ending(archive, "A#background", "background", archive.background, archive.background.due_on))
    if archive.proposal:
        items.append(_proposal(archive, archive.proposal))
    if archive.certificate:
        items.append(_certificate(archive, archive.certificate))
        days = {"review": archive.certificate.review_due, "certificate": archive.certificate.until}
        items += [_ending(archive, f"A#end#{what}", "end", day, day) for what, day in days.items() if day]
    items += [_paper(archive, "exam", one) for one in archive.exams]
    items += [_paper(archive, "insurance", one) for one in archive.insurances]
    trained = Item(sk="A#training", noun="training", body=shapes.dump(archive.training))
    items.append(_sourced(archive, trained, archive.training.issuer, archive.training.done_on))
    items += [_application(archive, one) for one in archive.applications]
    items += [_appeal(archive, one) for one in archive.appeals]
    return {item.sk: item for item in items}


def _ending(archive: Archive, sk: str, noun: str, value: Any, day: date | None) -> Item:
    """Make a row that is listed by the last day of what it says, for the reminders: `city#end#day#shard` (C9)."""
    if day is None:
        return Item(sk=sk, noun=noun, body=shapes.dump(value))
    return Item(
        sk=sk, noun=noun, body=shapes.dump(value), brief=_brief({"id": archive.id}),
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
        item, brief=_brief({"id": archive.id, "on": str(on) if on else None}),
        owner_key=source_list(archive.city, item.noun, issuer, shard(archive.id, SHARDS)),
        owner_sort=f"{archive.id}#{item.sk}",
    )  # fmt: skip


def source_list(city: str, noun: str, issuer: str, shard: int) -> str:
    """Name one shard of the papers of a noun that an issuer gave (C7)."""
    return f"{city}#{noun}-source#{source_key(issuer)}#{shard}"


def _meta(archive: Archive) -> Item:
    state = archive.certificate.state if archive.certificate else "none"
    under_way = open_application(archive)
    brief: dict[str, Any] = {
        "id": archive.id, "name": archive.worker.masked_name, "service_types": archive.worker.service_types,
        "company": archive.binding.company, "company_name": archive.binding.company_name, "certificate": state,
        "application": under_way.state if under_way else None,
        "last_application": _last_state(archive),
        **({"appeals": {one.id: one.state for one in archive.appeals}} if archive.appeals else {}),
    }  # fmt: skip
    if under_way and under_way.extension:
        brief["extended"] = {"day": str(under_way.due_on), "reason": under_way.extension.reason}
    return Item(
        sk=META, noun="worker", body=json.dumps(archive.rows), brief=_brief(brief),
        list_key=f"{archive.city}#worker#{state}#{shard(archive.id, SHARDS)}", list_sort=archive.id,
        owner_key=f"{archive.city}#{archive.binding.company}#worker", owner_sort=archive.id,
    )  # fmt: skip


def _last_state(archive: Archive) -> str | None:
    """Give the state of the newest application, closed or not; who is told of a refusal learns it from here."""
    last = max(archive.applications, key=lambda one: (len(one.id), one.id), default=None)
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


def _application(archive: Archive, one: Application) -> Item:
    closed = one.state in {"done", "withdrawn", "refused"}
    month = f"{(one.steps[-1].at if one.steps else None)!s:.7}"
    state = f"{one.state}-{month}" if closed else one.state
    brief = {
        "id": one.id, "worker": archive.id, "name": archive.worker.masked_name, "state": one.state,
        "company": one.company, "company_name": archive.binding.company_name, "opened_on": str(one.opened_on),
        "due_on": str(one.due_on) if one.due_on else None,
        "waiting_since": str(one.waiting_since) if one.waiting_since else None,
        "service_types": archive.worker.service_types,
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
        "company": one.company, "company_name": archive.binding.company_name,
    }  # fmt: skip
    sort = f"{one.due_on}#{one.id}"
    return Item(
        sk=f"A#appeal#{one.id}", noun="appeal", body=shapes.dump(one), brief=_brief(brief),
        list_key=f"{archive.city}#appeal#{one.state}#{shard(archive.id, QUEUE_SHARDS)}", list_sort=sort,
        owner_key=f"{archive.city}#{one.company}#appeal", owner_sort=sort,
    )  # fmt: skip


def _brief(brief: dict[str, Any]) -> str:
    return json.dumps(brief, ensure_ascii=False)


def shard(id: str, of: int) -> int:
    """Spread ids evenly over the shards of a list."""
    return crc32(id.encode()) % of
