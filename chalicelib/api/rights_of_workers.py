"""What a worker may ask of us: a copy of what is kept, and to be erased."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import copies, erasure
from chalicelib.actions.erasure_forms import Erasure
from chalicelib.actions.forms import Form
from chalicelib.api import shown
from chalicelib.api.answered import answered
from chalicelib.api.answers import ShownWorker
from chalicelib.api.outcomes import CopyOfWorker
from chalicelib.api.staff import staff
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive

rights_of_workers = Blueprint(__name__)


@rights_of_workers.route("/api/workers/{worker}/copy", methods=["POST"], authorizer=staff)
@answered(may="worker.copy", body=Form, answer=CopyOfWorker)
def copy_worker(act: Act, form: Form, worker: str) -> dict[str, Any]:
    """POST for all that is kept of a worker, opened, as data and as lines to read, for the worker's hands (PIPL 45)."""
    return copies.make(act, worker)


@rights_of_workers.route("/api/workers/{worker}/erase", methods=["POST"], authorizer=staff)
@answered(may="worker.erase", body=Erasure, show=shown.archive, answer=ShownWorker)
def erase_worker(act: Act, form: Erasure, worker: str) -> Archive:
    """POST that a worker wants to be erased: person and files go; number, ledger and police dates stay (PIPL 47)."""
    return erasure.erase(act, worker, form)
