"""What people send to see what is sealed."""

from typing import Annotated

from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.actions.forms import Form
from chalicelib.rules import reveal


class NewReveal(Form):
    """One sealed field of a worker, and what it is needed for; both stand in the ledger. `paper` is the id of the exam
    or insurance whose number is asked for, and of no other field."""

    field: reveal.Field
    purpose: reveal.RevealPurpose
    paper: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=40)] | None, Field(validate_default=True)
    ] = None

    @field_validator("paper")
    @classmethod
    def _where_it_belongs(cls, paper: str | None, given: ValidationInfo) -> str | None:
        of_a_paper = given.data.get("field") in reveal.OF_PAPERS
        if of_a_paper and paper is None:
            raise PydanticCustomError("required", "请选择是哪一份材料的编号")
        if "field" in given.data and not of_a_paper and paper is not None:
            raise PydanticCustomError("not-of-a-paper", "这一项不属于某份材料，请不要指定材料")
        return paper
