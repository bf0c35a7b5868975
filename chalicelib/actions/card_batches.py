"""Card batches (C5): ordered in one transaction, listed for who makes them, recorded as made card by card."""

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.actions import applications, batches
from chalicelib.actions.batches import Result
from chalicelib.actions.card_batch_forms import CardsMade, NewCardBatch
from chalicelib.actions.forms import Moving
from chalicelib.outside import chance
from chalicelib.records import archive_rows, archives, card_batches, cities, claims, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access, card_batch
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.card_batch import CardBatch, Ordered
from chalicelib.rules.errors import Clash, NotAllowed, Problem

Made = tuple[CardBatch, list[tuple[str, Result]]]


def order(act: Act, form: NewCardBatch) -> CardBatch:
    """Order the cards of some applications, or of those that wait and are in no batch, what falls due first in front.

    NotAllowed when there is none, or one that was named is not to be made; Clash when one is in a batch already.
    """
    city = access.city_of(act.account)
    members = [_ordered(act.account, id) for id in form.applications] or list(_waiting(act.account, city))
    if not members:
        raise NotAllowed("没有待排批次的卡：制证环节的卡都已在批次中，或没有申请在制证环节", rule="nothing-to-order")
    batch = CardBatch(
        city=city, id=f"{act.on:%Y%m%d}-{chance.identifier(4)}", by=act.account.id, by_name=act.account.name, at=act.at,
        members=tuple(members),
    )  # fmt: skip
    entry = Entry(action="card_batch.order", note={"members": len(members)})
    claim = [card_batches.claim(batch, one) for one in members]
    return card_batches.store(batch, batch, act=act, entry=entry, claim=claim)


def fetch(account: Account, id: str) -> CardBatch:
    """Read a batch of the caller's city."""
    return card_batches.fetch(access.city_of(account), id)


def cards(batch: CardBatch) -> tuple[str, list[tuple[Ordered, Archive]]]:
    """Give who issues, and each card of a batch with its archive as it is now: what is printed, and whether it still
    is to be."""
    issuer = cities.fetch(batch.city).association
    return issuer, [(one, archives.fetch(batch.city, one.application.rpartition("-")[0])) for one in batch.members]


def record(act: Act, id: str, form: CardsMade) -> Made:
    """Record that the cards of a batch came: each application goes on by its own move, and what did not come, or may
    not go on, is free for another batch."""
    before = fetch(act.account, id)
    again = before.state == "made" and act.key is not None and before.made_key == act.key
    if not again and before.revision != form.revision:
        raise Clash("这个批次在您查看之后有改动；请刷新后再操作", rule="changed-meanwhile")
    if before.state == "made" and not again:
        raise NotAllowed("这个批次已登记制成", rule="done-already")
    cards = {one.application: one for one in before.members if one.application not in form.spoiled}
    results = batches.each(act, list(cards), lambda act, id: _produced(act, cards[id]), applications.brief)
    if again:
        return before, results
    done = {name for name, result in results if not isinstance(result, Problem)}
    after = card_batch.recorded(before, done, form.unit_fen, on=act.on, key=act.key)
    free = [card_batches.claim(before, one).key for one in before.members if one.application not in done]
    note = {"made": len(done), "spoiled": len(form.spoiled), "unit_fen": form.unit_fen}
    entry = Entry(action="card_batch.made", note=note)
    return card_batches.store(before, after, act=replace(act, key=None), entry=entry, release=free), results


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List the city's batches in a state, oldest first."""
    return lists.by_state(access.city_of(account), "card-batch", state, shards=1, limit=limit, after=after)


def _produced(act: Act, card: Ordered) -> applications.Held:
    archive, one = applications.fetch(act.account, card.application)
    if words := card_batch.hindrance(archive, card):
        raise NotAllowed(words, rule="card-not-in-force")
    return applications.move(act, one.id, "produce", Moving(revision=archive.revision))


def _ordered(account: Account, id: str) -> Ordered:
    return card_batch.ordered(*applications.fetch(account, id))


def _waiting(account: Account, city: str) -> Iterator[Ordered]:
    """Give the cards that wait and are in no batch, as many as one holds; what may not be made now is passed over."""
    found = 0
    for brief in lists.every(city, "application", "production", shards=archive_rows.QUEUE_SHARDS):
        try:
            one = _ordered(account, brief["id"])
        except Problem:
            continue
        if claims.owner(f"U#card#{one.token}") is None:
            yield one
            found += 1
        if found == card_batch.MOST:
            return

