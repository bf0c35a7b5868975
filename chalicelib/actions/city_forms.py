"""What is sent about a city's settings."""

from typing import Annotated

from pydantic import Field

from chalicelib.actions.fields import Day, Reasoning
from chalicelib.actions.forms import Form


class NewStanding(Form):
    """A standing authorisation to make cards: its first and last day, and the document it rests on."""

    start: Annotated[Day, Field(alias="from")]
    until: Day
    ground: Reasoning


class Reason(Form):
    """Why it is taken back."""

    ground: Reasoning
