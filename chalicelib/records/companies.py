"""Companies: one partition `C#{city}#{id}` each, unique by credit code."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DeleteError, DoesNotExist

from chalicelib.records import shapes
from chalicelib.records.commit import META, Claim, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.company import FIELD_NAMES, Change, Company, spreads
from chalicelib.rules.errors import Missing

_CHANGE, _SPREAD = "A#change", "A#spread"


def fetch(city: str, id: str) -> Company:
    """Read a company, strongly consistent; Missing when there is none."""
    try:
        row = RegisterRow.get(f"C#{city}#{id}", META, consistent_read=True)
    except DoesNotExist:
        raise Missing from None
    return _company(row)


def store(
    before: Company, after: Company, *, act: Act, entry: Entry, claim: Iterable[Claim] = (), release: Iterable[str] = ()
) -> Company:
    """Write a company as one decision (see `commit`), and note in it that its workers are still to be reached."""
    brief: dict[str, Any] = {"id": after.id, "name": after.name, "state": after.state, "district": after.district}
    if after.change:
        what = "、".join(FIELD_NAMES[one] for one in after.change.what)
        brief["change"] = {"due_on": str(after.change.due_on), "what": what}
    if after.reported_late:
        brief["late"] = after.reported_late
    if after.reported_late and after.changed_on:
        brief["changed_on"] = str(after.changed_on)
    item = Item(
        sk=META, noun="company", body=shapes.dump(after), brief=json.dumps(brief, ensure_ascii=False),
        list_key=f"{after.city}#company#{after.state}#0", list_sort=f"{after.name}#{after.id}",
    )  # fmt: skip
    now = replace(after, revision=before.revision + 1)
    waits = [_due(after, after.change, brief)] if after.change else []
    waits += [_spread(after, act.at)] if before.revision and spreads(before, after) else []
    gone = [_CHANGE] if before.change and not after.change else []
    head = commit(
        before, act=act, entry=entry, put=[item, *waits], remove=gone, claim=claim, release=release, result=now
    )  # fmt: skip
    return replace(now, head=head)


def _due(company: Company, change: Change, brief: dict[str, Any]) -> Item:
    """Make the row that lists a company by the day until which it has to report a change (B3)."""
    told = {**brief, "company": company.id, "due_on": str(change.due_on)}
    return Item(
        sk=_CHANGE, noun="change", body="{}", brief=json.dumps(told, ensure_ascii=False),
        list_key=f"{company.city}#change#open#0", list_sort=f"{change.due_on}#{company.id}",
    )  # fmt: skip


def _spread(company: Company, at: datetime) -> Item:
    """Make the row that lists a company until its state and its name have reached its workers."""
    return Item(
        sk=_SPREAD, noun="spread", body="{}", brief=json.dumps({"id": company.id}),
        list_key=f"{company.city}#spread#waiting#0", list_sort=f"{_instant(at)}#{company.id}",
    )  # fmt: skip


def spread(company: Company, before: datetime) -> None:
    """Note that what a company was when it was read has reached its workers, where that was decided before an
    instant."""
    decided = (RegisterRow.revision <= company.revision) & (RegisterRow.list_sort < _instant(before))
    try:
        RegisterRow(company.key, _SPREAD).delete(condition=RegisterRow.pk.does_not_exist() | decided)
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def code_claim(company: Company) -> Claim:
    """Name the uniqueness of a company's credit code in its city's stack."""
    return Claim(
        key=f"U#company#{company.credit_code}",
        owner=company.key,
        taken="统一社会信用代码已登记，不能重复登记",
    )


def _company(row: RegisterRow) -> Company:
    stored = json.loads(row.body or "{}")
    stored.update(revision=int(row.revision or 0), head=row.head or "")
    return shapes.load(Company, json.dumps(stored))
