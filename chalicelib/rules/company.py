"""A company of the register (B3): what it is and which states it may have."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from chalicelib.rules.archive import CompanyState


@dataclass(frozen=True, kw_only=True)
class Company:
    """A domestic-service company (B3); `contact`, `phone` and `email` are sealed.

    `representative` is the person in charge as the licence names them, `staff_employed` whether it employs its workers
    (员工制), `commitment_on` the day of its signed commitment (承诺书), `reported_late` by how many days its last
    change was reported too late.
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
