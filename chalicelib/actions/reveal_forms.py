"""What people send to see what is sealed."""

from chalicelib.actions.forms import Form
from chalicelib.rules.reveal import Field, RevealPurpose


class NewReveal(Form):
    """One sealed field of a worker, and what it is needed for; both stand in the ledger."""

    field: Field
    purpose: RevealPurpose
