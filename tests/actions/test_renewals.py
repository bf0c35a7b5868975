"""Annual review and renewal as decisions (C6); Ningbo's certificates given Shaoguan's day for a review."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import applications, evidence, projection
from chalicelib.actions.forms import Conclusion, Void
from chalicelib.outside import clock
from chalicelib.records import archives, ledger
from chalicelib.records.codes import CodeRow
from chalicelib.records.commit import Entry
from chalicelib.rules.errors import NotAllowed
from tests.actions.test_authorisation import standing


def told(town, archive, **certificate):
    """The archive with other dates on its certificate."""
    after = replace(archive, certificate=replace(archive.certificate, **certificate))
    return archives.store(archive, after, act=town.act("bureau"), entry=Entry(action="test"))


def colour(archive):
    projection.project(archive.key)
    return CodeRow.get(archive.certificate.token, consistent_read=True).colour


@pytest.fixture
def ending(town):
    """A certificate whose last day is in ten days."""
    return told(town, town.certified(), until=town.today + timedelta(days=10))


@pytest.fixture
def overdue(town):
    """A certificate whose review was due yesterday."""
    return told(town, town.certified(), review_due=town.today - timedelta(days=1))


@pytest.fixture
def anew(town):
    """The application for another certificate, with the police, of one whose certificate ran out yesterday."""
    over = told(town, town.certified(), until=town.today - timedelta(days=1))
    held = applications.open_(town.act("owner"), over.id, submit=True)
    return town.moved(town.moved(held, "forward", "owner"), "accept", "association_clerk")


def test_another_certificate_lifts_no_suspension_of_the_one_that_ran_out(town, anew):
    cleared = town.moved(anew, "clear", "police")
    suspended = town.turned(cleared[0], "suspend", basis="false-papers")

    with pytest.raises(NotAllowed) as refusal:
        town.moved((suspended, cleared[1]), "authorise", "bureau")

    assert refusal.value.rule == "certificate-stands"
    assert colour(suspended) == "red"


def test_a_standing_authorisation_issues_nothing_over_a_suspension(town, anew):
    standing(town)
    suspended = town.turned(anew[0], "suspend", basis="false-papers")

    archive, one = town.moved((suspended, anew[1]), "clear", "police")

    assert (one.state, archive.certificate.state, colour(archive)) == ("authorisation", "suspended", "red")


def test_a_standing_authorisation_issues_nothing_after_a_revocation(town, anew):
    standing(town)
    revoked = town.revoked(anew[0])
    sent = town.moved((revoked, revoked.application(anew[1].id)), "submit", "owner")
    accepted = town.moved(town.moved(sent, "forward", "owner"), "accept", "association_clerk")

    archive, one = town.moved(accepted, "clear", "police")

    assert revoked.application(anew[1].id).state == "returned"
    assert (one.state, archive.certificate.state, colour(archive)) == ("authorisation", "revoked", "red")


def test_once_the_suspension_is_decided_the_other_certificate_is_issued(town, anew):
    cleared = town.moved(anew, "clear", "police")
    free = town.decided(town.turned(cleared[0], "suspend", basis="false-papers"), "refuse")

    archive, _ = town.moved((free, cleared[1]), "authorise", "bureau")

    assert (archive.certificate.state, colour(archive)) == ("issued", "green")


def test_a_review_takes_the_overdue_from_the_code_by_way_of_the_projection(town, overdue):
    before = colour(overdue)

    town.turned(overdue, "review", by="association_clerk")

    assert (before, colour(overdue)) == ("yellow", "green")


def test_a_renewed_code_outlives_the_old_term(town, ending, monkeypatch):
    renewed = town.turned(ending, "renew")
    later = clock.now() + timedelta(days=11)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert renewed.certificate.until > ending.certificate.until + timedelta(days=700)
    assert renewed.certificate.token == ending.certificate.token
    assert colour(renewed) == "green"


@pytest.mark.parametrize("event", ["renew", "review"])
def test_with_a_lapsed_paper_nothing_is_renewed_or_reviewed_and_every_lack_is_named(town, ending, event):
    due = told(town, ending, review_due=town.today)
    evidence.void_exam(town.act("owner"), due.id, due.exams[0].id, Void(why="登记有误"))
    evidence.void_insurance(town.act("owner"), due.id, due.insurances[0].id, Void(why="登记有误"))
    archive = archives.fetch("330200", due.id)

    with pytest.raises(NotAllowed) as refusal:
        town.turned(archive, event)

    assert {fault.code for fault in refusal.value.faults} == {"exam-missing", "insurance-missing"}


def test_an_old_police_check_keeps_a_certificate_from_its_next_term(town, ending):
    form = Conclusion(conclusion="passed", checked_on=town.today - timedelta(days=366))
    archive = evidence.conclude(town.act("police"), ending.id, form)

    with pytest.raises(NotAllowed) as refusal:
        town.turned(archive, "renew")

    assert [fault.code for fault in refusal.value.faults] == ["recheck-overdue"]


def test_the_ledger_says_until_when_a_certificate_was_renewed(town, ending):
    renewed = town.turned(ending, "renew")

    entry = ledger.chain(ending.key)[-1]
    assert (entry["action"], entry["note"]["until"]) == ("certificate.renew", str(renewed.certificate.until))
