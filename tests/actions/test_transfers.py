"""Changing company, on real transactions (B4, decision 15)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import applications, certificates, companies, projection, transfers, workers
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.actions.forms import Grounds
from chalicelib.actions.transfer_forms import NewTransfer, TransferMove
from chalicelib.outside import clock
from chalicelib.records import archives, ledger, lists
from chalicelib.records.codes import CodeRow
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Clash, Malformed, Missing, NotAllowed, NotPermitted, Problem
from scripts import demo


def asked(town, by="rival", **told):
    """A change of company begun by the new one, which read the worker's document."""
    usual = {"resident_id": demo.person(1).resident_id} if by == "rival" else {}
    return transfers.ask(town.act(by), NewTransfer(**usual | told, ground="演示：换企业"))


def moved(town, archive, move, by, **told):
    form = TransferMove(revision=archive.revision, ground="演示：同意", **told)
    return transfers.move(town.act(by), archive.id, move, form)


def signed(town, archive):
    return moved(town, archive, "agree", "association_clerk", signed_on=town.today)


def transferred(town):
    return moved(town, signed(town, asked(town)), "agree", "owner")


def later(monkeypatch, days):
    at = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def certified(town):
    return town.certified()


def test_when_all_three_sides_have_agreed_the_worker_is_the_new_companys_with_the_same_certificate(town, certified):
    now = transferred(town)

    assert (now.binding.company, now.binding.company_name, now.transfer) == (town.other.id, town.other.name, None)
    assert now.certificate == certified.certificate
    assert projection.project(now.key)
    assert CodeRow.get(now.certificate.token, consistent_read=True).colour == "green"


def test_until_the_last_side_agrees_nothing_changes(town, certified):
    half = signed(town, asked(town))

    assert half.binding == certified.binding
    assert [one.side for one in half.transfer.agreed] == ["new", "worker"]


def test_the_old_company_sees_the_worker_no_more_and_the_new_one_does(town, certified):
    transferred(town)

    with pytest.raises(Missing):
        workers.fetch(town.account("owner"), certified.id)
    with pytest.raises(Missing):
        certificates.fetch(town.account("owner"), certified.certificate.number)
    assert workers.fetch(town.account("rival"), certified.id).id == certified.id
    assert lists.by_company("330200", town.company.id, "worker", limit=9, after=None).items == []


def test_the_old_companys_history_does_not_tell_where_the_worker_went(town, certified):
    transferred(town)

    history = lists.by_company("330200", town.company.id, "application", limit=9, after=None).items
    assert [(one["state"], one["company_name"]) for one in history] == [("done", None)]


def test_before_it_is_done_the_new_company_sees_the_transfer_and_not_the_archive(town, certified):
    asked(town)

    assert transfers.fetch(town.account("rival"), certified.id).id == certified.id
    with pytest.raises(Missing):
        workers.fetch(town.account("rival"), certified.id)
    assert [one["worker"] for one in transfers.listed(town.account("rival"), limit=9, after=None).items] == [
        certified.id
    ]


def test_a_third_company_sees_nothing_of_it(town, certified):
    change = asked(town)
    third = replace(town.account("rival"), id="third", company="third")

    with pytest.raises(Missing):
        transfers.fetch(third, change.id)
    with pytest.raises(Missing):
        transfers.ask(town.act(third), NewTransfer(worker=change.id, ground="演示"))


def test_a_yes_on_an_older_look_is_turned_away(town, certified):
    change = signed(town, asked(town))

    with pytest.raises(Clash):
        moved(town, town.behind(change), "agree", "owner")


def test_no_company_speaks_for_the_worker(town, certified):
    change = asked(town)

    with pytest.raises(NotPermitted):
        moved(town, change, "agree", "rival", signed_on=town.today)


def test_the_worker_agrees_on_paper_with_a_date(town, certified):
    with pytest.raises(Malformed) as refusal:
        moved(town, asked(town), "agree", "association_clerk")

    assert [fault.field for fault in refusal.value.faults] == ["signed_on"]


def test_the_worker_begins_by_way_of_the_association(town, certified):
    change = asked(town, "association_clerk", worker=certified.id, to=town.other.id, signed_on=town.today)
    now = moved(town, moved(town, change, "agree", "rival"), "agree", "owner")

    assert now.binding.company == town.other.id


def test_an_old_company_that_is_silent_is_decided_for_after_its_days_and_not_before(town, certified, monkeypatch):
    change = signed(town, asked(town))
    with pytest.raises(NotPermitted):
        moved(town, change, "decide", "association_manager")

    later(monkeypatch, 30)

    assert moved(town, change, "decide", "association_manager").binding.company == town.other.id


def test_an_objection_brings_it_before_the_association_at_once(town, certified):
    objected = moved(town, signed(town, asked(town)), "object", "owner")

    assert moved(town, objected, "decide", "association_manager").binding.company == town.other.id


def test_the_association_decides_for_nobody_who_did_not_agree(town, certified, monkeypatch):
    change = asked(town)
    later(monkeypatch, 30)

    with pytest.raises(NotPermitted):
        moved(town, change, "decide", "association_manager")


