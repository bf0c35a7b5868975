"""Workers: registering, finding, and what their companies may see of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.actions import faults, secrets
from chalicelib.actions.forms import NewWorker
from chalicelib.outside import chance, clock, policies
from chalicelib.public import consents
from chalicelib.records import archive_rows, archives, claims, companies, lists, shapes
from chalicelib.records.commit import Claim, Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access, certificate, numbers, readiness
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, Binding, Worker
from chalicelib.rules.company import Company
from chalicelib.rules.errors import Fault, NotAllowed
from chalicelib.rules.evidence import CATEGORIES, needed_grade
from chalicelib.rules.readiness import Conditions

TAKEN = "该证件号码的人员已有档案：一人一档，请勿重复登记；如已离开原企业，请先办理解除绑定"


def register(act: Act, form: NewWorker) -> Archive:
    """Register a worker of the caller's company; Clash when the person has an archive already (B1, invariant 5)."""
    city = access.city_of(act.account)
    company = companies.fetch(city, act.account.company or "")
    return create(act, new(act, company, form), form.resident_id, company)


def new(act: Act, company: Company, form: NewWorker) -> Archive:
    """Make the archive of a new worker of a company, not stored yet; NotAllowed unless the company is active."""
    if company.state != "active":
        raise NotAllowed("企业尚未通过确认或已被暂停，不能登记人员", rule="company-not-active")
    id = chance.identifier()
    place = f"W#{company.city}#{id}"
    worker = Worker(
        name=form.name,
        masked_name=numbers.mask_name(form.name),
        resident_id=secrets.seal(company.city, f"{place}|resident_id", form.resident_id),
        identity_hash=secrets.identity_hash(form.resident_id),
        phone=secrets.seal(company.city, f"{place}|phone", form.phone) if form.phone else None,
        address=secrets.seal(company.city, f"{place}|address", form.address) if form.address else None,
        service_types=form.service_types,
    )
    binding = Binding(company=company.id, company_name=company.name, since=act.on)
    return Archive(city=company.city, id=id, worker=worker, binding=binding)


def create(act: Act, archive: Archive, resident_id: str, company: Company) -> Archive:
    """Store a new archive, unique by the keyed hash of the resident ID, while its company is as it was read."""
    claim = claims_of(resident_id, archive.key, TAKEN)
    empty = replace(archive, revision=0)
    return archives.store(empty, archive, act=act, entry=Entry(action="worker.register"), claim=claim, holds=company)


def claims_of(resident_id: str, owner: str, taken: str) -> list[Claim]:
    """Make the claims by which a person has one archive, under each key that counts."""
    return [Claim(key=f"U#person#{one}", owner=owner, taken=taken) for one in secrets.identity_hashes(resident_id)]


def key_of(resident_id: str) -> str | None:
    """Give the partition of the archive of a person, in whatever city, or None."""
    found = (claims.owner(f"U#person#{one}") for one in secrets.identity_hashes(resident_id))
    return next((key for key in found if key), None)


def fetch(account: Account, id: str) -> Archive:
    """Read an archive that the account may see; Missing otherwise, whatever the reason."""
    archive = archives.fetch(access.city_of(account), id)
    access.sees(account, city=archive.city, company=archive.binding.company)
    return archive


def resident_id(archive: Archive) -> str:
    """Open the resident ID of an archive: a reveal, which the caller puts into the ledger with its purpose."""
    return secrets.reveal(archive.city, f"{archive.key}|resident_id", archive.worker.resident_id)


def missing(archive: Archive, act: Act) -> tuple[Fault, ...]:
    """Name what is missing before an application may be sent (C1)."""
    needed = _grade(archive.city, archive.worker.service_types, act.on)
    return readiness.missing(archive, needed, act.on, consents.in_force(act.on)["version"])


def lapsed(archive: Archive, act: Act) -> tuple[Fault, ...]:
    """Name what does not hold any more when a certificate is reviewed or renewed (C6)."""
    needed = _grade(archive.city, archive.worker.service_types, act.on)
    return readiness.lapsed(archive, needed, act.on, consents.in_force(act.on)["version"])


def _grade(city: str, service_types: Sequence[str], on: date) -> str:
    grades = policies.load(city).at(on).grades
    return CATEGORIES[needed_grade(grades, tuple(service_types))]


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List the workers of a company, or those of the city whose certificate is in a state (`none`: has none).

    Each line tells what is missing today, computed from what it holds and without another read.
    """
    city = access.city_of(account)
    if account.role in access.COMPANY:
        page = lists.by_company(city, account.company or "", "worker", limit=limit, after=after)
    else:
        faults.ask_for_one_of("state", state, ("none", *certificate.STATE_NAMES))
        page = lists.by_id(city, "worker", state, shards=archive_rows.SHARDS, limit=limit, after=after)
    return page._replace(items=[_line(brief, account, city) for brief in page.items])


def _line(brief: dict[str, Any], account: Account, city: str) -> dict[str, Any]:
    """Put what is missing in the place of what it follows from; a line of before that was kept tells nothing of it."""
    told = brief.pop("conditions", None)
    if told is None or "readiness.see" not in access.rights(account):
        return brief
    on = clock.today()
    needed, text = _grade(city, brief["service_types"], on), consents.in_force(on)["version"]
    return {**brief, "missing": readiness.lacking(shapes.restore(Conditions, told), needed, on, text)}


def change(act: Act, before: Archive, action: str, *, ground: str | None = None, **parts: Any) -> Archive:
    """Store an archive with some parts replaced, as one decision."""
    return archives.store(before, replace(before, **parts), act=act, entry=Entry(action=action, ground=ground))
