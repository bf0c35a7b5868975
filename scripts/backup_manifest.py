"""The manifest of a backup: what it is of, each of its parts with count and SHA-256, and how far each section came.

A part is a file of JSON lines, compressed. The manifest is written after each part, so that a backup that was broken
off goes on where it stood; `whole` is said last.
"""

import gzip
import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from scripts.backup_place import Place
from scripts.phases import Refusal

NAME = "manifest.json"
FORMAT = 1
Row = dict[str, Any]


class Manifest:
    """A backup's manifest, at its place."""

    def __init__(self, place: Place, told: dict[str, Any]) -> None:
        self.place, self.told = place, told

    def save(self) -> None:
        """Write it."""
        self.place.put(NAME, json.dumps(self.told, indent=1, ensure_ascii=False, sort_keys=True).encode())

    def section(self, name: str) -> dict[str, Any]:
        """Give how far a section came: `{items, parts, next, done}`; `next` is where its source is read on."""
        found: dict[str, Any] = self.told["sections"].setdefault(
            name, {"items": 0, "parts": [], "next": None, "done": False}
        )
        return found

    def add(self, name: str, rows: Iterable[Row], next: Any) -> None:
        """Write a part of a section and that it was written; `next` None ends the section."""
        section, lines = self.section(name), [json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows]
        if lines:
            file = f"{name}-{len(section['parts']):05d}.jsonl.gz"
            body = gzip.compress("\n".join(lines).encode(), mtime=0)
            self.place.put(file, body)
            section["parts"].append({"file": file, "items": len(lines), "sha256": digest(body)})
        section.update(items=section["items"] + len(lines), next=next, done=next is None)
        self.save()

    def rows(self, name: str) -> Iterator[Row]:
        """Read a section, part after part. Refusal for a part that is missing or not as it was written."""
        for part in self.section(name)["parts"]:
            body = self.read(part["file"], part["sha256"])
            yield from (json.loads(line) for line in gzip.decompress(body).decode().split("\n"))

    def read(self, file: str, sha256: str) -> bytes:
        """Read a file of the backup. Refusal when it is missing or not as it was written."""
        body = self.place.get(file)
        if body is None or digest(body) != sha256:
            raise Refusal(f"the backup is damaged: {file} is {'missing' if body is None else 'not as it was written'}")
        return body


def opened(place: Place) -> Manifest | None:
    """Read the manifest at a place, or None. Refusal for one of another format."""
    body = place.get(NAME)
    if body is None:
        return None
    told = json.loads(body)
    if told.get("format") != FORMAT:
        raise Refusal(f"the backup is of format {told.get('format')}, and this version reads {FORMAT}")
    return Manifest(place, told)


def digest(body: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def to_line(item: Row) -> Row:
    """Write a table's item so that JSON takes it: bytes as base64."""
    return {name: {"B": b64encode(value["B"]).decode()} if "B" in value else value for name, value in item.items()}


def from_line(row: Row) -> Row:
    """Read an item back."""
    return {name: {"B": b64decode(value["B"])} if "B" in value else value for name, value in row.items()}
