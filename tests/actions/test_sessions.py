"""A sign-in counts for some hours, and ends at once when somebody who may says so."""

from datetime import timedelta

import pytest

from chalicelib.actions import accounts, sessions
from chalicelib.actions.forms import Grounds
from chalicelib.outside import clock
from chalicelib.records import accounts as account_records
from chalicelib.records.commit import Entry
from chalicelib.rules.account import Session
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import NotPermitted, SignedOut


def signed_in(ago):
    return Session(id="s", since=clock.now() - ago)


@pytest.fixture
def clerk(town):
    one = town.account("association_clerk")
    return account_records.store(one, one, act=town.act(SYSTEM), entry=Entry(action="account.make"))


def moved(town, clerk, name):
    form = Grounds(revision=account_records.fetch(clerk.id).revision, ground="演示")
    return accounts.move(town.act("association_manager"), clerk.id, name, form)


@pytest.mark.parametrize("ago", [timedelta(hours=12), timedelta(days=30), timedelta(minutes=-2)])
def test_a_sign_in_that_is_too_old_or_of_the_future_counts_no_more(clerk, ago):
    with pytest.raises(SignedOut, match="登录已过期"):
        sessions.check(clerk, signed_in(ago), clock.now())


def test_without_a_sign_in_told_nobody_is_let_in(clerk):
    with pytest.raises(SignedOut):
        sessions.check(clerk, None, clock.now())


def test_the_hours_of_a_sign_in_are_a_setting(clerk, monkeypatch):
    monkeypatch.setenv("SESSION_HOURS", "1")
    sessions.check(clerk, signed_in(timedelta(minutes=59)), clock.now())

    with pytest.raises(SignedOut):
        sessions.check(clerk, signed_in(timedelta(minutes=61)), clock.now())


@pytest.mark.parametrize("move", ["sign-out", "disable"])
def test_a_sign_in_of_before_the_end_counts_no_more_and_one_of_after_does(town, clerk, move):
    before = signed_in(timedelta())
    after = moved(town, clerk, move)
    with pytest.raises(SignedOut, match="已被管理员结束"):
        sessions.check(after, before, after.signed_out_at)

    again = Session(id="t", since=after.signed_out_at + timedelta(seconds=1))
    sessions.check(after, again, after.signed_out_at + timedelta(seconds=1))


def test_tokens_of_the_very_second_of_the_end_count_no_more(town, clerk):
    after = moved(town, clerk, "sign-out")

    with pytest.raises(SignedOut):
        sessions.check(after, Session(id="s", since=after.signed_out_at.replace(microsecond=0)), after.signed_out_at)


def test_a_moved_clock_of_ours_does_not_move_the_issuer_s(clerk, monkeypatch):
    now = clock.now()
    monkeypatch.setenv("CLOCK_OFFSET", "-34560000")

    sessions.check(clerk, Session(id="s", since=now), clock.now())


def test_a_disabled_account_is_nobody_s_at_its_next_request(town, clerk):
    assert sessions.account_of(clerk.subject).id == clerk.id
    moved(town, clerk, "disable")

    with pytest.raises(NotPermitted, match="没有可用的账号"):
        sessions.account_of(clerk.subject)


def test_enabled_again_one_has_to_sign_in_again(town, clerk):
    before = signed_in(timedelta())
    moved(town, clerk, "disable")
    after = moved(town, clerk, "enable")

    with pytest.raises(SignedOut):
        sessions.check(after, before, clock.now())
    assert sessions.account_of(clerk.subject) == after
