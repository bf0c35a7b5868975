"""The second person, on real transactions (C8, decision 14)."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.actions import certificates, evidence, projection, proposals
from chalicelib.actions.forms import Grounds, NewTraining
from chalicelib.outside import clock
from chalicelib.records import archives, ledger
from chalicelib.records.codes import CodeRow
from chalicelib.rules.account import Account
from chalicelib.rules.errors import Clash, Malformed, Missing, NotAllowed, NotPermitted, Problem


def stop(archive):
    told = CodeRow.get(archive.certificate.token, consistent_read=True).stop
    return json.loads(told)["code"] if told else None


def projected(archive):
    projection.project(archive.key)
    return CodeRow.get(archive.certificate.token, consistent_read=True)


def waiting(town, move):
    return proposals.listed(town.account("bureau"), move=move, limit=50, after=None).items


@pytest.fixture
def certified(town):
    return town.certified()


def test_one_person_suspends_at_once_and_a_second_is_asked_for(town, certified):
    suspended = town.turned(certified, "suspend", basis="enquiry")

    assert (suspended.certificate.state, stop(certified)) == ("suspended", "certificate-suspended")
    assert [(one["move"], one["basis"], one["overdue"]) for one in waiting(town, "suspend")] == [
        ("suspend", "enquiry", False)
    ]


def test_one_person_revokes_nothing_but_the_code_is_red_at_once(town, certified):
    proposed = town.turned(certified, "revoke", basis="misconduct")

    assert (proposed.certificate.state, stop(certified)) == ("suspended", "certificate-suspended")


def test_the_second_person_makes_the_revocation_and_the_code_says_so_before_any_stream(town, certified):
    revoked = town.revoked(certified)

    assert (revoked.certificate.state, revoked.proposal) == ("revoked", None)
    assert stop(certified) == "certificate-revoked"
    assert waiting(town, "revoke") == []


def test_a_revocation_without_its_legal_basis_is_refused(town, certified):
    with pytest.raises(Malformed) as refusal:
        town.turned(certified, "revoke")

    assert [fault.field for fault in refusal.value.faults] == ["basis"]


def test_a_basis_that_does_not_bear_the_move_is_refused(town, certified):
    with pytest.raises(Malformed):
        town.turned(certified, "revoke", basis="cleared")


def test_nobody_confirms_what_he_proposed_himself(town, certified):
    proposed = town.turned(certified, "revoke", basis="conditions")

    with pytest.raises(NotPermitted):
        town.decided(proposed, "confirm", by="association_manager")


def test_another_account_of_the_same_person_is_no_second_person(town, certified):
    first = Account(id="p1", subject="iss|1", role="association_manager", city="330200", name="李霞")
    second = Account(id="p2", subject="iss|2", role="bureau", city="330200", name="李霞")
    proposed = town.turned(certified, "revoke", by=first, basis="conditions")

    with pytest.raises(NotPermitted):
        town.decided(proposed, "confirm", by=second)


@pytest.mark.parametrize("role", ["association_clerk", "owner", "police"])
def test_a_role_that_may_not_decide_confirms_nothing(town, certified, role):
    proposed = town.turned(certified, "suspend")

    with pytest.raises(NotPermitted):
        town.decided(proposed, "confirm", by=role)


def test_the_bureau_of_another_city_sees_nothing_of_it(town, certified):
    proposed = town.turned(certified, "suspend")
    foreign = town.account("bureau", city="330400")

    assert proposals.listed(foreign, move="suspend", limit=50, after=None).items == []
    with pytest.raises(Missing):
        town.decided(proposed, "confirm", by=foreign)


def test_a_suspension_that_is_refused_brings_back_what_was_there(town, certified):
    refused = town.decided(town.turned(certified, "suspend"), "refuse")

    assert (refused.certificate, refused.stop, refused.proposal) == (certified.certificate, None, None)
    assert projected(certified).colour == "green"


def test_a_revocation_that_is_refused_leaves_a_lost_certificate_lost(town, certified):
    lost = town.turned(certified, "lose", by="owner")
    refused = town.decided(town.turned(lost, "revoke", basis="conditions"), "refuse")

    assert (refused.certificate.state, refused.stop) == ("lost", lost.stop)


def test_only_who_proposed_takes_it_back(town, certified):
    proposed = town.turned(certified, "suspend")

    with pytest.raises(NotPermitted):
        town.decided(proposed, "withdraw", by="bureau")
    withdrawn = town.decided(proposed, "withdraw", by="association_manager")
    assert (withdrawn.certificate.state, withdrawn.proposal) == ("active", None)


def test_a_suspension_is_lifted_by_the_second_person_alone(town, certified):
    suspended = town.decided(town.turned(certified, "suspend"), "confirm")
    asked = town.turned(suspended, "resume", basis="cleared")
    colour_while_asked = projected(certified).colour

    resumed = town.decided(asked, "confirm")

    assert (asked.certificate.state, colour_while_asked) == ("suspended", "red")
    assert (resumed.certificate.state, projected(certified).colour) == ("active", "green")


def test_a_certificate_comes_back_in_the_state_that_was_stopped(town):
    issued = town.applied("production")[0]
    suspended = town.decided(town.turned(issued, "suspend"), "confirm")
    resumed = town.decided(town.turned(suspended, "resume"), "confirm")

    assert resumed.certificate.state == "issued"


@pytest.mark.parametrize(("move", "basis"), [("revoke", "conditions"), ("suspend", None), ("replace", None)])
def test_while_one_thing_waits_nothing_else_moves(town, certified, move, basis):
    lost = town.turned(certified, "lose", by="owner")
    proposed = town.turned(lost, "revoke", basis="conditions")

    with pytest.raises(NotAllowed):
        town.turned(proposed, move, basis=basis)


def test_a_red_that_nobody_confirmed_stays_red_and_is_shown_as_overdue(town, certified, monkeypatch):
    town.turned(certified, "suspend")
    later = clock.now() + timedelta(days=30)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert [one["overdue"] for one in waiting(town, "suspend")] == [True]
    assert projected(certified).colour == "red"


def test_a_decision_on_an_older_look_is_turned_away(town, certified):
    proposed = town.turned(certified, "suspend")

    with pytest.raises(Clash):
        town.decided(town.behind(proposed), "confirm")


def test_of_a_confirmation_and_a_withdrawal_at_once_one_is_told(town, certified):
    proposed = town.turned(certified, "revoke", basis="conditions")

    def done(decision, by):
        try:
            return town.decided(proposed, decision, by=by).certificate.state
        except Problem as problem:
            return type(problem)

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(done, ("confirm", "withdraw"), ("bureau", "association_manager")))

    state = archives.fetch("330200", certified.id).certificate.state
    assert set(told) in ({"revoked", Clash}, {"active", Clash})
    assert state in told
    assert (stop(certified) == "certificate-revoked") is (state == "revoked")


def test_the_ledger_says_who_proposed_who_confirmed_and_on_what(town, certified):
    town.revoked(certified)

    first, second = ledger.chain(certified.key)[-2:]
    assert (first["action"], first["by"], first["note"]) == (
        "certificate.revoke.propose", "association_manager", {"basis": "conditions"}
    )  # fmt: skip
    assert (second["action"], second["by"]) == ("proposal.confirm", "bureau")
    assert second["note"] == {"move": "revoke", "basis": "conditions", "proposed_by": "association_manager"}


def test_a_list_carries_the_revision_that_a_decision_asks_for(town, certified):
    proposed = town.turned(certified, "suspend")
    evidence.train(town.act("owner"), certified.id, NewTraining(done_on=town.today, issuer="演示学校"))
    revision = waiting(town, "suspend")[0]["revision"]
    form = Grounds(revision=revision, ground="已核对（演示）")

    confirmed = proposals.decide(town.act("bureau"), proposed.certificate.number, "confirm", form)

    assert confirmed.proposal is None
    assert certificates.fetch(town.account("bureau"), proposed.certificate.number).certificate.state == "suspended"
