"""What is sent about a city's settings."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.actions.fields import Day, Reasoning
from chalicelib.actions.forms import Form

Ground = Annotated[str, StringConstraints(max_length=40)]


class NewStanding(Form):
    """A standing authorisation to make cards: its first and last day, and the document it rests on."""

    start: Annotated[Day, Field(alias="from")]
    until: Day
    ground: Reasoning


class NewChoice(Form):
    """What a city decides about the colours for itself, from a day on: the whole of it, not a change of it (G1)."""

    start: Annotated[Day, Field(alias="from")]
    activation_required: bool | None = None
    grounds: dict[Ground, Literal["yellow", "grey", "red"]] = Field(default_factory=dict)
    ground: Reasoning


class Reason(Form):
    """Why it is taken back."""

    ground: Reasoning
