"""What people send about their second factor."""

from typing import Annotated

from pydantic import StringConstraints

from chalicelib.actions.forms import Form


class NewFactor(Form):
    """Nothing: the secret is ours to make."""


class FactorCode(Form):
    """Six digits of an authenticator, or a recovery code."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9A-Za-z -]{6,16}$")]