def test_a_worker_of_a_closed_company_need_not_wait_for_it(town, certified):
    form = Grounds(revision=town.company.revision, ground="演示：歇业")
    companies.move(town.act("association_manager"), town.company.id, "close", form)
    companies.carry_over(town.act(SYSTEM), "330200", town.company.id)
    change = signed(town, asked(town))

    now = moved(town, change, "decide", "association_manager")

    assert (now.binding.company, now.binding.state) == (town.other.id, "active")


@pytest.mark.parametrize(("move", "by"), [("withdraw", "rival"), ("reject", "association_manager")])
def test_it_ends_without_a_change(town, certified, move, by):
    ended = moved(town, asked(town), move, by)

    assert (ended.transfer, ended.binding) == (None, certified.binding)


def test_one_change_at_a_time(town, certified):
    asked(town)

    with pytest.raises(Clash):
        asked(town, "owner", worker=certified.id)


def test_a_worker_who_leaves_to_no_company_is_grey_and_can_be_taken_on(town, certified):
    left = signed(town, asked(town, "owner", worker=certified.id))
    projection.project(left.key)
    colour = CodeRow.get(left.certificate.token, consistent_read=True).colour

    taken = signed(town, asked(town))

    assert (left.binding.company, colour) == ("", "grey")
    assert (taken.binding.company, taken.binding.state) == (town.other.id, "active")


def test_what_the_old_company_had_under_way_is_withdrawn_and_the_new_one_applies_anew(town):
    town.applied("association_review")
    now = transferred(town)

    again = applications.open_(town.act("rival"), now.id, submit=True)[1]

    assert [one.state for one in now.applications] == ["withdrawn"]
    assert (again.company, again.state) == (town.other.id, "company_review")


def test_an_application_whose_certificate_is_issued_goes_along(town):
    town.applied("handover")
    now = transferred(town)

    assert [(one.state, one.company) for one in now.applications] == [("handover", town.other.id)]


def test_a_company_hands_on_no_card_that_only_the_former_one_received(town):
    held = town.moved(town.applied("handover"), "deliver", "association_clerk")
    town.moved(held, "receive", "owner")
    now = transferred(town)
    gone = (now, now.applications[0])

    with pytest.raises(NotAllowed) as refusal:
        town.moved(gone, "hand-over", "rival")
    sent = town.moved(gone, "deliver", "association_clerk")
    done = town.moved(town.moved(sent, "receive", "rival"), "hand-over", "rival")

    assert (refusal.value.rule, done[1].state) == ("not-yet", "done")


def test_a_suspended_company_takes_nobody_on(town, certified):
    change = signed(town, asked(town))
    form = Grounds(revision=town.other.revision, ground="演示：整改")
    companies.move(town.act("association_manager"), town.other.id, "suspend", form)

    with pytest.raises(NotAllowed):
        moved(town, change, "agree", "owner")


def test_a_document_of_nobody_and_a_worker_of_another_city_are_not_there(town, certified):
    with pytest.raises(Missing):
        asked(town, resident_id=demo.person(9).resident_id)
    with pytest.raises(Missing):
        transfers.fetch(town.account("bureau", city="330400"), asked(town).id)


def test_of_a_transfer_and_a_suspension_at_once_none_is_lost(town, certified):
    change = signed(town, asked(town))

    def transfer():
        return moved(town, change, "agree", "owner")

    def suspend():
        form = CertificateMove(revision=change.revision, ground="管理办法（演示）")
        return certificates.move(town.act("bureau"), change.certificate.number, "suspend", form)

    def done(step):
        try:
            return type(step())
        except Problem as problem:
            return type(problem)

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(done, (transfer, suspend)))
    now = archives.fetch("330200", certified.id)

    assert sorted(one.__name__ for one in told) == ["Archive", "Clash"]
    assert (now.binding.company == town.other.id) is (told[0] is not Clash)
    assert (now.certificate.state == "suspended") is (told[1] is not Clash)


def test_a_suspension_goes_along(town, certified):
    change = signed(town, asked(town))
    suspended = town.turned(change, "suspend")

    now = moved(town, suspended, "agree", "owner")

    assert (now.binding.company, now.certificate.state, now.proposal.move) == (town.other.id, "suspended", "suspend")


def test_the_ledger_says_from_where_to_where(town, certified):
    now = transferred(town)

    entry = ledger.chain(now.key)[-1]
    assert entry["note"] == {"from": town.company.id, "to": town.other.id, "done": True}


def test_both_companies_and_the_association_list_it_and_the_new_one_is_not_told_of_the_old(town, certified):
    asked(town)

    of = {who: transfers.listed(town.account(who), limit=9, after=None).items for who in ("rival", "owner", "bureau")}

    assert {who: [one["worker"] for one in items] for who, items in of.items()} == {who: [certified.id] for who in of}
    assert of["owner"][0]["missing"] == of["bureau"][0]["missing"] == ["old", "worker"]
    assert (of["owner"][0]["company"], of["bureau"][0]["company_name"]) == (town.company.id, town.company.name)
    assert "company_name" not in of["rival"][0]


def test_what_is_done_stands_in_no_list(town, certified):
    transferred(town)

    assert [transfers.listed(town.account(who), limit=9, after=None).items for who in ("rival", "owner", "bureau")] == [
        [], [], [],
    ]  # fmt: skip
