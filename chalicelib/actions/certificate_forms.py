"""What people send about a certificate."""

from typing import Annotated

from pydantic import StringConstraints

from chalicelib.actions.forms import Grounds


class CertificateMove(Grounds):
    """A move of a certificate; `basis` is a code of rules/basis.py, and no certificate ends without one (C8)."""

    basis: Annotated[str, StringConstraints(max_length=40)] | None = None
