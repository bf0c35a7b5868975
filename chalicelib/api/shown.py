"""How things are shown to staff. Never a resident ID, phone, address or paper's number; names in full only to those of
the case."""

from base64 import b64encode
from dataclasses import replace
from typing import Any

from chalicelib import settings
from chalicelib.actions.cards import Card, Phone
from chalicelib.actions.factors import FactorStanding, Offer
from chalicelib.api import answers, factor_answers, outcomes
from chalicelib.outside import clock, policies, qr, terms
from chalicelib.records import shapes
from chalicelib.rules import choice, limits
from chalicelib.rules.access import STAFF
from chalicelib.rules.account import Account
from chalicelib.rules.application import EXTENSION_REASONS, RETURN_REASONS, STATE_NAMES, awaited, moves
from chalicelib.rules.archive import Application, Archive, Certificate, Exam, Insurance, Proposal
from chalicelib.rules.background import BackgroundBatch
from chalicelib.rules.basis import BASES
from chalicelib.rules.certificate import MOVE_NAMES, REPLACEABLE, REPLACERS
from chalicelib.rules.certificate import MOVES as CERTIFICATE_MOVES
from chalicelib.rules.city import City
from chalicelib.rules.company import Company
from chalicelib.rules.errors import Fault
from chalicelib.rules.file import File
from chalicelib.rules.proposal import decisions
from chalicelib.rules.renewal import EVENTS

PIXELS = 12
"""A module of the card's PNG: half a millimetre at 600 dots an inch."""
CARD_STATES = frozenset({"production", "handover"})
"""Steps of an application that are about the card."""


def archive(one: Archive) -> answers.ShownWorker:
    """Show an archive: what it holds, its revision, and its code's address when there is one."""
    return {
        "id": one.id,
        "revision": one.revision,
        "name": one.worker.name,
        "service_types": list(one.worker.service_types),
        "identity": one.worker.identity,
        "company": {"id": one.binding.company, "name": one.binding.company_name, "state": one.binding.state},
        "exams": [_dated(exam) for exam in one.exams],
        "insurances": [_dated(insurance) for insurance in one.insurances],
        "education": one.worker.education,
        "skills": [shapes.plain(skill) for skill in one.skills],
        "training": shapes.plain(one.training),
        "consent": shapes.plain(one.consent),
        "background": shapes.plain(one.background),
        "certificate": certificate(one.certificate) if one.certificate else None,
        "stop": shapes.plain(one.stop) if one.stop else None,
        "applications": [{"id": each.id, "state": each.state} for each in one.applications],
        "transfer_due_on": str(one.transfer.due_on) if one.transfer else None,
        "erased_on": str(one.worker.erased_on) if one.worker.erased_on else None,
    }


def worker(one: Archive, account: Account) -> answers.ShownWorker:
    """Show an archive to a role: the police see who it is, the authorisation and what they concluded, no paper (G2)."""
    return archive(_of_the_check(one) if account.role == "police" else one)


def _of_the_check(one: Archive) -> Archive:
    bare = Archive(city=one.city, id=one.id, worker=replace(one.worker, education=None), binding=one.binding)
    return replace(bare, consent=one.consent, background=one.background, certificate=one.certificate,
                   applications=one.applications, revision=one.revision)  # fmt: skip


def certificate(one: Certificate) -> answers.ShownCertificate:
    """Show a certificate with the address that its QR says."""
    return {
        "number": one.number, "state": one.state, "issued_on": str(one.issued_on),
        "until": str(one.until) if one.until else None,
        "review_due": str(one.review_due) if one.review_due else None,
        "token": one.token, "url": code_url(one.token),
    }  # fmt: skip


def code_url(token: str) -> str:
    """Give the address that the QR says: upper case, so that it stays in the QR's alphanumeric mode."""
    return f"{settings.required('ADDRESS')}/v/{token}".upper()


def card(one: Card) -> answers.ShownCard:
    """Show what is printed on a card; its name in full, as the card itself says it."""
    held, url = one.archive.held, code_url(one.archive.held.token)
    picture = qr.card(url)
    return {
        "number": held.number, "name": one.archive.worker.name, "photo": one.photo, "issuer": one.issuer,
        "hotline": one.hotline,
        "issued_on": str(held.issued_on), "url": url, "svg": picture.svg(),
        "png": f"data:image/png;base64,{b64encode(picture.png(PIXELS)).decode()}",
    }  # fmt: skip


def phone(one: Phone) -> answers.ShownPhone:
    """Show the e-code of a day, with the colour in a word and the credential in its fragment (A10)."""
    url, on = code_url(one.archive.held.token), one.on
    if one.credential:
        url = f"{url}#{one.credential}"
    return {
        "number": one.archive.held.number, "colour": one.colour.name.lower(), "word": qr.WORDS[one.colour],
        "day": str(on), "url": url, "svg": qr.phone(url, one.colour, on).svg(),
    }  # fmt: skip


