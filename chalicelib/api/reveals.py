"""Seeing a sealed field of a worker, and who saw what."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import reveals as actions
from chalicelib.actions.reveal_forms import NewReveal
from chalicelib.api.answered import answered
from chalicelib.api.outcomes import Revealed, Views
from chalicelib.api.staff import staff
from chalicelib.rules.act import Act

reveals = Blueprint(__name__)


@reveals.route("/api/workers/{worker}/reveal", methods=["POST"], authorizer=staff)
@answered(may="worker.reveal", body=NewReveal, answer=Revealed)
def reveal_field(act: Act, form: NewReveal, worker: str) -> dict[str, str | int]:
    """POST a field and a purpose to see it: counted for the day, in the ledger, and told to the worker."""
    return actions.see(act, worker, form)


@reveals.route("/api/workers/{worker}/views", methods=["GET"], authorizer=staff)
@answered(may="view.see", answer=Views)
def list_views(act: Act, worker: str) -> dict[str, Any]:
    """GET who was shown something of a worker, the latest hundred: day, organisation, role, what and what for."""
    return {"items": actions.views_of(act.account, worker)}
