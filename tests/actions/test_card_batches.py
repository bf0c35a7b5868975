"""Cards that are ordered, listed and made together (C5): each card once, each application by its own move."""

import pytest

from chalicelib.actions import applications, card_batches
from chalicelib.actions.card_batch_forms import CardsMade, NewCardBatch
from chalicelib.api.card_batches import shown
from chalicelib.records import archives, ledger
from chalicelib.rules import card_batch
from chalicelib.rules.errors import Clash, Missing, NotAllowed, NotPermitted, Problem


def ordered(town, *applications, by="association_clerk"):
    return card_batches.order(town.act(by), NewCardBatch(applications=applications))


def recorded(town, batch, by="print_vendor", **told):
    return card_batches.record(town.act(by), batch.id, CardsMade(revision=batch.revision, **told))


def names(batch):
    return [one.application for one in batch.members]


@pytest.fixture
def waiting(town):
    """Two applications whose cards are to be made."""
    return [town.applied("production", number)[1].id for number in (1, 2)]


def test_what_waits_is_ordered_under_one_number(town, waiting):
    batch = ordered(town)

    assert sorted(names(batch)) == sorted(waiting)
    assert batch.id.startswith(f"{town.today:%Y%m%d}-")
    assert ledger.chain(batch.key)[-1]["action"] == "card_batch.order"


def test_a_card_is_in_one_batch_at_most(town, waiting):
    ordered(town, waiting[0])

    assert names(ordered(town)) == [waiting[1]]
    with pytest.raises(Clash):
        ordered(town, waiting[0])
    with pytest.raises(NotAllowed):
        ordered(town)


def test_only_a_card_that_is_to_be_made_is_ordered(town):
    held = town.applied("authorisation")

    with pytest.raises(NotAllowed):
        ordered(town, held[1].id)


def test_the_list_says_what_is_printed_and_no_more(town, waiting):
    batch = shown(ordered(town, waiting[0]))
    archive = archives.fetch("330200", waiting[0].rpartition("-")[0])

    [card] = batch["cards"]
    assert card["url"].endswith(archive.certificate.token)
    assert (card["number"], card["name"], card["hindrance"]) == (
        archive.certificate.number, archive.worker.name, None,
    )  # fmt: skip
    assert not {"resident_id", "phone", "background", "exams"} & card.keys()


def test_made_as_a_batch_every_application_goes_on(town, waiting):
    batch, results = recorded(town, ordered(town), unit_fen=850)

    assert (batch.state, batch.made, batch.unit_fen, batch.dear) == ("made", 2, 850, False)
    assert [result["state"] for _, result in results] == ["handover", "handover"]
    assert sorted(one["id"] for one in town.queue("handover")) == sorted(waiting)


def test_a_card_above_ten_yuan_is_marked(town, waiting):
    assert recorded(town, ordered(town), unit_fen=1001)[0].dear


def test_a_spoiled_card_waits_for_another_batch(town, waiting):
    batch, _ = recorded(town, ordered(town), spoiled=(waiting[0],))

    assert batch.made == 1
    assert names(ordered(town)) == [waiting[0]]


def test_a_card_whose_certificate_was_revoked_is_not_made_and_the_list_says_so(town, waiting):
    batch = ordered(town)
    town.revoked(archives.fetch("330200", waiting[0].rpartition("-")[0]))

    told = {card["application"]: bool(card["hindrance"]) for card in shown(batch)["cards"]}
    _, results = recorded(town, batch)

    assert told == {waiting[0]: True, waiting[1]: False}
    assert {name: isinstance(result, Problem) for name, result in results} == told


def test_a_card_with_a_code_that_was_replaced_since_is_not_to_be_made(town, waiting):
    batch = ordered(town, waiting[0])
    archive = town.turned(archives.fetch("330200", waiting[0].rpartition("-")[0]), "replace")

    assert "补办换码" in card_batch.hindrance(archive, batch.members[0])
    made, [(_, result)] = recorded(town, batch)
    assert (made.made, result.rule) == (0, "card-not-in-force")
    assert names(ordered(town, waiting[0])) == [waiting[0]]


AWAY = {
    "produced singly": ("produce", "print_vendor", (), "发放"),
    "refused": ("refuse", "association_manager", ("photo-unclear",), "不予办理"),
}


@pytest.mark.parametrize(("move", "by", "reasons", "state"), AWAY.values(), ids=AWAY)
def test_a_card_whose_application_went_on_without_the_batch_is_not_to_be_made(town, waiting, move, by, reasons, state):
    batch = ordered(town)
    town.moved(applications.fetch(town.account(by), waiting[0]), move, by, reasons=reasons)

    told = {card["application"]: card["hindrance"] for card in shown(batch)["cards"]}
    made, _ = recorded(town, batch)

    assert (state in told[waiting[0]], told[waiting[1]], made.made) == (True, None, 1)


def test_a_card_that_was_made_is_not_judged_by_where_its_application_went(town, waiting):
    batch, _ = recorded(town, ordered(town))

    assert [card["hindrance"] for card in shown(batch)["cards"]] == [None, None]


def test_a_repeat_after_a_fault_tells_the_same_and_another_is_told_that_it_is_done(town, waiting):
    batch = ordered(town)
    act, form = town.act("print_vendor"), CardsMade(revision=batch.revision)

    first = card_batches.record(act, batch.id, form)

    assert card_batches.record(act, batch.id, form) == first
    with pytest.raises(NotAllowed):
        recorded(town, first[0])


def test_it_is_recorded_on_what_was_looked_at(town, waiting):
    batch = ordered(town)

    with pytest.raises(Clash):
        card_batches.record(town.act("print_vendor"), batch.id, CardsMade(revision=batch.revision + 1))


def test_another_citys_batch_is_not_there(town, waiting):
    foreign = town.account("print_vendor", city="330400")

    with pytest.raises(Missing):
        card_batches.fetch(foreign, ordered(town).id)


def test_who_may_not_make_cards_makes_none_of_a_batch(town, waiting):
    _, results = recorded(town, ordered(town), by="bureau")

    assert [type(result) for _, result in results] == [NotPermitted] * 2
