"""Changes that a company has to report within fifteen days: told of, reminded of, called overdue (B3)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.actions import companies, escalation, notices
from chalicelib.actions.company_forms import Announcement, Details
from chalicelib.actions.forms import Grounds
from chalicelib.records import notices as kept
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.days import SHANGHAI
from chalicelib.rules.deadlines import add_working_days
from chalicelib.rules.errors import Missing


def announced(town, who="owner", days=3, what=("name", "representative")):
    """A change of some days ago, announced today."""
    form = Announcement(
        revision=companies.fetch(town.account("association_clerk"), town.company.id).revision, what=what,
        changed_on=town.today - timedelta(days=days),
    )  # fmt: skip
    return companies.announce(town.act(who), town.company.id, form)


def amended(town, company, **told):
    form = Details(revision=company.revision, changed_on=company.change.changed_on, ground="营业执照（演示）", **told)
    return companies.amend(town.act("association_manager"), company.id, form)


def at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


def escalated(day):
    return escalation.tell("330200", day, at(day))


def told(company, beginning):
    return sorted(name.rpartition("#")[2] for name in kept.names(company.key, beginning))


def images(before, after):
    row = RegisterRow.get(after.key, "A#meta")
    new = {"pk": row.pk, "brief": row.brief, "revision": int(row.revision)}
    return ({"brief": before}, new) if before else (None, new)


def brief(company):
    return RegisterRow.get(company.key, "A#meta").brief


def test_it_is_due_fifteen_days_after_it_happened(town):
    company = announced(town)

    assert company.change.due_on == town.today + timedelta(days=12)


def test_the_association_lists_who_has_a_change_to_report_as_every_company_is_listed(town):
    company = announced(town)
    clerk = town.account("association_clerk")

    [line] = companies.listed(clerk, state="changing", limit=10, after=None).items

    assert line in companies.listed(clerk, state="active", limit=10, after=None).items
    assert line["change"]["due_on"] == str(company.change.due_on)


def test_who_reported_the_change_is_in_that_list_no_more(town):
    amended(town, announced(town, what=("name",)), name="演示丁家政（演示）")

    assert companies.listed(town.account("association_clerk"), state="changing", limit=10, after=None).items == []


def test_a_second_one_keeps_the_earlier_day_and_both_things(town):
    announced(town, days=9, what=("representative",))

    company = announced(town, days=2, what=("name",))

    assert (company.change.what, company.change.due_on) == (("name", "representative"), town.today + timedelta(days=6))


def test_the_company_is_reminded_once_before_the_last_day(town):
    company = announced(town)
    due_on = company.change.due_on

    assert [escalated(due_on), escalated(due_on)] == [1, 1]
    assert told(company, "change-due") == ["company"]


def test_the_reminder_comes_on_the_working_day_before(town):
    due_on = announced(town).change.due_on
    before = (due_on - timedelta(days=days) for days in range(1, 30))

    assert escalated(min(day for day in before if add_working_days(day, 1)[0] >= due_on)) == 1


def test_once_it_is_overdue_the_association_is_told_too(town):
    company = announced(town)

    escalated(company.change.due_on + timedelta(days=1))

    assert told(company, "change-late") == ["association", "company"]


def test_what_was_registered_is_not_reminded_of(town):
    company = announced(town, what=("district",))

    done = amended(town, company, district="演示区")

    assert (done.change, escalated(company.change.due_on)) == (None, 0)


def test_what_was_not_registered_with_it_still_waits(town):
    company = announced(town)

    assert amended(town, company, representative="演示人").change.what == ("name",)


def test_both_are_told_when_it_becomes_known_and_when_it_is_late_already(town):
    before = brief(town.company)
    company = announced(town, who="association_clerk", days=20)

    found = [notices.company_changed(*images(before, company), at(town.today)) for _ in range(2)]

    assert found == [["change-announced", "change-late"]] * 2
    assert told(company, "change-announced") == ["association", "company"]
    assert told(company, "change-late") == ["association", "company"]


def test_the_association_is_told_of_one_that_was_reported_too_late(town):
    company = announced(town, days=20, what=("district",))
    before = brief(company)
    late = amended(town, company, district="演示区")

    assert notices.company_changed(*images(before, late), at(town.today)) == ["change-reported-late"]
    assert told(late, "change-reported-late") == ["association"]


def reported(town, company, days, wait):
    """A change of some days ago, registered in so many days."""
    form = Details(
        revision=company.revision, changed_on=town.today - timedelta(days=days), ground="营业执照（演示）",
        district="演示区",
    )  # fmt: skip
    act = replace(town.act("association_manager"), on=town.today + timedelta(days=wait))
    return companies.amend(act, company.id, form)


def test_a_second_one_that_comes_as_late_as_the_first_is_told_too(town):
    first = reported(town, town.company, days=20, wait=0)
    before = brief(first)
    second = reported(town, first, days=19, wait=1)

    assert first.reported_late == second.reported_late
    assert notices.company_changed(*images(before, second), at(town.today)) == ["change-reported-late"]


def test_a_late_one_is_not_told_again_by_what_else_happens(town):
    late = reported(town, town.company, days=20, wait=0)
    before = brief(late)
    form = Grounds(revision=late.revision, ground="演示")
    suspended = companies.move(town.act("association_manager"), late.id, "suspend", form)

    assert notices.company_changed(*images(before, suspended), at(town.today)) == []


def test_another_company_announces_nothing(town):
    with pytest.raises(Missing):
        announced(town, who="rival")
