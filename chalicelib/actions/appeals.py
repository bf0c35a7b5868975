"""Appeals (C8): filed by a company for its worker, or by a clerk from paper; decided by a person, with a reason."""

from chalicelib.actions import workers
from chalicelib.actions.appeal_forms import NewAppeal
from chalicelib.actions.forms import Grounds
from chalicelib.outside import clock, terms
from chalicelib.records import accounts, archive_rows, archives, ledger, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access, appeal, deadlines
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Appeal, Archive
from chalicelib.rules.errors import Clash, Malformed, Missing

Held = tuple[Archive, Appeal]


def file(act: Act, form: NewAppeal) -> Held:
    """File an appeal for a worker that the account may see; the code says so from its next projection on, if the
    region would have it."""
    before = workers.fetch(act.account, form.worker)
    term = terms.load(before.city)
    due_on, provisional = deadlines.add_working_days(act.on, term.appeal_working_days)
    after = appeal.filed(
        before, form.subject, form.about, statement=form.statement, by=act.account, on=act.on, due_on=due_on,
        provisional=provisional, flag=term.appeal_flag,
    )  # fmt: skip
    return _store(act, before, after, after.appeals[-1].id, Entry(action="appeal.file"))


def fetch(account: Account, id: str) -> Held:
    """Read an appeal with its archive; Missing unless the account may see it."""
    archive = workers.fetch(account, id.rpartition("-")[0])
    return archive, _one(archive, id)


def move(act: Act, id: str, name: str, form: Grounds) -> Held:
    """Uphold, overturn or withdraw an appeal, on the revision that was looked at; the colour follows from nothing
    but the ordinary moves."""
    if name not in appeal.MOVES:
        raise Missing("没有这一步")
    before, one = fetch(act.account, id)
    if before.revision != form.revision:
        raise Clash("这份档案在您查看之后有改动；请刷新、重新核对后再操作", rule="changed-meanwhile")
    earlier = {id: _name(id) for id in appeal.earlier_deciders(ledger.chain(before.key), one)}
    after = appeal.decided(before, one, name, by=act.account, on=act.on, reason=form.ground, earlier=earlier)
    return _store(act, before, after, id, Entry(action=f"appeal.{name}", ground=form.ground))


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List a company's appeals, or the city's in a state, what falls due first in front."""
    city, today = access.city_of(account), str(clock.today())
    if account.role in access.COMPANY:
        page = lists.by_company(city, account.company or "", "appeal", limit=limit, after=after)
    elif state in appeal.STATE_NAMES:
        page = lists.by_state(city, "appeal", state, shards=archive_rows.QUEUE_SHARDS, limit=limit, after=after)
    else:
        raise Malformed(f"没有这个状态的列表；可用：{'、'.join(appeal.STATE_NAMES)}")
    items = [{**one, "overdue": one["state"] == "filed" and one["due_on"] < today} for one in page.items]
    return page._replace(items=items)


def _store(act: Act, before: Archive, after: Archive, id: str, entry: Entry) -> Held:
    one = _one(after, id)
    noted = Entry(action=entry.action, ground=entry.ground, note={"appeal": id, "subject": one.subject})
    stored = archives.store(before, after, act=act, entry=noted, result=lambda archive: (archive, one))
    return stored, one


def _name(id: str) -> str:
    """Give the name of an account, by which a second account of one person is known; none is empty."""
    try:
        return accounts.fetch(id).name
    except Missing:
        return ""


def _one(archive: Archive, id: str) -> Appeal:
    for one in archive.appeals:
        if one.id == id:
            return one
    raise Missing("没有这份申诉")
