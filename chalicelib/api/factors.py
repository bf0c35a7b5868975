"""One's own second factor: the only routes open before it was passed, with one's own account."""

from chalice.app import Blueprint

from chalicelib.actions import factors as actions
from chalicelib.actions.factor_forms import FactorCode, NewFactor
from chalicelib.actions.factors import FactorStanding, Offer
from chalicelib.api import factor_answers, shown
from chalicelib.api.answered import answered
from chalicelib.api.staff import staff
from chalicelib.records import shapes
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act

factors = Blueprint(__name__)


@factors.route("/api/me", methods=["GET"], authorizer=staff)
@answered(may="account.own", show=shown.me, weak=True)
def get_me(act: Act) -> tuple[Account, FactorStanding]:
    """GET the account that is signed in, with how its second factor stands."""
    return act.account, actions.standing(act)


@factors.route("/api/me/second-factor/offer", methods=["POST"], authorizer=staff)
@answered(may="factor.own", body=NewFactor, show=shown.offer, status=201, weak=True)
def offer_factor(act: Act, form: NewFactor) -> Offer:
    """POST for a secret to put into an authenticator; it counts once a code of it was confirmed."""
    return actions.offer(act)


@factors.route("/api/me/second-factor/confirm", methods=["POST"], authorizer=staff)
@answered(may="factor.own", body=FactorCode, status=201, weak=True)
def confirm_factor(act: Act, form: FactorCode) -> factor_answers.RecoveryCodes:
    """POST a code of the secret that was offered; the recovery codes are told this once."""
    return {"recovery_codes": actions.confirm(act, form.code)}


@factors.route("/api/me/second-factor/check", methods=["POST"], authorizer=staff)
@answered(may="factor.own", body=FactorCode, show=shapes.plain, weak=True)
def check_factor(act: Act, form: FactorCode) -> FactorStanding:
    """POST a code of the authenticator, or a recovery code; it holds for the whole of this sign-in."""
    return actions.check(act, form.code)
