"""What waits for a second person, by the certificate's number."""

from chalice.app import Blueprint

from chalicelib.actions import proposals as actions
from chalicelib.actions.forms import Grounds
from chalicelib.api import shown
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import ProposalBrief
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive

proposals = Blueprint(__name__)


@proposals.route("/api/proposals", methods=["GET"], authorizer=staff)
@answered(may="proposal.see", lists=ProposalBrief)
def list_proposals(act: Act) -> Page:
    """GET what waits for a second person (`?state=suspend|revoke|resume`), the most overdue first."""
    told = asked(proposals)
    limit, after = page(act, told)
    return actions.listed(act.account, move=told.get("state", "suspend"), limit=limit, after=after)


@proposals.route("/api/proposals/{number}/{decision}", methods=["POST"], authorizer=staff)
@answered(may="proposal.decide", body=Grounds, show=shown.held_certificate, by_role=True)
def decide_proposal(act: Act, form: Grounds, number: str, decision: str) -> Archive:
    """POST the second person's `confirm` or `refuse`, or the first's `withdraw`, with the reason."""
    return actions.decide(act, number, decision, form)
