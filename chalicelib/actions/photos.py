"""The photo that households compare with the person (A4): a small copy, kept only while there is a use for it."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from chalicelib.actions.files import key_of
from chalicelib.outside import chance, pictures, queues
from chalicelib.outside import files as bucket
from chalicelib.records import archives, files
from chalicelib.records.commit import Entry, Item
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, Photo

SOON, LATER = 60, 600
UNREADABLE = "图片无法读取：请重新拍照，以 JPEG 或 PNG 上传"


def copy(act: Act, city: str, worker: str, id: str) -> str:
    """Make the small copy of a photo that was taken in, unless a newer photo came; safe to repeat. Says what was done.

    The copy before is deleted a minute later, and the new one if it did not come to be shown.
    """
    archive = archives.fetch(city, worker)
    old = archive.worker.photo
    photos = [file for file in files.of(archive) if file.kind == "photo" and not file.gone_on and not file.fault]
    if archive.worker.erased_on or not photos or photos[-1].id != id or (old and old.file == id):
        return "nothing to do"
    try:
        content = pictures.small(bucket.read(key_of(archive, id)))
    except pictures.Unreadable:
        told = files.row(archive, replace(photos[-1], fault=UNREADABLE))
        archives.store(archive, archive, act=act, entry=Entry(action="photo.unreadable"), beside=[told])
        return "unreadable"
    new = Photo(key=f"photos/{chance.identifier(26)}.jpg", sha256=sha256(content).hexdigest(), file=id)
    drop_later(archive, new.key, delay=LATER)
    if old:
        drop_later(archive, old.key, delay=SOON)
    bucket.keep(new.key, content, type="image/jpeg")
    after = replace(archive, worker=replace(archive.worker, photo=new))
    archives.store(archive, after, act=act, entry=Entry(action="photo.copy", note={"file": id}))
    return "copied"


def given_up(archive: Archive, on: date) -> tuple[Archive, list[Item]]:
    """Take the photo out of an archive whose worker took the consent back; gives it with the rows of photos gone.

    Their content is deleted a minute later, if the archive is stored so by then.
    """
    photos = [file for file in files.of(archive) if file.kind == "photo" and not file.gone_on]
    for key in [key_of(archive, file.id) for file in photos]:
        drop_later(archive, key, delay=SOON)
    if archive.worker.photo:
        drop_later(archive, archive.worker.photo.key, delay=SOON)
    left = replace(archive, worker=replace(archive.worker, photo=None))
    return left, [files.row(archive, replace(file, gone_on=on)) for file in photos]


def drop_later(archive: Archive, key: str, *, delay: int) -> None:
    """Have a content looked at in `delay` seconds, and deleted if nothing needs it then.

    Asked for before the decision is stored, so that no fault in between leaves a content that nobody knows of.
    """
    queues.put("WORK_QUEUE", [{"drop": [archive.city, archive.id, key]}], delay=delay)


def drop_unneeded(city: str, worker: str, key: str) -> bool:
    """Delete a content unless its archive needs it; says whether it was deleted. Safe at any time."""
    archive = archives.fetch(city, worker)
    shown = archive.worker.photo.key if archive.worker.photo else None
    file = files.find(archive, key.rpartition("/")[2]) if key.startswith("evidence/") else None
    if key == shown or (file and not file.gone_on):
        return False
    bucket.drop(key)
    return True
