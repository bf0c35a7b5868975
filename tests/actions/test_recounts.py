"""A recount begins by itself where figures are of an earlier version or year (F1, decision 32)."""

from dataclasses import replace

from chalicelib.actions import counters
from chalicelib.functions.react import react
from chalicelib.records import counters as records
from tests.actions.test_counters import CITY, Context, counted, reacted, recounted, waiting


def test_the_hour_after_a_deployment_counts_anew_what_an_earlier_version_counted_and_no_more(town, tables):
    archive = town.certified()
    first = react({"status_lists": True}, Context())
    reacted(waiting(tables))
    second = react({"status_lists": True}, Context())
    earlier = replace(records.tally(CITY), version=0)
    records.begin(CITY, earlier)
    third = react({"status_lists": True}, Context())
    reacted(waiting(tables))

    assert [one["counted"] for one in (first, second, third)] == [1, 0, 1]
    assert counted(3) == recounted(town, [archive])
    assert counters.is_whole(CITY, records.tally(CITY))


def test_a_new_year_and_a_recount_that_was_broken_off_are_taken_up_by_the_hour(town, tables, monkeypatch):
    town.certified()
    react({"status_lists": True}, Context())
    whole = records.tally(CITY)
    records.begin(CITY, replace(whole, since=whole.since.replace(year=2020)))
    of_last_year = counters.catch_up()
    records.begin(CITY, records.Tally(generation=9, archives=None))
    broken_off = counters.catch_up()

    assert (of_last_year, broken_off, counters.catch_up()) == (1, 1, 0)
    assert records.tally(CITY).generation == 10
