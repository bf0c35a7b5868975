"""What households reported of codes."""

from chalice.app import Blueprint

from chalicelib.actions import reports as actions
from chalicelib.actions.forms import Grounds
from chalicelib.actions.reports import Held
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import ReportBrief
from chalicelib.api.outcomes import ShownReport
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules import report as rules
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act

reports = Blueprint(__name__)


def shown(held: Held, account: Account) -> ShownReport:
    """Show a report with whom it is about; of the household no more than that it left a phone."""
    one, archive = held
    certificate = archive.certificate if archive else None
    return {
        "id": one.id, "kind": one.kind, "kind_name": rules.KIND_NAMES[one.kind], "note": one.note,
        "phone_left": one.phone is not None, "at": one.at.isoformat(), "state": one.state,
        "state_name": rules.STATE_NAMES[one.state], "token": one.token, "worker": one.worker,
        "name": archive.worker.name if archive else None,
        "company": {"id": archive.binding.company, "name": archive.binding.company_name} if archive else None,
        "certificate": {"number": certificate.number, "state": certificate.state} if certificate else None,
        "decided_on": str(one.decided_on) if one.decided_on else None, "reason": one.reason,
        "revision": one.revision, "moves": list(rules.moves(one, account)),
    }  # fmt: skip


@reports.route("/api/reports", methods=["GET"], authorizer=staff)
@answered(may="report.see", lists=ReportBrief)
def list_reports(act: Act) -> Page:
    """GET what households reported of the city's codes, oldest first (`?state=new|settled|dismissed`)."""
    told = asked(reports)
    limit, after = page(act, told)
    return actions.listed(act.account, state=told.get("state", "new"), limit=limit, after=after)


@reports.route("/api/reports/{report}", methods=["GET"], authorizer=staff)
@answered(may="report.see", show=shown, by_role=True)
def get_report(act: Act, report: str) -> Held:
    """GET one report."""
    return actions.fetch(act.account, report)


@reports.route("/api/reports/{report}/{move}", methods=["POST"], authorizer=staff)
@answered(may="report.move", body=Grounds, show=shown, by_role=True)
def move_report(act: Act, form: Grounds, report: str, move: str) -> Held:
    """POST what came of a report, with its ground: settle or dismiss."""
    return actions.move(act, report, move, form)
