"""That nothing is kept beyond its purpose (B9): what a purge takes, once, with a report by run."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import applications, purge, sweep, workers
from chalicelib.functions.work import work
from chalicelib.outside import clock
from chalicelib.records import archives, ledger, purges
from chalicelib.records import files as rows
from chalicelib.records.commit import Entry
from chalicelib.rules.act import SYSTEM, Act
from tests.actions.post import waiting
from tests.actions.test_counters import Context
from tests.actions.test_erasure import fresh, sent, system


@pytest.fixture
def refused(town):
    """A worker whose application was withdrawn long ago, with a file of that time and one of today."""
    held = town.applied("company_review")
    old = sent(town, held[0])
    sent(town, held[0])
    now = fresh(town.moved((fresh(held[0]), held[1]), "withdraw", "owner")[0])
    [one] = now.applications
    long_ago = tuple(replace(step, at=step.at - timedelta(days=200)) for step in one.steps)
    after = now.with_application(replace(one, steps=long_ago))
    aged = rows.row(now, replace(old, at=old.at - timedelta(days=200)))
    return archives.store(now, after, act=town.act("owner"), entry=Entry(action="test"), beside=[aged])


def test_a_dry_run_tells_what_would_go_and_changes_nothing(town, refused):
    told = purge.dry_run(system(), [refused.key])

    assert told == {"files": 1}
    assert fresh(refused).revision == refused.revision


def test_a_purge_takes_it_away_once_with_an_entry_and_a_report(town, refused):
    first = purge.run(system(), "330200", "2026-12-01", 0, [refused.key])
    again = purge.run(system(), "330200", "2026-12-01", 0, [refused.key])

    assert (first, again) == ({"files": 1}, {"files": 1})
    assert [file.gone_on for file in rows.of(refused)] == [town.today, None]
    assert [entry["note"] for entry in ledger.chain(refused.key) if entry["action"] == "archive.purge"] == [first]
    assert purges.of("330200") == {"2026-12-01": {"archives": 1, "files": 1}}


def test_an_archive_that_changed_between_two_turns_is_told_once(town, refused):
    purge.run(system(), "330200", "2026-12-01", 0, [refused.key])
    now = fresh(refused)
    aged = rows.row(now, replace(rows.of(now)[1], at=rows.of(now)[0].at))
    archives.store(now, now, act=town.act("owner"), entry=Entry(action="test"), beside=[aged])
    purge.run(system(), "330200", "2026-12-01", 0, [refused.key])
    purge.run(system(), "330200", "2027-01-01", 0, [refused.key])

    assert purges.of("330200") == {
        "2026-12-01": {"archives": 1, "files": 1}, "2027-01-01": {"archives": 1, "files": 1},
    }  # fmt: skip


def test_a_second_purge_of_a_day_takes_what_the_first_did_not(town, refused):
    purge.run(system(), "330200", "2026-12-01", 0, [refused.key])
    now = fresh(refused)
    aged = rows.row(now, replace(rows.of(now)[1], at=rows.of(now)[0].at))
    archives.store(now, now, act=town.act("owner"), entry=Entry(action="test"), beside=[aged])

    assert purge.run(system(), "330200", "2026-12-01T08:00:00+00:00", 0, [refused.key]) == {"files": 1}
    assert purges.of("330200").keys() == {"2026-12-01", "2026-12-01T08:00:00+00:00"}


def test_more_files_than_one_transaction_takes_are_purged_by_the_same_run(town, refused):
    old = next(one for one in rows.of(refused) if one.at < clock.now() - timedelta(days=1))
    many = [rows.row(refused, replace(old, id=f"F{number}")) for number in range(purge.AT_ONCE)]
    archives.store(refused, refused, act=town.act("owner"), entry=Entry(action="test"), beside=many)

    would = purge.dry_run(system(), [refused.key])
    first = purge.run(system(), "330200", "2026-12-01", 0, [refused.key])
    again = purge.run(system(), "330200", "2026-12-01", 0, [refused.key])

    assert would == first == again == {"files": purge.AT_ONCE + 1}
    assert purges.of("330200") == {"2026-12-01": {"archives": 1, "files": purge.AT_ONCE + 1}}


def test_scans_of_who_never_applied_are_purged_when_the_newest_is_old(town):
    archive = town.ready()
    files = [sent(town, archive), sent(town, archive)]
    young = purge.dry_run(system(), [archive.key])
    now = fresh(archive)
    aged = [rows.row(now, replace(one, at=one.at - timedelta(days=200))) for one in files]
    now = archives.store(now, now, act=town.act("owner"), entry=Entry(action="test"), beside=aged[:1])
    half = purge.dry_run(system(), [archive.key])
    archives.store(now, now, act=town.act("owner"), entry=Entry(action="test"), beside=aged[1:])

    assert (young, half, purge.dry_run(system(), [archive.key])) == ({}, {}, {"files": 2})


def test_the_number_of_a_draft_that_was_purged_does_not_come_round(town):
    drafted, _ = applications.open_(town.act("owner"), town.ready().id, submit=False)
    later = Act(account=SYSTEM, at=clock.now(), on=town.today + timedelta(days=181))
    purge.one(later, drafted.key, dry=False)

    _, again = applications.open_(town.act("owner"), drafted.id, submit=False)

    assert (fresh(drafted).applications, again.id) == ((again,), f"{drafted.id}-2")


def test_what_is_in_use_stays(town):
    archive = town.certified()
    sent(town, archive)

    assert purge.dry_run(system(), [archive.key]) == {}


def test_on_the_first_of_a_month_the_sweep_has_it_begun_and_on_no_other_day(town, tables):
    waiting(tables, "WORK_QUEUE")
    sweep.sweep(town.today.replace(day=1))
    sweep.sweep(town.today.replace(day=2))

    assert [one for one in waiting(tables, "WORK_QUEUE") if "purges" in one] == [
        {"purges": str(town.today.replace(day=1))}
    ]


@pytest.mark.parametrize("run", ["2026-12-01", "2026-12-01T08:00:00+00:00"])
def test_every_archive_of_the_city_is_looked_at_under_the_runs_own_name(town, tables, refused, run):
    waiting(tables, "WORK_QUEUE")
    other = town.certified(2)
    work({"purges": run}, Context)
    told = [one["purge"] for one in waiting(tables, "WORK_QUEUE") if "purge" in one]

    assert sorted(key for *_, part in told for key in part) == sorted([refused.key, other.key])
    assert {name for _, name, *_ in told} == {run}
    assert workers.fetch(town.account("owner"), other.id)
