"""Files that prove evidence (B2): what may be uploaded, told by its content and never by its name.

A file's name is not kept: on a phone it often says whose it is.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

FileKind = Literal["exam", "insurance", "training", "consent", "identity", "photo"]
FileType = Literal["image/jpeg", "image/png", "application/pdf"]
Scan = Literal["clean", "infected", "not-scanned"]

LARGEST = 10 * 1024 * 1024
LARGEST_PHOTO = 5 * 1024 * 1024
MOST = 60
"""Files that one archive may have."""

_SIGNS: dict[bytes, FileType] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that was taken in: its bytes have this `sha256` (hex) and `size`; `of` is the id of what it proves.

    `scan` is what the virus scanner said of it, `fault` why a photo could not be used, in words for a clerk, and
    `gone_on` the day its content was deleted.
    """

    id: str
    kind: FileKind
    type: FileType
    size: int
    sha256: str
    scan: Scan
    by: str
    at: datetime
    of: str | None = None
    fault: str | None = None
    gone_on: date | None = None


def largest(kind: FileKind) -> int:
    """Give the most bytes that a file of a kind may have."""
    return LARGEST_PHOTO if kind == "photo" else LARGEST


def type_of(content: bytes) -> FileType | None:
    """Tell a file's type by how it begins; None for any that is not taken."""
    return next((type for sign, type in _SIGNS.items() if content.startswith(sign)), None)
