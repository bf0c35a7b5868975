from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from chalicelib.actions import evidence, reminders, sweep
from chalicelib.actions.forms import AmendedInsurance, NewInsurance
from chalicelib.outside import templates
from chalicelib.records import archives, ledger
from chalicelib.records import notices as kept
from chalicelib.records.commit import Entry
from chalicelib.records.tables import RegisterRow
from chalicelib.rules import notice
from chalicelib.rules.binding import NOBODY
from chalicelib.rules.days import SHANGHAI
from chalicelib.rules.errors import Unavailable
from tests.actions.post import waiting


@pytest.fixture
def archive(town):
    """A certified worker whose insurance ends in 200 days."""
    return town.certified()


def at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


def before_the_end(archive, days):
    return archive.insurances[0].until - timedelta(days=days)


def worked(aws, day):
    """Do what the sweep queued, on a day; give how many reminders were due."""
    told = 0
    for message in [one for one in waiting(aws, "WORK_QUEUE") if "ends" in one]:
        told += reminders.queue(date.fromisoformat(message["ends"])) and sum(
            # what other tests had done later comes in between
            reminders.tell(slice["remind"], at(day)) for slice in waiting(aws, "WORK_QUEUE") if "remind" in slice
        )
    return told


def swept(aws, day):
    """Sweep on a day, and do what it queued."""
    sweep.sweep(day)
    worked(aws, day)


def reminded(archive):
    return kept.names(archive.key, "reminder#insurance#")


def digests(archive):
    """What the company was told, digest by digest."""
    company = f"C#{archive.city}#{archive.binding.company}"
    return [kept.find(company, name).text for name in kept.names(company, "reminders#")]


def test_what_ends_in_thirty_days_is_told_to_company_and_worker(archive, tables):
    day, end = before_the_end(archive, 30), archive.insurances[0].until
    waiting(tables, "WORK_QUEUE")
    swept(tables, day)

    assert reminded(archive) == [f"reminder#insurance#{end}#30#worker"]
    assert "还有 30 天" in kept.find(archive.key, reminded(archive)[0]).text
    assert [f"{end} 到期，还有 30 天" in text for text in digests(archive)] == [True]


def test_a_sweep_that_runs_again_tells_nothing_again(archive, tables):
    day = before_the_end(archive, 30)
    waiting(tables, "WORK_QUEUE")
    [swept(tables, day) for _ in range(3)]

    assert (len(reminded(archive)), len(digests(archive))) == (1, 1)


def test_after_missed_sweeps_the_latest_step_alone_is_told(archive, tables):
    ledger.swept(str(before_the_end(archive, 8)), 0)
    waiting(tables, "WORK_QUEUE")
    day = before_the_end(archive, 5)
    swept(tables, day)

    assert {name.split("#")[3] for name in reminded(archive)} == {"7"}


def test_an_archive_of_which_nothing_ends_on_a_step_is_not_read(archive, tables):
    assert reminders.queue(before_the_end(archive, 29)) == 0


def test_one_end_is_read_from_the_index_on_four_days_only(archive):
    around = [left + more for left in (1, 7, 30, 60) for more in (-1, 0, 1)]
    days = [left for left in around if reminders.queue(before_the_end(archive, left))]

    assert days == [1, 7, 30, 60]


def test_a_renewal_bought_since_leaves_nothing_to_tell(archive, town, tables):
    end = archive.insurances[0].until
    renewal = {"from": end, "until": end + timedelta(days=365), "third_party": True, "issuer": "演示保险"}
    evidence.add_insurance(town.act("owner"), archive.id, NewInsurance(**renewal))

    assert reminders.tell([archive.key], at(before_the_end(archive, 30))) == 0


def test_a_date_that_was_corrected_is_reminded_of_by_its_right_day(archive, town):
    right = archive.insurances[0].until + timedelta(days=1)
    told = {"from": archive.insurances[0].start, "until": right, "third_party": True, "issuer": "演示保险"}
    evidence.amend_insurance(
        town.act("owner"), archive.id, archive.insurances[0].id, AmendedInsurance(**told, why="录入有误")
    )

    assert reminders.queue(right - timedelta(days=7)) == 1
    assert reminders.queue(right - timedelta(days=8)) == 0


def test_a_worker_without_a_certificate_is_not_reminded(town):
    one = town.ready()

    assert reminders.tell([one.key], at(before_the_end(one, 7))) == 0


def test_one_archive_that_cannot_be_read_stops_no_other(archive, town):
    torn = town.certified(2)
    row = RegisterRow.get(torn.key, "A#meta")
    row.update(actions=[RegisterRow.body.set("{}")])

    with pytest.raises(Unavailable):
        reminders.tell([torn.key, archive.key], at(before_the_end(archive, 7)))

    assert len(reminded(archive)) == 1


def test_reminding_raises_no_revision(archive):
    reminders.tell([archive.key], at(before_the_end(archive, 7)))

    assert archives.find(archive.key).revision == archive.revision


def test_what_ends_first_is_listed_for_its_company_and_the_citys_month(town):
    one = town.certified()
    end = min(one.exams[0].until, one.insurances[0].until)

    of_company = reminders.listed(town.act("owner"), month=None, limit=9, after=None).items
    of_city = reminders.listed(town.act("association_clerk"), month=f"{end:%Y-%m}", limit=9, after=None).items
    of_rival = reminders.listed(town.act("rival"), month=None, limit=9, after=None).items

    assert [(each["id"], each["on"]) for each in of_company] == [(one.id, str(end))]
    assert (of_city, of_rival) == (of_company, [])


def test_a_company_has_one_digest_a_day_of_all_that_ends(archive, town, tables):
    other = town.certified(2)
    waiting(tables, "WORK_QUEUE")
    day = before_the_end(archive, 7)
    [swept(tables, day) for _ in range(2)]

    [told] = digests(archive)
    assert "以下 2 项" in told
    assert [told.count(one.worker.masked_name) for one in (archive, other)] == [1, 1]


def test_each_company_reads_of_its_own_workers_alone(archive, town, tables):
    waiting(tables, "WORK_QUEUE")
    other = archives.find(town.certified(2).key)
    moved = replace(other, binding=replace(other.binding, company=town.other.id))
    archives.store(other, moved, act=town.act("owner"), entry=Entry(action="演示"))
    day = before_the_end(archive, 7)
    swept(tables, day)

    assert [len(digests(one)) for one in (archive, moved)] == [1, 1]
    assert other.worker.masked_name not in digests(archive)[0]


def test_a_digest_and_what_its_workers_are_told_are_written_together_or_not_at_all(archive):
    template = templates.load("reminder-exam")
    fields = {"name": "王*示", "tail": "…4821", "day": "2027-03-01", "left": "今天是最后一天"}
    first, other = (
        notice.written(template, "worker", fields, of=archive.key, name=name, owner=None, at=at(date(2027, 3, 1)))
        for name in ("reminder#exam#2027-03-01#1", "reminder#exam#2027-03-01#7")
    )
    kept.write(first)

    assert not kept.write_together([other, first])
    assert kept.find(archive.key, other.name) is None


def test_who_is_of_no_company_is_told_alone(archive, town):
    gone = replace(archive, binding=replace(archive.binding, company=NOBODY))
    archives.store(archive, gone, act=town.act("owner"), entry=Entry(action="演示"))

    assert reminders.tell([archive.key], at(before_the_end(archive, 7))) == 1
    assert digests(gone) == []
