"""The lines of lists, as the OpenAPI document tells them; `records` makes each beside the row that it stands for."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from chalicelib.api.answers import Day, Instant
from chalicelib.rules.archive import (
    AppealState,
    AppealSubject,
    ApplicationState,
    CertificateState,
    CompanyState,
    ProposedMove,
)
from chalicelib.rules.background import BatchState
from chalicelib.rules.binding import Side
from chalicelib.rules.bulk_stop import BulkMove, SourceKind
from chalicelib.rules.bulk_stop import State as BulkStopState
from chalicelib.rules.card_batch import State as CardBatchState
from chalicelib.rules.readiness import Lack
from chalicelib.rules.report import ReportKind
from chalicelib.rules.report import State as ReportState


class AccountBrief(TypedDict):
    """An account in a list."""

    id: str
    name: str
    role: str
    company: str | None
    state: str
    revision: int


class GrantedExtension(TypedDict):
    """The day that an application was put off to, and why."""

    day: Day
    reason: str


class WorkerBrief(TypedDict):
    """A worker in a list; `transfer` is the day by which a change of company falls due, `newest` the number of the
    latest application. `missing` is told to who sees readiness, in the codes of that; not of a row from before it."""

    id: str
    name: str
    service_types: list[str]
    company: str
    company_name: str
    certificate: CertificateState | Literal["none"]
    application: ApplicationState | None
    last_application: ApplicationState | None
    newest: NotRequired[int]
    consent: NotRequired[Literal["given", "withdrawn"] | None]
    transfer: Day | None
    appeals: NotRequired[dict[str, AppealState]]
    extended: NotRequired[GrantedExtension]
    erased: NotRequired[bool]
    missing: NotRequired[list[Lack]]
    revision: int


class ApplicationBrief(TypedDict):
    """An application in a list; a former company does not learn the name of the present one. `card` is the last that
    was told of a card on its way to its company; a row from before that was kept has none."""

    id: str
    kind: Literal["new", "reprint"]
    worker: str
    name: str
    state: ApplicationState
    company: str
    company_name: str | None
    opened_on: Day
    due_on: Day | None
    waiting_since: Day | None
    service_types: list[str]
    batch: str | None
    card: NotRequired[Literal["deliver", "receive"] | None]
    urgency: NotRequired[str]
    revision: int


class CertificateBrief(TypedDict):
    """A certificate in a list."""

    number: str
    worker: str
    name: str
    state: CertificateState
    issued_on: Day
    revision: int


class ChangeToReport(TypedDict):
    """What a company has to report of itself, in words, and until when."""

    what: str
    due_on: Day


class CompanyBrief(TypedDict):
    """A company in a list; `late` is by how many days its last change, of `changed_on`, was reported too late."""

    id: str
    name: str
    state: CompanyState
    district: str | None
    change: NotRequired[ChangeToReport]
    late: NotRequired[int]
    changed_on: NotRequired[Day]
    revision: int


class ProposalBrief(TypedDict):
    """What waits for a second person, in a list."""

    number: str
    worker: str
    name: str
    company_name: str
    move: ProposedMove
    basis: str | None
    by_name: str
    on: Day
    due_on: Day
    overdue: bool
    revision: int


class TransferBrief(TypedDict):
    """A change of company in a list; `missing` are the sides that have not agreed. The one that is left is named to
    all but the company that the worker goes to."""

    worker: str
    name: str
    company: NotRequired[str]
    company_name: NotRequired[str]
    to: str
    to_name: str
    on: Day
    due_on: Day
    missing: list[Side]
    objected: bool
    revision: int


class AppealBrief(TypedDict):
    """An appeal in a list."""

    id: str
    worker: str
    name: str
    subject: AppealSubject
    about: str
    state: AppealState
    filed_on: Day
    due_on: Day
    company: str
    company_name: str | None
    overdue: bool
    revision: int


class BulkStopBrief(TypedDict):
    """A stop by source in a list; `names` as they were written, for companies their ids."""

    id: str
    kind: SourceKind
    names: list[str]
    move: BulkMove
    state: BulkStopState
    by_name: str
    at: Instant
    rows: int
    revision: int


class CardBatchBrief(TypedDict):
    """Cards that were ordered together, in a list."""

    id: str
    state: CardBatchState
    at: Instant
    by_name: str
    members: int
    made: int
    unit_fen: int | None
    revision: int


class BackgroundBatchBrief(TypedDict):
    """A batch for the police in a list."""

    id: str
    state: BatchState
    at: Instant
    members: int
    left: int
    revision: int


class RecheckBrief(TypedDict):
    """Whose yearly check falls due; `batch` is the one it was sent in."""

    id: str
    name: str
    company: str
    company_name: str
    checked_on: Day
    due_on: Day
    batch: str | None
    revision: int


class CheckProof(TypedDict):
    """One conclusion of the police on a worker of a company."""

    worker: str
    name: str
    conclusion: Literal["passed", "failed"]
    checked_on: Day
    revision: int


class NoticeBrief(TypedDict):
    """A notice, with what became of each channel."""

    id: str
    title: str
    text: str
    template: str
    at: Instant
    worker: str | None
    read_at: Instant | None
    channels: dict[str, str]
    revision: int


class ReportBrief(TypedDict):
    """What a household reported of a code; `name` is masked, None for a code that nobody issued."""

    id: str
    worker: str | None
    name: str | None
    at: Instant
    kind: ReportKind
    state: ReportState
    revision: int


class EndBrief(TypedDict):
    """What of a worker ends first, and its last day."""

    id: str
    name: str
    company: str
    company_name: str
    what: Literal["exam", "insurance", "background", "review", "certificate"]
    on: Day
    revision: int
