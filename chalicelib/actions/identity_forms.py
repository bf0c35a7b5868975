"""What people send about who a worker is."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from chalicelib.actions.fields import Name, Phone, Reasoning, ResidentId, ServiceTypes, Text
from chalicelib.actions.forms import Decided

How = Literal["reader", "original", "platform"]


class CorrectedIdentity(Decided):
    """The right number of a document that was mistyped, how the original was read, and why it was wrong (B1)."""

    resident_id: ResidentId
    how: How
    why: Reasoning


class CorrectedDetails(Decided):
    """What is wrong or has changed of a worker, and why; what is left out stays, null takes phone or address away (B9).

    `how` the association compared a corrected name with the original, when it did."""

    name: Name | None = None
    phone: Phone | None = None
    address: Text | None = None
    service_types: ServiceTypes | None = None
    how: How | None = None
    why: Reasoning

    @model_validator(mode="after")
    def _something(self) -> "CorrectedDetails":
        given = self.model_fields_set - {"revision", "how", "why"}
        if not given:
            raise PydanticCustomError("nothing-changed", "请至少填写一项要更正的内容")
        if any(getattr(self, field) is None for field in given & {"name", "service_types"}):
            raise PydanticCustomError("required", "姓名和服务类型不能清空；没有变化的请不要填")
        if self.how and not self.name:
            raise PydanticCustomError("how-without-name", "核对原件的方式只在更正姓名时填写")
        if any(told and told in self.why for told in (self.name, self.address)):
            raise PydanticCustomError("personal-words", "请勿在原因里写姓名或住址：这段文字会长期留存")
        return self
