"""Appeals of a colour, a refusal or a revocation."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import appeals as actions
from chalicelib.actions.appeal_forms import NewAppeal
from chalicelib.actions.appeals import Held
from chalicelib.actions.forms import Grounds
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import AppealBrief
from chalicelib.api.outcomes import ShownAppeal
from chalicelib.api.staff import staff
from chalicelib.records import shapes
from chalicelib.records.lists import Page
from chalicelib.rules import appeal as rules
from chalicelib.rules.access import COMPANY
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act

appeals = Blueprint(__name__)


def shown(held: Held, account: Account) -> ShownAppeal:
    """Show an appeal with the archive's revision and what this account may do; once overturned, what follows.

    What a worker wrote from the own telephone is not for the company, of which it may speak.
    """
    archive, one = held
    own = one.channel == "phone" and account.role in COMPANY
    told: Any = {
        **shapes.plain(one),
        "statement": None if own else one.statement,
        "subject_name": rules.SUBJECT_NAMES[one.subject],
        "state_name": rules.STATE_NAMES[one.state],
        "worker": archive.id,
        "name": archive.worker.name,
        "revision": archive.revision,
        "moves": list(rules.moves(one, account)),
        "follows": rules.FOLLOWS[one.subject] if one.state == "overturned" else None,
    }
    shown: ShownAppeal = told
    return shown


@appeals.route("/api/appeals", methods=["GET"], authorizer=staff)
@answered(may="appeal.see", lists=AppealBrief)
def list_appeals(act: Act) -> Page:
    """GET a company's appeals, or the city's in a state (`?state=filed|upheld|overturned|withdrawn`)."""
    told = asked(appeals)
    limit, after = page(act, told)
    return actions.listed(act.account, state=told.get("state", "filed"), limit=limit, after=after)


@appeals.route("/api/appeals", methods=["POST"], authorizer=staff)
@answered(may="appeal.file", body=NewAppeal, show=shown, by_role=True, status=201)
def file_appeal(act: Act, form: NewAppeal) -> Held:
    """POST a worker's objection to a colour, a refusal or a revocation."""
    return actions.file(act, form)


@appeals.route("/api/appeals/{appeal}", methods=["GET"], authorizer=staff)
@answered(may="appeal.see", show=shown, by_role=True)
def get_appeal(act: Act, appeal: str) -> Held:
    """GET one appeal."""
    return actions.fetch(act.account, appeal)


@appeals.route("/api/appeals/{appeal}/{move}", methods=["POST"], authorizer=staff)
@answered(may="appeal.move", body=Grounds, show=shown, by_role=True)
def move_appeal(act: Act, form: Grounds, appeal: str, move: str) -> Held:
    """POST a decision with its reason: uphold, overturn; or withdraw."""
    return actions.move(act, appeal, move, form)
