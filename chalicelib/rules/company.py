"""A company of the register (B3): what it is and which states it may have."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from chalicelib.rules.archive import CompanyState


@dataclass(frozen=True, kw_only=True)
class Company:
    """A domestic-service company; `contact`, `phone` and `email` are sealed."""

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
    ground: str | None = None
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The company's partition key."""
        return f"C#{self.city}#{self.id}"


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
