"""Up to 100 decisions in one request, each with its own result."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import applications, evidence
from chalicelib.actions.batches import Result, each
from chalicelib.actions.forms import Batch, IdentityBatch, NewIdentity, OpenBatch
from chalicelib.api import replies
from chalicelib.api.answered import answered
from chalicelib.api.outcomes import BatchResult
from chalicelib.api.staff import staff
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Problem

batches = Blueprint(__name__)


@batches.route("/api/batches/applications", methods=["POST"], authorizer=staff)
@answered(may="application.move", body=Batch, many=True, answer=BatchResult)
def move_batch(act: Act, form: Batch) -> dict[str, Any]:
    """POST a move for up to 100 applications, each on the revision that was looked at."""
    items = {item.application: item for item in form.items}

    def move(part: Act, id: str) -> applications.Held:
        return applications.move(part, id, form.move, items[id])

    return told(each(act, list(items), move, applications.brief))


@batches.route("/api/batches/openings", methods=["POST"], authorizer=staff)
@answered(may="application.open", body=OpenBatch, many=True, answer=BatchResult)
def open_batch(act: Act, form: OpenBatch) -> dict[str, Any]:
    """POST up to 100 workers to apply for; conditions are checked for each."""

    def open_(part: Act, worker: str) -> applications.Held:
        return applications.open_(part, worker, submit=True)

    return told(each(act, list(form.workers), open_, applications.brief))


@batches.route("/api/batches/identities", methods=["POST"], authorizer=staff)
@answered(may="identity.verify", body=IdentityBatch, many=True, answer=BatchResult)
def verify_identities(act: Act, form: IdentityBatch) -> dict[str, Any]:
    """POST up to 100 workers whose persons and documents were compared alike."""
    one = NewIdentity(how=form.how, matches=form.matches)

    def verify(part: Act, worker: str) -> Archive:
        return evidence.verify_identity(part, worker, one)

    return told(each(act, list(form.workers), verify, _brief))


def _brief(archive: Archive) -> dict[str, Any]:
    return {"identity": archive.worker.identity, "revision": archive.revision}


def told(results: list[tuple[str, Result]]) -> dict[str, Any]:
    """Tell what became of each of many, with how many were done."""
    items = [{"id": name, **_item(result)} for name, result in results]
    return {"done": sum("problem" not in item for item in items), "items": items}


def _item(result: Result) -> dict[str, Any]:
    return {"problem": replies.shown(result)} if isinstance(result, Problem) else result
