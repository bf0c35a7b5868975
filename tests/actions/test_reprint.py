import pytest

from chalicelib.actions import applications, certificates
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.api import shown
from chalicelib.records import archives
from chalicelib.rules.deadlines import add_working_days
from chalicelib.rules.errors import NotAllowed


def turned(town, archive, move, who="association_manager"):
    form = CertificateMove(revision=archive.revision, ground="演示：本人申报遗失")
    return certificates.move(town.act(who), archive.certificate.number, move, form)


def card_of(archive):
    return archive.applications[-1]


def test_a_lost_card_is_made_again_within_five_working_days(town):
    archive = turned(town, turned(town, town.certified(), "lose", "owner"), "replace")

    one = card_of(archive)

    assert (one.kind, one.state, one.due_on) == ("reprint", "production", add_working_days(town.today, 5)[0])
    assert [brief["id"] for brief in town.queue("production")] == [one.id]


def test_the_new_card_goes_down_from_association_to_company_to_worker_with_receipts(town):
    archive = turned(town, town.certified(), "replace")
    held = town.moved((archive, card_of(archive)), "produce", "print_vendor")

    held = town.moved(held, "deliver", "association_clerk", receipt="发放单2026-12")
    held = town.moved(held, "receive", "owner")
    held = town.moved(held, "hand-over", "owner", receipt="签收单7")

    assert held[1].state == "done"
    assert [(step.move, step.receipt) for step in held[1].steps] == [
        ("reprint", None), ("produce", None), ("deliver", "发放单2026-12"), ("receive", None), ("hand-over", "签收单7"),
    ]  # fmt: skip
    assert archives.find(archive.key).certificate.state == "active"


def owners(town, held):
    """Which of the three the company's owner is offered: receive, hand over, activate."""
    owner = town.account("owner")
    offered = shown.application(held, owner)["moves"] + shown.held_certificate(held[0], owner)["moves"]
    return [name for name in ("receive", "hand-over", "activate") if name in offered]


def test_a_company_hands_on_and_activates_only_what_it_received(town):
    made = town.applied("handover")
    sent = town.moved(made, "deliver", "association_clerk")
    received = town.moved(sent, "receive", "owner")

    assert [owners(town, held) for held in (made, sent, received)] == [[], ["receive"], ["hand-over", "activate"]]
    assert town.moved(received, "hand-over", "owner")[1].state == "done"


def test_the_list_tells_where_a_card_is_on_its_way_to_the_company(town):
    held, told = town.applied("handover"), []
    for move, by in (("deliver", "association_clerk"), ("receive", "owner")):
        told += [brief["card"] for brief in town.queue("handover")]
        held = town.moved(held, move, by)

    assert [*told, *(brief["card"] for brief in town.queue("handover"))] == [None, "deliver", "receive"]


@pytest.mark.parametrize(("move", "words"), [("receive", "请协会先登记"), ("hand-over", "请先登记“企业签收”")])
def test_a_company_that_has_no_card_is_told_what_comes_first(town, move, words):
    held = town.applied("handover")

    with pytest.raises(NotAllowed, match=words) as refusal:
        town.moved(held, move, "owner")

    assert refusal.value.rule == "not-yet"


@pytest.mark.parametrize("state", ["production", "handover"])
def test_a_company_activates_no_certificate_whose_card_it_has_not_received_and_the_association_may(town, state):
    archive = town.applied(state)[0]

    with pytest.raises(NotAllowed, match="企业签收"):
        turned(town, archive, "activate", "owner")

    assert turned(town, archive, "activate").certificate.state == "active"


def test_a_receipt_is_given_once(town):
    held = town.moved(town.applied("handover"), "deliver", "association_clerk")
    held = town.moved(held, "receive", "owner")

    with pytest.raises(NotAllowed, match="已经登记"):
        town.moved(held, "deliver", "association_clerk")


def test_a_card_that_waits_to_be_handed_over_goes_back_to_be_made(town):
    archive, one = town.applied("handover")

    archive = turned(town, archive, "replace")

    assert (card_of(archive).id, card_of(archive).state, card_of(archive).kind) == (one.id, "production", "new")


def test_before_the_first_card_is_made_nothing_more_is_asked_for(town):
    archive, one = town.applied("production")

    assert card_of(turned(town, archive, "replace")).steps == one.steps


@pytest.mark.parametrize(
    ("state", "move", "who"),
    [("production", "produce", "print_vendor"), ("handover", "hand-over", "association_clerk")],
)
def test_nobody_gets_the_card_of_a_certificate_that_is_not_in_force(town, state, move, who):
    archive, one = town.applied(state)
    archive = turned(town, archive, "lose")

    with pytest.raises(NotAllowed, match="不能制卡"):
        town.moved((archive, one), move, who)


def test_a_card_of_a_certificate_that_ended_is_called_off_by_the_association(town):
    archive, _ = town.applied("production")
    archive = turned(town, archive, "lose")
    held = applications.fetch(town.account("association_manager"), card_of(archive).id)

    _, one = town.moved(held, "refuse", "association_manager", reasons=("certificate-ended",))

    assert one.state == "refused"


@pytest.mark.parametrize("lost", [False, True])
def test_replacing_a_card_that_was_not_handed_over_activates_nothing(town, lost):
    archive, _ = town.applied("handover")
    archive = turned(town, archive, "lose") if lost else archive

    assert turned(town, archive, "replace").certificate.state == "issued"
