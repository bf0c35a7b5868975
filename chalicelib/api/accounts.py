"""Accounts: those one may see, make, stop and sign out."""

from chalice.app import Blueprint

from chalicelib.actions import accounts as actions
from chalicelib.actions.forms import Grounds, NewAccount
from chalicelib.api import shown
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import AccountBrief
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act

accounts = Blueprint(__name__)


@accounts.route("/api/accounts", methods=["GET"], authorizer=staff)
@answered(may="account.see", lists=AccountBrief, filters=("city",))
def list_accounts(act: Act) -> Page:
    """GET the accounts of the caller's company; or those in a state (`?state=active|disabled`) of its city, of the
    province, or of the city that an administrator asks for (`?city=`)."""
    told = asked(accounts)
    limit, after = page(act, told)
    state, city = told.get("state", "active"), told.get("city")
    return actions.listed(act.account, state=state, city=city, limit=limit, after=after)


@accounts.route("/api/accounts", methods=["POST"], authorizer=staff)
@answered(may="account.make", body=NewAccount, show=shown.account, status=201)
def make_account(act: Act, form: NewAccount) -> Account:
    """POST an account; its person is invited by e-mail."""
    return actions.make(act, form)


@accounts.route("/api/accounts/{account}/{move}", methods=["POST"], authorizer=staff)
@answered(may="account.make", body=Grounds, show=shown.account)
def move_account(act: Act, form: Grounds, account: str, move: str) -> Account:
    """POST disable, enable, sign-out or reset-factor; it holds from the account's next request on."""
    return actions.move(act, account, move, form)
