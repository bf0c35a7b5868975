"""That beside the archives, too, nothing is kept beyond its purpose (B9): reports and companies go by the purge, rows
that are no truth by their own end."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.actions import companies, imports, inbox, notices, purge_beside, reports
from chalicelib.actions.forms import Grounds, NewCompany, NewImport
from chalicelib.functions.work import work
from chalicelib.outside import clock
from chalicelib.records import codes, jobs, ledger, purges
from chalicelib.records import companies as kept_companies
from chalicelib.records import reports as kept_reports
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.days import day_of
from chalicelib.rules.retention import GONE
from scripts import demo
from tests.actions.post import MORNING, waiting
from tests.actions.test_counters import Context
from tests.actions.test_inbox import SECRET, visit
from tests.actions.test_reports import new
from tests.actions.test_reports import sent as report_sent

YEAR = timedelta(days=365)


def later(town, days):
    """The system's act of a day to come."""
    return Act(account=SYSTEM, at=clock.now(), on=town.today + timedelta(days=days))


@pytest.fixture
def closed(town):
    """A report with the household's words, dismissed today."""
    inbox.receive(report_sent(town.certified()))
    form = Grounds(revision=1, ground="已回访，是本人")
    return reports.move(town.act("association_clerk"), new(town)[0]["id"], "dismiss", form)[0]


@pytest.fixture
def refused(town):
    """A company that asked with its people's names and phones, refused today."""
    form = NewCompany(
        name="演示丙家政（演示）", credit_code=demo.credit_code(3), contact="李经理", phone="13900000000",
        email="li@demo.invalid",
    )  # fmt: skip
    asked = companies._create(town.act(SYSTEM), "330200", form, "asked")
    return companies.move(town.act("association_manager"), asked.id, "refuse", Grounds(revision=1, ground="材料不符"))


def people(company):
    return company.contact, company.phone, company.email


def test_what_is_not_due_stays(town, closed, refused):
    assert purge_beside.dry_run(later(town, 180), "330200") == {}


def test_a_dry_run_tells_both_and_changes_nothing(town, closed, refused):
    assert purge_beside.dry_run(later(town, 181), "330200") == {"reports": 1, "companies": 1}
    assert kept_reports.fetch("330200", closed.id).revision == closed.revision
    assert all(people(kept_companies.fetch("330200", refused.id)))


def test_words_and_people_go_once_with_an_entry_each_and_a_report(town, closed, refused):
    first = purge_beside.run(later(town, 181), "330200", "2027-06-01")
    again = purge_beside.run(later(town, 181), "330200", "2027-06-01")
    report, company = kept_reports.fetch("330200", closed.id), kept_companies.fetch("330200", refused.id)

    assert first == again == {"reports": 1, "companies": 1}
    assert (report.note, report.phone, report.reason, report.worker) == ("", None, GONE, closed.worker)
    assert people(company) == (None, None, None)
    assert [ledger.chain(one.key)[-1]["action"] for one in (report, company)] == ["report.purge", "company.purge"]
    assert [len(ledger.chain(one.key)) for one in (report, company)] == [3, 3]
    assert purges.of("330200") == {"2027-06-01": {"reports": 1, "companies": 1}}


def test_a_company_that_works_keeps_its_people_and_a_report_that_waits_its_words(town):
    inbox.receive(report_sent(town.certified()))

    assert purge_beside.run(later(town, 4000), "330200", "2037-06-01") == {}
    assert kept_reports.fetch("330200", new(town)[0]["id"]).note


def test_every_city_and_what_is_no_citys_is_looked_at_by_the_month_s_run(town, tables):
    waiting(tables, "WORK_QUEUE")
    work({"purges": "2026-12-01"}, Context)
    told = [one["purge-beside"] for one in waiting(tables, "WORK_QUEUE") if "purge-beside" in one]

    assert sorted(told) == [["330200", "2026-12-01"], ["330400", "2026-12-01"], ["province", "2026-12-01"]]


def test_the_dry_run_of_the_command_has_what_lies_beside_the_archives_once(town, closed, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + YEAR)

    first = work({"purge": {"city": "330200", "at": 0}}, Context)
    next_ = work({"purge": {"city": "330200", "at": 100}}, Context)

    assert (first["would"], next_["would"]) == ({"reports": 1}, {})


def day_of_end(row):
    return day_of(datetime.fromtimestamp(int(row.ttl), UTC))


def test_a_visit_ends_by_itself_a_year_after_entry_wherever_it_lies_and_its_end_changes_nothing(town):
    archive = town.certified()
    inbox.receive(visit(archive))
    inbox.receive(visit(archive, kind="leave", at="2026-12-22T03:00:00Z"))
    rows = [RegisterRow.get(archive.key, f"V#visit#{SECRET}"), codes.find_plain(f"visit#{SECRET}")]

    assert [str(day_of_end(row)) for row in rows] == ["2027-11-22", "2027-11-22"]


def test_a_notice_ends_by_itself_a_year_later_also_when_it_was_read(town):
    archive = town.registered()
    fields = {"name": archive.worker.masked_name, "before": "绿色"}
    notices.tell(archive.key, "code-yellow", "x#1", fields, company=town.company.id, at=MORNING)
    [told] = notices.listed(town.account("owner"), limit=9, after=None).items
    notices.read(town.act("owner"), (told["id"],))
    row = RegisterRow.get(archive.key, "H#notice#x#1#company")

    assert (row.revision > 1, str(day_of_end(row))) == (True, str(day_of(MORNING) + YEAR))


def test_a_job_and_its_results_end_by_themselves_half_a_year_later(town):
    clerk = town.account("owner")
    paper = demo.as_csv([demo.paper(1, town.today)])
    job = imports.begin(town.act(clerk), NewImport(kind="workers", csv=paper))
    found = jobs.fetch("330200", job["id"])
    jobs.finish_slice(found, 0, [], ends=found.ends)
    rows = list(RegisterRow.query(found.key))

    assert {str(day_of_end(row)) for row in rows} == {str(town.today + timedelta(days=180))}
    assert {row.sk for row in rows} == {"A#meta", "S#00000"}
