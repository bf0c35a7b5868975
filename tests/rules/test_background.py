"""Who is sent to the police, and what their conclusion leaves behind."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.rules.access import MAY
from chalicelib.rules.archive import Application, Archive, Binding, Certificate, Consent, Worker
from chalicelib.rules.background import BackgroundBatch, concluded, months, recheck_due, waits
from chalicelib.rules.check import Background
from chalicelib.rules.errors import NotAllowed

DAY = date(2026, 11, 22)
WORKER = Worker(name="王芳", masked_name="王*", resident_id="s1.x", identity_hash="h1.x", service_types=("保洁",))
BINDING = Binding(company="C1", company_name="演示甲家政（演示）", since=DAY)
CERTIFICATE = Certificate(number="1", token="T", state="active", issued_on=DAY, until=None, review_due=None)
NOBODY = Archive(city="330200", id="W1", worker=WORKER, binding=BINDING, consent=Consent(given_on=DAY))
CERTIFIED = replace(NOBODY, certificate=CERTIFICATE)
BATCH = BackgroundBatch(
    city="330200", id="0123456789AB", state="ready", by="x", at=datetime(2026, 11, 22, tzinfo=UTC),
    members=("W1", "W2"), left=2,
)  # fmt: skip


def applied(state):
    return replace(NOBODY, applications=(Application(id="W1-1", state=state, company="C1", opened_on=DAY),))


@pytest.mark.parametrize(("state", "sent"), [("background", True), ("association_review", False), ("refused", False)])
def test_an_application_waits_for_the_police_where_they_are_asked(state, sent):
    assert waits(applied(state), DAY) is sent


@pytest.mark.parametrize(("days", "sent"), [(-1, True), (0, True), (1, False)])
def test_a_yearly_check_waits_from_the_first_day_of_its_time_on(days, sent):
    checked = replace(CERTIFIED, background=Background(conclusion="passed", due_on=DAY + timedelta(days=days)))

    assert waits(checked, DAY) is sent


def test_nobody_is_sent_whose_consent_is_withdrawn():
    assert not waits(replace(applied("background"), consent=Consent(given_on=DAY, withdrawn_on=DAY)), DAY)


@pytest.mark.parametrize("state", ["revoked", "expired", "replaced"])
def test_a_certificate_that_is_over_is_not_checked_again(state):
    over = replace(CERTIFICATE, state=state)

    assert recheck_due(concluded(replace(CERTIFIED, certificate=over), "passed", DAY)) is None


def test_a_passed_check_is_due_again_after_a_year_and_stands_in_the_proof():
    after = concluded(CERTIFIED, "passed", DAY)

    assert recheck_due(after) == date(2027, 11, 22)
    assert [(one.company, one.conclusion, one.checked_on) for one in after.checks] == [("C1", "passed", DAY)]


def test_each_conclusion_stays_in_the_proof():
    after = concluded(concluded(CERTIFIED, "passed", DAY), "failed", DAY)

    assert [(one.id, one.conclusion) for one in after.checks] == [("001", "passed"), ("002", "failed")]
    assert recheck_due(after) is None


def test_a_check_that_is_still_pending_proves_nothing():
    assert concluded(CERTIFIED, "pending", DAY).checks == ()


@pytest.mark.parametrize("since", [(), (("failed", 40),), (("pending", -9),), (("passed", -9), ("pending", -9))])
@pytest.mark.parametrize("better", ["passed", "pending"])
def test_a_failed_check_stands_against_earlier_days_whatever_came_after_it(better, since):
    known = concluded(CERTIFIED, "failed", DAY)
    for conclusion, days in since:
        known = concluded(known, conclusion, DAY - timedelta(days=days))

    with pytest.raises(NotAllowed, match=str(DAY)) as refusal:
        concluded(known, better, DAY - timedelta(days=1))

    assert refusal.value.rule == "later-check-stands"
    assert concluded(known, better, DAY).background.conclusion == better


@pytest.mark.parametrize("known", ["passed", "pending"])
def test_a_failed_check_counts_however_late_it_comes(known):
    early = DAY - timedelta(days=40)

    told = concluded(concluded(CERTIFIED, known, DAY), "failed", early)

    assert told.background == Background(conclusion="failed", checked_on=early)


def test_of_two_failed_checks_the_later_day_stays():
    twice = concluded(concluded(CERTIFIED, "failed", DAY), "failed", DAY - timedelta(days=40))

    assert twice.background == Background(conclusion="failed", checked_on=DAY)
    assert len(twice.checks) == 2


def test_a_conclusion_takes_the_person_out_of_the_batch():
    sent = replace(CERTIFIED, background=Background(batch="B1"))

    assert concluded(sent, "passed", DAY).background.batch is None


@pytest.mark.parametrize("row", [1, 2])
def test_a_reference_leads_back_to_its_person(row):
    assert BATCH.member(f" {BATCH.reference(row).lower()} ") == BATCH.members[row - 1]


@pytest.mark.parametrize("reference", ["", "0123456789AB-000", "0123456789AB-003", "0123456789AC-001"])
def test_a_reference_of_another_batch_or_of_no_row_leads_nowhere(reference):
    assert BATCH.member(reference) is None


def test_months_are_given_across_the_year():
    assert list(months(date(2026, 11, 30), date(2027, 1, 1))) == ["2026-11", "2026-12", "2027-01"]


def test_nobody_gets_both_the_file_and_its_password():
    assert MAY["background.send"].isdisjoint(MAY["background.file"])


def test_who_makes_a_batch_does_not_conclude_on_it():
    assert MAY["background.send"].isdisjoint(MAY["background.conclude"])
