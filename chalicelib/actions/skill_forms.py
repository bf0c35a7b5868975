"""What is sent about a worker's schooling and skills."""

from chalicelib.actions.fields import Past, Text
from chalicelib.actions.forms import Form
from chalicelib.rules.skill import Education, Level


class NewSkill(Form):
    """A certificate of skill (B2)."""

    trade: Text
    level: Level
    issuer: Text
    number: Text | None = None
    got_on: Past


class Schooling(Form):
    """The worker's schooling (B1)."""

    education: Education
