"""Files of an archive: rows `F#{id}` beside it. The code does not follow from them, so `project` does not read them.

A file is listed under the hash of its bytes (`file#{sha256}`), so that its second use is found (B8).
"""

from typing import NamedTuple

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import shapes
from chalicelib.records.commit import Item
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.archive import Archive
from chalicelib.rules.file import File


class Use(NamedTuple):
    """One use of the same bytes: in which city, for which worker."""

    city: str
    worker: str
    file: str


def row(archive: Archive, file: File) -> Item:
    """Make the row of a file, to be stored with its archive."""
    return Item(
        sk=f"F#{file.id}", noun="file", body=shapes.dump(file),
        list_key=f"file#{file.sha256}", list_sort=f"{archive.city}#{archive.id}#{file.id}",
    )  # fmt: skip


def find(archive: Archive, id: str) -> File | None:
    """Read one file of an archive, or None."""
    try:
        found = RegisterRow.get(archive.key, f"F#{id}", consistent_read=True)
    except DoesNotExist:
        return None
    return shapes.load(File, found.body or "")


def of(archive: Archive) -> list[File]:
    """Read the files of an archive, oldest first."""
    rows = RegisterRow.query(archive.key, RegisterRow.sk.startswith("F#"), consistent_read=True)
    return sorted((shapes.load(File, one.body or "") for one in rows), key=lambda file: file.at)


def uses(file: File) -> list[Use]:
    """List every use of a file's bytes, in all cities of the stack."""
    return [Use(*(one.list_sort or "").split("#")) for one in RegisterRow.listed.query(f"file#{file.sha256}")]
