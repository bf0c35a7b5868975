"""A copy of all that is kept of a worker, for the worker (PIPL 45): as data, and as lines that a person can read."""

from typing import Any

from chalicelib.actions import reveals, workers
from chalicelib.records import files, shapes
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, Exam, Insurance
from chalicelib.rules.consent import NAMES

Lines = list[tuple[str, str]]


def make(act: Act, worker: str) -> dict[str, Any]:
    """Make the copy: {made_on, sections: [{title, lines: [[name, text]]}], data}.

    It counts as a reveal and stands under who viewed (D8).

    What is sealed (resident ID, phone, address, the numbers of papers) is opened one by one only, each for a purpose
    (decision 22).
    """
    archive = workers.fetch(act.account, worker)
    reveals.count(act)
    reveals.record(act, archive, Entry(action="worker.copy", ground="copy", note={"kind": "copy"}))
    return {"made_on": str(act.on), "sections": _sections(act, archive), "data": _data(archive)}


def _data(archive: Archive) -> dict[str, Any]:
    told: dict[str, Any] = shapes.plain(archive)
    for name in ("resident_id", "identity_hash", "phone", "address"):
        told["worker"].pop(name)
    for paper in (*told["exams"], *told["insurances"]):
        paper.pop("reference")
    for name in ("rows", "head", "phone_page"):
        told.pop(name)
    for step in (step for one in told["applications"] for step in one["steps"]):
        step.pop("by")
    told["files"] = [{"kind": file.kind, "at": file.at.isoformat(), "gone_on": _day(file.gone_on)}
                     for file in files.of(archive)]  # fmt: skip
    return told


def _sections(act: Act, archive: Archive) -> list[dict[str, Any]]:
    worker, consent, check = archive.worker, archive.consent, archive.background
    sealed = {"证件号码": worker.resident_id, "联系电话": worker.phone, "住址": worker.address}
    certificate = archive.certificate
    sections: list[tuple[str, Lines]] = [
        ("本人", [
            ("姓名", worker.name), ("服务类型", "、".join(worker.service_types)), ("学历", worker.education or ""),
            *((name, "已登记，密封保存；请当面核对") for name, held in sealed.items() if held),
        ]),
        ("所属企业", [(archive.binding.company_name, f"自 {archive.binding.since}")]),
        ("体检", [(one.category, f"{one.start} 至 {one.until}，{one.issuer}{_number(one)}") for one in archive.exams]),
        ("保险", [(one.issuer, f"{one.start} 至 {one.until}{_number(one)}") for one in archive.insurances]),
        ("培训和技能", [
            *([(archive.training.issuer or "培训", str(archive.training.done_on))] if archive.training.done_on else []),
            *((one.trade, f"{one.level}，{one.issuer}，{one.got_on}") for one in archive.skills),
        ]),
        ("安全核查", [(_CONCLUSIONS[check.conclusion], f"核查日期 {check.checked_on}")] if check.checked_on else []),
        ("同意", [
            ("同意日期", _day(consent.given_on) or ""), ("文本版本", consent.text or ""),
            ("单独同意", "、".join(NAMES[one] for one in consent.separate)),
            ("撤回日期", _day(consent.withdrawn_on) or ""),
        ] if consent.given_on else []),
        ("证书", [("编号", certificate.number), ("发证日期", str(certificate.issued_on))] if certificate else []),
        ("申请", [(one.id, f"{one.opened_on} 提出") for one in archive.applications]),
        ("谁看过", [(one["day"], f"{one['organisation']}（{one['role']}）查看{one['what']}，用于{one['purpose']}")
                 for one in reveals.views_of(act.account, archive.id)]),
    ]  # fmt: skip
    return [{"title": title, "lines": [[name, text] for name, text in lines if text]} for title, lines in sections]


_CONCLUSIONS = {"passed": "通过", "failed": "未通过", "pending": "核查中", "none": "没有"}


def _number(paper: Exam | Insurance) -> str:
    return "，编号已登记，密封保存" if paper.reference else ""


def _day(day: Any) -> str | None:
    return str(day) if day else None
