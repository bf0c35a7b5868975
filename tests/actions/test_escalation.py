from datetime import date, datetime, timedelta

import pytest

from chalicelib.actions import appeals, certificates, escalation, notices, sweep
from chalicelib.actions.appeal_forms import NewAppeal
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.outside import clock
from chalicelib.records import archive_rows
from chalicelib.records import notices as kept
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.days import SHANGHAI
from chalicelib.rules.deadlines import add_working_days
from tests.actions.post import waiting


@pytest.fixture
def held(town):
    """An application under review, due in seven working days."""
    return town.applied("association_review")


def at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


def told(held):
    names = kept.names(held[0].key, "application-due") + kept.names(held[0].key, "application-late")
    return sorted(name.rpartition("#")[2] for name in names)


def escalated(day):
    return escalation.tell("330200", day, at(day))


def test_a_working_day_before_the_deadline_the_association_is_told_once(held):
    due_on = held[1].due_on
    days = [due_on - timedelta(days=back) for back in (0, 0, 1)]

    assert [escalated(day) for day in days] == [1, 1, 1]
    assert told(held) == ["association"]


def test_after_the_deadline_the_company_is_told_too(held):
    escalated(held[1].due_on + timedelta(days=1))

    assert told(held) == ["association", "company"]


def test_an_application_that_is_not_due_is_not_even_read(held):
    before = (held[1].due_on - timedelta(days=days) for days in range(30))

    assert escalated(next(day for day in before if add_working_days(day, 1)[0] < held[1].due_on)) == 0
    assert escalated(held[1].due_on + timedelta(days=2)) == 0


def test_what_waits_for_the_company_is_not_escalated(held, town):
    town.moved(held, "return", "association_clerk", reasons=("exam-unclear",))

    assert escalated(held[1].due_on) == 0


def test_an_extension_is_told_to_company_and_worker_with_its_reason(held, town):
    before = RegisterRow.get(held[0].key, "A#meta").attribute_values
    town.moved(held, "extend", "association_manager", reasons=("card-late",), working_days=2)
    after = RegisterRow.get(held[0].key, "A#meta").attribute_values

    names = notices.moved(before, after, clock.now())
    again = notices.moved(after, after, clock.now())

    assert (names, again) == (["application-extended"], [])
    texts = [kept.find(held[0].key, name).text for name in kept.names(held[0].key, "application-extended")]
    assert len(texts) == 2
    assert all("制证设备" in text for text in texts)


def test_the_sweep_has_every_city_s_deadlines_looked_at(held, tables):
    waiting(tables, "WORK_QUEUE")
    sweep.sweep(held[1].due_on)
    [day] = [one["limits"] for one in waiting(tables, "WORK_QUEUE") if "limits" in one]
    escalation.queue(date.fromisoformat(day))

    cities = [one["escalate"] for one in waiting(tables, "WORK_QUEUE")]

    assert cities == [["330200", str(held[1].due_on)], ["330400", str(held[1].due_on)]]


def test_a_queue_shows_what_falls_due_first(town):
    late = town.applied("association_review", 1)
    first = town.applied("association_review", 2)
    town.moved(late, "extend", "association_manager", reasons=("verification",), working_days=5)

    page = town.queue("association_review")

    assert [brief["id"] for brief in page] == [first[1].id, late[1].id]
    assert archive_rows.QUEUE_SHARDS > 1


def test_a_second_person_s_word_that_is_late_is_asked_for_once(town):
    archive = town.certified()
    form = CertificateMove(revision=archive.revision, ground="演示：投诉核查期间")
    due_on = certificates.move(
        town.act("association_manager"), archive.certificate.number, "suspend", form
    ).proposal.due_on

    assert [escalated(due_on + timedelta(days=1)) for _ in range(2)] == [1, 1]
    assert [name.split("#")[0] for name in kept.names(archive.key, "proposal-")] == ["proposal-late"]


def test_an_appeal_that_nobody_decides_is_told_of_before_and_after_its_day(town):
    archive = town.certified()
    form = NewAppeal(worker=archive.id, subject="colour", statement="体检一直有效")
    _, one = appeals.file(town.act("owner"), form)

    assert [escalated(one.due_on), escalated(one.due_on + timedelta(days=1))] == [1, 1]
    assert [name.split("#")[0] for name in kept.names(archive.key, "appeal-")] == ["appeal-due", "appeal-late"]
