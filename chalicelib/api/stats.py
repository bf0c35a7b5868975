"""The dashboard's figures."""

from chalice.app import Blueprint

from chalicelib.actions import stats as actions
from chalicelib.actions.stats import Stats
from chalicelib.api.answered import answered
from chalicelib.api.staff import staff
from chalicelib.records import shapes
from chalicelib.rules.act import Act

stats = Blueprint(__name__)


@stats.route("/api/stats", methods=["GET"], authorizer=staff)
@answered(may="stats.see", show=shapes.plain)
def get_stats(act: Act) -> Stats:
    """GET today's figures of the caller's city with its companies, or of each city of the province and their sum."""
    return actions.stats(act)
