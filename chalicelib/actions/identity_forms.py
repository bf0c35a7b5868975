"""What people send about who a worker is."""

from typing import Literal

from chalicelib.actions.fields import Reasoning, ResidentId
from chalicelib.actions.forms import Decided


class CorrectedIdentity(Decided):
    """The right number of a document that was mistyped, how the original was read, and why it was wrong (B1)."""

    resident_id: ResidentId
    how: Literal["reader", "original", "platform"]
    why: Reasoning
