"""What people may send about background batches (C4)."""

from typing import Annotated, Literal

from pydantic import Base64Bytes, Field

from chalicelib.actions.fields import Past, Reasoning, Text
from chalicelib.actions.forms import Form


class NewBackgroundBatch(Form):
    """Whom to send to the police: those whose application waits for it, those whose yearly check falls due, or both."""

    of: Literal["all", "applications", "rechecks"] = "all"


class Closing(Form):
    """Why a batch ends before the police concluded on everybody: the others can be sent anew."""

    ground: Reasoning


class Conclusions(Form):
    """The file that came back from the police, .xlsx or CSV, in base64: `编号`, `结论` and `核查日期` are needed."""

    file: Annotated[Base64Bytes, Field(min_length=1, max_length=1_000_000)]


class ConcludedRow(Form):
    """One row of that file."""

    reference: Text
    conclusion: Literal["通过", "未通过"]
    checked_on: Past
