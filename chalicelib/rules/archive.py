"""One worker, one archive (一证一档): what it is made of. Changes give a new value; `revision` counts them.

Dates are Shanghai days and include their last; `id`s are opaque. Sealed texts are opaque too (outside/sealing.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from chalicelib.rules.binding import Binding as Binding
from chalicelib.rules.binding import BindingState as BindingState
from chalicelib.rules.binding import Transfer
from chalicelib.rules.check import Background, Check
from chalicelib.rules.consent import Consent as Consent
from chalicelib.rules.distrust import Distrust
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.phone_page import PhonePage
from chalicelib.rules.photo import Photo as Photo
from chalicelib.rules.skill import Education, Skill

ExamCategory = Literal["一般", "居家", "养老照护", "母婴照护"]
CertificateState = Literal["issued", "active", "suspended", "lost", "replaced", "revoked", "expired"]
ApplicationState = Literal[
    "draft", "company_review", "association_review", "background", "authorisation", "production", "handover", "done",
    "returned", "withdrawn", "refused",
]  # fmt: skip
CompanyState = Literal["asked", "active", "suspended", "refused", "closed"]
ProposedMove = Literal["suspend", "revoke", "resume"]
AppealSubject = Literal["colour", "refusal", "revocation"]
AppealState = Literal["filed", "upheld", "overturned", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Who it is (B1). `resident_id`, `phone` and `address` are sealed; `masked_name` may be shown to anyone.

    After `erased_on` nothing of the person is left in it (B9)."""

    name: str
    masked_name: str
    resident_id: str
    identity_hash: str
    phone: str | None = None
    address: str | None = None
    service_types: tuple[str, ...]
    identity: Literal["verified", "unverified"] = "unverified"
    photo: Photo | None = None
    education: Education | None = None
    erased_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Exam:
    """A health exam (B2): its conclusion and category only; never an item's result. `reference` is sealed."""

    id: str
    category: ExamCategory
    start: date
    until: date
    issuer: str
    reference: str | None = None
    file: str | None = None
    distrust: Distrust | None = None


@dataclass(frozen=True, kw_only=True)
class Insurance:
    """A liability policy of the worker (B2, C11); it counts only with third-party cover. `reference` is sealed."""

    id: str
    start: date
    until: date
    third_party: bool
    issuer: str
    reference: str | None = None
    file: str | None = None
    distrust: Distrust | None = None


@dataclass(frozen=True, kw_only=True)
class Training:
    """Training done before the certificate (E1)."""

    state: Literal["done", "missing", "not_required"] = "missing"
    done_on: date | None = None
    issuer: str | None = None
    file: str | None = None
    distrust: Distrust | None = None

    @property
    def standing(self) -> Literal["done", "missing", "not_required"]:
        """The state that counts: training that is not believed is missing (C7)."""
        return "missing" if self.distrust else self.state


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A downgrade set by hand; `ground` is the legal basis, `code` one of the reason codes. `source` is the state
    that it stopped, which lifting it brings back; `job` the bulk stop that set it."""

    code: str
    since: date
    ground: str
    source: CertificateState = "active"
    job: str | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A move of a certificate that one person made or asked for and that waits for a second (C8).

    `state` and `stop` are what the certificate had before: what stands again if the second person says no.
    """

    move: ProposedMove
    basis: str | None
    ground: str
    by: str
    by_name: str
    role: str
    on: date
    due_on: date
    state: CertificateState
    stop: Stop | None = None


@dataclass(frozen=True, kw_only=True)
class Former:
    """A token that died, and as what: it says so for ever."""

    token: str
    state: CertificateState


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate (C6) with the token that its card and phone share; `former` are those of the archive that died."""

    number: str
    token: str
    state: CertificateState
    issued_on: date
    until: date | None
    review_due: date | None
    former: tuple[Former, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One move of an application: who, when, from where to where, on what ground; `job` is the bulk stop that made
    it."""

    move: str
    source: ApplicationState
    target: ApplicationState
    by: str
    role: str
    at: datetime
    reasons: tuple[str, ...] = ()
    note: str | None = None
    receipt: str | None = None
    job: str | None = None


