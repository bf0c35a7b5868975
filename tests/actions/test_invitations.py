"""After a restore everybody is invited anew into another user pool, and each account follows its new sign-in."""

import json

import pytest
from botocore.exceptions import ClientError

from chalicelib.actions import accounts, invitations
from chalicelib.actions.forms import Grounds, NewAccount
from chalicelib.records import accounts as records
from chalicelib.records import ledger
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import SYSTEM

ISSUER = "https://id.example.cn/{}"


def pool(aws, monkeypatch):
    """Make a user pool and have the settings name it."""
    id = aws("cognito-idp").create_user_pool(PoolName="staff")["UserPool"]["Id"]
    monkeypatch.setenv("USER_POOL_ID", id)
    monkeypatch.setenv("ISSUERS", json.dumps([{"issuer": ISSUER.format(id)}]))
    return id


@pytest.fixture
def invited(town, tables, monkeypatch):
    """A clerk who was invited into the pool of before; now there is another pool."""
    pool(tables, monkeypatch)
    form = NewAccount(email="clerk@demo.invalid", name="经办人", role="association_clerk")
    clerk = accounts.make(town.act("association_manager"), form)
    return clerk, pool(tables, monkeypatch)


def test_an_account_keeps_its_email_sealed(town, invited):
    clerk = records.fetch(invited[0].id)

    assert accounts.email_of(clerk) == "clerk@demo.invalid"
    assert "demo.invalid" not in RegisterRow.get(clerk.key, "A#meta").body


def test_an_account_follows_its_person_into_the_new_pool(town, invited):
    clerk, id = invited

    told = invitations.send_anew(town.act(SYSTEM))

    now = records.fetch(clerk.id)
    assert clerk.id in told.anew
    assert now.subject.startswith(f"{ISSUER.format(id)}|")
    assert records.find_by_subject(now.subject).id == clerk.id
    assert records.find_by_subject(clerk.subject) is None
    assert ledger.broken(ledger.chain(now.key), now.head) is None


def test_who_was_invited_is_not_invited_again(town, invited):
    invitations.send_anew(town.act(SYSTEM))

    again = invitations.send_anew(town.act(SYSTEM))

    assert again.anew == []
    assert invited[0].id in again.kept


def test_who_has_no_email_of_ours_is_named(town, invited):
    told = invitations.send_anew(town.act(SYSTEM))

    assert [records.fetch(id).name for id in told.unreached] == ["管理员"]


def test_a_disabled_account_is_left_alone(town, invited):
    clerk = invited[0]
    form = Grounds(revision=clerk.revision, ground="离职（演示）")
    accounts.move(town.act("association_manager"), clerk.id, "disable", form)

    told = invitations.send_anew(town.act(SYSTEM))

    assert clerk.id not in [*told.anew, *told.kept, *told.unreached]
    assert records.fetch(clerk.id).subject == clerk.subject


def disable(town, account):
    form = Grounds(revision=account.revision, ground="离职（演示）")
    return accounts.move(town.act("association_manager"), account.id, "disable", form)


def test_whom_the_pool_does_not_know_any_more_is_disabled_all_the_same(town, tables, monkeypatch):
    id = pool(tables, monkeypatch)
    form = NewAccount(email="clerk@demo.invalid", name="经办人", role="association_clerk")
    clerk = accounts.make(town.act("association_manager"), form)
    tables("cognito-idp").admin_delete_user(UserPoolId=id, Username="clerk@demo.invalid")

    assert disable(town, clerk).state == "disabled"


def test_who_could_not_be_signed_out_at_the_pool_is_not_told_to_be(town, tables, monkeypatch):
    id = pool(tables, monkeypatch)
    form = NewAccount(email="clerk@demo.invalid", name="经办人", role="association_clerk")
    clerk = accounts.make(town.act("association_manager"), form)
    tables("cognito-idp").delete_user_pool(UserPoolId=id)

    with pytest.raises(ClientError, match="ResourceNotFound"):
        disable(town, clerk)
    assert records.fetch(clerk.id).state == "active"
