"""The versions of the texts that are consented to: which one a paper must name, and when a new one is asked for."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from chalicelib.actions import evidence, faults, workers
from chalicelib.actions.forms import NewConsent
from chalicelib.outside import clock
from chalicelib.public import consents as texts
from chalicelib.records import shapes
from chalicelib.rules.archive import Consent
from chalicelib.rules.consent import SEPARATE


def test_a_new_text_is_asked_for_at_the_next_application(town, monkeypatch):
    archive, act = town.ready(), town.act("owner")
    before = workers.missing(archive, act)
    monkeypatch.setattr(texts, "_read", [*texts.versions(), {**texts.latest(), "version": "2027-1"}])

    assert [fault.code for fault in before] == []
    assert [fault.code for fault in workers.missing(archive, act)] == ["consent-old-text"]


def test_a_paper_on_which_a_needed_part_was_struck_out_does_not_do(town):
    archive = town.ready()
    form = NewConsent(given_on=town.today, text="2026-1", separate=("photo", "health"))
    struck = evidence.consent(town.act("owner"), archive.id, form)
    [fault] = workers.missing(struck, town.act("owner"))

    assert fault.code == "consent-not-separate"
    assert "安全核查结论" in fault.message


@pytest.mark.parametrize(
    ("given_on", "text"),
    [("2026-05-01", "x"), ("2026-05-01", "2027-1"), ("2027-03-01", "2026-1"), ("2025-12-31", "2027-1")],
)
def test_a_paper_is_of_the_version_in_force_when_it_was_signed(monkeypatch, given_on, text):
    known = [*texts.versions(), {**texts.latest(), "version": "2027-1", "from": "2027-03-01"}]
    monkeypatch.setattr(texts, "_read", known)
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 4, 1, tzinfo=UTC))

    with pytest.raises(ValidationError) as refused:
        NewConsent(given_on=given_on, text=text)
    [fault] = faults.of(refused.value)

    assert (fault.field, fault.code) == ("text", "not-in-force")
    assert "2026-1（2026-01-01 起）、2027-1（2027-03-01 起）" in fault.message


def test_a_paper_of_before_the_first_version_is_of_that_one():
    assert NewConsent(given_on="2024-03-01", text="2026-1").text == "2026-1"


def test_a_coming_version_is_asked_for_from_its_day_on(monkeypatch):
    known = [*texts.versions(), {**texts.latest(), "version": "2027-1", "from": "2027-03-01"}]
    monkeypatch.setattr(texts, "_read", known)

    assert texts.in_force(date(2027, 2, 28))["version"] == "2026-1"
    assert texts.in_force(date(2027, 3, 1))["version"] == "2027-1"


def test_an_archive_of_before_separate_consents_reads_as_the_first_paper_said():
    assert shapes.load(Consent, '{"given_on": "2026-05-01", "text": "2026-1"}').separate == SEPARATE
