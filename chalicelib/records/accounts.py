"""Accounts: `P#{id}`, found by the subject of a token through a claim of its own."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import shapes
from chalicelib.records.commit import META, Claim, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.client import PREFIX
from chalicelib.rules.errors import Missing


def find_by_subject(subject: str) -> Account | None:
    """Find the account of a token's `iss|sub`, strongly consistent; two reads."""
    try:
        claim = RegisterRow.get(_subject_key(subject), "claim", consistent_read=True)
    except DoesNotExist:
        return None
    return fetch(claim.body or "")


def fetch(id: str) -> Account:
    """Read an account; Missing when there is none."""
    try:
        row = RegisterRow.get(f"P#{id}", META, consistent_read=True)
    except DoesNotExist:
        raise Missing("没有这个账号") from None
    stored = json.loads(row.body or "{}")
    stored.update(revision=int(row.revision or 0), head=row.head or "")
    return shapes.load(Account, json.dumps(stored))


def store(
    before: Account, after: Account, *, act: Act, entry: Entry, result: Callable[[Account], Any] = lambda one: one
) -> Account:
    """Write an account as one decision; a new one, or one who signs in anew, claims its subject and lets the old go.
    A machine's keys are claimed alike. `result` is what a repeat shows."""
    brief = {
        "id": after.id,
        "name": after.name,
        "role": after.role,
        "company": after.company,
        "state": after.state,
    }
    item = Item(
        sk=META, noun="account", body=shapes.dump(after), brief=json.dumps(brief, ensure_ascii=False),
        list_key=f"{after.city or 'province'}#account#{after.state}#0", list_sort=f"{after.role}#{after.id}",
        owner_key=f"{after.city}#{after.company}#account" if after.company else None,
        owner_sort=after.id if after.company else None,
    )  # fmt: skip
    held = _names(before) if before.revision else set()
    taken = "该登录身份已有账号"
    claim = [Claim(key=_subject_key(one), owner=after.id, taken=taken) for one in sorted(_names(after) - held)]
    release = [_subject_key(one) for one in sorted(held - _names(after))]
    now = replace(after, revision=before.revision + 1)
    head = commit(before, act=act, entry=entry, put=[item], claim=claim, release=release, result=result(now))
    return replace(now, head=head)


def _names(account: Account) -> set[str]:
    """Name all by which an account is found: its subject, and a machine's keys."""
    return {account.subject, *(f"{PREFIX}{key.id}" for key in account.keys)}


def _subject_key(subject: str) -> str:
    return f"U#subject#{sha256(subject.encode()).hexdigest()}"
