import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import applications, certificates, evidence, projection
from chalicelib.actions.forms import Conclusion
from chalicelib.api import shown
from chalicelib.records import archives, cities, codes
from chalicelib.records.codes import CodeRow
from chalicelib.rules import certificate
from chalicelib.rules.errors import Clash, Missing, NotAllowed, NotPermitted
from chalicelib.rules.line import facts_in
from tests.actions.conftest import WAY


def code(archive):
    return CodeRow.get(archive.certificate.token, consistent_read=True)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("suspend", "certificate-suspended"), ("lose", "certificate-lost"), ("revoke", "certificate-suspended")],
)
def test_bad_news_stands_in_the_code_before_any_stream(town, name, reason):
    archive = town.certified()
    projection.project(archive.key)

    stopped = town.turned(archive, name, basis="conditions" if name == "revoke" else None)

    assert json.loads(code(archive).stop)["code"] == reason
    assert code(archive).stop_revision == stopped.revision


def test_a_stop_set_before_the_first_projection_is_there(town):
    archive = town.certified()

    town.turned(archive, "suspend")

    assert code(archive).facts is None
    assert json.loads(code(archive).stop)["code"] == "certificate-suspended"


def test_a_projection_that_does_not_know_of_the_stop_is_not_written(town):
    archive = town.certified()
    late = projection._live(archive, cities.fetch("330200"), archive.certificate, town.today)
    town.turned(archive, "suspend")

    assert codes.publish(late) is False
    assert code(archive).stop is not None


def test_lifting_a_suspension_takes_the_projection(town):
    archive = town.certified()
    suspended = town.decided(town.turned(archive, "suspend"), "confirm")
    resumed = town.decided(town.turned(suspended, "resume"), "confirm")
    assert code(archive).stop is not None

    projection.project(archive.key)

    assert resumed.certificate.state == "active"
    assert code(archive).stop is None
    assert code(archive).colour == "green"


def test_replacing_kills_the_old_code_at_once_and_gives_both_carriers_a_new_one(town):
    archive = town.certified()
    projection.project(archive.key)

    fresh = town.turned(archive, "replace")
    dead = json.loads(code(archive).stop)["code"]
    projection.project(archive.key)

    assert dead == "certificate-replaced"
    assert fresh.certificate.token != archive.certificate.token
    assert code(fresh).colour == "green"
    assert facts_in(code(archive).facts).state == "replaced"
    assert code(archive).holder is None


def test_a_failed_recheck_turns_the_code_in_the_same_transaction(town):
    archive = town.certified()
    projection.project(archive.key)

    evidence.conclude(town.act("police"), archive.id, Conclusion(conclusion="failed", checked_on=town.today))

    assert json.loads(code(archive).stop)["code"] == "background-failed"


def test_a_decision_on_an_older_look_is_turned_away(town):
    archive = town.certified()

    with pytest.raises(Clash):
        town.turned(town.behind(archive), "suspend")


def test_a_revoked_certificate_comes_back_by_no_move(town):
    revoked = town.revoked(town.certified())

    with pytest.raises(NotAllowed):
        town.turned(revoked, "resume")


def test_a_company_cannot_suspend(town):
    archive = town.certified()

    with pytest.raises(NotPermitted):
        town.turned(archive, "suspend", by="owner")


def test_the_number_of_another_citys_certificate_is_not_there(town):
    archive = town.certified()

    with pytest.raises(Missing):
        certificates.fetch(town.account("bureau", city="330400"), archive.certificate.number)


def test_a_number_with_a_wrong_check_digit_is_not_looked_for(town):
    with pytest.raises(Missing):
        certificates.fetch(town.account("bureau"), "33020026000000000")


def test_a_certificate_is_issued_once_however_often_it_is_asked(town):
    archive = town.certified()

    stored = archives.fetch("330200", archive.id)

    assert stored.certificate == archive.certificate
    assert replace(stored, rows={}, head="") == replace(archive, rows={}, head="")


def renewed(town, archive):
    """A second certificate for a worker whose first was revoked."""
    held = applications.open_(town.act("owner"), archive.id, submit=True)
    for move, by in WAY[1:]:
        held = town.moved(held, move, by)
    return held[0]


def test_a_second_certificate_is_found_by_its_own_number_alone(town):
    first = town.revoked(town.certified())
    second = renewed(town, first)
    bureau = town.account("bureau")

    assert certificates.fetch(bureau, second.certificate.number).id == first.id
    with pytest.raises(Missing):
        certificates.fetch(bureau, first.certificate.number)


def test_the_code_of_a_revoked_certificate_stays_revoked_after_a_second_one(town):
    first = town.revoked(town.certified())
    second = renewed(town, first)
    projection.project(second.key)

    assert code(second).colour == "green"
    assert facts_in(code(first).facts).state == "revoked"
    assert (code(first).colour, code(first).holder) == ("red", None)


def test_a_certificate_that_has_run_out_may_be_applied_for_again(town):
    archive = town.certified()
    after = archive.certificate.until + timedelta(days=1)

    assert certificate.over(archive.certificate, after) is True
    assert certificate.over(archive.certificate, archive.certificate.until) is False


def test_the_hotline_is_shown_a_masked_name_and_no_move(town):
    archive = town.certified()
    hotline = town.account("hotline")

    told = shown.held_certificate(certificates.fetch(hotline, archive.certificate.number), hotline)

    assert (told["name"], told["moves"]) == (archive.worker.masked_name, [])
