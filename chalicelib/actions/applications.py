"""Applications (C1, C2): what each move of `rules/application.MOVES` writes besides the step itself."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.actions import evidence, workers
from chalicelib.actions.forms import Moving
from chalicelib.outside import chance, terms
from chalicelib.outside import limits as time_limits
from chalicelib.records import archive_rows, archives, cities, claims, lists
from chalicelib.records.commit import Claim, Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access, application, certificate, limits, numbers
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Application, Archive, Certificate, CertificateState, Former
from chalicelib.rules.background import concluded
from chalicelib.rules.certificate import buried
from chalicelib.rules.city import City
from chalicelib.rules.errors import Clash, Fault, Malformed, Missing, NotAllowed, NotPermitted

Held = tuple[Archive, Application]
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def open_(act: Act, worker: str, *, submit: bool) -> Held:
    """Open an application for a worker, and send it when asked; NotAllowed names every missing condition."""
    before = workers.fetch(act.account, worker)
    draft = application.opened(before, act.on)
    if submit:
        _ready(before, act)
        draft = _timed(draft, application.moved(draft, "submit", by=act.account, at=act.at), before, act)
    return _store(act, before, before.with_application(draft), draft, "application.open")


def fetch(account: Account, id: str) -> Held:
    """Read an application with its archive; Missing unless the account may see it."""
    archive = workers.fetch(account, id.rpartition("-")[0])
    found = archive.application(id)
    if found is None or not access.sees_application(account, found.state):
        raise Missing("没有这份申请")
    return archive, found


def move(act: Act, id: str, name: str, form: Moving) -> Held:
    """Take one step on the revision that was looked at; Clash when the archive has moved on since."""
    if name not in application.MOVES:
        raise Missing("没有这一步")
    before, one = fetch(act.account, id)
    if before.revision != form.revision:
        raise Clash("这份档案在您查看之后有改动；请刷新、重新核对后再操作", rule="changed-meanwhile")
    moved = application.moved(
        one, name, by=act.account, at=act.at, reasons=form.reasons, note=form.note, receipt=form.receipt
    )
    if application.MOVES[name].card:
        certificate.ask_in_force(before)
    if application.MOVES[name].ready:
        _ready(before, act)
    after = _EFFECTS.get(name, _none)(act, before, one, form)
    moved = _timed(one, moved, before, act)
    if name == "extend":
        moved = _extended(moved, before, act, form)
    if name == "clear":
        return _cleared(act, before, after, moved, form)
    return _store(act, before, after.with_application(moved), moved, f"application.{name}", form.note)


def listed(
    account: Account, *, state: str | None, limit: int, after: str | None,
    company: str | None = None, due: date | None = None,
) -> Page:  # fmt: skip
    """List a company's applications, or the city's in a state (closed ones by month: `done-2026-11`); of either those
    due on a day or before. The city's may be one company's alone, whose closed ones are not parted by months."""
    city, until = access.city_of(account), str(due) if due else None
    if account.role in access.COMPANY:
        company = account.company or ""
        _known(state, closed=True)
        return _of_company(city, company, state or None, limit, after, until)
    state = state or "association_review"
    _known(state, closed=company is not None)
    if not access.sees_application(account, state.partition("-")[0]):
        raise NotPermitted("您的角色不办理这一步的申请", rule="role-may-not")
    if company is not None:
        return _of_company(city, company, state, limit, after, until)
    shards = archive_rows.QUEUE_SHARDS
    return lists.by_state(city, "application", state, shards=shards, limit=limit, after=after, until=until)


def _of_company(
    city: str, company: str, state: str | None, limit: int, after: str | None, until: str | None
) -> Page:
    return lists.by_company(city, company, "application", limit=limit, after=after, state=state, until=until)


def _cleared(act: Act, before: Archive, after: Archive, one: Application, form: Moving) -> Held:
    """Store a passed check; under the bureau's standing authorisation the certificate is issued with it (C2).

    Not to whom one is suspended or was revoked: there the bureau decides itself (C8).
    """
    city = cities.fetch(before.city)
    standing = city.standing
    held = after.certificate
    odd = held and (held.state == "revoked" or not certificate.over(held, act.on))
    if standing is None or not standing.holds(act.on) or odd or workers.missing(after, act):
        return _store(act, before, after.with_application(one), one, "application.clear", form.note)
    bureau = Account(id=standing.by, subject="", role="bureau", city=city.id)
    issued = _authorise(act, after, one, form)
    done = application.moved(one, "authorise", by=bureau, at=act.at, note=f"常态化授权：{standing.ground}")
    done = _timed(one, done, before, act)
    return _store(act, before, issued.with_application(done), done, "application.clear", form.note, holds=city)


def _extended(one: Application, archive: Archive, act: Act, form: Moving) -> Application:
    words = [application.EXTENSION_REASONS[code] for code in form.reasons if code != "other"]
    reason = "；".join([*words, *([form.note] if form.note else [])])
    return limits.extended(one, form.working_days, act.on, time_limits.load(archive.city), reason)


def _known(state: str | None, *, closed: bool) -> None:
    """Refuse a state that no list has: a city's closed applications are listed by the month they were closed in."""
    name, _, month = (state or "draft").partition("-")
    by_month = name in limits.CLOSED and not closed
    if name not in application.STATE_NAMES or by_month != bool(_MONTH.fullmatch(month)) or (month and not by_month):
        words = "没有这个状态；已办结、撤回或不予办理的申请请按月份查询，例如 done-2026-11"
        raise Malformed(words, faults=(Fault("state", "unknown", words),))


