"""What the staff API answers, as the OpenAPI document tells it: the functions that show things name these as results.

A value that is shown as it is kept (`shapes.plain`) is described by its own dataclass.
"""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from chalicelib.rules.archive import (
    ApplicationState,
    BindingState,
    CertificateState,
    CompanyState,
    Consent,
    ExamCategory,
    Extension,
    Step,
    Stop,
    Training,
)
from chalicelib.rules.check import Background
from chalicelib.rules.city import Standing
from chalicelib.rules.company import Change
from chalicelib.rules.distrust import Distrust
from chalicelib.rules.file import FileKind, FileType, Scan
from chalicelib.rules.skill import Skill

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
ColourName = Annotated[str, Field(json_schema_extra={"enum": ["green", "yellow", "red", "grey"]})]


class CompanyName(TypedDict):
    """A company as it is named beside something else."""

    id: str
    name: str


class BoundCompany(CompanyName):
    """The company of a worker, and how the binding stands."""

    state: BindingState


ShownExam = TypedDict(
    "ShownExam",
    {"id": str, "category": ExamCategory, "from": Day, "until": Day, "issuer": str,
     "reference_recorded": bool, "file": str | None, "distrust": Distrust | None},
)  # fmt: skip
ShownInsurance = TypedDict(
    "ShownInsurance",
    {"id": str, "from": Day, "until": Day, "third_party": bool, "issuer": str,
     "reference_recorded": bool, "file": str | None, "distrust": Distrust | None},
)  # fmt: skip


class ShownCertificate(TypedDict):
    """A certificate with the address that its QR says."""

    number: str
    state: CertificateState
    issued_on: Day
    until: Day | None
    review_due: Day | None
    token: str
    url: str


class ApplicationStanding(TypedDict):
    """An application beside its worker."""

    id: str
    state: ApplicationState


class ShownWorker(TypedDict):
    """An archive: never a resident ID, phone, address or paper's number. `transfer_due_on` is until when the others may
    answer to a change of company that is under way."""

    id: str
    revision: int
    name: str
    service_types: list[str]
    identity: Literal["verified", "unverified"]
    company: BoundCompany
    exams: list[ShownExam]
    insurances: list[ShownInsurance]
    education: str | None
    skills: list[Skill]
    training: Training
    consent: Consent
    background: Background
    certificate: ShownCertificate | None
    stop: Stop | None
    applications: list[ApplicationStanding]
    transfer_due_on: Day | None
    erased_on: Day | None


class ShownProposal(TypedDict):
    """What waits for a second person."""

    move: str
    move_name: str
    basis: str | None
    ground: str
    by_name: str
    role: str
    on: Day
    due_on: Day
    decisions: list[str]


class ShownBasis(TypedDict):
    """A legal basis that a move may be put on."""

    text: str
    source: str
    moves: list[str]


class HeldCertificate(ShownCertificate):
    """A certificate with whose it is and what the caller may do with it now."""

    revision: int
    worker: str
    name: str
    company: CompanyName
    moves: list[str]
    bases: dict[str, ShownBasis]
    proposal: ShownProposal | None


class Duplicate(TypedDict):
    """Another person for whom the same file was used; who it is, only where the caller may see that person."""

    file: str
    kind: FileKind
    where: Literal["this-city", "another-city"]
    worker: str | None
    name: NotRequired[str]
    company: str | None


class ShownApplication(TypedDict):
    """An application with its worker, its history and the moves of the caller."""

    id: str
    state: ApplicationState
    kind: Literal["new", "reprint"]
    company: str
    opened_on: Day
    submitted_on: Day | None
    due_on: Day | None
    step_due_on: Day | None
    provisional: bool
    waiting_since: Day | None
    extension: Extension | None
    steps: list[Step]
    state_name: str
    revision: int
    worker: ShownWorker
    moves: list[str]
    return_reasons: dict[str, str]
    extension_reasons: dict[str, str]
    urgency: str


class OpenedApplication(ShownApplication):
    """An application as it is read, with the files that were also used for another person."""

    duplicates: list[Duplicate]


class ShownCard(TypedDict):
    """What is printed on a card; `svg` is text, `png` a data URL, `photo` an address for a few minutes."""

    number: str
    name: str
    photo: str | None
    issuer: str
    hotline: str
    issued_on: Day
    url: str
    svg: str
    png: str


class ShownPhone(TypedDict):
    """The e-code as a telephone shows it on a day; `svg` is text."""

    number: str
    colour: ColourName
    word: str
    day: Day
    url: str
    svg: str


class ShownFile(TypedDict):
    """What is known of a file; its content has an address of its own."""

    id: str
    kind: FileKind
    type: FileType
    size: int
    sha256: str
    scan: Scan
    at: Instant
    of: str | None
    fault: str | None
    gone_on: Day | None


class ShownFiles(TypedDict):
    """A worker's files, and their other uses."""

    items: list[ShownFile]
    duplicates: list[Duplicate]


class ShownCompany(TypedDict):
    """A company; its contact stays sealed."""

    id: str
    name: str
    credit_code: str
    district: str | None
    state: CompanyState
    since: Day
    ground: str | None
    revision: int
    representative: str | None
    staff_employed: bool
    commitment_on: Day | None
    reported_late: int
    change: Change | None


class Overrides(TypedDict):
    """What a city decided for itself: the colour of a ground, and whether a card must be activated."""

    grounds: NotRequired[dict[str, ColourName]]
    activation_required: NotRequired[bool]


Choice = TypedDict("Choice", {"from": Day, "overrides": Overrides})


StricterColour = Literal["grey", "red"]
LeftToCity = TypedDict(
    "LeftToCity", {"from": Day, "activation_required": bool, "grounds": dict[str, list[StricterColour]]}
)


class ShownCity(TypedDict):
    """A city's settings; `overrides` are its choices by their first day, `may` is what its region's policy leaves to it
    by the first day of each version: the one in force and what follows."""

    id: str
    name: str
    association: str
    hotline: str
    overrides: list[Choice]
    may: list[LeftToCity]
    standing: Standing | None
    revision: int


class ShownAccount(TypedDict):
    """An account."""

    id: str
    role: str
    city: str | None
    company: str | None
    name: str
    state: str
    revision: int


class ShownFault(TypedDict):
    """One condition that is not met, or one fault of a form."""

    field: str
    code: str
    message: str


class Readiness(TypedDict):
    """What is still missing before an application may be sent."""

    ready: bool
    missing: list[ShownFault]
