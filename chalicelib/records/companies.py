"""Companies: one partition `C#{city}#{id}` each, unique by credit code."""

import json
from collections.abc import Iterable
from dataclasses import replace

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import shapes
from chalicelib.records.commit import META, Claim, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.company import Company
from chalicelib.rules.errors import Missing


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
    """Write a company as one decision (see `commit`)."""
    brief = {"id": after.id, "name": after.name, "state": after.state, "district": after.district}
    item = Item(
        sk=META, noun="company", body=shapes.dump(after), brief=json.dumps(brief, ensure_ascii=False),
        list_key=f"{after.city}#company#{after.state}#0", list_sort=f"{after.name}#{after.id}",
    )  # fmt: skip
    now = replace(after, revision=before.revision + 1)
    return replace(now, head=commit(before, act=act, entry=entry, put=[item], claim=claim, release=release, result=now))


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
