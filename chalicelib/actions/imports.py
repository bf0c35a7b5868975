"""File imports (B5): checked row by row before anything is written, done in slices, nothing twice."""

import csv
import io
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from chalicelib.actions import companies, evidence, faults, slices, workers
from chalicelib.actions.forms import (
    Form,
    NewCompany,
    NewConsent,
    NewExam,
    NewImport,
    NewInsurance,
    NewTraining,
    NewWorker,
)
from chalicelib.actions.forms import row_form as read
from chalicelib.actions.slices import Row
from chalicelib.outside import chance, retention
from chalicelib.records import companies as company_records
from chalicelib.records import jobs
from chalicelib.rules import access
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, Consent
from chalicelib.rules.errors import Fault, Malformed, Missing

ROWS = 5_000
FAULTS = 500
COLUMNS: dict[str, dict[str, str]] = {
    "workers": {
        "姓名": "name", "证件号码": "resident_id", "手机号": "phone", "住址": "address", "服务类型": "service_types",
        "体检类别": "exam.category", "体检日期": "exam.from", "体检有效期至": "exam.until", "体检机构": "exam.issuer",
        "保险起": "insurance.from", "保险止": "insurance.until", "第三者责任": "insurance.third_party",
        "保险公司": "insurance.issuer", "培训日期": "training.done_on", "培训机构": "training.issuer",
        "授权书日期": "consent.given_on", "授权书版本": "consent.text", "人证合一": "identity",
    },
    "companies": {"企业名称": "name", "统一社会信用代码": "credit_code", "所在区": "district"},
}  # fmt: skip
PARTS: dict[str, type[Form]] = {
    "exam": NewExam,
    "insurance": NewInsurance,
    "training": NewTraining,
    "consent": NewConsent,
}
PART_NAMES = {"exam": "体检", "insurance": "保险", "training": "培训", "consent": "授权书"}


def begin(act: Act, form: NewImport) -> dict[str, Any]:
    """Check a file whole; Malformed names every fault of every row. Then keep it and queue its slices."""
    city = access.city_of(act.account)
    company = _company(act, form)
    rows = _rows(form.kind, form.csv)
    _check(act, form.kind, rows)
    id = chance.identifier()
    job = jobs.Job(
        city=city, id=id, kind=form.kind, company=company, by=act.account.id, file=f"imports/{city}/{id}.csv",
        rows=len(rows), slices=slices.count(len(rows)), at=act.at, state="queued",
        ends=retention.ends("job_days", act.at),
    )  # fmt: skip
    return slices.begin(job, act, form.csv.encode())


def run(job: jobs.Job, number: int) -> dict[str, int]:
    """Do one slice; safe to repeat. Gives how many rows ended in which state."""

    def rows(job: jobs.Job) -> list[Row]:
        return _rows(job.kind, slices.content(job))

    return slices.run(job, number, rows=rows, do=_row, show=lambda made: made.id)


def _company(act: Act, form: NewImport) -> str | None:
    if act.account.role in access.COMPANY and form.company not in (None, act.account.company):
        raise Missing
    if act.account.role in access.COMPANY and form.kind == "workers":
        return act.account.company
    if act.account.role in access.COMPANY:
        raise Malformed("企业账号只能导入人员", faults=(Fault("kind", "not-yours", "企业账号只能导入人员"),))
    if form.kind == "workers" and not form.company:
        raise Malformed("请指定人员所属企业", faults=(Fault("company", "required", "请指定人员所属企业"),))
    return companies.fetch(act.account, form.company).id if form.company else None


def _row(act: Act, job: jobs.Job, row: Row) -> str:
    return _company_row(act, row) if job.kind == "companies" else _worker_row(act, job, row)


def _company_row(act: Act, row: Row) -> str:
    return companies.register(act, read(NewCompany, row)).id


def _worker_row(act: Act, job: jobs.Job, row: Row) -> str:
    parts = {part: read(form, told) for part, (form, told) in _parts(row).items()}
    form: Any = parts[""]
    company = company_records.fetch(job.city, job.company or "")
    archive = _with_evidence(workers.new(act, company, form), parts, row)
    return workers.create(act, archive, form.resident_id, company).id


