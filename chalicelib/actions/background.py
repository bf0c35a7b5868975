"""Background batches (C4): the association sends, the police fetch the file; nobody has both it and its password.

A batch is made in two steps: `make` names its members and tells the password; `carry_out`, run by `work`, opens their
resident IDs, each with an entry in the archive's own ledger, and seals the file.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from chalicelib.actions import companies, secrets, workers
from chalicelib.actions.background_forms import Closing, NewBackgroundBatch
from chalicelib.outside import clock, files, queues, sheets, terms, zips
from chalicelib.records import accounts, archive_rows, archives, background, lists
from chalicelib.records.commit import Entry, begin
from chalicelib.records.lists import Page
from chalicelib.rules import access
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.background import MOST, OPEN, BackgroundBatch, BatchState, months, waits
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Missing, NotAllowed

PURPOSE = "background-check"
OVERDUE = timedelta(days=366)
"""How far back re-checks that nobody sent are looked for."""
COLUMNS = {"编号": 18, "姓名": 14, "证件号码": 22, "结论": 10, "核查日期": 14}
CHOICES = ["通过", "未通过"]


def make(act: Act, form: NewBackgroundBatch) -> tuple[BackgroundBatch, str]:
    """Name who is sent to the police, and give the password of the file that is made of them.

    Asked again under its key it tells the same: the password is derived, and kept nowhere. NotAllowed when nobody
    waits.
    """
    begin(act)
    city = access.city_of(act.account)
    id = sha256(f"{act.account.id}|{act.key}".encode()).hexdigest()[:12].upper()
    batch = background.find(city, id) or _named(act, city, id, form)
    if batch.state == "making":
        queues.put("WORK_QUEUE", [{"background": [city, id]}])
    return batch, secrets.batch_password(id)


def carry_out(city: str, id: str) -> dict[str, int]:
    """Do for a batch what its state asks for: fill it, or purge the file of one that is over; safe to repeat."""
    batch = background.fetch(city, id)
    at = clock.now()
    act = Act(account=accounts.fetch(batch.by), at=at, on=day_of(at))
    if batch.state == "making":
        return {"members": len(_filled(batch, act).members)}
    if batch.state not in OPEN and batch.file:
        files.drop(batch.file)
        background.store(batch, replace(batch, file=None), act=act, entry=Entry(action="background.purge"))
        return {"purged": 1}
    return {}


def fetch(account: Account, id: str) -> BackgroundBatch:
    """Read a batch of the account's city; Missing otherwise."""
    return background.fetch(access.city_of(account), id)


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List the city's batches in a state, oldest first."""
    city = access.city_of(account)
    return lists.by_state(city, "background-batch", state, shards=1, limit=limit, after=after)


def close(act: Act, id: str, form: Closing) -> BackgroundBatch:
    """End a batch before everybody is concluded on: its file goes, the others wait to be sent again."""
    before = fetch(act.account, id)
    if before.state not in OPEN:
        raise NotAllowed("这个批次已经办结", rule="batch-over")
    entry = Entry(action="background.close", ground=form.ground)
    closed = background.store(before, replace(before, state="closed"), act=act, entry=entry)
    queues.put("WORK_QUEUE", [{"background": [closed.city, id]}])
    return closed


def settle(batch: BackgroundBatch, act: Act) -> BackgroundBatch:
    """Count who has no conclusion yet, from the archives themselves; with nobody left the batch ends. Repeatable."""
    left = sum(archives.fetch(batch.city, member).background.batch == batch.id for member in batch.members)
    if batch.state != "ready" or left == batch.left:
        return batch
    state: BatchState = "ready" if left else "concluded"
    entry = Entry(action="background.settle", note={"left": left})
    return background.store(batch, replace(batch, left=left, state=state), act=act, entry=entry)


def rechecks(act: Act, *, month: str | None, limit: int, after: str | None) -> Page:
    """List who is to be checked anew, in order of days: a company's workers, or the city's of a month `2026-11`."""
    city = access.city_of(act.account)
    if act.account.role in access.COMPANY:
        return lists.by_company(city, act.account.company or "", "recheck", limit=limit, after=after)
    state = month or f"{act.on:%Y-%m}"
    return lists.by_state(city, "recheck", state, shards=archive_rows.SHARDS, limit=limit, after=after)


