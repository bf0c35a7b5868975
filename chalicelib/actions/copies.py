"""A copy of a worker's archive, for the worker (PIPL 45): as data, and as lines that a person can read.

Visits, notices, requests of households and reports are not in it yet; who viewed is in the lines alone.
"""

from typing import Any, NamedTuple

from chalicelib.actions import references, reveals, secrets, workers
from chalicelib.records import files, shapes
from chalicelib.records.commit import Entry
from chalicelib.rules import appeal, application, certificate
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, Exam, Insurance
from chalicelib.rules.consent import NAMES
from chalicelib.rules.days import day_of
from chalicelib.rules.file import File
from chalicelib.rules.reveal import FILE_NAMES

Lines = list[tuple[str, str]]
SEALED = ("resident_id", "phone", "address")


class Opened(NamedTuple):
    """What is sealed, opened: the worker's fields by name, the numbers of papers by the id of their paper."""

    fields: dict[str, str]
    papers: dict[str, str]


def make(act: Act, worker: str) -> dict[str, Any]:
    """Make the copy: {made_on, sections: [{title, lines: [[name, text]]}], data}, for the worker's own hands.

    What is sealed stands in it opened. Before, each opening is counted as a reveal and named in the ledger, and the
    worker is told (D8); nothing of the copy is kept. NotAllowed when the account has not that many reveals left.
    """
    archive = workers.fetch(act.account, worker)
    fields = [field for field in SEALED if getattr(archive.worker, field)]
    every: tuple[Exam | Insurance, ...] = (*archive.exams, *archive.insurances)
    papers = [paper for paper in every if paper.reference]
    reveals.count(act, max(1, len(fields) + len(papers)))
    note = {"kind": "copy", "fields": fields, "papers": [paper.id for paper in papers]}
    reveals.record(act, archive, Entry(action="worker.copy", ground="copy", note=note))
    opened = Opened(
        {field: _opened(archive, field) for field in fields},
        {paper.id: references.opened(archive, paper) for paper in papers},
    )
    kept = files.of(archive)
    seen = reveals.views_of(act.account, worker)
    return {
        "made_on": str(act.on),
        "sections": [
            {"title": title, "lines": [[name, text] for name, text in lines if text]}
            for title, lines in {**_person(archive, opened), **_case(archive), **_traces(kept, seen)}.items()
        ],
        "data": _data(archive, opened, kept),
    }


def _opened(archive: Archive, field: str) -> str:
    return secrets.reveal(archive.city, f"{archive.key}|{field}", getattr(archive.worker, field))


def _data(archive: Archive, opened: Opened, kept: list[File]) -> dict[str, Any]:
    """Give the archive as data, without what is about our keeping it and about the accounts of staff."""
    told: dict[str, Any] = shapes.plain(archive)
    told["worker"].pop("identity_hash")
    told["worker"] |= {field: opened.fields.get(field) for field in SEALED}
    for paper in (*told["exams"], *told["insurances"]):
        paper["reference"] = opened.papers.get(paper["id"])
    for name in ("rows", "head", "phone_page"):
        told.pop(name)
    steps = [step for one in told["applications"] for step in one["steps"]]
    for one in (*steps, *told["appeals"], told.get("proposal") or {}):
        for name in ("by", "by_name", "decided_by"):
            one.pop(name, None)
    told["files"] = [{"kind": file.kind, "at": file.at.isoformat(), "gone_on": _day(file.gone_on) or None}
                     for file in kept]  # fmt: skip
    return told


def _person(archive: Archive, opened: Opened) -> dict[str, Lines]:
    worker, training = archive.worker, archive.training
    return {
        "本人": [
            ("姓名", worker.name), ("证件号码", opened.fields.get("resident_id", "")),
            ("联系电话", opened.fields.get("phone", "")), ("住址", opened.fields.get("address", "")),
            ("服务类型", "、".join(worker.service_types)), ("学历", worker.education or ""),
            ("人证核对", "已核对" if worker.identity == "verified" else "未核对"),
            ("照片", "已上传，用于查验页" if worker.photo else ""),
        ],
        "所属企业": [(archive.binding.company_name, f"自 {archive.binding.since}")],
        "体检": [(one.category, f"{one.start} 至 {one.until}，{one.issuer}{_number(one, opened)}")
               for one in archive.exams],
        "保险": [(one.issuer, f"{one.start} 至 {one.until}，{'含' if one.third_party else '不含'}第三者责任"
                f"{_number(one, opened)}") for one in archive.insurances],
        "培训和技能": [
            ("岗前培训", f"{training.done_on}，{training.issuer}" if training.done_on else ""),
            *((one.trade, f"{one.level}，{one.issuer}，{one.got_on}{f'，编号 {one.number}' if one.number else ''}")
              for one in archive.skills),
        ],
    }  # fmt: skip


def _case(archive: Archive) -> dict[str, Lines]:
    consent, held, stop = archive.consent, archive.certificate, archive.stop
    return {
        "安全核查": [(_CONCLUSIONS[one.conclusion], f"核查日期 {one.checked_on}") for one in archive.checks],
        "同意": [
            ("同意日期", _day(consent.given_on)), ("文本版本", consent.text or ""),
            ("单独同意", "、".join(NAMES[one] for one in consent.separate)),
            ("撤回日期", _day(consent.withdrawn_on)),
        ] if consent.given_on else [],
        "证书": [
            ("编号", held.number), ("状态", certificate.STATE_NAMES[held.state]), ("发证日期", str(held.issued_on)),
            ("有效期至", _day(held.until)), ("复核日期", _day(held.review_due)),
            ("停用", f"自 {stop.since}，{stop.ground}" if stop else ""),
        ] if held else [],
        "申请": [(one.id, f"{one.opened_on} 提出，{application.STATE_NAMES[one.state]}")
               for one in archive.applications],
        "申诉": [(one.id, f"{one.filed_on} 对{appeal.SUBJECT_NAMES[one.subject]}提出，{appeal.STATE_NAMES[one.state]}。"
                f"{one.statement}") for one in archive.appeals],
    }  # fmt: skip


def _traces(kept: list[File], seen: list[dict[str, str]]) -> dict[str, Lines]:
    return {
        "材料文件": [(FILE_NAMES[one.kind], f"{day_of(one.at)} 上传{f'，{one.gone_on} 已删除' if one.gone_on else ''}")
                 for one in kept],
        "谁看过": [(one["day"], f"{one['organisation']}（{one['role']}）查看{one['what']}，用于{one['purpose']}")
                for one in seen],
    }  # fmt: skip


_CONCLUSIONS = {"passed": "通过", "failed": "未通过", "pending": "核查中"}


def _number(paper: Exam | Insurance, opened: Opened) -> str:
    return f"，编号 {opened.papers[paper.id]}" if paper.id in opened.papers else ""


def _day(day: Any) -> str:
    return str(day) if day else ""