@dataclass(frozen=True, kw_only=True)
class Extension:
    """More working days for an application, and why: company and worker are told (C3, S0 五)."""

    working_days: int
    given_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Application:
    """One application for a certificate (C1, C2); `id` is the worker's id, a dash and a count.

    A `reprint` is the making of another card for a certificate that stands (C3). `due_on` is the whole process's
    last day, `step_due_on` the present step's; while it waits for the company,
    `waiting_since` is the day it was returned and no step is due (C3).
    """

    id: str
    state: ApplicationState
    kind: Literal["new", "reprint"] = "new"
    company: str
    opened_on: date
    submitted_on: date | None = None
    due_on: date | None = None
    step_due_on: date | None = None
    provisional: bool = False
    waiting_since: date | None = None
    extension: Extension | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """A worker's objection (C8) to what `about` names: a certificate's number, or an application's id. `flagged` is
    whether the public is told of it while it is `filed`; `provisional` as for an application."""

    id: str
    subject: AppealSubject
    about: str
    statement: str
    channel: Literal["company", "paper", "phone"]
    by: str
    company: str
    filed_on: date
    due_on: date
    provisional: bool
    flagged: bool
    state: AppealState = "filed"
    decided_by: str | None = None
    decided_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """The highest numbers that an archive had given when something of it was purged: none comes round."""

    applications: int = 0
    appeals: int = 0
    checks: int = 0


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Everything that the code follows from, and the applications; one partition of the register.

    `rows` is how it was stored: each row with the revision that wrote it (records/archives.py).
    """

    city: str
    id: str
    worker: Worker
    binding: Binding
    exams: tuple[Exam, ...] = ()
    insurances: tuple[Insurance, ...] = ()
    skills: tuple[Skill, ...] = ()
    background: Background = field(default_factory=Background)
    checks: tuple[Check, ...] = ()
    consent: Consent = field(default_factory=Consent)
    training: Training = field(default_factory=Training)
    certificate: Certificate | None = None
    stop: Stop | None = None
    proposal: Proposal | None = None
    phone_page: PhonePage | None = None
    transfer: Transfer | None = None
    applications: tuple[Application, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    numbered: Numbered | None = None
    revision: int = 0
    head: str = ""
    rows: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def key(self) -> str:
        """The archive's partition key."""
        return f"W#{self.city}#{self.id}"

    @property
    def held(self) -> Certificate:
        """The certificate; NotAllowed when there is none yet."""
        if self.certificate is None:
            raise NotAllowed("该人员还没有证书", rule="no-certificate")
        return self.certificate

    def application(self, id: str) -> Application | None:
        """Find one application by its id."""
        return next((one for one in self.applications if one.id == id), None)

    def with_application(self, application: Application) -> "Archive":
        """Add an application, or replace the one with its id."""
        others = tuple(one for one in self.applications if one.id != application.id)
        return replace(self, applications=(*others, application))


def highest(ids: Iterable[str]) -> int:
    """Give the highest number that ids of an archive end in, 0 of none."""
    return max((int(id[len(id.rstrip("0123456789")) :]) for id in ids), default=0)


def numbered(archive: Archive) -> Numbered:
    """Give the highest numbers that an archive ever gave, of what was purged since too: the next one is above it."""
    gone = archive.numbered or Numbered()
    return Numbered(
        applications=max(gone.applications, highest(one.id for one in archive.applications)),
        appeals=max(gone.appeals, highest(one.id for one in archive.appeals)),
        checks=max(gone.checks, highest(one.id for one in archive.checks)),
    )


def open_application(archive: Archive) -> Application | None:
    """Give the application that is under way: not done, withdrawn or refused."""
    return next((one for one in archive.applications if one.state not in {"done", "withdrawn", "refused"}), None)
