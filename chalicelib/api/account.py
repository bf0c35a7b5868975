"""Who is signed in."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.api.staff import staff

account = Blueprint(__name__)


@account.route("/api/me", authorizer=staff)
def me() -> dict[str, Any]:
    """GET the account that is signed in."""
    return {}
