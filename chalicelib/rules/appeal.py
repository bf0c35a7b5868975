"""Appeals (C8): a worker's objection to a colour, a refusal or a revocation, and who may decide it.

An appeal changes no colour. When it is overturned the ordinary move follows, by those who may make it and with the
second person it takes; `FOLLOWS` says which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, cast

from chalicelib.rules.access import COMPANY, another_person
from chalicelib.rules.account import Account
from chalicelib.rules.archive import Appeal, AppealState, AppealSubject, Application, Archive, numbered
from chalicelib.rules.certificate import DECIDERS
from chalicelib.rules.errors import Clash, NotAllowed, NotPermitted

SUBJECT_NAMES = {"colour": "安心码颜色", "refusal": "不予办理", "revocation": "注销"}
MOST = 30
STATE_NAMES = {"filed": "复核中", "upheld": "维持原决定", "overturned": "撤销原决定", "withdrawn": "已撤回"}
MOVES: dict[str, AppealState] = {"uphold": "upheld", "overturn": "overturned", "withdraw": "withdrawn"}
FOLLOWS = {
    "colour": "请更正有误的登记；证书被暂停的，由有权人员提出“恢复”，须第二人确认",
    "refusal": "请企业重新提交申请，按正常程序办理",
    "revocation": "注销的证书不能恢复；请企业重新申请，按正常程序发证",
}
FLAGGED = frozenset({"colour", "revocation"})
"""What a household sees of; a refusal has no code to stand on."""


def filed(
    archive: Archive,
    subject: AppealSubject,
    about: str | None,
    *,
    statement: str,
    by: Account,
    on: date,
    due_on: date,
    provisional: bool,
    flag: bool,
) -> Archive:
    """Add an appeal of what stands in the archive: the certificate's code, its revocation, a refused application.

    NotAllowed when there is no such thing to object to, Clash when it is under review already (C8).
    """
    target = _ask_appealable(archive, subject, about)
    number = numbered(archive).appeals + 1
    appeal = Appeal(
        id=f"{archive.id}-A{number}", subject=subject, about=target, statement=statement,
        channel=_channel(by), by=by.id, company=archive.binding.company, filed_on=on, due_on=due_on,
        provisional=provisional, flagged=flag and subject in FLAGGED,
    )  # fmt: skip
    return replace(archive, appeals=(*archive.appeals, appeal))


def decided(
    archive: Archive, appeal: Appeal, move: str, *, by: Account, on: date, reason: str, earlier: Mapping[str, str]
) -> Archive:
    """Uphold or overturn what was appealed, or take the appeal back; `earlier` are who made that decision, by
    account, with their names (C8).

    NotAllowed when it was decided already, NotPermitted for who may not.
    """
    if appeal.state != "filed":
        raise NotAllowed(f"这份申诉已有结果：{STATE_NAMES[appeal.state]}", rule="move-not-from-here")
    if move not in moves(appeal, by):
        words = "企业只能撤回由企业提出的申诉" if move == "withdraw" else "申诉由协会负责人或主管部门决定"
        raise NotPermitted(words, rule="role-may-not-move")
    if move != "withdraw" and not all(another_person(by, id, name) for id, name in earlier.items()):
        words = "作出原决定的人不能复核自己的决定；请由另一位协会负责人或主管部门人员办理"
        raise NotPermitted(words, rule="own-decision")
    told = replace(appeal, state=MOVES[move], decided_by=by.id, decided_on=on, reason=reason)
    return replace(archive, appeals=tuple(told if one.id == appeal.id else one for one in archive.appeals))


def moves(appeal: Appeal, by: Account) -> tuple[str, ...]:
    """Name what an account's role may do about an appeal (C8)."""
    if appeal.state != "filed":
        return ()
    if by.role in DECIDERS:
        return ("uphold", "overturn")
    return ("withdraw",) if by.role in COMPANY and appeal.channel == "company" else ()


