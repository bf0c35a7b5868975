"""Changing company (B4): `MOVES` says who may do what while it is under way (decision 15).

Three sides have to agree: the worker, whose signed paper the association records, the old company and the new one;
where the worker has no company, or goes to none, two. No company speaks for the worker.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from chalicelib.rules.access import ASSOCIATION, COMPANY
from chalicelib.rules.account import Account
from chalicelib.rules.application import dropped
from chalicelib.rules.archive import Archive
from chalicelib.rules.binding import NOBODY, Agreement, Binding, Side, Transfer
from chalicelib.rules.company import Company
from chalicelib.rules.errors import Clash, Fault, Malformed, NotAllowed, NotPermitted


class Move(NamedTuple):
    """One move, as clerks call it: which side may make it (`decider`: the association's manager), and whether it ends
    the matter without a change."""

    name: str
    sides: frozenset[str]
    ends: bool = False


MOVES: dict[str, Move] = {
    "agree": Move("同意", frozenset({"worker", "old", "new"})),
    "object": Move("提出异议", frozenset({"old"})),
    "decline": Move("不同意", frozenset({"worker", "new"}), ends=True),
    "withdraw": Move("撤回", frozenset({"starter"}), ends=True),
    "decide": Move("裁定转出", frozenset({"decider"})),
    "reject": Move("裁定不转", frozenset({"decider"}), ends=True),
}


def asked(
    archive: Archive, *, by: Account, on: date, due_on: date, to: Company | None, signed_on: date | None, ground: str
) -> Archive:
    """Begin a change of company, with the yes of the side that begins it (B4); Clash when one is under way."""
    if archive.transfer:
        raise Clash("该人员已有办理中的转移；请先办结或撤回", rule="transfer-under-way")
    target = to.id if to else NOBODY
    if target == archive.binding.company:
        raise NotAllowed("该人员现在就在这家企业" if to else "该人员现在没有所属企业", rule="same-company")
    transfer = Transfer(
        to=target, to_name=to.name if to else "（离开原企业）", by=by.id, ground=ground, on=on, due_on=due_on
    )
    after = replace(archive, transfer=transfer)
    side = side_of(after, by)
    if side is None:
        raise NotPermitted("只有原企业、新企业，或持本人签字材料的协会可以发起", rule="role-may-not-move")
    return _agreed(after, side, by, on, signed_on)


def moved(archive: Archive, move: str, *, by: Account, on: date, signed_on: date | None, ground: str) -> Archive:
    """Take a move of a change of company that is under way (B4); NotAllowed, NotPermitted, Malformed."""
    transfer = under_way(archive)
    if move not in moves(archive, by, on):
        raise NotPermitted(f"您现在不能执行“{MOVES[move].name}”；请刷新后再看", rule="role-may-not-move")
    if MOVES[move].ends:
        return replace(archive, transfer=None)
    if move == "object":
        return replace(archive, transfer=replace(transfer, objection=ground))
    if move == "decide":
        return _agreed(archive, "old", by, on, None)
    return _agreed(archive, side_of(archive, by) or "worker", by, on, signed_on)


def moves(archive: Archive, by: Account, on: date) -> tuple[str, ...]:
    """Name the moves that an account may make now (B4).

    The manager decides for an old company that objects, has not answered in time, or is suspended or closed, once all
    others have agreed; and may end the matter at any time.
    """
    transfer = under_way(archive)
    side = side_of(archive, by)
    hands: set[str] = {side} if side in missing(archive) else set()
    if by.id == transfer.by:
        hands.add("starter")
    if by.role == "association_manager":
        hands.add("decider")
    possible = [name for name, move in MOVES.items() if move.sides & hands]
    silent = on > transfer.due_on or archive.binding.state == "suspended"
    ripe = missing(archive) == {"old"} and (silent or transfer.objection is not None)
    return tuple(name for name in possible if name != "decide" or ripe)


def missing(archive: Archive) -> set[Side]:
    """Name the sides that have not agreed yet (B4)."""
    transfer = under_way(archive)
    needed: set[Side] = {"worker"}
    if archive.binding.company != NOBODY:
        needed.add("old")
    if transfer.to != NOBODY:
        needed.add("new")
    return needed - {one.side for one in transfer.agreed}


def side_of(archive: Archive, by: Account) -> Side | None:
    """Name the side for which an account speaks (B4); the association records the worker's own paper."""
    if by.role in ASSOCIATION:
        return "worker"
    if by.role not in COMPANY or by.company is None or archive.transfer is None:
        return None
    sides: dict[str, Side] = {archive.transfer.to: "new", archive.binding.company: "old"}
    return sides.get(by.company)


def done(archive: Archive, to: Company | None, *, by: Account, on: date, at: datetime) -> Archive:
    """Give the archive in its new company: certificate, number and code stay the worker's (B4, C6).

    What the old company had under way is withdrawn; an application whose certificate is issued goes along. NotAllowed
    when the new company is not active.
    """
    if to and to.state != "active":
        raise NotAllowed("新企业尚未通过确认或已被暂停，不能接收人员", rule="company-not-active")
    left = dropped(archive, by=by, at=at, note="人员已转出原企业", issued_to=to.id if to else NOBODY)
    binding = Binding(
        company=to.id if to else NOBODY, company_name=to.name if to else "暂无所属企业", since=on,
        state="active" if to else "suspended",
    )  # fmt: skip
    return replace(left, binding=binding, transfer=None)


def under_way(archive: Archive) -> Transfer:
    """Give the change of company that is under way (B4); NotAllowed when none is."""
    if archive.transfer is None:
        raise NotAllowed("没有办理中的转移；可能已办结，请刷新", rule="no-transfer")
    return archive.transfer


def _agreed(archive: Archive, side: Side, by: Account, on: date, signed_on: date | None) -> Archive:
    if side == "worker" and signed_on is None:
        words = "请填写本人在转移申请上签字的日期"
        raise Malformed(words, faults=(Fault("signed_on", "required", words),))
    one = Agreement(side=side, by=by.id, role=by.role, on=on, signed_on=signed_on if side == "worker" else None)
    transfer = under_way(archive)
    return replace(archive, transfer=replace(transfer, agreed=(*transfer.agreed, one)))
