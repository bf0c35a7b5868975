"""Which accounts a caller is shown: its own house's by their state, and an administrator's of a city that it names."""

from dataclasses import replace

import pytest

from chalicelib.actions import accounts
from chalicelib.actions.forms import Grounds
from chalicelib.records import accounts as records
from chalicelib.records.commit import Entry
from chalicelib.rules.errors import Missing


@pytest.fixture
def manager(town):
    """A manager of the city, stored."""
    one = replace(town.account("association_manager"), id="manager7", subject="iss|manager7", name="主管")
    return records.store(one, one, act=town.act("administrator"), entry=Entry(action="make"))


@pytest.fixture
def administrator(town):
    """Somebody of no city."""
    return replace(town.account("administrator"), city=None)


def shown(account, state="active", city=None):
    return [one["id"] for one in accounts.listed(account, state=state, city=city, limit=50, after=None).items]


def test_an_administrator_finds_the_accounts_of_a_city_by_its_name_alone(manager, administrator):
    assert manager.id in shown(administrator, city="330200")
    assert manager.id not in shown(administrator)


def test_there_are_none_of_a_city_that_is_not_served(manager, administrator):
    with pytest.raises(Missing):
        shown(administrator, city="330200#account#active#0")


def test_who_is_of_a_city_sees_its_own_whichever_is_asked_for(manager, town):
    assert manager.id in shown(town.account("association_manager"), city="999999")


def test_a_disabled_account_is_found_among_the_disabled_and_can_come_back(manager, town):
    by = town.act("association_manager")
    form = Grounds(revision=manager.revision, ground="离岗（演示）")
    stopped = accounts.move(town.act("administrator"), manager.id, "disable", form)

    assert stopped.id in shown(by.account, "disabled")
    assert stopped.id not in shown(by.account)
