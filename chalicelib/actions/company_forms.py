"""What is sent about a company that is registered already."""

from typing import Annotated, Literal

from annotated_types import Len
from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.actions.fields import Email, Past, Reasoning, Telephone, Text, distinct
from chalicelib.actions.forms import Decided

Field = Literal["name", "district", "representative", "staff_employed", "commitment_on", "contact", "phone", "email"]


class Announcement(Decided):
    """What changed of a company and has still to be registered, since when (B3, 上海条例 19)."""

    what: Annotated[tuple[Field, ...], Len(min_length=1, max_length=8), AfterValidator(distinct)]
    changed_on: Past


class Details(Decided):
    """What changed of a company, since when, and on what paper; what is left out stays (B3, 上海条例 19)."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=80)] | None = None
    district: Text | None = None
    representative: Text | None = None
    staff_employed: bool | None = None
    commitment_on: Past | None = None
    contact: Text | None = None
    phone: Telephone | None = None
    email: Email | None = None
    changed_on: Past
    ground: Reasoning

    @model_validator(mode="after")
    def _something(self) -> "Details":
        if not self.model_fields_set - {"revision", "changed_on", "ground"}:
            raise PydanticCustomError("nothing-changed", "请至少填写一项有变更的内容")
        if any(getattr(self, field) is None for field in self.model_fields_set & {"name", "staff_employed"}):
            raise PydanticCustomError("required", "企业名称和是否员工制不能清空；没有变更的请不要填")
        return self
