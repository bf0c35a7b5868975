"""What the police send back (C4): checked whole against its batch, then each row one decision, safe to repeat."""

import json
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from chalicelib.actions import applications, background, evidence, faults, secrets, slices
from chalicelib.actions.background_forms import ConcludedRow, Conclusions
from chalicelib.actions.forms import Conclusion, Moving
from chalicelib.actions.slices import Row
from chalicelib.outside import chance, clock, retention, sheets
from chalicelib.records import accounts, archives, jobs, ledger
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, open_application
from chalicelib.rules.background import MOST, BackgroundBatch
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Clash, Fault, Malformed, NotAllowed, Unavailable

FIELDS = {
    "编号": "reference", "姓名": "name", "证件号码": "resident_id", "结论": "conclusion", "核查日期": "checked_on",
}  # fmt: skip
NEEDED = ("编号", "结论", "核查日期")
COLUMNS = {field: column for column, field in FIELDS.items()}
CONCLUSIONS = {"通过": "passed", "未通过": "failed"}
TRIES = 3
LATEST = 100
"""Entries of an archive among which the correction of a name is looked for."""


def begin(act: Act, id: str, form: Conclusions) -> dict[str, Any]:
    """Check a returned file whole; Malformed names every fault of every row. Then keep what counts and queue it.

    Rows with neither conclusion nor day are not concluded on yet, and wait for another file.
    """
    batch = background.fetch(act.account, id)
    if batch.state != "ready":
        raise NotAllowed("这个批次不在等待结论，不能导入", rule="batch-not-ready")
    rows = [row for row in _rows(form.file) if row["conclusion"] or row["checked_on"]]
    if not rows:
        raise Malformed("文件中没有一行填写了结论；请填写“结论”和“核查日期”后再导入")
    _check(batch, rows)
    kept = [
        {
            "line": row["line"], "member": batch.member(row["reference"]), "checked_on": row["checked_on"],
            "conclusion": CONCLUSIONS[row["conclusion"]],
        }
        for row in rows
    ]  # fmt: skip
    job_id = chance.identifier()
    job = jobs.Job(
        city=batch.city, id=job_id, kind="conclusions", company=None, by=act.account.id, batch=batch.id,
        file=f"imports/{batch.city}/{job_id}.json", rows=len(kept), slices=slices.count(len(kept)), at=act.at,
        state="queued", ends=retention.ends("job_days", act.at),
    )  # fmt: skip
    return slices.begin(job, act, json.dumps(kept).encode())


def run(job: jobs.Job, number: int) -> dict[str, int]:
    """Do one slice; safe to repeat. With its last one the batch is settled."""
    counts = slices.run(job, number, rows=_kept, do=_conclude, show=lambda held: None)
    if not jobs.slices_left(job):
        at = clock.now()
        act = Act(account=accounts.fetch(job.by), at=at, on=day_of(at))
        background.settle(background.fetch(act.account, job.batch or ""), act)
        background.carry_out(job.city, job.batch or "")
    return counts


def _kept(job: jobs.Job) -> list[Row]:
    rows: list[Row] = json.loads(slices.content(job))
    return rows


def _conclude(act: Act, job: jobs.Job, row: Row) -> str:
    """Conclude on one person; Clash says that this batch has a conclusion on the person already."""
    for _ in range(TRIES):
        archive = archives.fetch(job.city, row["member"])
        if archive.background.batch != job.batch:
            raise Clash("该人员在这个批次中已有结论，或送核后更正过证件号码，未予登记", rule="concluded-already")
        try:
            _decide(act, archive, row)
        except Clash:
            continue  # somebody changed the archive in between: look again
        return archive.id
    raise Unavailable("这份档案正在被修改，请稍后用同一文件再导入一次")


