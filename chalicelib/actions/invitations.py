"""Everybody invited anew: after a restore the user pool is another one, and nobody has a sign-in in it (G2)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from chalicelib.actions import accounts
from chalicelib.outside import identity
from chalicelib.records import accounts as records
from chalicelib.records import lists
from chalicelib.records.commit import Entry
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.errors import Unavailable


class Invited(NamedTuple):
    """Whom an e-mail went to, who had a sign-in here already, who has no e-mail of ours: account ids; and who could
    not be invited, with why."""

    anew: list[str]
    kept: list[str]
    unreached: list[str]
    failed: list[str]


def send_anew(act: Act) -> Invited:
    """Invite the person of every account that is in force, and have the account follow the new sign-in.

    Safe to repeat: who was invited is not invited again. A disabled account stays as it is.
    """
    told, act = Invited([], [], [], []), replace(act, key=None)
    for account in _in_force():
        try:
            email = accounts.email_of(account)
            subject = identity.invite(email) if email else None
        except Unavailable as fault:
            told.failed.append(f"{account.id}: {fault}")
            continue
        if subject is None:
            told.unreached.append(account.id)
            continue
        if subject == account.subject:
            told.kept.append(account.id)
            continue
        entry = Entry(action="account.invite-anew", ground="restored into another user pool")
        records.store(account, replace(account, subject=subject), act=act, entry=entry)
        told.anew.append(account.id)
    return told


def _in_force() -> Iterator[Account]:
    for city in (accounts.PROVINCE, *lists.ids(accounts.PROVINCE, "city", "active", shards=1)):
        # read whole first: what is written below stands in the same list
        for id in list(lists.ids(city, "account", "active", shards=1)):
            yield records.fetch(id)
