"""The way of an application (C1, C2): `MOVES` is the declared state machine, all of it.

Pure: a move gives a new Application or refuses. What a move writes besides (a certificate, a police
conclusion) is `actions/applications.py`.
"""

from dataclasses import replace
from datetime import date, datetime
from itertools import takewhile
from typing import Literal, NamedTuple

from chalicelib.rules.access import ASSOCIATION, COMPANY
from chalicelib.rules.account import Account
from chalicelib.rules.archive import Application, ApplicationState, Archive, Step, numbered, open_application
from chalicelib.rules.certificate import over
from chalicelib.rules.errors import Clash, Fault, Malformed, NotAllowed, NotPermitted

STATE_NAMES = {
    "draft": "草稿", "company_review": "企业初审", "association_review": "协会审核", "background": "安全核查",
    "authorisation": "主管部门授权", "production": "制证", "handover": "发放", "done": "办结",
    "returned": "退回补正", "withdrawn": "已撤回", "refused": "不予办理",
}  # fmt: skip
MOVE_NAMES = {
    "submit": "提交", "forward": "初审通过", "accept": "审核通过", "clear": "核查通过", "authorise": "授权制证",
    "produce": "制证完成", "hand-over": "发放到人", "return": "退回补正", "refuse": "不予办理", "withdraw": "撤回",
    "extend": "延长办理期限", "deliver": "卡片发至企业", "receive": "企业签收", "reprint": "重新制卡",
    "transfer": "转至新企业",
}  # fmt: skip


RETURN_REASONS: dict[str, str] = {
    "photo-unclear": "照片不清晰或不合规",
    "identity-mismatch": "姓名与证件号码不一致",
    "exam-unclear": "体检合格证模糊、不全或无章",
    "exam-failed": "体检结论不合格",
    "exam-weak": "体检类别不符合服务类型要求",
    "insurance-no-third-party": "保险不含第三者责任",
    "insurance-unclear": "保单模糊或信息不全",
    "training-unproven": "培训证明不足",
    "consent-unsigned": "授权书未签字、未按指印或未写日期",
    "duplicate": "与其他申请重复",
    "background-failed": "安全核查未通过",
    "certificate-ended": "证书已注销、过期或挂失，不再制卡",
    "certificate-revoked": "原证书已被注销：请先核实注销原因，再重新提交",
    "source-unreliable": "所依据的机构或企业经查不可靠，材料不予采信",
    "other": "其他（请在备注中写明）",
}
EXTENSION_REASONS: dict[str, str] = {
    "verification": "材料需进一步核实",
    "background-late": "安全核查结论尚未反馈",
    "card-late": "制证设备或卡片原因",
    "other": "其他（请在备注中写明）",
}


class Move(NamedTuple):
    """One move: `by` says from which state which roles may take it; without a `target` the state stays.

    `ready` re-checks the conditions of S0 四, `reasons` is the list that at least one must be chosen from; `card` asks
    for a certificate in force, since nobody gets the card of one that is not.
    """

    by: dict[str, frozenset[str]]
    target: ApplicationState | None
    ready: bool = False
    reasons: dict[str, str] | None = None
    card: bool = False


OWNER = frozenset({"company_owner"})
MANAGER = frozenset({"association_manager"})
POLICE = frozenset({"police"})
BUREAU = frozenset({"bureau"})
OFFICIAL = ("association_review", "background", "authorisation", "production", "handover")
UNDER_REVIEW = ("company_review", "association_review", "background", "authorisation")
ISSUED = ("production", "handover")
UNDER_WAY = ("draft", "returned", *UNDER_REVIEW)

MOVES: dict[str, Move] = {
    "submit": Move({"draft": COMPANY, "returned": COMPANY}, "company_review", ready=True),
    "forward": Move({"company_review": OWNER}, "association_review", ready=True),
    "accept": Move({"association_review": ASSOCIATION}, "background", ready=True),
    "clear": Move({"background": POLICE}, "authorisation"),
    "authorise": Move({"authorisation": BUREAU}, "production", ready=True),
    "produce": Move({"production": ASSOCIATION | {"print_vendor"}}, "handover", card=True),
    "deliver": Move({"handover": ASSOCIATION}, None, card=True),
    "receive": Move({"handover": COMPANY}, None, card=True),
    "hand-over": Move({"handover": ASSOCIATION | OWNER}, "done", card=True),
    "return": Move(
        {
            "company_review": OWNER,
            "association_review": ASSOCIATION,
            "background": POLICE,
            "authorisation": BUREAU,
        },
        "returned",
        reasons=RETURN_REASONS,
    ),
    "refuse": Move(
        {"association_review": MANAGER, "background": POLICE, "authorisation": BUREAU, "production": MANAGER,
         "handover": MANAGER},
        "refused",
        reasons=RETURN_REASONS,
    ),
    "withdraw": Move(dict.fromkeys(UNDER_WAY, COMPANY), "withdrawn"),
    "extend": Move(dict.fromkeys(OFFICIAL, MANAGER) | {"authorisation": MANAGER | BUREAU}, None,
                   reasons=EXTENSION_REASONS),
}  # fmt: skip

