"""The pictures that certificates are checked by: the card's, for printing, and the telephone's."""

from chalice.app import Blueprint

from chalicelib.actions import cards as actions
from chalicelib.actions.cards import Card, Phone
from chalicelib.api import shown
from chalicelib.api.answered import answered
from chalicelib.api.staff import staff
from chalicelib.rules.act import Act

cards = Blueprint(__name__)


@cards.route("/api/certificates/{number}/card", methods=["GET"], authorizer=staff)
@answered(may="card.see", show=shown.card)
def get_card(act: Act, number: str) -> Card:
    """GET what is printed on a card, its QR as SVG text and as PNG in a data URL."""
    return actions.card(act, number)


@cards.route("/api/certificates/{number}/phone", methods=["GET"], authorizer=staff)
@answered(may="phone.see", show=shown.phone)
def get_phone(act: Act, number: str) -> Phone:
    """GET the e-code as a telephone shows it today, its QR in today's colour as SVG text."""
    return actions.phone(act, number)
