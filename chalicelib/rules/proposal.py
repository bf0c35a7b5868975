"""The second person (C8): `SECONDS` says what the first person's act does at once, and what the second's does then.

Bad news does not wait for the second person and does not lift itself when nobody comes; good news waits (decision 14).
"""

from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple, cast

from chalicelib.rules import certificate
from chalicelib.rules.access import another_person
from chalicelib.rules.account import Account
from chalicelib.rules.application import called_off, dropped
from chalicelib.rules.archive import Archive, Proposal, ProposedMove
from chalicelib.rules.basis import BASES
from chalicelib.rules.bulk_stop import cleared
from chalicelib.rules.errors import NotAllowed, NotPermitted


class Second(NamedTuple):
    """`at_once` is the move that the first person's act makes of what is in force; `confirmed` the one that the
    second's makes. None: the certificate stays as it is."""

    at_once: ProposedMove | None
    confirmed: ProposedMove | None


SECONDS: dict[str, Second] = {
    "suspend": Second(at_once="suspend", confirmed=None),
    "revoke": Second(at_once="suspend", confirmed="revoke"),
    "resume": Second(at_once=None, confirmed="resume"),
}
IN_FORCE = frozenset({"issued", "active"})
DECISION_NAMES = {"confirm": "确认", "refuse": "不同意", "withdraw": "撤回"}


def proposed(
    archive: Archive, move: str, *, by: Account, on: date, due_on: date, ground: str, basis: str | None
) -> Archive:
    """Do what one person may do alone of a move, and keep the rest for a second (C8); NotAllowed, NotPermitted."""
    certificate.check(archive, move, by.role)
    first = SECONDS[move].at_once
    after = archive
    if first and archive.held.state in IN_FORCE:
        after = certificate.moved(archive, first, role=by.role, on=on, ground=ground)
    waiting = Proposal(
        move=cast(ProposedMove, move), basis=basis, ground=ground, by=by.id, by_name=by.name, role=by.role,
        on=on, due_on=due_on, state=archive.held.state, stop=archive.stop,
    )  # fmt: skip
    return replace(after, proposal=waiting)


def decided(archive: Archive, decision: str, *, by: Account, on: date, at: datetime) -> Archive:
    """Confirm, refuse or withdraw what waits; NotAllowed when nothing does, NotPermitted for the wrong person (C8)."""
    waiting = archive.proposal
    if waiting is None:
        raise NotAllowed("这张证书没有待确认的事项；可能已由他人处理，请刷新", rule="no-proposal")
    if decision not in decisions(waiting, by):
        raise NotPermitted(_whose(decision), rule="second-person")
    free = replace(archive, proposal=None)
    if decision != "confirm":
        return replace(free, certificate=replace(free.held, state=waiting.state), stop=waiting.stop)
    move = SECONDS[waiting.move].confirmed
    if waiting.move == "resume" and waiting.basis == "mistake" and free.stop and free.stop.job:
        free = cleared(free, free.stop.job)
    after = certificate.moved(free, move, role=by.role, on=on, ground=waiting.ground) if move else free
    if waiting.basis == "death":
        return _died(after, by, at)
    return called_off(after, by=by, at=at, on=on, note=waiting.ground) if move == "revoke" else after


def _died(archive: Archive, by: Account, at: datetime) -> Archive:
    """End what goes on for a person who died. A certificate is applied for again only after person and document were
    compared anew, which nobody can do in the place of the dead, and who was taken for dead by mistake can."""
    ended = dropped(archive, by=by, at=at, note=BASES["death"].text)
    return replace(ended, worker=replace(ended.worker, identity="unverified"))


def decisions(waiting: Proposal, by: Account) -> tuple[str, ...]:
    """Name what an account may do about a proposal: its maker withdraw it, another person of a deciding role decide
    (C8)."""
    if by.id == waiting.by:
        return ("withdraw",)
    may = by.role in certificate.MOVES[waiting.move].roles
    return ("confirm", "refuse") if may and another_person(by, waiting.by, waiting.by_name) else ()


def _whose(decision: str) -> str:
    if decision == "withdraw":
        return "只有提出人可以撤回；您可以确认或不同意"
    return "须由提出人以外的另一位有权人员处理（同一人的其他账号也不行）；提出人可以撤回"
