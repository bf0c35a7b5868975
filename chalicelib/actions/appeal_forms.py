"""What people send about an appeal."""

from chalicelib.actions.fields import Statement, Text
from chalicelib.actions.forms import Form
from chalicelib.rules.archive import AppealSubject


class NewAppeal(Form):
    """A worker's objection: to what, and in whose words. `about` is the refused application; without it the last."""

    worker: Text
    subject: AppealSubject
    about: Text | None = None
    statement: Statement