def held_certificate(one: Archive, account: Account) -> answers.HeldCertificate:
    """Show an archive by its certificate, with the moves that this account may make now.

    The hotline compares a name and never reads one out, so it is shown the masked one (A5, G2).
    """
    state = one.held.state
    possible = [
        name for name, move in CERTIFICATE_MOVES.items()
        if state in move.sources and account.role in move.roles
        and not (name == "activate" and awaited(one, account.role))
    ]  # fmt: skip
    replaceable = ["replace"] if state in REPLACEABLE and account.role in REPLACERS else []
    term, today = terms.load(one.city), clock.today()
    prolongable = [name for name, event in EVENTS.items() if event.refusal(one, term, account.role, today) is None]
    waiting = proposal(one.proposal, account) if one.proposal and account.role in STAFF else None
    return {
        **certificate(one.held),
        "revision": one.revision,
        "worker": one.id,
        "name": one.worker.masked_name if account.role == "hotline" else one.worker.name,
        "company": {"id": one.binding.company, "name": one.binding.company_name},
        "moves": [] if one.proposal else possible + replaceable + prolongable,
        "bases": {
            code: {"text": basis.text, "source": basis.source, "moves": sorted(basis.moves)}
            for code, basis in BASES.items()
            if not basis.moves.isdisjoint(possible)
        },
        "proposal": waiting,
    }


def proposal(one: Proposal, account: Account) -> answers.ShownProposal:
    """Show what waits for a second person, with the decisions that this account may make."""
    return {
        "move": one.move, "move_name": MOVE_NAMES[one.move], "basis": one.basis, "ground": one.ground,
        "by_name": one.by_name, "role": one.role, "on": str(one.on), "due_on": str(one.due_on),
        "decisions": list(decisions(one, account)),
    }  # fmt: skip


def application(held: tuple[Archive, Application], account: Account) -> answers.ShownApplication:
    """Show an application with its archive, its history, and the moves that this account may make now.

    The print vendor is shown what goes on a card: no health, no police check, no consent, and nobody's reasons (G2).
    """
    one, app = held if account.role != "print_vendor" else _of_the_card(*held)
    told: Any = {
        **shapes.plain(app),
        "state_name": STATE_NAMES[app.state],
        "revision": one.revision,
        "worker": worker(one, account),
        "moves": moves(app, account.role),
        "return_reasons": RETURN_REASONS,
        "extension_reasons": EXTENSION_REASONS,
        "urgency": limits.urgency(app, clock.today()),
    }
    shown: answers.ShownApplication = told
    return shown


def _of_the_card(one: Archive, app: Application) -> tuple[Archive, Application]:
    made = replace(app, extension=None, steps=tuple(step for step in app.steps if step.source in CARD_STATES))
    bare = Archive(city=one.city, id=one.id, worker=replace(one.worker, education=None), binding=one.binding)
    return replace(bare, certificate=one.certificate, applications=(made,), revision=one.revision), made


def file(one: File) -> answers.ShownFile:
    """Show what is known of a file; its content has an address of its own."""
    told: Any = {name: value for name, value in shapes.plain(one).items() if name != "by"}
    shown: answers.ShownFile = told
    return shown


def company(one: Company) -> answers.ShownCompany:
    """Show a company; its contact stays sealed."""
    return {
        "id": one.id, "name": one.name, "credit_code": one.credit_code, "district": one.district,
        "state": one.state, "since": str(one.since), "ground": one.ground, "revision": one.revision,
        "representative": one.representative, "staff_employed": one.staff_employed,
        "commitment_on": str(one.commitment_on) if one.commitment_on else None, "reported_late": one.reported_late,
        "change": shapes.plain(one.change) if one.change else None,
    }  # fmt: skip


def city(one: City) -> answers.ShownCity:
    """Show a city's settings."""
    told: Any = {name: value for name, value in shapes.plain(one).items() if name != "head"}
    told["may"] = [
        {"from": str(offer.first), "activation_required": offer.activation_required, "grounds": offer.grounds}
        for offer in choice.offers(policies.load(one.id), clock.today())
    ]
    shown: answers.ShownCity = told
    return shown


def background_batch(one: BackgroundBatch) -> outcomes.ShownBackgroundBatch:
    """Show a batch: counts only, never who is in it."""
    return {
        "id": one.id, "state": one.state, "at": one.at.isoformat(), "members": len(one.members), "left": one.left,
        "downloads": one.downloads, "file": one.state == "ready", "revision": one.revision,
    }  # fmt: skip


def new_background_batch(made: tuple[BackgroundBatch, str]) -> outcomes.NewlyMadeBatch:
    """Show a batch to who made it, with its file's password."""
    one, password = made
    return {**background_batch(one), "password": password}


def me(held: tuple[Account, FactorStanding]) -> factor_answers.OwnAccount:
    """Show one's own account, with how its second factor stands in this sign-in."""
    one, standing = held
    return {**account(one), "second_factor": shapes.plain(standing)}


def offer(one: Offer) -> factor_answers.ShownOffer:
    """Show a secret for an authenticator, as text and as a picture to scan; it is told this once."""
    return {"secret": one.secret, "address": one.address, "svg": qr.plain(one.address).svg()}


def account(one: Account) -> answers.ShownAccount:
    """Show an account."""
    return {
        "id": one.id, "role": one.role, "city": one.city, "company": one.company, "name": one.name,
        "state": one.state, "revision": one.revision,
    }  # fmt: skip


def faults(found: tuple[Fault, ...]) -> answers.Readiness:
    """Show what is missing; `ready` when nothing is."""
    return {
        "ready": not found,
        "missing": [answers.ShownFault(field=one.field, code=one.code, message=one.message) for one in found],
    }


def _dated(one: Exam | Insurance) -> Any:
    told: dict[str, Any] = shapes.plain(one)
    told["from"] = told.pop("start")
    told["reference_recorded"] = told.pop("reference") is not None
    return told
