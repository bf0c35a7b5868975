"""Notices of a company or the association."""

from chalice.app import Blueprint

from chalicelib.actions import notices as actions
from chalicelib.actions.notice_forms import Reading
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import NoticeBrief
from chalicelib.api.outcomes import Read
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act

notices = Blueprint(__name__)


@notices.route("/api/notices", methods=["GET"], authorizer=staff)
@answered(may="notice.see", lists=NoticeBrief)
def list_notices(act: Act) -> Page:
    """GET the notices of the caller's company or association, newest first, each with what became of its channels."""
    limit, after = page(act, asked(notices))
    return actions.listed(act.account, limit=limit, after=after)


@notices.route("/api/notices/read", methods=["POST"], authorizer=staff)
@answered(may="notice.see", body=Reading, many=True, answer=Read)
def read_notices(act: Act, form: Reading) -> dict[str, int]:
    """POST which notices were read; gives how many of them were unread."""
    return {"read": actions.read(act, form.notices)}
