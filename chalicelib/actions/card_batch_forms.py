"""What people send about a card batch."""

from typing import Annotated

from pydantic import AfterValidator, Field

from chalicelib.actions.fields import Text, distinct
from chalicelib.actions.forms import Decided, Form
from chalicelib.rules.card_batch import MOST

Applications = Annotated[tuple[Text, ...], Field(max_length=MOST), AfterValidator(distinct)]


class NewCardBatch(Form):
    """The applications whose cards are ordered together; without any, what waits longest (C5)."""

    applications: Applications = ()


class CardsMade(Decided):
    """That the cards of a batch came, but for some; what one cost, in fen (S0 六)."""

    spoiled: Applications = ()
    unit_fen: Annotated[int, Field(ge=0, le=100_000)] | None = None
