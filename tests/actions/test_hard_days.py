"""Days that no flow chart shows: a mistyped number, namesakes, a death, a company that closes, a reviewer away."""

import json

import pytest

from chalicelib.actions import applications, certificates, companies, identities, projection, workers
from chalicelib.actions.forms import Grounds, NewWorker
from chalicelib.actions.identity_forms import CorrectedIdentity
from chalicelib.records import archives, claims, ledger
from chalicelib.records.codes import CodeRow
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Clash, NotAllowed
from scripts import demo


def corrected(town, archive, number, **told):
    form = CorrectedIdentity(
        revision=archive.revision, resident_id=demo.person(number).resident_id, how="original", why="录入时看错", **told
    )
    return identities.correct(town.act("association_clerk"), archive.id, form)


def code(archive):
    projection.project(archive.key)
    return CodeRow.get(archive.certificate.token, consistent_read=True)


def person_claims():
    return {row.pk: row.body for row in RegisterRow.scan(RegisterRow.noun == "claim") if row.pk.startswith("U#person#")}


def test_a_mistyped_number_is_put_right_and_the_uniqueness_moves_with_it(town):
    archive = town.certified(1)

    right = corrected(town, archive, 7)

    assert person_claims() == {f"U#person#{right.worker.identity_hash}": archive.key}
    assert town.registered(1).id != archive.id


def test_after_a_correction_the_code_is_grey_until_the_police_conclude_anew(town):
    archive = corrected(town, town.certified(1), 7)

    assert [archive.background.conclusion, code(archive).colour] == ["none", "grey"]


def test_a_number_that_somebody_has_is_refused_without_saying_who(town):
    archive, other = town.certified(1), town.registered(2, who="rival")

    with pytest.raises(Clash) as refusal:
        corrected(town, archive, 2)

    assert "一人一档" in str(refusal.value)
    assert town.other.name not in str(refusal.value)
    assert other.id not in str(refusal.value)
    assert archives.fetch("330200", archive.id).worker == archive.worker


def test_the_same_number_is_no_correction(town):
    with pytest.raises(NotAllowed):
        corrected(town, town.registered(1), 1)


def test_neither_number_stands_in_the_ledger_or_in_the_clear(town):
    archive = corrected(town, town.certified(1), 7)
    written = json.dumps(ledger.chain(archive.key), ensure_ascii=False)
    rows = " ".join(row.body for row in RegisterRow.query(archive.key))

    assert demo.person(1).resident_id not in written + rows
    assert demo.person(7).resident_id not in written + rows


def test_two_people_of_one_name_are_two_people(town):
    first = town.certified(1)
    told = demo.register(demo.person(2)) | {"name": first.worker.name}
    second = workers.register(town.act("rival"), NewWorker(**told))

    assert second.id != first.id
    assert second.worker.masked_name == first.worker.masked_name
    assert certificates.fetch(town.account("bureau"), first.certificate.number).id == first.id
    assert claims.owner(f"U#person#{second.worker.identity_hash}") == second.key


def test_a_death_ends_the_certificate_and_the_public_reads_no_more_than_that(town):
    proposed = town.turned(town.certified(), "revoke", basis="death")

    dead = town.decided(proposed, "confirm")

    assert (dead.certificate.state, code(dead).colour) == ("revoked", "red")
    assert "death" not in (code(dead).stop or "") + (code(dead).facts or "")


def test_nobody_applies_in_the_place_of_a_dead_person(town):
    dead = town.decided(town.turned(town.certified(), "revoke", basis="death"), "confirm")

    with pytest.raises(NotAllowed) as refusal:
        applications.open_(town.act("owner"), dead.id, submit=True)

    assert "identity-unverified" in {fault.code for fault in refusal.value.faults}


def test_an_application_under_way_ends_with_a_death(town):
    issued = town.applied("production")[0]

    dead = town.decided(town.turned(issued, "revoke", basis="death"), "confirm")

    assert [one.state for one in dead.applications] == ["withdrawn"]


def test_a_company_that_closes_leaves_its_workers_codes_grey(town):
    archive = town.certified()
    before = code(archive).colour
    form = Grounds(revision=town.company.revision, ground="演示：歇业")
    companies.move(town.act("association_manager"), town.company.id, "close", form)

    companies.carry_over(town.act(SYSTEM), "330200", town.company.id)

    assert (before, code(archive).colour) == ("green", "grey")
    with pytest.raises(NotAllowed):
        town.registered(5)


def test_a_closed_company_does_not_open_again(town):
    form = Grounds(revision=town.company.revision, ground="演示：歇业")
    closed = companies.move(town.act("association_manager"), town.company.id, "close", form)

    with pytest.raises(NotAllowed):
        companies.move(
            town.act("association_manager"), closed.id, "resume", Grounds(revision=closed.revision, ground="演示")
        )


@pytest.mark.parametrize("reviewer", ["association_clerk", "association_manager"])
def test_nobody_holds_an_application_so_any_reviewer_goes_on_with_it(town, reviewer):
    held = town.applied("association_review")

    accepted = town.moved(held, "accept", reviewer)

    assert accepted[1].state == "background"
