"""What becomes of an application whose certificate is revoked (C2, C6)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import appeals, applications, bulk_stops, evidence, transfers
from chalicelib.actions.appeal_forms import NewAppeal
from chalicelib.actions.bulk_stop_forms import NewBulkStop
from chalicelib.actions.forms import Conclusion, Grounds
from chalicelib.actions.transfer_forms import NewTransfer
from chalicelib.records import accounts as account_records
from chalicelib.records import archives
from chalicelib.records.commit import Entry
from chalicelib.rules.errors import NotAllowed


def ended(archive, id):
    one = archive.application(id)
    return one.state, one.steps[-1].reasons, one.step_due_on, one.waiting_since


CALLED_OFF = ("refused", ("certificate-ended",), None, None)


@pytest.mark.parametrize("at", ["production", "handover"])
def test_no_card_is_made_of_a_certificate_that_was_revoked(town, at):
    archive, one = town.applied(at)

    revoked = town.revoked(archive)

    assert ended(revoked, one.id) == CALLED_OFF
    assert [brief["id"] for brief in town.queue(at)] == []


def test_nor_another_card_for_the_lost_one(town):
    archive = town.turned(town.turned(town.certified(), "lose"), "replace")
    card = archive.applications[-1]

    assert ended(town.revoked(archive), card.id) == CALLED_OFF


def test_a_bulk_revocation_ends_it_too(town):
    bureau = town.account("bureau")
    account_records.store(bureau, bureau, act=town.act("association_manager"), entry=Entry(action="make"))
    archive, one = town.applied("production")
    form = NewBulkStop(kind="exam", names=("演示医院",), move="revoke", basis="source", ground="演示：查实")
    stop = bulk_stops.preview(town.act("association_manager"), form)

    bulk_stops.decide(town.act("bureau"), stop.id, "confirm", Grounds(revision=stop.revision, ground="演示：同意"))
    bulk_stops.run("330200", stop.id, 0)

    assert ended(archives.fetch("330200", archive.id), one.id) == CALLED_OFF


def test_another_certificate_that_is_looked_into_goes_back_with_the_reason(town):
    archive = town.certified()
    past = replace(archive.certificate, until=town.today - timedelta(days=1))
    ran_out = archives.store(
        archive, replace(archive, certificate=past), act=town.act("owner"), entry=Entry(action="演示")
    )
    held = applications.open_(town.act("owner"), ran_out.id, submit=True)

    revoked = town.revoked(held[0])

    assert ended(revoked, held[1].id) == ("returned", ("certificate-revoked",), None, town.today)


def test_what_is_appealed_is_the_revocation_and_not_the_card_that_is_not_made(town):
    archive = town.revoked(town.applied("production")[0])
    told = {"worker": archive.id, "statement": "本人不服（演示）"}

    with pytest.raises(NotAllowed):
        appeals.file(town.act("owner"), NewAppeal(**told, subject="refusal"))

    assert appeals.file(town.act("owner"), NewAppeal(**told, subject="revocation"))[1].state == "filed"


def test_who_leaves_a_company_leaves_it_all_the_same(town):
    archive = town.certified()
    asked = NewTransfer(worker=archive.id, ground="合同到期（演示）", to=None)
    leaving = transfers.ask(town.act("owner"), asked)

    assert town.revoked(leaving).transfer == leaving.transfer


@pytest.mark.parametrize(("at", "move"), [("production", "produce"), ("handover", "hand-over")])
def test_nobody_gets_a_card_after_a_police_check_that_failed_meanwhile(town, at, move):
    archive, one = town.applied(at)
    failed = evidence.conclude(town.act("police"), archive.id, Conclusion(conclusion="failed", checked_on=town.today))

    with pytest.raises(NotAllowed, match="安全核查未通过"):
        town.moved((failed, one), move, "association_manager")
