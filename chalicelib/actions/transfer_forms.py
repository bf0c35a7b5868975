"""What people send about a change of company."""

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from chalicelib.actions.fields import Past, Reasoning, ResidentId, Text
from chalicelib.actions.forms import Form, Grounds


class NewTransfer(Form):
    """Whose change of company: a `worker` of one's own (or of the city), or, for the new company, by the number of the
    document the person brought. `to` is a company's id, left out for leaving; `signed_on` the worker's signature."""

    worker: Text | None = None
    resident_id: ResidentId | None = None
    to: Text | None = None
    signed_on: Past | None = None
    ground: Reasoning

    @model_validator(mode="after")
    def _one_of(self) -> "NewTransfer":
        if (self.worker is None) == (self.resident_id is None):
            raise PydanticCustomError("one-of", "请给出人员编号或证件号码中的一项")
        return self


class TransferMove(Grounds):
    """A move of a change of company; the association gives the day of the worker's signature."""

    signed_on: Past | None = None
