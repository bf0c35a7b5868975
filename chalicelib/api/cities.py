"""Cities of the stack, and what a city's bureau decided for it."""

from chalice.app import Blueprint

from chalicelib.actions import cities as actions
from chalicelib.actions.city_forms import NewChoice, NewStanding, Reason
from chalicelib.actions.forms import NewCity
from chalicelib.api import shown
from chalicelib.api.answered import answered
from chalicelib.api.staff import staff
from chalicelib.rules.act import Act
from chalicelib.rules.city import City

cities = Blueprint(__name__)


@cities.route("/api/cities", methods=["POST"], authorizer=staff)
@answered(may="city.set", body=NewCity, show=shown.city, status=201)
def open_city(act: Act, form: NewCity) -> City:
    """POST a city that the stack is to serve."""
    return actions.open_(act, form)


@cities.route("/api/cities/{city}", methods=["GET"], authorizer=staff)
@answered(may="city.see", show=shown.city)
def get_city(act: Act, city: str) -> City:
    """GET a city's settings."""
    return actions.fetch(act.account, city)


@cities.route("/api/cities/{city}/choices", methods=["POST"], authorizer=staff)
@answered(may="city.set", body=NewChoice, show=shown.city)
def choose_for_city(act: Act, form: NewChoice, city: str) -> City:
    """POST what a city decides for itself from a day on: colours by ground, and whether a card must be activated."""
    return actions.choose(act, city, form)


@cities.route("/api/authorisation", methods=["POST"], authorizer=staff)
@answered(may="authorisation.give", body=NewStanding, show=shown.city)
def give_authorisation(act: Act, form: NewStanding) -> City:
    """POST the bureau's standing authorisation to make cards, `from` a day `until` another."""
    return actions.authorise(act, form)


@cities.route("/api/authorisation/withdraw", methods=["POST"], authorizer=staff)
@answered(may="authorisation.give", body=Reason, show=shown.city)
def withdraw_authorisation(act: Act, form: Reason) -> City:
    """POST that the standing authorisation ends now."""
    return actions.withdraw(act, form)