NEEDS = {"receive": "deliver", "hand-over": "receive", "activate": "receive"}
"""What has to be done where an application is before a company takes a step of its card (S0 五: 经企业逐级发放)."""
FIRST = {"deliver": "卡片还没有登记发至企业：请协会先登记“卡片发至企业”",
         "receive": "企业还没有签收卡片：请先登记“企业签收”，再发放或启用"}  # fmt: skip


def opened(archive: Archive, on: date) -> Application:
    """Open a draft for the worker of an archive; Clash when one is under way or a certificate is in force (C1)."""
    if (under_way := open_application(archive)) is not None:
        raise Clash(f"该人员已有办理中的申请 {under_way.id}", rule="application-under-way")
    if archive.certificate and not over(archive.certificate, on):
        raise Clash(f"该人员已持有证书 {archive.certificate.number}", rule="certificate-exists")
    return Application(id=_next_id(archive), state="draft", company=archive.binding.company, opened_on=on)


def reprinted(archive: Archive, *, by: Account, at: datetime, on: date, due_on: date) -> Application | None:
    """Have another card made for a certificate whose token was replaced; None when the first is not made yet (C3).

    A card that waits to be handed over goes back to be made; else it is an application of its own, due in its own time.
    """
    step = Step(move="reprint", source="production", target="production", by=by.id, role=by.role, at=at)
    under_way = open_application(archive)
    if under_way is None:
        return Application(
            id=_next_id(archive), kind="reprint", state="production", company=archive.binding.company, opened_on=on,
            submitted_on=on, due_on=due_on, step_due_on=due_on, steps=(step,),
        )  # fmt: skip
    if under_way.state != "handover":
        return None
    back = replace(step, source="handover")
    return replace(under_way, state="production", due_on=due_on, step_due_on=due_on, steps=(*under_way.steps, back))


def _next_id(archive: Archive) -> str:
    return f"{archive.id}-{numbered(archive).applications + 1}"


def moved(
    application: Application,
    move: str,
    *,
    by: Account,
    at: datetime,
    reasons: tuple[str, ...] = (),
    note: str | None = None,
    receipt: str | None = None,
) -> Application:
    """Take one step, or refuse: NotAllowed (no such move from here, not yet), NotPermitted (role), Malformed (reasons).

    What leaves the state as it is may be done once in it: a second time is told (C1, C2).
    """
    rule = MOVES[move]
    if not any(by.role in roles for roles in rule.by.values()):
        raise NotPermitted(f"您的角色不能执行“{MOVE_NAMES[move]}”", rule="role-may-not-move")
    if by.role not in rule.by.get(application.state, frozenset()):
        state = STATE_NAMES[application.state]
        raise NotAllowed(f"申请 {application.id} 现在是“{state}”，您不能执行“{MOVE_NAMES[move]}”；请刷新后再看",
                         rule="move-not-from-here")  # fmt: skip
    if _done_already(application, move):
        raise NotAllowed(f"“{MOVE_NAMES[move]}”已经登记过了；请刷新后再看", rule="done-already")
    if first := lacking(application, move, by.role):
        raise NotAllowed(FIRST[first], rule="not-yet")
    _ask_for_reasons(rule, reasons, note)
    target = rule.target or application.state
    step = Step(
        move=move, source=application.state, target=target, by=by.id, role=by.role, at=at,
        reasons=reasons, note=note, receipt=receipt,
    )  # fmt: skip
    return replace(application, state=target, steps=(*application.steps, step))


def lacking(application: Application, move: str, role: str) -> str | None:
    """Name the step that has to come before a role's move of a card, or None: a company hands on, and has activated,
    what it received, and receives what was sent; the association hands a card to its worker as it likes (S0 五)."""
    first = NEEDS.get(move) if role in COMPANY else None
    return None if first in _done_here(application) else first


