"""What people may send: typed, whole, and every fault named at once. Days are `YYYY-MM-DD` and include their last."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.actions.fields import (
    CreditCode,
    Day,
    Email,
    Ids,
    Name,
    Past,
    Phone,
    Reasoning,
    Receipt,
    ResidentId,
    ServiceTypes,
    Telephone,
    Text,
    distinct,
)
from chalicelib.public import consents
from chalicelib.rules.archive import ExamCategory
from chalicelib.rules.consent import SEPARATE, Separate

EXAM_DAYS = 365


class Form(BaseModel):
    """A body: nothing beside what it names."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Decided(Form):
    """A decision on a record, with the revision it was decided on."""

    revision: Annotated[int, Field(ge=1)]


class NewExam(Form):
    """A health exam: its category and conclusion only (B2)."""

    category: ExamCategory
    start: Annotated[Past, Field(alias="from")]
    until: Day | None = None
    issuer: Text
    reference: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "NewExam":
        if self.until and self.until < self.start:
            raise PydanticCustomError("until-before-from", "截止日期早于体检日期")
        if self.until and self.until > self.start + timedelta(days=EXAM_DAYS):
            raise PydanticCustomError("until-too-late", "体检结果自体检之日起最多 365 天有效")
        return self

    @property
    def ends(self) -> date:
        """The last day it counts; a year when the report names none."""
        return self.until or self.start + timedelta(days=EXAM_DAYS)


class NewInsurance(Form):
    """A liability policy; a renewal may begin later (B2)."""

    start: Annotated[Day, Field(alias="from")]
    until: Day
    third_party: bool
    issuer: Text
    reference: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "NewInsurance":
        if self.until < self.start:
            raise PydanticCustomError("until-before-from", "截止日期早于起保日期")
        return self


class AmendedExam(NewExam):
    """An exam put right that was entered wrongly, and why; a `reference` that is left out stays, null takes it away."""

    why: Reasoning


class AmendedInsurance(NewInsurance):
    """A policy put right that was entered wrongly, and why; `reference` as for an exam."""

    why: Reasoning


class Void(Form):
    """Why a record was never right: it belongs to somebody else, or was entered twice."""

    why: Reasoning


class NewTraining(Form):
    """Pre-job training done (E1)."""

    done_on: Past
    issuer: Text


class NewConsent(Form):
    """The signed authorisation (信用信息授权书) with the version of the text that was shown, and what the worker
    consented to apart (PIPL 29)."""

    given_on: Past
    text: Text
    separate: Annotated[tuple[Separate, ...], Field(max_length=3)] = SEPARATE

    @field_validator("text")
    @classmethod
    def _in_force(cls, text: str, given: ValidationInfo) -> str:
        on = given.data.get("given_on")
        if on and consents.in_force(on)["version"] != text:
            known = "、".join(f"{one['version']}（{one['from']} 起）" for one in consents.versions())
            raise PydanticCustomError("not-in-force", f"签署当日使用的不是这个版本的授权书；各版本：{known}")
        return text


class Withdrawal(Form):
    """The worker takes the consent back."""

    withdrawn_on: Past | None = None


class NewIdentity(Form):
    """The identity was checked against the original document (人证合一), and whether person and document match."""

    how: Literal["reader", "original", "platform"]
    matches: bool = True


class Conclusion(Form):
    """The police's conclusion: no more than passed, failed or still pending, and the day (C4)."""

    conclusion: Literal["passed", "failed", "pending"]
    checked_on: Past


class NewWorker(Form):
    """A worker to register (B1)."""

    name: Name
    resident_id: ResidentId
    phone: Phone | None = None
    address: Text | None = None
    service_types: ServiceTypes


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

    ground: Reasoning


class NewAccount(Form):
    """An account to make, by the e-mail that signs in; where another system signs in, `subject` is its `iss|sub`."""

    email: Email
    name: Name
    subject: Text | None = None
    role: Literal[
        "province_auditor", "bureau", "association_manager", "association_clerk", "police", "hotline",
        "print_vendor", "company_owner", "company_clerk",
    ]  # fmt: skip
    city: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] | None = None
    company: Text | None = None


class NewCity(Form):
    """A city that the stack is to serve, by its GB/T 2260 code."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    name: Name
    association: Text
    hotline: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9-]{5,20}$")]


class NewApplication(Form):
    """Whom to apply for; `submit` sends it at once."""

    worker: Text
    submit: bool = True


class Moving(Decided):
    """One step of an application; police also give the conclusion's day or take the `existing` one, an extension its
    working days, a hand-over the number of the signed list (`receipt`)."""

    reasons: Annotated[tuple[Annotated[str, StringConstraints(max_length=40)], ...], Field(max_length=10)] = ()
    note: Reasoning | None = None
    checked_on: Past | None = None
    existing: bool = False
    receipt: Receipt | None = None
    working_days: Annotated[int, Field(ge=1, le=60)] | None = None


class BatchItem(Moving):
    """One application of a batch."""

    application: Text


class Batch(Form):
    """Up to 100 applications to move alike."""

    move: Text
    items: Annotated[tuple[BatchItem, ...], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _each_once(self) -> "Batch":
        distinct(tuple(item.application for item in self.items))
        return self


class OpenBatch(Form):
    """Up to 100 workers to apply for; conditions are checked for each."""

    workers: Ids


class IdentityBatch(NewIdentity):
    """Up to 100 workers whose documents were compared alike."""

    workers: Ids


class Purpose(Form):
    """Why a sealed text is to be seen; it stands in the ledger."""

    purpose: Literal["confirm-company", "call-back", "complaint", "correction"]


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
    city: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


Kind = TypeVar("Kind", bound=Form)


def row_form(kind: type[Kind], row: dict[str, Any]) -> Kind:
    """Read one row of a file as a form; pydantic's ValidationError names every fault."""
    return kind.model_validate({key: value for key, value in row.items() if value not in ("", None)})
