from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from chalicelib.actions import evidence, projection, workers
from chalicelib.actions.forms import Conclusion, Grounds, Moving, NewConsent, NewExam, Withdrawal
from chalicelib.records.codes import CodeRow
from chalicelib.rules.errors import Malformed, NotAllowed


def withdrawn(town, archive, on=None):
    return evidence.withdraw_consent(town.act("owner"), archive.id, Withdrawal(withdrawn_on=on))


def given(town, archive, on):
    return evidence.consent(town.act("owner"), archive.id, NewConsent(given_on=on, text="2026-1"))


def code(archive):
    return CodeRow.get(archive.certificate.token, consistent_read=True)


@pytest.mark.parametrize("days_ago", [0, 1, 90])
def test_an_old_paper_does_not_lift_a_withdrawal(town, days_ago):
    archive = town.certified()
    withdrawn(town, archive)

    with pytest.raises(NotAllowed):
        given(town, archive, town.today - timedelta(days=days_ago))


def test_consent_of_a_later_day_lifts_a_withdrawal_and_keeps_that_it_was(town):
    archive = town.certified()
    earlier = evidence.consent(
        town.act("owner"), archive.id, NewConsent(given_on=town.today - timedelta(days=9), text="2026-1")
    )
    withdrawn(town, earlier, town.today - timedelta(days=3))

    again = given(town, archive, town.today - timedelta(days=1))

    assert again.consent.withdrawn_on == town.today - timedelta(days=3)
    assert again.consent.stands


def test_a_withdrawal_before_the_consent_is_refused(town):
    archive = town.certified()

    with pytest.raises(Malformed):
        withdrawn(town, archive, town.today - timedelta(days=1))


@pytest.mark.parametrize(
    "make",
    [
        lambda day: Withdrawal(withdrawn_on=day),
        lambda day: NewConsent(given_on=day, text="2026-1"),
        lambda day: Conclusion(conclusion="passed", checked_on=day),
        lambda day: Moving(revision=1, checked_on=day),
        lambda day: NewExam(**{"from": day}, category="一般", issuer="演示医院"),
    ],
    ids=["withdrawal", "consent", "conclusion", "clearing", "exam"],
)
@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2126, 1, 1), date(9999, 12, 31)], ids=str)
def test_a_day_that_cannot_be_meant_is_a_fault(make, day):
    with pytest.raises(ValidationError):
        make(day)


@pytest.mark.parametrize("text", ["本人 330299199001010010", "电话13900001111", "33029919900101001x"])
def test_no_number_of_a_person_enters_a_ground(text):
    with pytest.raises(ValidationError):
        Grounds(revision=1, ground=text)


def test_an_archive_has_room_for_so_many_exams_and_no_more(town):
    archive = town.ready()
    exam = NewExam(**{"from": town.today}, category="一般", issuer="演示医院")
    [evidence.add_exam(town.act("owner"), archive.id, exam) for _ in range(evidence.MOST - 1)]

    with pytest.raises(NotAllowed, match="最多"):
        evidence.add_exam(town.act("owner"), archive.id, exam)


def test_what_cannot_be_projected_does_not_stay_green(town, monkeypatch):
    archive = town.certified()
    projection.project(archive.key)
    workers.change(town.act("owner"), archive, "training.void")
    monkeypatch.setattr("chalicelib.actions.projection.verdict", lambda *given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        projection.project(archive.key)

    assert code(archive).facts is None
    assert code(archive).revision == archive.revision + 1
