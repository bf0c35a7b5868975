"""Changing company (B4): begun by one side, confirmed by the others, decided by the association when one is silent."""

from chalicelib.actions import workers
from chalicelib.actions.transfer_forms import NewTransfer, TransferMove
from chalicelib.outside import terms
from chalicelib.records import archive_rows, archives, companies, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access, deadlines, transfer
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.binding import NOBODY
from chalicelib.rules.errors import Clash, Missing


def ask(act: Act, form: NewTransfer) -> Archive:
    """Begin a change of company: a company that takes somebody on, or lets go; the association for the worker."""
    city = access.city_of(act.account)
    if form.resident_id:
        before, to = _person(city, form.resident_id), act.account.company or form.to
    else:
        before, to = archives.fetch(city, form.worker or ""), form.to
        access.sees(act.account, city=before.city, company=before.binding.company)
    due_on, _ = deadlines.add_working_days(act.on, terms.load(city).transfer_working_days)
    after = transfer.asked(
        before, by=act.account, on=act.on, due_on=due_on, to=companies.fetch(city, to) if to else None,
        signed_on=form.signed_on, ground=form.ground,
    )  # fmt: skip
    return _store(act, before, after, "ask", form.ground)


def fetch(account: Account, worker: str) -> Archive:
    """Read an archive whose company is to change; Missing unless the account speaks for a side or for the city."""
    archive = archives.fetch(access.city_of(account), worker)
    if archive.transfer is None or account.company != archive.transfer.to:
        access.sees(account, city=archive.city, company=archive.binding.company)
    transfer.under_way(archive)
    return archive


def move(act: Act, worker: str, name: str, form: TransferMove) -> Archive:
    """Agree, object, decline, withdraw, or decide as the association; the last yes makes the change."""
    if name not in transfer.MOVES:
        raise Missing("没有这一步")
    before = fetch(act.account, worker)
    if before.revision != form.revision:
        raise Clash("这份档案在您查看之后有改动；请刷新、重新核对后再操作", rule="changed-meanwhile")
    after = transfer.moved(
        before, name, by=act.account, on=act.on, signed_on=form.signed_on, ground=form.ground
    )  # fmt: skip
    return _store(act, before, after, name, form.ground)


def listed(account: Account, *, limit: int, after: str | None) -> Page:
    """List the city's changes of company that are under way, by due day; for a company those to and from it."""
    city = access.city_of(account)
    if account.role in access.COMPANY:
        return lists.by_company(city, account.company or "", "transfer", limit=limit, after=after)
    return lists.by_state(city, "transfer", "open", shards=archive_rows.QUEUE_SHARDS, limit=limit, after=after)


def _person(city: str, resident_id: str) -> Archive:
    key = workers.key_of(resident_id)
    archive = archives.find(key) if key else None
    if archive is None or archive.city != city:
        raise Missing("本市没有该证件号码的人员档案：可以直接登记")
    return archive


def _store(act: Act, before: Archive, after: Archive, name: str, ground: str) -> Archive:
    """Store a move; when it was the last side's yes, the change itself, while the new company is as it was read."""
    change = after.transfer
    note = {"from": before.binding.company, "to": change.to if change else None, "done": False}
    if change is None or transfer.missing(after):
        return archives.store(before, after, act=act, entry=Entry(action=f"transfer.{name}", ground=ground, note=note))
    to = companies.fetch(before.city, change.to) if change.to != NOBODY else None
    changed = transfer.done(after, to, by=act.account, on=act.on, at=act.at)
    entry = Entry(action=f"transfer.{name}", ground=ground, note={**note, "done": True})
    return archives.store(before, changed, act=act, entry=entry, holds=to)
