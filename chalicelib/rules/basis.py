"""On what a certificate is suspended, revoked or given back (C8): a list to choose from, each with its clause.

The public never reads of it: a code says 暂停 or 注销 and no more.
"""

from typing import NamedTuple

from chalicelib.rules.errors import Fault, Malformed


class Basis(NamedTuple):
    """One legal basis: words for a clerk, the clause it rests on, the moves it may bear."""

    text: str
    source: str
    moves: frozenset[str]


_RED = frozenset({"suspend", "revoke"})
_END = frozenset({"revoke"})
_BACK = frozenset({"resume", "trust"})
BASES: dict[str, Basis] = {
    "conditions": Basis("不再符合申领条件", "S0 四；W3“体检、信用背景不合格人员坚决剔除”", _RED),
    "false-papers": Basis("材料虚假或冒用他人", "S0 四“真实、合规、完整”；L-SH 39", _RED),
    "source": Basis("体检、培训或保险的出具单位经查不可靠", "C7；S0 四“真实、合规、完整”", _RED),
    "misconduct": Basis("投诉、违规经查证属实", "研究 C10（广州 W28）；S1 4", _RED),
    "enquiry": Basis("投诉、举报调查期间", "S1 3；S4 27", frozenset({"suspend"})),
    "authority": Basis("公安、主管部门或法院书面通知", "S0 二、五", _RED),
    "review": Basis("年审不合格", "S1 2“年审、注销和新增管理机制”", _RED),
    "own-wish": Basis("本人申请停用或注销", "S2 (4) 上门服务证管理：“登记……发放、注销等管理”；PIPL 15", _RED),
    "death": Basis("持证人死亡", "S2 (4) 上门服务证管理：注销", _END),
    "cleared": Basis("暂停的原因已消除", "S1 2“动态管理”", _BACK),
    "mistake": Basis("暂停有误，予以纠正", "C8；L-SHCREDIT 36", _BACK),
}
NEEDS_ONE = _END
"""Moves that end a certificate are never without one (C8)."""


def check(move: str, basis: str | None) -> None:
    """Refuse a basis that does not bear the move, or a move that needs one and has none: Malformed (C8)."""
    possible = [code for code, one in BASES.items() if move in one.moves]
    if basis is None and move not in NEEDS_ONE:
        return
    if basis not in possible:
        words = "请选择法律依据：" + "、".join(f"{BASES[code].text}（{code}）" for code in possible)
        fault = Fault("basis", "required" if basis is None else "unknown", words)
        raise Malformed("请选择这一步的法律依据", faults=(fault,))
