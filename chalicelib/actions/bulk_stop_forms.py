"""What people send about a bulk stop."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.actions.fields import Day, Reasoning, Text
from chalicelib.actions.forms import Form
from chalicelib.rules.bulk_stop import BulkMove, SourceKind


class NewBulkStop(Form):
    """A source whose certificates are to be stopped, or whose papers are to count again (`trust`): its names as they
    were written (for a company its id), the days of the papers meant (all of them, when left out), the move and its
    basis (C7, C8)."""

    kind: SourceKind
    names: Annotated[tuple[Text, ...], Field(min_length=1, max_length=20)]
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="until")] = None
    move: BulkMove
    basis: Annotated[str, Field(max_length=40)]
    ground: Reasoning

    @model_validator(mode="after")
    def _in_order(self) -> "NewBulkStop":
        if self.first and self.last and self.last < self.first:
            raise PydanticCustomError("until-before-from", "截止日期早于起始日期")
        if self.kind == "company" and self.move == "trust":
            raise PydanticCustomError("no-papers", "按企业批量停用的，没有材料可以恢复采信；证书请逐一恢复")
        return self
