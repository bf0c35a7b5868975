"""What the staff API answers about cards that are made together, as the OpenAPI document tells it (see answers.py)."""

from typing_extensions import TypedDict

from chalicelib.api.answers import Day, Instant
from chalicelib.api.outcomes import BatchResult
from chalicelib.rules.archive import ApplicationState
from chalicelib.rules.card_batch import State as CardBatchState


class OrderedCard(TypedDict):
    """What is printed on a card of a batch, and whether it still is to be: `hindrance` is why not."""

    application: str
    number: str
    name: str
    issuer: str
    issued_on: Day
    url: str
    company_name: str
    state: ApplicationState
    hindrance: str | None


class ShownCardBatch(TypedDict):
    """Cards that were ordered together; prices are in fen, `dear` is above the province's limit."""

    id: str
    state: CardBatchState
    at: Instant
    by_name: str
    members: int
    made: int
    made_on: Day | None
    unit_fen: int | None
    limit_fen: int
    dear: bool
    revision: int
    cards: list[OrderedCard]


class CardsRecorded(BatchResult):
    """A card batch after its cards came, and what became of each application."""

    batch: ShownCardBatch
