"""What may be planned for an application, a certificate, an appeal, and whether it must be taken."""

from datetime import date, timedelta
from typing import Any

from chalicelib.actions import appeals, applications, certificates, proposals
from chalicelib.actions.appeal_forms import NewAppeal
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.actions.forms import Grounds, Moving
from chalicelib.rules.account import Account
from chalicelib.rules.archive import Archive
from chalicelib.rules.deadlines import add_working_days
from tests.simulation import expected
from tests.simulation.known import Application, Person, Waiting
from tests.simulation.town import Plan, Town

GROUND = "管理办法（演示）"


def opened(town: Town, who: Account, person: Person, *, submit: bool) -> Plan:
    """A company applies."""
    may = town.somebody(person, who, expected.COMPANY)
    well = may and person.open is None and person.over(town.today) and (not submit or person.ready(town.today))

    def noted(held: Any) -> None:
        person.change()
        one = Application(id=held[1].id)
        person.applications.append(one)
        if submit:
            one.go("company_review", town.today)

    open_ = lambda act: applications.open_(act, person.id, submit=submit)  # noqa: E731
    return Plan(who, "open_application", person.key, well, open_, noted)


def stepped(
    town: Town, who: Account, person: Person, name: str, *, reasons: tuple[str, ...] = (), note: str | None = None,
    existing: bool = False, days: int | None = None, stale: bool = False,
) -> Plan | None:  # fmt: skip
    """An application takes a step, decided on the revision that is there or (`stale`) on the one before."""
    if not person.applications:
        return None
    one, on = person.open or person.applications[-1], town.today
    source, seen = one.state, person.revision - stale
    form = Moving(revision=max(seen, 1), reasons=reasons, note=note, existing=existing, working_days=days)
    well = (
        town.somebody(person, who, steppers(one, name))
        and form.revision == person.revision
        and _reasoned(name, source, reasons, note)
        and (name not in expected.READY or person.ready(on))
        and (name != "authorise" or person.checked(on))
        and not (name == "clear" and existing and not person.checked(on))
        and name not in one.done
        and (name not in expected.CARD or _has_a_card(person))
        and (name != "extend" or (not one.extended and days in range(1, expected.EXTENSION_DAYS + 1)))
    )

    def noted(held: Any) -> None:
        failed = (name, source) == ("refuse", "background")
        fresh = name == "clear" and not existing
        person.change(hand=failed)
        if failed or fresh:
            person.conclude("failed" if failed else "passed", on)
        if name == "refuse":
            person.refusers[one.id] = who.id
        _advance(one, name, on, days)
        if name == "hand-over" and person.state == "issued":
            person.facts["certificate"]["state"] = "active"
        standing = town.standing[person.city]
        if name == "clear" and standing and standing[0] <= on <= standing[1] and person.ready(on):
            one.go("production", on)
        if one.state == "production" and source != "production":
            issued(town, person, held[0].certificate)

    step = lambda act: applications.move(act, one.id, name, form)  # noqa: E731
    return Plan(who, "move_application", person.key, well, step, noted)


def steppers(one: Application, name: str) -> frozenset[str]:
    """Who may take a step of an application now."""
    return expected.hands(name, expected.STEPS[one.state].get(name, frozenset()), one.done)


def turners(person: Person, name: str) -> frozenset[str]:
    """Who may make a move of a certificate now: a company activates none whose card it has not received."""
    roles, one = expected.TURNS[person.state].get(name, frozenset()), person.open
    return expected.hands(name, roles, one.done) if one and one.state in expected.ISSUED else roles


def _has_a_card(person: Person) -> bool:
    """Whether somebody may get the person's card: the certificate in force, no police check failed since."""
    failed = person.facts["background"]["conclusion"] == "failed"
    return person.state in expected.IN_FORCE and person.facts["stop"] is None and not failed


def _advance(one: Application, name: str, on: date, days: int | None) -> None:
    if name == "extend":
        one.extend(days or 0)
    if name in expected.STAYING:
        one.done.add(name)
    else:
        one.go(expected.LEADS[name], on)


