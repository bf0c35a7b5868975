"""What people send about notices."""

from chalicelib.actions.fields import Ids
from chalicelib.actions.forms import Form


class Reading(Form):
    """Notices that were read, up to 100."""

    notices: Ids
