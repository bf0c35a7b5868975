"""What people may send: typed, whole, and every fault named at once. Days are `YYYY-MM-DD` and include their last."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.outside import clock
from chalicelib.rules import numbers
from chalicelib.rules.archive import ExamCategory

EXAM_DAYS = 365


def _resident_id(text: str) -> str:
    faults = numbers.resident_id_faults(text, clock.today())
    if faults:
        raise PydanticCustomError(faults[0].code, "；".join(fault.message for fault in faults))
    return text.upper()


def _credit_code(text: str) -> str:
    if not numbers.credit_code_ok(text):
        raise PydanticCustomError("credit-code", "统一社会信用代码不正确：请核对营业执照上的 18 位代码")
    return text.upper()


def _phone(text: str) -> str:
    if not numbers.phone_ok(text):
        raise PydanticCustomError("phone", "手机号应为 1 开头的 11 位数字")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]
ResidentId = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_resident_id)]
CreditCode = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_credit_code)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_phone)]
Telephone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+() -]{6,24}$")]
Email = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}$")]
ServiceType = Literal[
    "保洁", "做饭", "钟点工", "居家保姆", "住家保姆", "养老照护", "病患陪护", "母婴照护", "月嫂", "育婴", "家电清洗",
    "搬家", "维修",
]  # fmt: skip


class Form(BaseModel):
    """A body: nothing beside what it names."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Decided(Form):
    """A decision on a record, with the revision it was decided on."""

    revision: Annotated[int, Field(ge=1)]


class NewExam(Form):
    """A health exam: its category and conclusion only (B2)."""

    category: ExamCategory
    start: Annotated[date, Field(alias="from")]
    until: date | None = None
    issuer: Text
    reference: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "NewExam":
        if self.until and self.until < self.start:
            raise PydanticCustomError("until-before-from", "截止日期早于体检日期")
        if self.until and self.until > self.start + timedelta(days=EXAM_DAYS):
            raise PydanticCustomError("until-too-late", "体检结果自体检之日起最多 365 天有效")
        if self.start > clock.today():
            raise PydanticCustomError("from-in-future", "体检日期不能晚于今天")
        return self

    @property
    def ends(self) -> date:
        """The last day it counts; a year when the report names none."""
        return self.until or self.start + timedelta(days=EXAM_DAYS)


class NewInsurance(Form):
    """A liability policy; a renewal may begin later (B2)."""

    start: Annotated[date, Field(alias="from")]
    until: date
    third_party: bool
    issuer: Text
    reference: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "NewInsurance":
        if self.until < self.start:
            raise PydanticCustomError("until-before-from", "截止日期早于起保日期")
        return self


class AmendedExam(NewExam):
    """The right dates of an exam that was entered wrongly, and why."""

    why: Text


class AmendedInsurance(NewInsurance):
    """The right dates of a policy that was entered wrongly, and why."""

    why: Text


class Void(Form):
    """Why a record was never right: it belongs to somebody else, or was entered twice."""

    why: Text


class NewTraining(Form):
    """Pre-job training done (E1)."""

    done_on: date
    issuer: Text


class NewConsent(Form):
    """The signed authorisation (信用信息授权书) with the version of the text that was shown."""

    given_on: date
    text: Text


class Withdrawal(Form):
    """The worker takes the consent back."""

    withdrawn_on: date | None = None


class NewIdentity(Form):
    """The identity was checked against the original document (人证合一), and whether person and document match."""

    how: Literal["reader", "original", "platform"]
    matches: bool = True


class Conclusion(Form):
    """The police's conclusion: no more than passed, failed or still pending, and the day (C4)."""

    conclusion: Literal["passed", "failed", "pending"]
    checked_on: date

    @model_validator(mode="after")
    def _past(self) -> "Conclusion":
        if self.checked_on > clock.today():
            raise PydanticCustomError("checked-in-future", "核查日期不能晚于今天")
        return self


class NewWorker(Form):
    """A worker to register (B1)."""

    name: Name
    resident_id: ResidentId
    phone: Phone | None = None
    address: Text | None = None
    service_types: Annotated[tuple[ServiceType, ...], Field(min_length=1, max_length=8)]


class NewCompany(Form):
    """A company to register (B3)."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=80)]
    credit_code: CreditCode
    district: Text | None = None
    contact: Text | None = None
    phone: Telephone | None = None
    email: Email | None = None


class Grounds(Decided):
    """A decision that needs its legal basis (C8)."""

    ground: Text


class NewAccount(Form):
    """An account to make: its e-mail is the sign-in name."""

    email: Email
    name: Name
    role: Literal[
        "province_auditor", "bureau", "association_manager", "association_clerk", "police", "hotline",
        "print_vendor", "company_owner", "company_clerk",
    ]  # fmt: skip
    city: Annotated[str, StringConstraints(pattern=r"^\d{6}$")] | None = None
    company: Text | None = None


class NewCity(Form):
    """A city that the stack is to serve, by its GB/T 2260 code."""

    id: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    name: Name
    association: Text
    hotline: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9-]{5,20}$")]


class NewApplication(Form):
    """Whom to apply for; `submit` sends it at once."""

    worker: Text
    submit: bool = True


class Moving(Decided):
    """One step of an application; police also give the conclusion's day."""

    reasons: tuple[str, ...] = ()
    note: Text | None = None
    checked_on: date | None = None


class BatchItem(Moving):
    """One application of a batch."""

    application: Text


class Batch(Form):
    """Up to 100 applications to move alike."""

    move: Text
    items: Annotated[tuple[BatchItem, ...], Field(min_length=1, max_length=100)]


class OpenBatch(Form):
    """Up to 100 workers to apply for; conditions are checked for each."""

    workers: Annotated[tuple[Text, ...], Field(min_length=1, max_length=100)]


class NewImport(Form):
    """A file of workers with their evidence, as CSV text with the header of `GET /api/imports/columns`."""

    kind: Literal["workers", "companies"]
    company: Text | None = None
    csv: Annotated[str, StringConstraints(min_length=1, max_length=2_000_000)]


class AccountRequest(Form):
    """What a company sent from the public page, already opened by `receive`."""

    name: Text
    credit_code: CreditCode
    contact: Text
    email: Email
    phone: Telephone
    city: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]


Kind = TypeVar("Kind", bound=Form)


def row_form(kind: type[Kind], row: dict[str, Any]) -> Kind:
    """Read one row of a file as a form; pydantic's ValidationError names every fault."""
    return kind.model_validate({key: value for key, value in row.items() if value not in ("", None)})
