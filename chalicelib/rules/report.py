"""A household's report of a code (A8): not the person, or suspicious. It changes no colour; the ordinary moves follow.

Whoever looked into it says what came of it, once: the ground stands in the report's own ledger chain.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from chalicelib.rules.access import ASSOCIATION
from chalicelib.rules.account import Account
from chalicelib.rules.errors import NotAllowed, NotPermitted

ReportKind = Literal["not-the-person", "suspicious"]
State = Literal["new", "settled", "dismissed"]
KIND_NAMES: dict[str, str] = {"not-the-person": "来人不是本人", "suspicious": "其他可疑情况"}
STATE_NAMES: dict[str, str] = {"new": "待处理", "settled": "属实，已处理", "dismissed": "不属实"}


class Move(NamedTuple):
    """One move, as clerks call it, and the state it leads to."""

    name: str
    target: State


MOVES: dict[str, Move] = {"settle": Move("属实，登记处理结果", "settled"), "dismiss": Move("不属实，办结", "dismissed")}


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report: of which archive, or of a code that nobody issued (`worker` None); `note` is the household's own
    words, `phone` sealed to the stack's key as they left it; `reason` what was found and done."""

    city: str
    id: str
    worker: str | None
    token: str
    kind: ReportKind
    note: str
    phone: str | None
    at: datetime
    state: State = "new"
    decided_by: str | None = None
    decided_on: date | None = None
    reason: str | None = None
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The report's partition key."""
        return f"REPORT#{self.city}#{self.id}"


def moves(report: Report, by: Account) -> tuple[str, ...]:
    """Name what an account may do about a report (A8); the province's auditor is shown those of no city alone."""
    return tuple(MOVES) if report.state == "new" and by.role in ASSOCIATION | {"province_auditor"} else ()


def decided(report: Report, move: str, *, by: Account, on: date, reason: str) -> Report:
    """Say what came of a report; NotAllowed when that was said already, NotPermitted for who may not (A8)."""
    if report.state != "new":
        raise NotAllowed(f"这份举报已有结果：{STATE_NAMES[report.state]}", rule="move-not-from-here")
    if move not in moves(report, by):
        raise NotPermitted("举报由协会处理；您可以查看", rule="role-may-not-move")
    return replace(report, state=MOVES[move].target, decided_by=by.id, decided_on=on, reason=reason)
