"""Seeing what is sealed (invariant 7): which field, for which purpose, how often a day, and how the worker is told."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Field = Literal["resident_id", "phone", "address", "exam_reference", "insurance_reference"]
RevealPurpose = Literal["identity-check", "call-back", "complaint", "correction", "emergency"]

FIELD_NAMES: dict[str, str] = {
    "resident_id": "证件号码", "phone": "联系电话", "address": "住址", "exam_reference": "体检合格证编号",
    "insurance_reference": "保险单编号",
}  # fmt: skip
OF_PAPERS: dict[str, Literal["exams", "insurances"]] = {"exam_reference": "exams", "insurance_reference": "insurances"}
"""Fields of which each paper has its own, and among which papers of an archive."""
PURPOSE_NAMES: dict[str, str] = {
    "identity-check": "核对证件", "call-back": "联系本人", "complaint": "处理投诉举报", "correction": "更正登记信息",
    "emergency": "紧急救助", "copy": "应本人要求提供副本", "background-check": "送公安核查",
}  # fmt: skip
FILE_NAMES: dict[str, str] = {
    "exam": "体检证明", "insurance": "保险单", "training": "培训证明", "consent": "授权书", "identity": "证件材料",
    "photo": "照片", "copy": "全部登记信息", "batch": "姓名和证件号码",
}  # fmt: skip
ORGANISATIONS: dict[str, str] = {"bureau": "商务主管部门", "police": "公安机关", "system": "系统"}
"""Whom a role works for, where neither a company nor the association does."""
ROLE_NAMES: dict[str, str] = {
    "company_owner": "企业负责人", "company_clerk": "企业经办人", "association_manager": "协会负责人",
    "association_clerk": "协会经办人", "bureau": "工作人员", "police": "核查人员", "system": "自动办理",
}  # fmt: skip
VIEWS = frozenset({"worker.reveal", "file.view", "background.view", "worker.copy"})
"""Actions in the ledger by which somebody was shown something of a worker."""


class Daily(NamedTuple):
    """How many reveals of one account on one day are told to the association, and how many are the most (G3)."""

    alert: int
    stop: int


def told(entry: Mapping[str, Any], day: str, organisation: str) -> dict[str, str]:
    """Tell of a view in plain words, no more than role, organisation, day, what was seen and what for (A9, G3)."""
    note = entry.get("note") or {}
    field = FIELD_NAMES.get(note.get("field", ""))
    what = field or FILE_NAMES.get(note.get("kind", ""), FIELD_NAMES["resident_id"])
    purpose = PURPOSE_NAMES.get(entry.get("ground") or "", "办理证书业务")
    role = ROLE_NAMES.get(entry["role"], "工作人员")
    return {"day": day, "organisation": organisation, "role": role, "what": what, "purpose": purpose}