def awaited(archive: Archive, role: str) -> str | None:
    """Name the step that has to come before a role activates the certificate of an archive, or None (C6)."""
    one = open_application(archive)
    return lacking(one, "activate", role) if one and one.state in ISSUED else None


def accepted(archive: Archive) -> bool:
    """Tell whether the association has accepted who a worker is (C2): an application went on to the police, or there is
    a certificate."""
    one = open_application(archive)
    return archive.certificate is not None or (one is not None and one.state in OFFICIAL[1:])


def moves(application: Application, role: str) -> list[str]:
    """Name the moves that a role may take now (C1)."""
    return [
        name for name, move in MOVES.items()
        if role in move.by.get(application.state, ())
        and not (_done_already(application, name) or lacking(application, name, role))
    ]  # fmt: skip


def card_told(application: Application) -> Literal["deliver", "receive"] | None:
    """Name the last that was told of a card under way to its company: sent, or received there (S0 五)."""
    done = _done_here(application) if application.state == "handover" else []
    return "receive" if "receive" in done else "deliver" if "deliver" in done else None


def _done_already(application: Application, move: str) -> bool:
    return MOVES[move].target is None and move in _done_here(application)


def _done_here(application: Application) -> list[str]:
    """Name the steps that were taken since the application came where it is, to the company that it is of, and left it
    there: what one company received is not what the next one has."""
    here = takewhile(lambda step: step.source == step.target and step.move != "transfer", reversed(application.steps))
    return [step.move for step in here]


def dropped(archive: Archive, *, by: Account, at: datetime, note: str, issued_to: str | None = None) -> Archive:
    """Give the archive with what is under way withdrawn, since its ground fell away: the worker died or left (C6, B4).

    With `issued_to`, an application whose certificate is issued already goes on, as that company's.
    """
    one = open_application(archive)
    if one is None:
        return archive
    step = Step(move="withdraw", source=one.state, target="withdrawn", by=by.id, role=by.role, at=at, note=note)
    if one.state in ISSUED and issued_to is not None:
        step = replace(step, move="transfer", target=one.state)
        return archive.with_application(replace(one, company=issued_to, steps=(*one.steps, step)))
    return archive.with_application(_closed(one, "withdrawn", step))


def _closed(one: Application, state: ApplicationState, step: Step) -> Application:
    """Close an application by a step that no hand of its own took."""
    return replace(one, state=state, steps=(*one.steps, step), step_due_on=None, waiting_since=None)


def called_off(archive: Archive, *, by: Account, at: datetime, on: date, note: str) -> Archive:
    """Give the archive of a certificate that was just revoked with its application ended: the card is not made or
    handed on, and another certificate that is being looked into goes back to its company, who is told why (C2, C6)."""
    one = open_application(archive)
    if one is None or one.state not in ISSUED:
        return sent_back(archive, "certificate-revoked", by=by, at=at, on=on, note=note)
    step = Step(move="refuse", source=one.state, target="refused", by=by.id, role=by.role, at=at,
                reasons=("certificate-ended",), note=note)  # fmt: skip
    return archive.with_application(_closed(one, "refused", step))


def sent_back(
    archive: Archive, reason: str, *, by: Account, at: datetime, on: date, note: str, job: str | None = None
) -> Archive:
    """Give the archive with the application that somebody looks into returned to its company, by a bulk stop once a
    job; itself when there is none (C1, C7). What is not sent yet is the company's anyway, what is issued is stopped."""
    one = open_application(archive)
    if one is None or one.state not in UNDER_REVIEW or (job and job in {step.job for step in one.steps}):
        return archive
    step = Step(move="return", source=one.state, target="returned", by=by.id, role=by.role, at=at, reasons=(reason,),
                note=note, job=job)  # fmt: skip
    return archive.with_application(
        replace(one, state="returned", steps=(*one.steps, step), step_due_on=None, waiting_since=on)
    )


def _ask_for_reasons(rule: Move, reasons: tuple[str, ...], note: str | None) -> None:
    if rule.reasons and not reasons:
        raise Malformed("请至少选择一个原因", faults=(Fault("reasons", "required", "请至少选择一个原因"),))
    unknown = [code for code in reasons if code not in (rule.reasons or ())]
    if unknown:
        faults = tuple(Fault("reasons", "unknown", "没有这个原因代码，请从列表中选择") for _ in unknown)
        raise Malformed("有不认识的原因代码", faults=faults)
    if "other" in reasons and not note:
        raise Malformed("选择“其他”时请写备注", faults=(Fault("note", "required", "选择“其他”时请写备注"),))
