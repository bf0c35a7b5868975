"""Nobody reaches another city's or another company's record, whatever the role (G2, invariant 6)."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import access
from chalicelib.rules.account import NOBODY, Account, Role
from chalicelib.rules.errors import Missing, NotPermitted

CITIES = st.sampled_from(["330200", "330400", "440200"])
COMPANIES = st.sampled_from(["A", "B", "C"])
ROLES = st.sampled_from(get_args(Role))
ACCOUNTS = st.builds(
    Account, id=st.just("1"), subject=st.just("s"), role=ROLES, city=st.none() | CITIES, company=st.none() | COMPANIES
)


def is_seen(account, city, company):
    try:
        access.sees(account, city=city, company=company)
    except Missing:
        return False
    return True


@given(ACCOUNTS, CITIES, st.none() | COMPANIES)
def test_what_is_seen_is_of_the_account_s_city(account, city, company):
    assert not is_seen(account, city, company) or account.city == city


@given(ACCOUNTS, CITIES, st.none() | COMPANIES)
def test_a_company_sees_its_own_alone(account, city, company):
    assert not is_seen(account, city, company) or account.role not in access.COMPANY or account.company == company


@given(st.sampled_from(sorted(access.COMPANY)), CITIES)
def test_a_company_account_without_a_company_sees_nothing(role, city):
    account = Account(id="1", subject="s", role=role, city=city)

    assert not is_seen(account, city, None)


@given(ACCOUNTS)
def test_an_account_of_no_city_has_none(account):
    assert is_city(account) == (account.city is not None)


def is_city(account):
    try:
        return access.city_of(account) == account.city
    except NotPermitted:
        return False


def test_every_right_is_of_roles_that_there_are():
    assert frozenset().union(*access.MAY.values()) <= set(get_args(Role)) - NOBODY


@pytest.mark.parametrize("right", ["city.set", "account.make", "account.see", "account.own", "city.see"])
def test_the_administrator_reaches_accounts_cities_and_settings(right):
    assert "administrator" in access.MAY[right]


def test_the_administrator_reaches_nothing_else():
    rights = access.rights(Account(id="1", subject="s", role="administrator"))

    assert rights == {
        "city.set", "account.make", "account.see", "account.own", "factor.own", "client.make", "city.see",
    }  # fmt: skip


@pytest.mark.parametrize("role", ["feed", "platform"])
def test_a_machine_has_no_right_of_staff(role):
    assert access.rights(Account(id="1", subject="s", role=role)) == {"account.own"}