def proof(act: Act, company: str, *, year: str | None, limit: int, after: str | None) -> Page:
    """List who of a company was checked in a year, when and with what conclusion (未成年人保护法 62, 126).

    The company is the one that employed the worker then; who has left since stays in its proof.
    """
    found = companies.fetch(act.account, company)
    return lists.by_company(found.city, found.id, f"check-{year or act.on.year}", limit=limit, after=after)


def _filled(batch: BackgroundBatch, act: Act) -> BackgroundBatch:
    """Open the resident IDs of a batch and seal its file; who meanwhile waits no more is left out."""
    taken = [one for member in batch.members if (one := _taken(act, batch, member))]
    filled = replace(batch, members=tuple(one.id for one in taken), left=len(taken))
    after = replace(filled, state="closed")
    if taken:
        file, sheet = f"batches/{batch.city}/{batch.id}.zip", _sheet(filled, taken)
        files.keep(file, zips.sealed(f"{batch.id}.xlsx", sheet, secrets.batch_password(batch.id)))
        after = replace(filled, state="ready", file=file)
    entry = Entry(action="background.fill", note={"members": len(taken)})
    return background.store(batch, after, act=act, entry=entry)


def _named(act: Act, city: str, id: str, form: NewBackgroundBatch) -> BackgroundBatch:
    members: dict[str, None] = {}
    for member in _waiting(city, form, _horizon(city, act.on), act.on):
        members[member] = None
        if len(members) == MOST:
            break
    if not members:
        raise NotAllowed("目前没有等待送核的人员", rule="nobody-waits")
    batch = BackgroundBatch(
        city=city, id=id, state="making", by=act.account.id, at=act.at, members=tuple(members), left=len(members)
    )
    entry = Entry(action="background.send", ground=PURPOSE, note={"members": len(members)})
    return background.store(batch, batch, act=replace(act, key=None), entry=entry)


def _waiting(city: str, form: NewBackgroundBatch, until: date, on: date) -> Iterator[str]:
    """Give who waits and is in no open batch: applications by their deadline, then re-checks by their day."""
    found: list[tuple[str, str, int]] = []
    if form.of != "rechecks":
        found.append(("application", "background", archive_rows.QUEUE_SHARDS))
    if form.of != "applications":
        found += [("recheck", month, archive_rows.SHARDS) for month in months(on - OVERDUE, until)]
    over: dict[str, bool] = {}
    for noun, state, shards in found:
        for brief in lists.every(city, noun, state, shards=shards):
            batch = brief.get("batch")
            if batch and batch not in over:
                kept = background.find(city, batch)
                over[batch] = kept is None or kept.state not in OPEN
            late_enough = noun == "application" or brief["due_on"] <= str(until)
            if late_enough and (not batch or over[batch]):
                yield str(brief.get("worker") or brief["id"])


def _horizon(city: str, on: date) -> date:
    return on + timedelta(days=terms.load(city).recheck_days_ahead)


def _taken(act: Act, batch: BackgroundBatch, member: str) -> Archive | None:
    """Mark a member's archive, which is the reveal of the resident ID; None for who is not in this batch after all."""
    try:
        before = archives.fetch(batch.city, member)
    except Missing:
        return None
    if not waits(before, _horizon(batch.city, act.on)):
        return None
    if before.background.batch == batch.id:
        return before
    if _is_elsewhere(batch, before):
        return None
    after = replace(before, background=replace(before.background, batch=batch.id))
    entry = Entry(action="background.reveal", ground=PURPOSE, note={"batch": batch.id})
    return archives.store(before, after, act=act, entry=entry)


def _is_elsewhere(batch: BackgroundBatch, archive: Archive) -> bool:
    other = background.find(batch.city, archive.background.batch) if archive.background.batch else None
    return other is not None and other.state in OPEN


def _sheet(batch: BackgroundBatch, people: list[Archive]) -> bytes:
    lines = [
        (batch.reference(row), one.worker.name, workers.resident_id(one), "", "") for row, one in enumerate(people, 1)
    ]
    return sheets.written(list(COLUMNS), lines, widths=list(COLUMNS.values()), choices={3: CHOICES})
