"""Machine clients: made and kept by people; asking and feeding by the clients themselves."""

from chalice.app import Blueprint
from typing_extensions import TypedDict

from chalicelib.actions import checks, feeds
from chalicelib.actions import clients as actions
from chalicelib.actions.checks import Checked
from chalicelib.actions.client_forms import CheckAsked, FedExam, FedInsurance, NewClient, NewKey
from chalicelib.actions.clients import Client
from chalicelib.actions.feeds import Fed
from chalicelib.actions.forms import Grounds
from chalicelib.api import shown
from chalicelib.api.answered import answered
from chalicelib.api.answers import Day, Instant, ShownAccount
from chalicelib.api.staff import staff
from chalicelib.records import shapes
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.client import Scope

clients = Blueprint(__name__)


class ShownKey(TypedDict):
    """A client's key: since and until when it is good, and on which day it was last used."""

    id: str
    since: Instant
    until: Instant | None
    last_used_on: Day | None


class ShownClient(ShownAccount):
    """A machine client; `key` is told when it was just made, and by no repeat."""

    scopes: list[Scope]
    keys: list[ShownKey]
    key: str | None


def _shown(result: Client | Account) -> ShownClient:
    one = result if isinstance(result, Client) else Client(account=result, used={})
    keys: list[ShownKey] = [
        {"id": key.id, "since": key.since.isoformat(), "until": key.until.isoformat() if key.until else None,
         "last_used_on": str(day) if (day := one.used.get(key.id)) else None}
        for key in one.account.keys
    ]  # fmt: skip
    return {**shown.account(one.account), "scopes": list(one.account.scopes), "keys": keys, "key": one.key}


@clients.route("/api/clients", methods=["POST"], authorizer=staff)
@answered(may="client.make", body=NewClient, show=_shown, status=201)
def make_client(act: Act, form: NewClient) -> Client:
    """POST a machine client with its scopes; its first key is told this once."""
    return actions.make(act, form)


@clients.route("/api/clients/{client}", methods=["GET"], authorizer=staff)
@answered(may="client.make", show=_shown)
def get_client(act: Act, client: str) -> Client:
    """GET a machine client with its keys and when each was last used."""
    return actions.fetch(act.account, client)


@clients.route("/api/clients/{client}/keys", methods=["POST"], authorizer=staff)
@answered(may="client.make", body=NewKey, show=_shown, status=201)
def follow_key(act: Act, form: NewKey, client: str) -> Client:
    """POST for another key; it is told this once, and the one before is good for thirty days more."""
    return actions.follow(act, client, form)


@clients.route("/api/clients/{client}/keys/{key}/withdraw", methods=["POST"], authorizer=staff)
@answered(may="client.make", body=Grounds, show=_shown)
def withdraw_key(act: Act, form: Grounds, client: str, key: str) -> Client:
    """POST that a key is good for nothing any more."""
    return actions.withdraw(act, client, key, form)


@clients.route("/api/checks", methods=["POST"], authorizer=staff)
@answered(may="check.ask", body=CheckAsked, show=shapes.plain)
def ask_check(act: Act, form: CheckAsked) -> Checked:
    """POST what a code says, or a certificate's number; its colour now and how long it holds (platforms)."""
    return checks.ask(act, form.code)


@clients.route("/api/feeds/exams", methods=["POST"], authorizer=staff)
@answered(may="exam.feed", body=FedExam, show=feeds.shown, status=201)
def feed_exam(act: Act, form: FedExam) -> Fed:
    """POST a health exam's conclusion, by the hospital that made it."""
    return feeds.exam(act, form)


@clients.route("/api/feeds/insurances", methods=["POST"], authorizer=staff)
@answered(may="insurance.feed", body=FedInsurance, show=feeds.shown, status=201)
def feed_insurance(act: Act, form: FedInsurance) -> Fed:
    """POST a liability policy, by the insurer that gave it."""
    return feeds.insurance(act, form)
