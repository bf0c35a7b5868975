"""Evidence files (B2, B8): sent by the browser straight to the store, looked at there, and only then taken in.

What is sent lies under `arriving/` and goes by itself after a day; what was taken in is written anew under
`evidence/`, where no address that was ever handed out can write.
"""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from chalicelib.actions import reveals, workers
from chalicelib.actions.file_forms import NewFile, SentFile
from chalicelib.outside import chance, queues, scanner
from chalicelib.outside import files as bucket
from chalicelib.records import archives, files
from chalicelib.records.commit import Entry
from chalicelib.records.files import Use
from chalicelib.rules import access
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Fault, Malformed, Missing, NotAllowed, Refusal
from chalicelib.rules.file import MOST, File, FileKind, Scan, largest, type_of

TO_SEND = timedelta(minutes=10)
TO_SEE = timedelta(minutes=5)
UNLESS_STORED = 600
"""Seconds after which a content that no row names is deleted."""


def address(act: Act, worker: str, form: NewFile) -> dict[str, Any]:
    """Give where to send a file: `{id, url, fields, expires}`; nothing is decided yet, and nothing kept."""
    archive = workers.fetch(act.account, worker)
    if len(files.of(archive)) >= MOST:
        raise NotAllowed(f"每份档案最多 {MOST} 个文件", rule="too-many-files")
    id = chance.identifier()
    declared = {"kind": form.kind, "sha256": form.sha256}
    made = bucket.address_to_send(
        _arriving(archive, id), type=form.type, size=form.size, declared=declared, seconds=int(TO_SEND.total_seconds())
    )
    return {"id": id, **made, "expires": (act.at + TO_SEND).isoformat(timespec="seconds")}


def take_in(act: Act, worker: str, id: str, form: SentFile) -> File:
    """Take in a file that was sent; Malformed names all that is not as it was declared, and nothing is kept then."""
    archive = workers.fetch(act.account, worker)
    if known := files.find(archive, id):
        return known
    sent = bucket.sent(_arriving(archive, id))
    if sent is None or not {"kind", "sha256"} <= sent.declared.keys():
        raise Missing("文件还没有传到，或已超过一天未完成；请重新上传")
    kind: FileKind = sent.declared["kind"]  # type: ignore[assignment]  # signed into the address that we gave
    if sent.size > largest(kind):
        raise Malformed("文件过大", faults=(Fault("size", "too-large", "文件过大：请压缩后再上传"),))
    content = bucket.read(_arriving(archive, id))
    file = _looked_at(act, archive, id, kind, content, sent.declared["sha256"], form.of)
    after = _attached(archive, file)
    queues.put("WORK_QUEUE", [{"drop": [archive.city, archive.id, key_of(archive, id)]}], delay=UNLESS_STORED)
    bucket.keep(key_of(archive, id), content, type=file.type)
    file = replace(file, scan=_scanned(archive, id))
    entry = Entry(action="file.add", note={"file": id, "kind": kind, "sha256": file.sha256, "scan": file.scan})
    archives.store(archive, after, act=act, entry=entry, beside=[files.row(archive, file)], result=lambda _: file)
    if kind == "photo":
        queues.put("WORK_QUEUE", [{"photo": [archive.city, archive.id, id]}])
    return file


def listed(account: Account, worker: str) -> dict[str, Any]:
    """List a worker's files, each with its other uses (B8)."""
    archive = workers.fetch(account, worker)
    found = files.of(archive)
    return {"items": found, "duplicates": _duplicates(account, archive, found)}


def duplicates(account: Account, archive: Archive) -> list[dict[str, Any]]:
    """Tell which of an archive's files were also used for another person; of whom only what the role may see (B8)."""
    if "file.see" not in access.rights(account):
        return []
    return _duplicates(account, archive, files.of(archive))