def _with_evidence(archive: Archive, parts: dict[str, Any], row: Row) -> Archive:
    changes: dict[str, Any] = {}
    if exam := parts.get("exam"):
        evidence.ask_believed(archive.city, "exam", exam.issuer, exam.start)
        changes["exams"] = (evidence.exam_of(archive, exam),)
    if insurance := parts.get("insurance"):
        evidence.ask_believed(archive.city, "insurance", insurance.issuer, insurance.start)
        changes["insurances"] = (evidence.insurance_of(archive, insurance),)
    if training := parts.get("training"):
        evidence.ask_believed(archive.city, "training", training.issuer, training.done_on)
        changes["training"] = evidence.training_of(training)
    if consent := parts.get("consent"):
        changes["consent"] = Consent(given_on=consent.given_on, text=consent.text, separate=consent.separate)
    if row.get("identity") == "是":
        changes["worker"] = replace(archive.worker, identity="verified")
    return replace(archive, **changes)


def _rows(kind: str, text: str) -> list[Row]:
    """Read the rows by the header; Malformed says which columns are wrong by their place, never what stands in them."""
    columns = COLUMNS[kind]
    try:
        lines = [line for line in csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True) if any(line)]
    except csv.Error:
        raise Malformed("文件不是有效的 CSV：请检查引号是否成对，再另存为 CSV（UTF-8）") from None
    header = [name.strip() for name in lines[0]] if lines else []
    wrong = [place for place, name in enumerate(header, 1) if name not in columns or header.count(name) > 1]
    if wrong or not header:
        places = "、".join(f"第 {place} 列" for place in wrong) or "没有表头"
        words = f"表头有误（{places}）；第一行应为列名，可用的列：{'、'.join(columns)}"
        raise Malformed(words, faults=tuple(Fault("header", "unknown-column", f"第 {place} 列") for place in wrong))
    if not 1 <= len(lines) - 1 <= ROWS:
        raise Malformed(f"文件应有 1 至 {ROWS} 行数据，现有 {len(lines) - 1} 行；请分成几个文件")
    names = [columns[name] for name in header]
    return [dict(zip(names, line, strict=False)) | _surplus(names, line) for line in lines[1:]]


def _surplus(names: list[str], line: list[str]) -> Row:
    return {"surplus": "yes"} if len(line) > len(names) else {}


def _check(act: Act, kind: str, rows: list[Row]) -> None:
    found: list[Fault] = []
    for place, row in enumerate(rows):
        told = [*_row_faults(kind, row), *_rights_faults(act, row)]
        found += [fault._replace(field=f"rows[{place + 2}].{fault.field}") for fault in told]
    if found:
        words = f"文件有 {len(found)} 处错误，未写入任何数据；请按行号改正后重新导入"
        more = f"（先列出前 {FAULTS} 处）" if len(found) > FAULTS else ""
        raise Malformed(words + more, faults=tuple(found[:FAULTS]))


def _rights_faults(act: Act, row: Row) -> list[Fault]:
    """Only the association may say that a person was compared with the document (人证合一)."""
    if row.get("identity") == "是" and "identity.verify" not in access.rights(act.account):
        return [Fault("人证合一", "not-yours", "人证合一由协会核验，企业文件中请留空")]
    return []


def _row_faults(kind: str, row: Row) -> list[Fault]:
    """Name every fault of a row by the column of the file that it stands in."""
    flat = {name: value for name, value in row.items() if name != "surplus"}
    parts = {"": (NewCompany, flat)} if kind == "companies" else _parts(row)
    columns = {field: column for column, field in COLUMNS[kind].items()}
    found = [Fault("行", "surplus-cells", "这一行的单元格比表头多")] if "surplus" in row else []
    for field in ("identity", "insurance.third_party"):
        if row.get(field) not in (None, "", "是", "否"):
            found.append(Fault(columns[field], "yes-or-no", "请填“是”或“否”"))
    for part, (form, told) in parts.items():
        for fault in _form_faults(form, told):
            field = f"{part}.{fault.field}" if part else fault.field.partition(".")[0]
            found.append(fault._replace(field=columns.get(field) or PART_NAMES.get(part) or field))
    return found


def _form_faults(form: type[Form], told: Row) -> list[Fault]:
    try:
        read(form, told)
    except ValidationError as error:
        return faults.of(error)
    return []


def _parts(row: Row) -> dict[str, tuple[type[Form], Row]]:
    """Take a worker's row apart: the worker, under no name, and each part of the evidence that has anything in it."""
    flat = {name: value for name, value in row.items() if "." not in name and name not in {"identity", "surplus"}}
    types = tuple(part for part in (flat.get("service_types") or "").split("、") if part)
    parts: dict[str, tuple[type[Form], Row]] = {"": (NewWorker, {**flat, "service_types": types})}
    for part, form in PARTS.items():
        told: Row = {
            name.partition(".")[2]: value for name, value in row.items() if name.startswith(f"{part}.") and value
        }
        if part == "insurance" and told:
            told["third_party"] = told.get("third_party") == "是"
        if told:
            parts[part] = (form, told)
    return parts
