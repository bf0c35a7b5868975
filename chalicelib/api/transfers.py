"""Changes of company, by the worker's id."""

from chalice.app import Blueprint

from chalicelib.actions import transfers as actions
from chalicelib.actions.transfer_forms import NewTransfer, TransferMove
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import TransferBrief
from chalicelib.api.outcomes import ShownTransfer
from chalicelib.api.staff import staff
from chalicelib.outside import clock
from chalicelib.records.lists import Page
from chalicelib.rules import transfer
from chalicelib.rules.access import COMPANY
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive

transfers = Blueprint(__name__)


def shown(one: Archive, account: Account) -> ShownTransfer:
    """Show a change of company. The new company learns of the old one's name and the worker's no more than it needs."""
    own = account.role not in COMPANY or account.company == one.binding.company
    told: ShownTransfer = {
        "worker": one.id, "name": one.worker.masked_name, "revision": one.revision,
        "company": one.binding.company_name if own else None, "state": "closed", "moves": [],
    }  # fmt: skip
    if one.transfer is None:
        return told
    change, today = one.transfer, clock.today()
    return {
        **told, "state": "open", "to": change.to, "to_name": change.to_name, "ground": change.ground,
        "on": str(change.on), "due_on": str(change.due_on), "overdue": change.due_on < today,
        "agreed": [{"side": each.side, "on": str(each.on)} for each in change.agreed],
        "missing": sorted(transfer.missing(one)), "objection": change.objection,
        "moves": list(transfer.moves(one, account, today)),
    }  # fmt: skip


@transfers.route("/api/transfers", methods=["GET"], authorizer=staff)
@answered(may="transfer.see", lists=TransferBrief)
def list_transfers(act: Act) -> Page:
    """GET the city's changes of company under way, by due day; for a company those that lead to or from it."""
    limit, after = page(act, asked(transfers))
    return actions.listed(act.account, limit=limit, after=after)


@transfers.route("/api/transfers", methods=["POST"], authorizer=staff)
@answered(may="transfer.move", body=NewTransfer, show=shown, by_role=True, status=201)
def ask_transfer(act: Act, form: NewTransfer) -> Archive:
    """POST a change of company: by the new one, the old one, or the association on the worker's signed paper."""
    return actions.ask(act, form)


@transfers.route("/api/transfers/{worker}", methods=["GET"], authorizer=staff)
@answered(may="transfer.see", show=shown, by_role=True)
def get_transfer(act: Act, worker: str) -> Archive:
    """GET a change of company with the sides that have agreed, and the moves that the caller may make."""
    return actions.fetch(act.account, worker)


@transfers.route("/api/transfers/{worker}/{move}", methods=["POST"], authorizer=staff)
@answered(may="transfer.move", body=TransferMove, show=shown, by_role=True)
def move_transfer(act: Act, form: TransferMove, worker: str, move: str) -> Archive:
    """POST a move: agree, object, decline, withdraw; decide or reject as the association's manager."""
    return actions.move(act, worker, move, form)
