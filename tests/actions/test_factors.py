"""A second factor is asked for once in a sign-in, serves once, locks, and is taken away by somebody else only."""

import json
from base64 import b32decode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import accounts, factors, notices, rotation
from chalicelib.actions.forms import Grounds
from chalicelib.outside import clock
from chalicelib.records import accounts as account_records
from chalicelib.records import ledger
from chalicelib.records.commit import Entry
from chalicelib.rules import factor
from chalicelib.rules.account import Session
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Clash, NotAllowed, NotPermitted, Refusal


class Person:
    """Somebody of a role with an authenticator, who signs in now and then."""

    def __init__(self, town, role="police"):
        self.town = town
        one = town.account(role)
        self.id = account_records.store(one, one, act=town.act(SYSTEM), entry=Entry(action="account.make")).id

    @property
    def account(self):
        return account_records.fetch(self.id)

    def act(self, session="monday"):
        return replace(self.town.act(self.account), session=Session(id=session, since=clock.now()))

    def code(self, away=0):
        return factor.code_of(b32decode(self.secret), factor.step_at(clock.now()) + away)

    def enrol(self, session="monday"):
        """Bind the authenticator by the code of the step before, and give the recovery codes."""
        self.secret = factors.offer(self.act(session)).secret
        return factors.confirm(self.act(session), self.code(-1))

    def check(self, code, session):
        return factors.check(self.act(session), code)

    def refused(self, code, session):
        with pytest.raises(NotAllowed) as refusal:
            self.check(code, session)
        return refusal.value.rule


@pytest.fixture
def person(town, monkeypatch):
    """A police officer where police sign in with a second factor."""
    monkeypatch.setenv("SECOND_FACTOR", "police,bureau")
    return Person(town)


@pytest.fixture
def enrolled(person):
    person.recovery = person.enrol()
    return person


def test_who_must_have_a_factor_is_let_through_nothing_until_it_is_there(person):
    with pytest.raises(NotPermitted) as refused:
        factors.demand(person.account, person.act().session)
    person.enrol()

    factors.demand(person.account, person.act().session)
    assert refused.value.rule == "second-factor-needed"


def test_who_needs_none_is_let_through_but_who_holds_one_is_asked(person, town):
    clerk = Person(town, "association_clerk")
    factors.demand(clerk.account, clerk.act().session)
    clerk.enrol()

    factors.demand(clerk.account, clerk.act("monday").session)
    with pytest.raises(NotPermitted):
        factors.demand(clerk.account, clerk.act("tuesday").session)


def test_a_factor_is_passed_in_one_sign_in_and_asked_for_in_the_next(enrolled):
    assert factors.standing(enrolled.act("tuesday")).passed is False
    enrolled.check(enrolled.code(), "tuesday")

    assert factors.standing(enrolled.act("tuesday")).passed is True
    assert factors.standing(enrolled.act("wednesday")).passed is False


def test_a_code_serves_once(enrolled):
    used = enrolled.code()
    enrolled.check(used, "tuesday")

    assert enrolled.refused(used, "wednesday") == "second-factor-wrong"
    assert enrolled.check(enrolled.code(1), "wednesday").passed


def test_the_code_that_confirmed_a_factor_does_not_sign_in(enrolled):
    assert enrolled.refused(enrolled.code(-1), "tuesday") == "second-factor-wrong"


def test_one_code_sent_at_once_in_many_sign_ins_passes_one(enrolled):
    code = enrolled.code()

    def one(number):
        try:
            return enrolled.check(code, f"session-{number}").passed
        except Refusal:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 1


def test_five_wrong_codes_lock_a_right_one_out_until_the_time_is_over(enrolled, monkeypatch):
    rules = [enrolled.refused("000000", "tuesday") for _ in range(5)]
    locked = enrolled.refused(enrolled.code(), "tuesday")
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert rules == ["second-factor-wrong"] * 4 + ["second-factor-locked"]
    assert locked == "second-factor-locked"
    assert enrolled.check(enrolled.code(), "tuesday").passed


def test_the_address_says_all_that_an_authenticator_needs(person):
    made = factors.offer(person.act())

    assert made.address.startswith("otpauth://totp/%E5%AE%89%E5%BF%83%E7%A0%81:police?")
    assert made.address.endswith("&algorithm=SHA1&digits=6&period=30")
    assert f"secret={made.secret}&" in made.address


