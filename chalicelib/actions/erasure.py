"""A worker's archive is erased at the worker's wish (B9, PIPL 47): what the law makes us keep stays, without a person.

Decided by the association's manager. The ledger, the certificate's number and the dates of police checks stay; a code
that was revoked goes on to say so. The person may be registered anew, as a new archive. Who it is goes first, in one
transaction; files and traces of an archive that names nobody any more go in turns of the work queue.
"""

from chalicelib.actions import photos, purge, secrets, workers
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
    if archive.worker.photo:
        photos.drop_later(archive, archive.worker.photo.key, delay=photos.SOON)
    _go_on(archive)  # before it is stored, so that no fault in between leaves files that nobody knows of
    return archives.store(
        archive, erased(archive, act.on), act=act, entry=Entry(action="archive.erase", ground=form.ground),
        release=[f"U#person#{one}" for one in known],
    )  # fmt: skip


def forget(act: Act, city: str, worker: str) -> int:
    """Take the next files of an archive that was erased, what papers were left of it, its visits and notices; gives
    how many files, visits and notices. Safe to repeat."""
    archive = archives.fetch(city, worker)
    if not (erased_on := archive.worker.erased_on):
        return 0
    kept = [file for file in files.of(archive) if not file.gone_on]
    gone = kept[: purge.AT_ONCE]
    after = erased(archive, erased_on)
    if len(kept) > len(gone) or erased(after, erased_on) != after:
        _go_on(archive)
    if gone or after != archive:
        after, rows = purge.without_files(after, gone, act.on)
        entry = Entry(action="archive.purge", note={"files": len(gone)})
        archives.store(archive, after, act=act, entry=entry, beside=rows)
    return len(gone) + traces.forget(archive.key)


def _go_on(archive: Archive) -> None:
    queues.put("WORK_QUEUE", [{"forget": [archive.city, archive.id]}], delay=photos.SOON)
