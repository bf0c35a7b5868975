"""What of a worker ends when: the list that says whom to remind."""

from chalice.app import Blueprint

from chalicelib.actions import reminders as actions
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import EndBrief
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act

ends = Blueprint(__name__)


@ends.route("/api/ends", methods=["GET"], authorizer=staff)
@answered(may="end.see", lists=EndBrief)
def list_ends(act: Act) -> Page:
    """GET what ends first of each worker, by day: a company's workers, or the city's of a month (`?state=2026-12`)."""
    told = asked(ends)
    limit, after = page(act, told)
    return actions.listed(act, month=told.get("state"), limit=limit, after=after)