def _store(
    act: Act,
    before: Archive,
    after: Archive,
    one: Application,
    action: str,
    note: str | None = None,
    *,
    holds: City | None = None,
) -> Held:
    had, has = (held.number if held else None for held in (before.certificate, after.certificate))
    claim = [Claim(key=f"U#certificate#{has}", owner=after.key, taken="证书编号重复，请重试")] if has != had else []
    reasons = one.steps[-1].reasons if one.steps else ()
    ground = "；".join((*reasons, *([note] if note else ()))) or None
    stored = archives.store(
        before, after, act=act, entry=Entry(action=action, ground=ground, note={"application": one.id}),
        claim=claim, stops=evidence.failing(after, act) if after.background != before.background else {},
        holds=holds, result=lambda archive: (archive, one),
    )  # fmt: skip
    return stored, one


def _timed(one: Application, moved: Application, archive: Archive, act: Act) -> Application:
    return limits.moved(one, moved, act.on, time_limits.load(archive.city))


def _ready(archive: Archive, act: Act) -> None:
    missing = workers.missing(archive, act)
    if missing:
        words = "；".join(fault.message for fault in missing)
        raise NotAllowed(f"还不能办理：{words}", rule="not-ready", faults=missing)


def _none(act: Act, archive: Archive, one: Application, form: Moving) -> Archive:
    return archive


def _clear(act: Act, archive: Archive, one: Application, form: Moving) -> Archive:
    """Record a passed check, or let the one on record stand while its year has not run out (CONTRACTS, States)."""
    known = archive.background
    if form.existing:
        if known.conclusion != "passed" or known.due_on is None or known.due_on < act.on:
            raise NotAllowed("没有仍在有效期内的核查结论，请重新核查", rule="no-standing-check")
        return replace(archive, background=replace(known, batch=None))
    return concluded(archive, "passed", form.checked_on or act.on)


def _refuse(act: Act, archive: Archive, one: Application, form: Moving) -> Archive:
    if one.state != "background":
        return archive
    if form.reasons != ("background-failed",):
        raise Malformed("核查环节不予办理时，原因只能是“安全核查未通过”")
    return concluded(archive, "failed", form.checked_on or act.on)


def _authorise(act: Act, archive: Archive, one: Application, form: Moving) -> Archive:
    """Issue the certificate, with the card and the code of one token (A1)."""
    certificate.ask_over(archive, act.on)
    if archive.background.conclusion != "passed":
        raise NotAllowed("安全核查尚未通过，不能授权制证", rule="background-not-passed")
    if archive.background.due_on and archive.background.due_on < act.on:
        raise NotAllowed("安全核查已过一年复查期，请公安重新核查后再授权", rule="recheck-overdue")
    term = terms.load(archive.city)
    number = numbers.make_number(archive.city, act.on.year, chance.digits(8))
    while claims.owner(f"U#certificate#{number}"):
        number = numbers.make_number(archive.city, act.on.year, chance.digits(8))
    issued = Certificate(
        number=number, token=numbers.make_token(chance.octets(16)), state="issued", issued_on=act.on,
        until=term.until(act.on), review_due=term.review_due(act.on), former=_dead_tokens(archive),
    )  # fmt: skip
    return replace(archive, certificate=issued, stop=None)


def _dead_tokens(archive: Archive) -> tuple[Former, ...]:
    """Keep the tokens of an earlier certificate, which stay red as what they died."""
    if archive.certificate is None:
        return ()
    state: CertificateState = "revoked" if archive.certificate.state == "revoked" else "expired"
    return buried(archive.certificate, state)


def _hand_over(act: Act, archive: Archive, one: Application, form: Moving) -> Archive:
    if archive.held.state != "issued":
        return archive
    return replace(archive, certificate=replace(archive.held, state="active"))


_EFFECTS: dict[str, Callable[[Act, Archive, Application, Moving], Archive]] = {
    "clear": _clear, "refuse": _refuse, "authorise": _authorise, "hand-over": _hand_over,
}  # fmt: skip


def brief(held: Held) -> dict[str, Any]:
    """Give what a batch tells of an application."""
    archive, one = held
    return {"application": one.id, "state": one.state, "revision": archive.revision}
