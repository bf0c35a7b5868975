"""File imports with their progress, and the ledger."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import audit, slices
from chalicelib.actions import imports as actions
from chalicelib.actions.forms import Form, NewImport
from chalicelib.api.answered import answered
from chalicelib.api.outcomes import Import, Ledger
from chalicelib.api.staff import staff
from chalicelib.rules.act import Act

imports = Blueprint(__name__)


@imports.route("/api/imports", methods=["POST"], authorizer=staff)
@answered(may="import.make", body=NewImport, status=202, answer=Import)
def begin_import(act: Act, form: NewImport) -> dict[str, Any]:
    """POST a file of workers or companies; every fault of every row is named before anything is written."""
    return actions.begin(act, form)


@imports.route("/api/imports/{job}", methods=["GET"], authorizer=staff)
@answered(may="import.see", answer=Import)
def get_import(act: Act, job: str) -> dict[str, Any]:
    """GET how far an import is, with a report of the rows that were not simply done."""
    return slices.progress(act, job)


@imports.route("/api/imports/{job}/resume", methods=["POST"], authorizer=staff)
@answered(may="import.see", body=Form, many=True, answer=Import)
def resume_import(act: Act, form: Form, job: str) -> dict[str, Any]:
    """POST to queue again what an import has not done yet; what is done stays done."""
    return slices.resume(act, job)


@imports.route("/api/imports/columns", methods=["GET"], authorizer=staff)
@answered(may="import.see", answer=dict[str, list[str]])
def get_columns(act: Act) -> dict[str, list[str]]:
    """GET the header of each kind of file."""
    return {kind: list(columns) for kind, columns in actions.COLUMNS.items()}


@imports.route("/api/audit/workers/{worker}", methods=["GET"], authorizer=staff)
@answered(may="audit.see", answer=Ledger)
def get_audit(act: Act, worker: str) -> dict[str, Any]:
    """GET the ledger of an archive: every decision, and whether the chain is whole."""
    return audit.of_worker(act.account, worker)
