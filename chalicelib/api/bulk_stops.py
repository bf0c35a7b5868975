"""Suspending or revoking by source: preview, the second person's decision, progress."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import bulk_stops as actions
from chalicelib.actions.bulk_stop_forms import NewBulkStop
from chalicelib.actions.forms import Form, Grounds
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import BulkStopBrief
from chalicelib.api.outcomes import ShownBulkStop
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.bulk_stop import BulkStop, decisions

bulk_stops = Blueprint(__name__)


def shown(one: BulkStop, account: Account) -> ShownBulkStop:
    """Show a bulk stop with how far it is, and the decisions that this account may make now."""
    progress: Any = actions.progress(one) if one.state == "running" else None
    return {
        "id": one.id, "kind": one.kind, "names": list(one.names), "from": str(one.first) if one.first else None,
        "until": str(one.last) if one.last else None, "move": one.move, "basis": one.basis, "ground": one.ground,
        "by_name": one.by_name, "at": one.at.isoformat(), "state": one.state, "counted": one.counted,
        "certificates": one.certificates, "applications": one.applications,
        "rows": one.rows, "slices": one.slices, "revision": one.revision,
        "progress": progress,
        "decisions": list(decisions(one, account)),
    }  # fmt: skip


@bulk_stops.route("/api/bulk-stops", methods=["GET"], authorizer=staff)
@answered(may="bulk_stop.see", lists=BulkStopBrief)
def list_bulk_stops(act: Act) -> Page:
    """GET the city's bulk stops (`?state=previewed|running|refused|withdrawn`)."""
    told = asked(bulk_stops)
    limit, after = page(act, told)
    return actions.listed(act.account, state=told.get("state", "previewed"), limit=limit, after=after)


@bulk_stops.route("/api/bulk-stops", methods=["POST"], authorizer=staff)
@answered(may="bulk_stop.decide", body=NewBulkStop, show=shown, by_role=True, status=201)
def preview_bulk_stop(act: Act, form: NewBulkStop) -> BulkStop:
    """POST a source to count the archives that rest on it; nothing is stopped before a second person confirms."""
    return actions.preview(act, form)


@bulk_stops.route("/api/bulk-stops/{id}", methods=["GET"], authorizer=staff)
@answered(may="bulk_stop.see", show=shown, by_role=True)
def get_bulk_stop(act: Act, id: str) -> BulkStop:
    """GET a bulk stop with how far it is."""
    return actions.fetch(act.account, id)


@bulk_stops.route("/api/bulk-stops/{id}/resume", methods=["POST"], authorizer=staff)
@answered(may="bulk_stop.decide", body=Form, show=shown, by_role=True, many=True)
def resume_bulk_stop(act: Act, form: Form, id: str) -> BulkStop:
    """POST to queue again what a bulk stop has not done yet; what is done stays done."""
    return actions.resume(act, id)


@bulk_stops.route("/api/bulk-stops/{id}/{decision}", methods=["POST"], authorizer=staff)
@answered(may="bulk_stop.decide", body=Grounds, show=shown, by_role=True)
def decide_bulk_stop(act: Act, form: Grounds, id: str, decision: str) -> BulkStop:
    """POST the second person's `confirm` (it starts) or `refuse`, or the first's `withdraw`."""
    return actions.decide(act, id, decision, form)