def seen(act: Act, worker: str, id: str) -> dict[str, str]:
    """Give an address at which a file can be seen for five minutes; that it was given stands in the ledger (G3)."""
    archive = workers.fetch(act.account, worker)
    file = files.find(archive, id)
    if file is None:
        raise Missing("没有这个文件")
    if gone_on := file.gone_on or archive.worker.erased_on:
        raise Missing(f"这个文件已于 {gone_on} 删除：本人撤回授权或要求删除，或保存期限已满")
    reveals.count(act)
    reveals.record(act, archive, Entry(action="file.view", note={"file": id, "kind": file.kind}))
    made = bucket.address_to_see(key_of(archive, id), type=file.type, seconds=int(TO_SEE.total_seconds()))
    return {"url": made, "type": file.type, "expires": (act.at + TO_SEE).isoformat(timespec="seconds")}


def key_of(archive: Archive, id: str) -> str:
    """Name where a file's content lies that was taken in."""
    return f"evidence/{archive.city}/{archive.id}/{id}"


def _arriving(archive: Archive, id: str) -> str:
    return f"arriving/{archive.city}/{archive.id}/{id}"


def _looked_at(
    act: Act, archive: Archive, id: str, kind: FileKind, content: bytes, declared: str, of: str | None
) -> File:
    type, digest, found = type_of(content), sha256(content).hexdigest(), list[Fault]()
    if type is None or (kind == "photo" and type == "application/pdf"):
        words = "照片请上传 JPEG 或 PNG 图片" if kind == "photo" else "文件内容不是 JPEG、PNG 或 PDF；请重新拍照或另存"
        found.append(Fault("type", "wrong-content", words))
    if digest != declared:
        found.append(Fault("sha256", "other-content", "传到的内容与申报的不一致；请重新上传"))
    if type is None or found:
        raise Malformed("文件未登记：" + "；".join(fault.message for fault in found), faults=tuple(found))
    return File(
        id=id, kind=kind, type=type, size=len(content), sha256=digest, scan="not-scanned", by=act.account.id, at=act.at,
        of=of,
    )  # fmt: skip


def _scanned(archive: Archive, id: str) -> Scan:
    """Have scanned what was kept, which nobody else can change any more; NotAllowed when it is infected."""
    scan = scanner.scan(key_of(archive, id))
    if scan == "infected":
        raise NotAllowed("文件未通过病毒扫描，未登记；请在安全的设备上重新拍照或扫描", rule="infected")
    return scan


def _attached(archive: Archive, file: File) -> Archive:
    """Put a file to what it proves; Missing when there is no such record."""
    if file.kind == "training" and archive.training.state == "done":
        return replace(archive, training=replace(archive.training, file=file.id))
    if file.kind == "consent" and archive.consent.given_on:
        return replace(archive, consent=replace(archive.consent, file=file.id))
    if file.of is None:
        return archive
    if file.kind == "exam" and any(one.id == file.of for one in archive.exams):
        exams = tuple(replace(one, file=file.id) if one.id == file.of else one for one in archive.exams)
        return replace(archive, exams=exams)
    if file.kind == "insurance" and any(one.id == file.of for one in archive.insurances):
        insurances = tuple(replace(one, file=file.id) if one.id == file.of else one for one in archive.insurances)
        return replace(archive, insurances=insurances)
    raise Missing("没有这条体检或保险记录，文件未登记；请刷新后重试")


def _duplicates(account: Account, archive: Archive, found: list[File]) -> list[dict[str, Any]]:
    others = [
        (file, use)
        for file in found
        for use in files.uses(file)
        if (use.city, use.worker) != (archive.city, archive.id)
    ]
    return [{"file": file.id, "kind": file.kind, **_other(account, use)} for file, use in others]


def _other(account: Account, use: Use) -> dict[str, Any]:
    """Tell of another use: whose, to those who may see that worker; else no more than that there is one."""
    hidden = {"where": "this-city" if use.city == account.city else "another-city", "worker": None, "company": None}
    try:
        other = workers.fetch(account, use.worker) if use.city == account.city else None
    except Refusal:
        other = None
    if other is None:
        return hidden
    return {**hidden, "worker": other.id, "name": other.worker.masked_name, "company": other.binding.company_name}
