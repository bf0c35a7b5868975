"""What people send about the page of a worker's phone."""

from chalicelib.actions.forms import Form


class NewPhonePage(Form):
    """A page for the worker's phone, and PINs; without a smartphone the PINs alone."""

    smartphone: bool = True
