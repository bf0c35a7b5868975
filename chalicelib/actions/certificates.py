"""Certificates (C6): bad news reaches the public answer in the decision's own transaction (invariant 2)."""

from dataclasses import replace

from chalicelib.actions import faults, workers
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.actions.forms import Grounds
from chalicelib.outside import chance, limits, terms
from chalicelib.records import archive_rows, archives, claims, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access, application, basis, certificate, deadlines, numbers, proposal, renewal
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, Stop
from chalicelib.rules.errors import Clash, Missing, NotAllowed


def fetch(account: Account, number: str) -> Archive:
    """Read the archive of a certificate by its number; Missing unless the account may see it."""
    key = claims.owner(f"U#certificate#{number}") if numbers.number_ok(number) else None
    archive = archives.find(key) if key else None
    if archive is None or archive.certificate is None or archive.certificate.number != number:
        raise Missing
    access.sees(account, city=archive.city, company=archive.binding.company)
    if not access.sees_application(account, *(one.state for one in archive.applications)):
        raise Missing("没有这个编号的证书，或它不在制证、发放环节")
    return archive


def looked_at(account: Account, number: str, revision: int) -> Archive:
    """Read the archive of a certificate for a decision; Clash when it has moved on since it was looked at."""
    archive = fetch(account, number)
    if archive.revision != revision:
        raise Clash("这份档案在您查看之后有改动；请刷新、重新核对后再操作", rule="changed-meanwhile")
    return archive


def move(act: Act, number: str, name: str, form: CertificateMove) -> Archive:
    """Suspend, resume, lose, revoke or activate a certificate, with its legal basis; or do of it what one person may
    do alone, and have a second confirm the rest (C8)."""
    before = looked_at(act.account, number, form.revision)
    if name == "replace":
        return _replace(act, before, form)
    if name in renewal.EVENTS:
        return _prolong(act, before, name, form)
    if name not in certificate.MOVES:
        raise Missing("没有这一步")
    basis.check(name, form.basis)
    entry = Entry(action=f"certificate.{name}", ground=form.ground, note={"basis": form.basis} if form.basis else None)
    term = terms.load(before.city)
    if name in term.second_for:
        due_on, _ = deadlines.add_working_days(act.on, term.second_working_days)
        after = proposal.proposed(
            before, name, by=act.account, on=act.on, due_on=due_on, ground=form.ground, basis=form.basis
        )
        entry = replace(entry, action=f"{entry.action}.propose")
    else:
        after = certificate.moved(before, name, role=act.account.role, on=act.on, ground=form.ground)
        if name == "activate" and (first := application.awaited(before, act.account.role)):
            raise NotAllowed(application.FIRST[first], rule="not-yet")
        if name == "revoke":
            after = application.called_off(after, by=act.account, at=act.at, on=act.on, note=form.ground)
    return archives.store(before, after, act=act, entry=entry, stops=turning(before, after))


def turning(before: Archive, after: Archive) -> dict[str, Stop]:
    """Give the stop that a change of an archive puts on its code at once; good news takes the projection."""
    if after.stop is None or after.stop == before.stop:
        return {}
    return {after.held.token: after.stop}


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List the city's certificates in a state."""
    city = access.city_of(account)
    faults.ask_for_one_of("state", state, certificate.STATE_NAMES)
    return lists.by_state(city, "certificate", state, shards=archive_rows.SHARDS, limit=limit, after=after)


def _prolong(act: Act, before: Archive, name: str, form: Grounds) -> Archive:
    """Review or renew a certificate: an event, not a state; its papers must all be in force (C6)."""
    after = renewal.EVENTS[name].done(before, terms.load(before.city), role=act.account.role, on=act.on)
    if lapsed := workers.lapsed(before, act):
        words = f"还不能{renewal.EVENTS[name].name}：{'；'.join(fault.message for fault in lapsed)}"
        raise NotAllowed(words, rule="not-ready", faults=lapsed)
    note = {"until": str(after.held.until), "review_due": str(after.held.review_due)}
    entry = Entry(action=f"certificate.{name}", ground=form.ground, note=note)
    return archives.store(before, after, act=act, entry=entry)


def _replace(act: Act, before: Archive, form: Grounds) -> Archive:
    """Give a new token at once, and have its card made within five working days (C3, C6)."""
    token = numbers.make_token(chance.octets(16))
    after = certificate.replaced(before, token, role=act.account.role)
    dead = Stop(code="certificate-replaced", since=act.on, ground=form.ground)
    due_on, _ = deadlines.add_working_days(act.on, limits.load(before.city).reprint_days)
    card = application.reprinted(after, by=act.account, at=act.at, on=act.on, due_on=due_on)
    after = after.with_application(card) if card else after
    return archives.store(
        before, after, act=act, entry=Entry(action="certificate.replace", ground=form.ground),
        stops={before.held.token: dead},
    )  # fmt: skip
