"""What people send about machine clients, and what the clients send."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.actions.fields import Day, Name, Past, ResidentId, Text
from chalicelib.actions.forms import Decided, Form, NewExam, NewInsurance
from chalicelib.rules.archive import ExamCategory
from chalicelib.rules.client import Scope


class NewClient(Form):
    """A machine client to make; its name is whose papers its results are, such as a hospital's."""

    role: Literal["feed", "platform"]
    name: Name
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1, max_length=3)]
    city: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] | None = None


class NewKey(Decided):
    """Another key for a client, on the revision that was looked at."""


class CheckAsked(Form):
    """Which code a platform asks for: what its QR says, or the certificate's number."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=16, max_length=400)]


class _Whose(Form):
    """Whose result it is: by certificate number, or by the number of the document that was shown."""

    certificate: Annotated[str, StringConstraints(strip_whitespace=True, max_length=24)] | None = None
    resident_id: ResidentId | None = None

    @model_validator(mode="after")
    def _one(self) -> "_Whose":
        if (self.certificate is None) == (self.resident_id is None):
            raise PydanticCustomError("whose", "请给出证书编号或证件号码，二者之一")
        return self


class FedExam(_Whose):
    """A health exam's conclusion from the hospital itself; its issuer is the client's name."""

    category: ExamCategory
    start: Annotated[Past, Field(alias="from")]
    until: Day | None = None
    reference: Text | None = None

    def exam(self, issuer: str) -> NewExam:
        """The exam as anybody else would enter it; pydantic's ValidationError for wrong days."""
        return NewExam.model_validate({"category": self.category, "from": self.start, "until": self.until,
                                       "issuer": issuer, "reference": self.reference})  # fmt: skip


class FedInsurance(_Whose):
    """A liability policy from the insurer itself; its issuer is the client's name."""

    start: Annotated[Day, Field(alias="from")]
    until: Day
    third_party: bool
    reference: Text | None = None

    def insurance(self, issuer: str) -> NewInsurance:
        """The policy as anybody else would enter it; pydantic's ValidationError for wrong days."""
        return NewInsurance.model_validate({"from": self.start, "until": self.until, "third_party": self.third_party,
                                            "issuer": issuer, "reference": self.reference})  # fmt: skip
