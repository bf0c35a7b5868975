"""A company of the register (B3): what it is and which states it may have."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.rules.archive import CompanyState

FIELD_NAMES = {
    "name": "名称", "district": "所在区", "representative": "负责人", "staff_employed": "员工制",
    "commitment_on": "承诺书", "contact": "联系人", "phone": "联系电话", "email": "电子邮箱",
}  # fmt: skip
"""What is registered of a company and may change, as clerks call it (B3)."""
CARRIED = frozenset({"active", "suspended", "closed"})
"""States of a company that its workers' codes follow."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of what is registered that is known of and not registered yet: what, since when, reported by when at the
    latest (上海条例 19)."""

    what: tuple[str, ...]
    changed_on: date
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Company:
    """A domestic-service company (B3); `contact`, `phone` and `email` are sealed.

    `representative` is the person in charge as the licence names them, `staff_employed` whether it employs its workers
    (员工制), `commitment_on` the day of its signed commitment (承诺书), `reported_late` by how many days its last
    change, of `changed_on`, was reported too late, `change` what has still to be.
    """

    city: str
    id: str
    name: str
    credit_code: str
    district: str | None
    state: CompanyState
    since: date
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    representative: str | None = None
    staff_employed: bool = False
    commitment_on: date | None = None
    reported_late: int = 0
    changed_on: date | None = None
    change: Change | None = None
    ground: str | None = None
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The company's partition key."""
        return f"C#{self.city}#{self.id}"


REPORT_DAYS = 15
"""Within how many days a company reports a change of what is registered (上海市家政服务条例 19); others set no term."""


def late(changed_on: date, on: date) -> int:
    """Give by how many days a change is reported too late (上海条例 19)."""
    return max(0, (on - changed_on).days - REPORT_DAYS)


def announced(company: Company, what: tuple[str, ...], changed_on: date) -> Company:
    """Note a change that has still to be registered, beside what was noted before; the earliest day counts (B3)."""
    known = company.change
    first = min(known.changed_on, changed_on) if known else changed_on
    all_ = tuple(field for field in FIELD_NAMES if field in what or (known and field in known.what))
    change = Change(what=all_, changed_on=first, due_on=first + timedelta(days=REPORT_DAYS))
    return replace(company, change=change)


def registered(company: Company, fields: Collection[str]) -> Company:
    """Give a company of which some fields were registered: what else was announced still waits (B3)."""
    known = company.change
    left = tuple(field for field in known.what if field not in fields) if known else ()
    return replace(company, change=replace(known, what=left) if known and left else None)


class Move(NamedTuple):
    """One move of a company, as clerks call it."""

    name: str
    sources: frozenset[str]
    target: CompanyState


STATE_NAMES = {"asked": "待确认", "active": "正常", "suspended": "已暂停", "refused": "未予开户",
               "closed": "已歇业"}  # fmt: skip
MOVES: dict[str, Move] = {
    "confirm": Move("确认开户", frozenset({"asked"}), "active"),
    "refuse": Move("不予开户", frozenset({"asked"}), "refused"),
    "suspend": Move("暂停", frozenset({"active"}), "suspended"),
    "resume": Move("恢复", frozenset({"suspended"}), "active"),
    "close": Move("登记歇业", frozenset({"active", "suspended"}), "closed"),
}


def spreads(before: Company, after: Company) -> bool:
    """Tell whether a change has to reach the company's workers: their codes follow its state, and name it."""
    changed = (before.state, before.name) != (after.state, after.name)
    return changed and {before.state, after.state} <= CARRIED
