from datetime import timedelta

import pytest
from pydantic import ValidationError

from chalicelib.actions import companies
from chalicelib.actions.company_forms import Details
from chalicelib.records import archives
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Clash, Missing, NotPermitted


def amended(town, who="association_manager", company=None, days_ago=0, **what):
    company = company or companies.fetch(town.account("association_manager"), town.company.id)
    told = {"changed_on": town.today - timedelta(days=days_ago), "ground": "变更登记通知书（演示）", **what}
    form = Details(revision=company.revision, **told)
    return companies.amend(town.act(who), company.id, form)


def test_a_new_name_reaches_the_codes_of_the_company_s_workers(town):
    worker = town.registered()
    amended(town, name="演示甲新名家政（演示）")

    carried = companies.carry_over(town.act(SYSTEM), "330200", town.company.id)

    assert carried == 1
    assert archives.fetch("330200", worker.id).binding.company_name == "演示甲新名家政（演示）"
    assert companies.carry_over(town.act(SYSTEM), "330200", town.company.id) == 0


@pytest.mark.parametrize(("days_ago", "late"), [(15, 0), (16, 1), (40, 25)])
def test_a_change_is_reported_within_fifteen_days_or_late(town, days_ago, late):
    assert amended(town, days_ago=days_ago, district="江北区").reported_late == late


def test_what_is_left_out_stays_and_contacts_are_sealed(town):
    amended(town, representative="王示范", staff_employed=True)

    now = amended(town, "owner", phone="0574-87654321")

    assert (now.representative, now.staff_employed, now.name) == ("王示范", True, town.company.name)
    assert "87654321" not in now.phone


@pytest.mark.parametrize("what", [{"name": "自己改名家政（演示）"}, {"staff_employed": True}])
def test_what_rests_on_papers_is_registered_by_the_association(town, what):
    with pytest.raises(NotPermitted):
        amended(town, "owner", **what)


def test_another_company_is_not_there_and_an_older_look_is_turned_away(town):
    with pytest.raises(Missing):
        amended(town, "rival", district="江北区")
    amended(town, district="江北区")
    with pytest.raises(Clash):
        amended(town, company=town.company, district="海曙区")


def test_a_change_of_nothing_is_refused():
    with pytest.raises(ValidationError):
        Details(revision=1, changed_on="2026-01-01", ground="无")


@pytest.mark.parametrize("what", [{"name": None}, {"staff_employed": None}])
def test_what_every_company_has_cannot_be_taken_away(what):
    with pytest.raises(ValidationError, match="不能清空"):
        Details(revision=1, changed_on="2026-01-01", ground="变更登记通知书（演示）", **what)