def test_a_wrong_confirmation_binds_nothing(person):
    person.secret = factors.offer(person.act()).secret

    with pytest.raises(NotAllowed):
        factors.confirm(person.act(), "000000")
    assert person.account.factor is None


def test_a_recovery_code_passes_once_and_is_told_to_be_gone(enrolled):
    first = enrolled.recovery[0]
    left = enrolled.check(first.lower(), "tuesday").recovery_left

    assert len(set(enrolled.recovery)) == 10
    assert left == 9
    assert enrolled.refused(first, "wednesday") == "second-factor-wrong"
    assert enrolled.check(enrolled.recovery[1], "wednesday").recovery_left == 8


def test_secret_and_recovery_codes_stand_nowhere_in_the_clear(enrolled, tables):
    rows = json.dumps(tables("dynamodb").scan(TableName="register")["Items"], default=str)
    entries = json.dumps(ledger.chain(enrolled.account.key), ensure_ascii=False)

    assert enrolled.account.factor.secret in rows.replace("\\", "")
    assert [one for one in (enrolled.secret, *enrolled.recovery) if one in rows or one in entries] == []
    assert [one for one in enrolled.recovery if one.replace("-", "") in rows] == []


def test_who_signed_in_without_the_factor_cannot_change_it(enrolled):
    with pytest.raises(NotPermitted):
        factors.offer(enrolled.act("tuesday"))
    with pytest.raises(NotPermitted):
        factors.confirm(enrolled.act("tuesday"), "000000")


def test_a_changed_factor_ends_what_was_passed_with_the_old_one(enrolled):
    enrolled.check(enrolled.code(), "tuesday")
    enrolled.enrol("tuesday")

    assert factors.standing(enrolled.act("tuesday")).passed
    assert not factors.standing(enrolled.act("monday")).passed


def reset(town, person, by="administrator", revision=None):
    form = Grounds(revision=revision or person.account.revision, ground="手机丢失，已核对本人（演示）")
    admin = replace(town.account(by, city=None if by == "administrator" else "330200"), name="系统管理员")
    return accounts.move(town.act(admin), person.id, "reset-factor", form)


def test_another_may_reset_a_factor_and_it_is_written_down_and_told(enrolled, town):
    after = reset(town, enrolled)
    told = notices.listed(town.account("association_manager"), limit=10, after=None).items

    assert (after.factor, after.signed_out_at is not None) == (None, True)
    assert ledger.chain(after.key)[-1]["action"] == "account.reset-factor"
    assert [one["template"].partition("@")[0] for one in told] == ["factor-reset"]
    assert factors.standing(enrolled.act("later")).reset_at == after.reset_at


def test_whoever_holds_the_stack_resets_a_factor_by_its_subject(enrolled, town):
    accounts.reset_factor(town.act(SYSTEM), "iss|police")

    assert enrolled.account.factor is None
    assert ledger.chain(enrolled.account.key)[-1]["by"] == "system"


def test_nobody_resets_his_own_and_nobody_one_whose_role_he_may_not_make(enrolled, town):
    own = Person(town, "administrator")
    own.enrol()

    with pytest.raises(NotPermitted):
        reset(town, enrolled, by="association_manager")
    with pytest.raises(NotPermitted):
        reset(town, own)


def test_what_changed_meanwhile_is_not_reset(enrolled, town):
    with pytest.raises(Clash):
        reset(town, enrolled, revision=1)


def test_an_authenticator_s_secret_is_sealed_anew_and_its_codes_pass_as_before(town, person, worked):
    codes, held = person.enrol(), person.account
    reached = accounts.reached_at(held, "officer@demo.invalid")
    account_records.store(held, reached, act=town.act(SYSTEM), entry=Entry(action="account.test"))
    rotation.begin("accounts")
    worked("accounts")
    after = person.account

    assert (held.factor.secret[:3], after.factor.secret[:3]) == ("s1.", "s2.")
    assert replace(after.factor, secret="") == replace(held.factor, secret="")
    assert (after.email, accounts.email_of(after)) == (reached.email, "officer@demo.invalid")
    assert person.check(codes[0], "tuesday").passed
    assert person.check(person.code(), "wednesday").passed
    assert factors.standing(person.act("monday")).passed


def test_a_secret_that_waits_to_be_confirmed_is_sealed_anew_too(person, worked):
    person.secret = factors.offer(person.act()).secret
    rotation.begin("accounts")
    worked("accounts")

    assert person.account.offered.secret.startswith("s2.")
    assert factors.confirm(person.act(), person.code(-1))