def issued(town: Town, person: Person, certificate: Any) -> None:
    """Note a certificate that was issued today, its code not projected yet."""
    on, review = town.today, person.city == "440200"
    assert (certificate.state, certificate.issued_on) == ("issued", on)
    assert certificate.until == _years_on(on, 2) - timedelta(days=1)
    assert certificate.review_due == (_years_on(on, 1) if review else None)
    person.facts["certificate"] = {
        "state": "issued", "issued_on": str(on), "until": str(certificate.until),
        "review_due": str(certificate.review_due) if review else None,
    }  # fmt: skip
    person.facts["stop"], person.reds, person.number = None, set(), certificate.number
    _new_token(town, person, certificate.token)


def turned(
    town: Town, who: Account, person: Person, name: str, *, basis: str | None = None, stale: bool = False
) -> Plan | None:
    """A certificate is moved, reviewed or renewed."""
    if not person.number:
        return None
    state, on = person.state, town.today
    seen = max(person.revision - stale, 1)
    form = CertificateMove(revision=seen, ground=GROUND, basis=basis)
    well = (
        town.somebody(person, who, turners(person, name))
        and seen == person.revision
        and person.waiting is None
        and basis in expected.BASES.get(name, {basis})
        and (name not in {"review", "renew"} or _prolongs(person, name, on))
    )

    def noted(archive: Archive) -> None:
        proposed = name in expected.PROPOSED
        stops = name in {"suspend", "revoke"} and state in expected.IN_FORCE
        facts = person.change(hand=stops or name == "lose")
        if proposed:
            person.deciders.add(who.id)
            person.waiting = Waiting(name, who, state, facts["stop"], person.reds)
            due_on = archive.proposal.due_on if archive.proposal else None
            assert due_on == add_working_days(on, expected.SECOND_DAYS)[0]
        if stops:
            person.rests, person.reds = state, {who.id}
            _stop(facts, "suspended", on)
        elif name == "lose":
            person.rests = state
            _stop(facts, "lost", on)
        elif name == "activate":
            facts["certificate"]["state"] = "active"
        elif name == "replace":
            facts["certificate"]["state"], facts["stop"] = person.rests if state == "lost" else state, None
            _new_token(town, person, archive.held.token)
            _another_card(person, on)
        elif name in {"review", "renew"}:
            _prolonged(person, archive, name)

    turn = lambda act: certificates.move(act, person.number, name, form)  # noqa: E731
    return Plan(who, "move_certificate", person.key, well, turn, noted)


def _another_card(person: Person, on: date) -> None:
    one = person.open
    if one is None:
        one = Application(id=f"{person.id}-{len(person.applications) + 1}", state="handover")
        person.applications.append(one)
    if one.state == "handover":
        one.reprint(on)


def decided(town: Town, who: Account, person: Person, decision: str, *, stale: bool = False) -> Plan | None:
    """A second person confirms or refuses what waits, or the first takes it back."""
    if not person.number:
        return None
    waiting, seen = person.waiting, max(person.revision - stale, 1)
    form = Grounds(revision=seen, ground=GROUND)
    well = town.somebody(person, who, expected.DECIDERS) and waiting is not None and seen == person.revision
    if waiting:
        own = who.id == waiting.by.id
        well = well and (own if decision == "withdraw" else not own and who.name != waiting.by.name)

    def noted(archive: Archive) -> None:
        assert waiting
        person.waiting = None
        person.deciders.add(who.id)
        confirmed = decision == "confirm"
        facts = person.change(hand=confirmed and waiting.move == "revoke")
        if not confirmed:
            facts["certificate"]["state"], facts["stop"] = waiting.state, waiting.stop
            person.reds = waiting.reds
        elif waiting.move == "suspend":
            person.reds = person.reds | {who.id}
        elif waiting.move == "revoke":
            person.reds = {waiting.by.id, who.id}
            _stop(facts, "revoked", town.today)
            if person.open:
                person.open.call_off(town.today)
        else:
            facts["certificate"]["state"], facts["stop"], person.reds = person.rests, None, set()

    decide = lambda act: proposals.decide(act, person.number, decision, form)  # noqa: E731
    return Plan(who, "decide_proposal", person.key, well, decide, noted)