def earlier_deciders(entries: Iterable[Mapping[str, Any]], appeal: Appeal) -> frozenset[str]:
    """Read out of a ledger chain, oldest first, who made the decision that is appealed (C8)."""
    found: set[str] = set()
    for entry in entries:
        if entry["action"].startswith(_BEGINS[appeal.subject]):
            found = _makers(found, entry, appeal) if _concerns(entry, appeal) else found
        elif entry["action"] == "proposal.confirm" and appeal.subject != "refusal" and found:
            found = set() if entry["note"]["move"] == "resume" else {*found, entry["by"]}
    return frozenset(found)


def _channel(by: Account) -> Literal["company", "paper", "phone"]:
    if by.role == "worker":
        return "phone"
    return "company" if by.role in COMPANY else "paper"


def told(archive: Archive) -> dict[str, Any]:
    """Give what the worker's own page says: the subjects that may be appealed now, and how the latest appeal stands
    (C8, G6); nobody's words are in it."""
    last = max(archive.appeals, key=lambda one: int(one.id.rpartition("-A")[2]), default=None)
    facts = ("subject", "state", "filed_on", "due_on", "decided_on")
    return {
        "open": [subject for subject in SUBJECT_NAMES if _appealable(archive, cast(AppealSubject, subject))],
        "last": {name: _plain(getattr(last, name)) for name in facts} if last else None,
    }


def _appealable(archive: Archive, subject: AppealSubject) -> bool:
    try:
        _ask_appealable(archive, subject, None)
    except (NotAllowed, Clash):
        return False
    return True


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


def objection(archive: Archive) -> date | None:
    """Give the day since which the public is told that the code is under review, or None (C8)."""
    return min((one.filed_on for one in archive.appeals if one.state == "filed" and one.flagged), default=None)


_BEGINS = {
    "colour": ("certificate.suspend", "certificate.revoke"), "refusal": ("application.refuse",),
    "revocation": ("certificate.suspend", "certificate.revoke"),
}  # fmt: skip


def _makers(found: set[str], entry: Mapping[str, Any], appeal: Appeal) -> set[str]:
    """Name who made a decision; a bulk stop's is its confirmer's, and its note names the first person. A proposed
    revocation stops the code too, and leaves standing who suspended it before."""
    first = (entry["note"] or {}).get("proposed_by")
    stands = found if appeal.subject == "colour" and entry["action"].startswith("certificate.revoke") else set()
    return {entry["by"], *([first] if first else []), *stands}


def _concerns(entry: Mapping[str, Any], appeal: Appeal) -> bool:
    return appeal.subject != "refusal" or (entry["note"] or {}).get("application") == appeal.about


def _ask_appealable(archive: Archive, subject: AppealSubject, about: str | None) -> str:
    """Give what an appeal of a subject is about; NotAllowed or Clash when it cannot be appealed now."""
    if len(archive.appeals) >= MOST:
        raise NotAllowed(f"一份档案最多申诉 {MOST} 次；仍有异议的，请直接联系主管部门", rule="too-many-appeals")
    target = _target(archive, subject, about)
    if any((one.subject, one.about) == (subject, target) for one in archive.appeals if one.state == "filed"):
        raise Clash(f"对这项“{SUBJECT_NAMES[subject]}”的申诉正在复核，请等待结果", rule="appeal-open")
    return target


def _refused(archive: Archive, one: Application) -> bool:
    """Tell whether somebody refused an application; where its certificate was revoked, that is what is appealed."""
    ended = archive.certificate and archive.certificate.state == "revoked"
    return one.state == "refused" and not (ended and one.steps[-1].reasons == ("certificate-ended",))


def _target(archive: Archive, subject: AppealSubject, about: str | None) -> str:
    if subject == "refusal":
        refused = [one.id for one in archive.applications if _refused(archive, one) and about in (None, one.id)]
        if not refused:
            raise NotAllowed("没有“不予办理”的申请可以申诉；被退回的申请请补正后重新提交", rule="nothing-to-appeal")
        return refused[-1]
    revoked = archive.held.state == "revoked"
    if revoked != (subject == "revocation"):
        words = "证书没有被注销" if subject == "revocation" else "证书已注销；请对“注销”提出申诉"
        raise NotAllowed(words, rule="nothing-to-appeal")
    return archive.held.number
