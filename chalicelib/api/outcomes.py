"""What the staff API answers about work under way and done, as the OpenAPI document tells it (see answers.py)."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from chalicelib.api.answers import CompanyName, Day, Instant, ShownFault
from chalicelib.rules.archive import AppealState, AppealSubject, ApplicationState, CertificateState
from chalicelib.rules.background import BatchState
from chalicelib.rules.bulk_stop import BulkMove, SourceKind
from chalicelib.rules.bulk_stop import State as BulkStopState
from chalicelib.rules.file import FileType
from chalicelib.rules.report import ReportKind
from chalicelib.rules.report import State as ReportState
from chalicelib.rules.reveal import Field


class AddressToSend(TypedDict):
    """The form by which a browser sends a file."""

    id: str
    url: str
    fields: dict[str, str]
    expires: Instant


class AddressToSee(TypedDict):
    """Where a file can be seen, and until when."""

    url: str
    type: FileType
    expires: Instant


class AddressOfBatch(TypedDict):
    """Where a batch's sealed file can be fetched, for how many seconds; how many files the account fetched today, and
    how many it may fetch a day."""

    url: str
    seconds: int
    today: int
    most: int


class Contact(TypedDict):
    """Who asked for a company's account."""

    contact: NotRequired[str]
    email: NotRequired[str]
    phone: NotRequired[str]


class ShownBackgroundBatch(TypedDict):
    """A batch for the police: counts only, never who is in it; `file` is whether its file can be fetched."""

    id: str
    state: BatchState
    at: Instant
    members: int
    left: int
    downloads: int
    file: bool
    revision: int


class NewlyMadeBatch(ShownBackgroundBatch):
    """A batch to who made it, with the password of its file, told this once."""

    password: str


class ShownProblem(TypedDict):
    """A refusal, as it also stands in the result of a batch."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[ShownFault]]


class ShownAppeal(TypedDict):
    """An appeal with the archive's revision and the moves of the caller; `follows` is what comes of an overturned one.

    `about` is a certificate's number or the id of a refused application; `statement` is null for the company, where the
    worker wrote from the own telephone.
    """

    id: str
    subject: AppealSubject
    about: str
    statement: str | None
    channel: Literal["company", "paper", "phone"]
    by: str
    company: str
    filed_on: Day
    due_on: Day
    provisional: bool
    flagged: bool
    state: AppealState
    decided_by: str | None
    decided_on: Day | None
    reason: str | None
    subject_name: str
    state_name: str
    worker: str
    name: str
    revision: int
    moves: list[str]
    follows: str | None


StopProgress = TypedDict(
    "StopProgress",
    {"slices_done": int, "stopped": int, "returned": int, "distrusted": int, "trusted": int, "nothing-to-do": int},
)  # fmt: skip
ShownBulkStop = TypedDict(
    "ShownBulkStop",
    {
        "id": str, "kind": SourceKind, "names": list[str], "from": Day | None, "until": Day | None,
        "move": BulkMove, "basis": str, "ground": str, "by_name": str, "at": Instant,
        "state": BulkStopState, "counted": dict[str, int], "certificates": int, "applications": int,
        "rows": int, "slices": int, "revision": int,
        "progress": StopProgress | None, "decisions": list[str],
    },
)  # fmt: skip


class ShownAgreement(TypedDict):
    """That one side agreed to a change of company."""

    side: str
    on: Day


class ShownTransfer(TypedDict):
    """A change of company; of a closed one only that there is none."""

    worker: str
    name: str
    revision: int
    company: str | None
    state: Literal["open", "closed"]
    to: NotRequired[str]
    to_name: NotRequired[str]
    ground: NotRequired[str]
    on: NotRequired[Day]
    due_on: NotRequired[Day]
    overdue: NotRequired[bool]
    agreed: NotRequired[list[ShownAgreement]]
    missing: NotRequired[list[str]]
    objection: NotRequired[str | None]
    moves: list[str]


class BatchItem(TypedDict):
    """What became of one of many."""

    id: str
    application: NotRequired[str]
    state: NotRequired[ApplicationState]
    identity: NotRequired[str]
    revision: NotRequired[int]
    problem: NotRequired[ShownProblem]


class BatchResult(TypedDict):
    """What became of many decisions in one request."""

    done: int
    items: list[BatchItem]


class ImportRow(TypedDict):
    """A row of a file that was not simply done."""

    row: int
    state: Literal["duplicate", "refused"]
    message: str


class Import(TypedDict):
    """How far a file is."""

    id: str
    kind: str
    state: Literal["queued", "running", "finished"]
    rows: int
    done: int
    duplicate: int
    refused: int
    slices: int
    slices_done: int
    report: list[ImportRow]


class View(TypedDict):
    """That somebody was shown something of a worker, in plain words."""

    day: Day
    organisation: str
    role: str
    what: str
    purpose: str


class Views(TypedDict):
    """Who was shown something of a worker, the latest first."""

    items: list[View]


class CopiedSection(TypedDict):
    """Lines of a copy that a person can read: name and text."""

    title: str
    lines: list[list[str]]


class CopyOfWorker(TypedDict):
    """All that is kept of a worker, what is sealed opened: for the worker's own hands."""

    made_on: Day
    sections: list[CopiedSection]
    data: dict[str, Any]


class Revealed(TypedDict):
    """One sealed field, opened; `today` counts the day's looks of the account, of `most`."""

    field: Field
    value: str
    today: int
    most: int


class ReportedCertificate(TypedDict):
    """The certificate of whom a report is about."""

    number: str
    state: CertificateState


class ShownReport(TypedDict):
    """A household's report of a code: their words, and of themselves only whether they left a phone."""

    id: str
    kind: ReportKind
    kind_name: str
    note: str
    phone_left: bool
    at: Instant
    state: ReportState
    state_name: str
    token: str
    worker: str | None
    name: str | None
    company: CompanyName | None
    certificate: ReportedCertificate | None
    decided_on: Day | None
    reason: str | None
    revision: int
    moves: list[str]


class LedgerEntry(TypedDict):
    """One decision in the ledger."""

    revision: int
    at: Instant
    by: str
    role: str
    action: str
    ground: str | None
    note: dict[str, Any] | None
    wrote: dict[str, str]
    previous: str
    hash: str


class Ledger(TypedDict):
    """The chain of an archive; `broken` is the revision of the first entry that does not follow."""

    entries: list[LedgerEntry]
    broken: int | None


class Read(TypedDict):
    """How many notices were unread."""

    read: int