def appealed(town: Town, who: Account, person: Person, subject: Any) -> Plan:
    """An appeal is filed, by the company or from paper."""
    refused = [one.id for one in person.applications if one.state == "refused" and not one.called_off]
    if subject == "refusal":
        about = refused[-1] if refused else ""
    else:
        about = person.number if (person.state == "revoked") == (subject == "revocation") else ""
    open_ = (subject, about, True) in person.appeals.values()
    well = town.somebody(person, who, expected.PAPERS) and bool(about) and not open_
    form = NewAppeal(worker=person.id, subject=subject, statement="本人不服（演示）")

    def noted(held: Any) -> None:
        person.change()
        person.appeals[held[1].id] = (subject, about, True)
        if who.role not in expected.COMPANY:
            person.papers.add(held[1].id)
        assert held[1].due_on == add_working_days(town.today, expected.APPEAL_DAYS)[0]

    return Plan(who, "file_appeal", person.key, well, lambda act: appeals.file(act, form), noted)


def reviewed(town: Town, who: Account, person: Person, decision: str, pick: int) -> Plan | None:
    """An appeal is decided, by nobody who made the decision; or its company takes it back."""
    if not person.appeals:
        return None
    id = sorted(person.appeals)[pick % len(person.appeals)]
    subject, about, open_ = person.appeals[id]
    form = Grounds(revision=person.revision, ground=GROUND)
    roles = expected.COMPANY if decision == "withdraw" else expected.DECIDERS
    well: bool | None = town.somebody(person, who, roles) and open_
    if decision == "withdraw":
        well = well and id not in person.papers
    if decision != "withdraw" and well:
        mine = person.refusers.get(about) == who.id if subject == "refusal" else who.id in person.reds
        # who decided about this certificate before may be kept out though that does not stand any more
        well = False if mine else None if who.id in person.deciders else well

    def noted(held: Any) -> None:
        person.change()
        person.appeals[id] = (subject, about, False)

    move = lambda act: appeals.move(act, id, decision, form)  # noqa: E731
    return Plan(who, "move_appeal", person.key, well, move, noted)


def _reasoned(name: str, source: str, reasons: tuple[str, ...], note: str | None) -> bool:
    known = expected.REASONS.get(name)
    if known is None:
        return not reasons
    if (name, source) == ("refuse", "background") and reasons != ("background-failed",):
        return False
    return bool(reasons) and known >= set(reasons) and ("other" not in reasons or bool(note))


def _prolongs(person: Person, name: str, on: date) -> bool:
    certificate = person.facts["certificate"]
    due = certificate["review_due" if name == "review" else "until"]
    papers = person.ready(on) and person.checked(on)
    early = due is not None and date.fromisoformat(due) - timedelta(days=60) <= on
    return papers and early and str(on) <= certificate["until"]


def _prolonged(person: Person, archive: Archive, name: str) -> None:
    certificate, now = person.facts["certificate"], archive.held
    if name == "renew":
        last = date.fromisoformat(certificate["until"])
        assert now.until == _years_on(last + timedelta(days=1), 2) - timedelta(days=1)
        certificate["until"] = str(now.until)
    else:
        assert now.review_due is None or str(now.review_due) > certificate["review_due"]
    certificate["review_due"] = str(now.review_due) if now.review_due else None


def _stop(facts: dict[str, Any], state: str, on: date) -> None:
    facts["certificate"]["state"] = state
    facts["stop"] = {"code": f"certificate-{state}", "since": str(on)}


def _new_token(town: Town, person: Person, token: str) -> None:
    assert token not in town.tokens, "a token was given twice"
    town.tokens.add(token)
    person.dead += [person.token] if person.token else []
    person.token, person.seen, person.since, person.versions = token, False, 0, person.versions[-1:]


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