def _decide(act: Act, archive: Archive, row: Row) -> None:
    """Move the application that waits, or record the conclusion where none does; a failed one stops a code at once."""
    under_way, failed = open_application(archive), row["conclusion"] == "failed"
    if under_way is None or under_way.state != "background":
        form = Conclusion(conclusion=row["conclusion"], checked_on=row["checked_on"])
        evidence.conclude(act, archive.id, form)
        return
    reasons = ("background-failed",) if failed else ()
    moving = Moving(revision=archive.revision, reasons=reasons, checked_on=row["checked_on"])
    applications.move(act, under_way.id, "refuse" if failed else "clear", moving)


def _rows(content: bytes) -> list[Row]:
    """Read the rows by the header, each with its line; Malformed never repeats what stands in the file."""
    try:
        lines = sheets.read(content)
    except ValueError:
        raise Malformed("文件读不出来：请用 .xlsx，或 CSV（UTF-8 或 GB 18030）") from None
    header = lines[0] if lines else []
    missing = [column for column in NEEDED if header.count(column) != 1]
    if missing:
        words = f"第一行应有这些列，各一列：{'、'.join(NEEDED)}；请用从本系统取得的表填写后原样交回"
        raise Malformed(words, faults=tuple(Fault("header", "missing-column", column) for column in missing))
    if len(lines) - 1 > MOST:
        raise Malformed(f"文件最多 {MOST} 行数据，现有 {len(lines) - 1} 行")
    known = [(FIELDS[column], place) for place, column in enumerate(header) if column in FIELDS]
    empty = dict.fromkeys(FIELDS.values(), "")
    return [
        {**empty, "line": number, **{field: line[place] for field, place in known if place < len(line)}}
        for number, line in enumerate(lines[1:], 2)
    ]


def _check(batch: BackgroundBatch, rows: list[Row]) -> None:
    references = [row["reference"] for row in rows]
    found: list[Fault] = []
    for row in rows:
        told = _form_faults(row) or _batch_faults(batch, row)
        if references.count(row["reference"]) > 1:
            told.append(Fault("编号", "twice", "同一编号在文件中出现多次"))
        found += [fault._replace(field=f"rows[{row['line']}].{fault.field}") for fault in told]
    if found:
        raise Malformed(f"文件有 {len(found)} 处错误，未写入任何结论；请按行号改正后重新导入", faults=tuple(found))


def _form_faults(row: Row) -> list[Fault]:
    told = {field: row[field] for field in ConcludedRow.model_fields if row[field]}
    try:
        ConcludedRow.model_validate(told)
    except ValidationError as error:
        return [fault._replace(field=COLUMNS.get(fault.field, fault.field)) for fault in faults.of(error)]
    return []


def _batch_faults(batch: BackgroundBatch, row: Row) -> list[Fault]:
    """Compare a row with the person it is about: sorted by one column only, a sheet would blame another."""
    member = batch.member(row["reference"])
    if member is None:
        return [Fault("编号", "foreign", "不是本批次的编号；请核对文件是否属于这个批次")]
    archive, found = archives.fetch(batch.city, member), []
    number = row["resident_id"]
    same = bool(number) and archive.worker.identity_hash in secrets.identity_hashes(number)
    if row["name"] and row["name"] != archive.worker.name:
        if not _renamed(archive, batch.at):
            found.append(Fault("姓名", "mismatch", "姓名与该编号登记的不一致：表格可能被错位排序"))
        elif not same:
            words = "送核之后姓名更正过，文件中可能是原来的姓名：请核对是同一人后，清空这一格再导入"
            found.append(Fault("姓名", "renamed", words))
    if number and not same:
        found.append(Fault("证件号码", "mismatch", "证件号码与该编号登记的不一致：表格可能被错位排序"))
    if row["checked_on"] < str(day_of(batch.at)):
        found.append(Fault("核查日期", "too-early", "核查日期早于送核日期"))
    return found


def _renamed(archive: Archive, since: datetime) -> bool:
    """Tell whether the name was corrected since an instant; with the number it says who it is all the same."""
    return any(
        entry["action"] == "worker.amend" and "name" in entry["note"]["fields"] and _at(entry) >= since
        for entry in ledger.latest(archive.key, LATEST)
    )


def _at(entry: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["at"])
