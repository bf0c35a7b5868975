"""Cards that are made together: ordered, listed for who prints them, recorded as made."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import card_batches as actions
from chalicelib.actions import faults
from chalicelib.actions.card_batch_forms import CardsMade, NewCardBatch
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.batches import told as told_each
from chalicelib.api.briefs import CardBatchBrief
from chalicelib.api.card_outcomes import CardsRecorded, OrderedCard, ShownCardBatch
from chalicelib.api.shown import code_url
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules import card_batch as rules
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.card_batch import CardBatch, Ordered

card_batches = Blueprint(__name__)


def shown(one: CardBatch) -> ShownCardBatch:
    """Show a batch with what is printed on each of its cards."""
    issuer, cards = actions.cards(one)
    return {
        "id": one.id, "state": one.state, "at": one.at.isoformat(), "by_name": one.by_name, "members": len(one.members),
        "made": one.made, "made_on": str(one.made_on) if one.made_on else None, "unit_fen": one.unit_fen,
        "limit_fen": rules.LIMIT_FEN, "dear": one.dear, "revision": one.revision,
        "cards": [_card(member, archive, issuer, made=one.state == "made") for member, archive in cards],
    }  # fmt: skip


def _card(member: Ordered, archive: Archive, issuer: str, *, made: bool) -> OrderedCard:
    application = archive.application(member.application)
    return {
        "application": member.application, "number": member.number, "name": archive.worker.name, "issuer": issuer,
        "issued_on": str(archive.held.issued_on), "url": code_url(member.token),
        "company_name": archive.binding.company_name, "state": application.state if application else "withdrawn",
        "hindrance": rules.hindrance(archive, member, made=made),
    }  # fmt: skip


def recorded(made: actions.Made) -> CardsRecorded:
    """Show a batch after its cards came, with what became of each."""
    result: Any = {**told_each(made[1]), "batch": shown(made[0])}
    recorded: CardsRecorded = result
    return recorded


@card_batches.route("/api/card-batches", methods=["GET"], authorizer=staff)
@answered(may="card_batch.see", lists=CardBatchBrief)
def list_card_batches(act: Act) -> Page:
    """GET the city's card batches in a state (`?state=ordered|made`)."""
    told = asked(card_batches)
    limit, after = page(act, told)
    state = told.get("state", "ordered")
    faults.ask_for_one_of("state", state, rules.STATE_NAMES)
    return actions.listed(act.account, state=state, limit=limit, after=after)


@card_batches.route("/api/card-batches", methods=["POST"], authorizer=staff)
@answered(may="card_batch.order", body=NewCardBatch, show=shown, status=201)
def order_cards(act: Act, form: NewCardBatch) -> CardBatch:
    """POST applications whose cards are ordered together, or none for those that wait longest."""
    return actions.order(act, form)


@card_batches.route("/api/card-batches/{cards}", methods=["GET"], authorizer=staff)
@answered(may="card_batch.see", show=shown)
def get_card_batch(act: Act, cards: str) -> CardBatch:
    """GET a batch with what is printed on each card; `hindrance` says of one that it is not to be made any more."""
    return actions.fetch(act.account, cards)


@card_batches.route("/api/card-batches/{cards}/made", methods=["POST"], authorizer=staff)
@answered(may="card_batch.made", body=CardsMade, show=recorded, many=True)
def record_cards(act: Act, form: CardsMade, cards: str) -> actions.Made:
    """POST that the cards of a batch came, but for the spoiled ones, and what one cost."""
    return actions.record(act, cards, form)
