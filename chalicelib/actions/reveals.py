"""Seeing a sealed field of a worker (invariant 7): for a purpose, counted, in the ledger, told to the worker.

First it is counted, then written down, then opened: what was seen stands in the ledger even if the answer was lost.
"""

from datetime import datetime
from functools import cache

from chalicelib.actions import notices, references, secrets, workers
from chalicelib.actions.reveal_forms import NewReveal
from chalicelib.outside import reveals
from chalicelib.records import accounts, cities, companies, ledger, views
from chalicelib.records import reveals as counted
from chalicelib.records.commit import Entry
from chalicelib.rules import reveal
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, Exam, Insurance
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Fault, Malformed, Missing, NotAllowed

LATEST = 100


def see(act: Act, worker: str, form: NewReveal) -> dict[str, str | int]:
    """Open one field of a worker, and tell which of the day's looks it was (`today`) and how many there are (`most`);
    NotAllowed when it was never recorded or the day's number is used up, Malformed for a paper that is not there."""
    archive = workers.fetch(act.account, worker)
    paper = _paper(archive, form) if form.paper else None
    sealed = paper.reference if paper else getattr(archive.worker, form.field)
    if not sealed:
        raise NotAllowed(f"没有登记{reveal.FIELD_NAMES[form.field]}", rule="not-recorded")
    number = count(act)
    note = {"field": form.field} | ({"paper": paper.id} if paper else {})
    record(act, archive, Entry(action="worker.reveal", ground=form.purpose, note=note))
    own = f"{archive.key}|{form.field}"
    value = references.opened(archive, paper) if paper else secrets.reveal(archive.city, own, sealed)
    return {"field": form.field, "value": value, "today": number, "most": reveals.daily().stop}


def record(act: Act, archive: Archive, entry: Entry, *, mark: str = "") -> None:
    """Write that the act's account is shown something of a worker, in the ledger and for the worker's own page (D8).

    What has a `mark` is written once, however often it is told.
    """
    role, organisation = act.account.role, archive.binding.company_name
    if role in reveal.ORGANISATIONS:
        organisation = reveal.ORGANISATIONS[role]
    elif not act.account.company:
        organisation = cities.fetch(archive.city).association
    told = {"action": entry.action, "ground": entry.ground, "note": entry.note, "role": role}
    views.add(act, archive, entry, reveal.told(told, str(act.on), organisation), mark=mark)


def count(act: Act, opened: int = 1) -> int:
    """Count what the account opens on its day and tell the association of many; give how many there are now.

    NotAllowed when no more are left.
    """
    daily = reveals.daily()
    words = f"每天最多查看密封信息 {daily.stop} 次，今天剩下的不够；请明天再办，急用请联系协会负责人"
    return _counted(act, daily, "R", opened, ("reveals-many", words))


def count_batch(act: Act) -> int:
    """Count that the account fetches the file of a background batch, in the same way under numbers of its own."""
    daily = reveals.batches()
    words = f"今天取送核文件已满 {daily.stop} 次，不能再取；请明天再办，急用请联系协会负责人"
    return _counted(act, daily, "B", 1, ("batches-many", words))


def _counted(act: Act, daily: reveal.Daily, mark: str, by: int, told: tuple[str, str]) -> int:
    template, words = told
    number = counted.count(act.account.id, act.on, most=daily.stop, mark=mark, by=by)
    if number is None or number >= daily.alert:
        _alert(act, template, daily.stop if number is None else daily.alert)
    if number is None:
        raise NotAllowed(words, rule="too-many-reveals")
    return number


def views_of(account: Account, worker: str) -> list[dict[str, str]]:
    """List who was shown something of a worker, the latest first, in plain words (A9: who viewed me)."""
    archive = workers.fetch(account, worker)
    found = [*ledger.latest(views.fetch(archive).key, LATEST), *ledger.latest(archive.key, LATEST)]
    shown = sorted((one for one in found if one["action"] in reveal.VIEWS), key=lambda one: one["at"], reverse=True)
    organisation = cache(lambda by, role: _organisation(archive.city, by, role))
    return [reveal.told(one, _day(one["at"]), organisation(one["by"], one["role"])) for one in shown[:LATEST]]


def _paper(archive: Archive, form: NewReveal) -> Exam | Insurance:
    """Find the paper that is named; of who was erased no paper is shown any more."""
    papers: tuple[Exam | Insurance, ...] = getattr(archive, reveal.OF_PAPERS[form.field])
    found = [one for one in papers if one.id == form.paper and not archive.worker.erased_on]
    if found:
        return found[0]
    raise Malformed("没有这份材料", faults=(Fault("paper", "unknown", "没有这份材料；请刷新后重新选择"),))


def _alert(act: Act, template: str, number: int) -> None:
    """Tell the association once a day for each number; asked again it tells nothing more."""
    city, account = act.account.city or "province", act.account
    fields = {"name": account.name or reveal.ROLE_NAMES[account.role], "day": str(act.on), "count": number}
    of, name = f"R#{city}#{account.id}", f"{template}#{act.on}#{number}"
    notices.tell(of, template, name, fields, company=account.company or "", at=act.at)


def _day(at: str) -> str:
    return str(day_of(datetime.fromisoformat(at)))


def _organisation(city: str, by: str, role: str) -> str:
    """Name whom an account works for."""
    if role in reveal.ORGANISATIONS:
        return reveal.ORGANISATIONS[role]
    try:
        company = accounts.fetch(by).company
    except Missing:
        return "已注销的单位"
    return companies.fetch(city, company).name if company else cities.fetch(city).association
