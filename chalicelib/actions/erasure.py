"""A worker's archive is erased at the worker's wish (B9, PIPL 47): what the law makes us keep stays, without a person.

Decided by the association's manager. The ledger, the certificate's number and the dates of police checks stay; a code
that was revoked goes on to say so. The person may be registered anew, as a new archive.
"""

from chalicelib.actions import purge, secrets, workers
from chalicelib.actions.erasure_forms import Erasure
from chalicelib.outside import queues
from chalicelib.records import archives, files, traces
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Clash
from chalicelib.rules.retention import erasable, erased


def erase(act: Act, worker: str, form: Erasure) -> Archive:
    """Erase an archive; NotAllowed names what stands against it, Clash when it was changed since it was read."""
    archive = workers.fetch(act.account, worker)
    if archive.revision != form.revision:
        raise Clash("这份档案刚被别人改动过；请刷新后再操作", rule="changed-meanwhile")
    erasable(archive)
    known = secrets.identity_hashes_ever(workers.resident_id(archive))
    gone = [file for file in files.of(archive) if not file.gone_on]
    while len(gone) > purge.AT_ONCE:
        part, gone = gone[: purge.AT_ONCE], gone[purge.AT_ONCE :]
        after, rows = purge.without_files(archive, part, act.on)
        entry = Entry(action="archive.purge", ground=form.ground, note={"files": len(part)})
        archive = archives.store(archive, after, act=act.part(f"files-{len(gone)}"), entry=entry, beside=rows)
    after, rows = purge.without_files(archive, gone, act.on)
    queues.put("WORK_QUEUE", [{"forget": [archive.city, archive.id]}], delay=60)
    return archives.store(
        archive, erased(after, act.on), act=act, entry=Entry(action="archive.erase", ground=form.ground), beside=rows,
        release=[f"U#person#{one}" for one in known],
    )  # fmt: skip


def forget(city: str, worker: str) -> int:
    """Delete the visits and notices of an archive that was erased; gives how many. Safe to repeat."""
    archive = archives.fetch(city, worker)
    return traces.forget(archive.key) if archive.worker.erased_on else 0
