"""What has no purpose left goes (B9): once a month, archive by archive, with a report; a dry run changes nothing.

Files' contents go through `drop`, which looks once more whether anything needs them. What went stands in the ledger by
count alone.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from chalicelib.actions import batches, photos
from chalicelib.actions.files import key_of
from chalicelib.actions.reports import NOWHERE
from chalicelib.outside import queues, retention
from chalicelib.records import archive_rows, archives, files, lists, purges
from chalicelib.records.commit import Entry, Item
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.certificate import STATE_NAMES
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Clash, Problem
from chalicelib.rules.file import File
from chalicelib.rules.retention import due

SLICE = 100
AT_ONCE = 40
"""Rows of files that one transaction marks as gone."""


def queue(run: str) -> int:
    """Queue every archive to be looked at, in slices, and what lies beside them; gives how many archives.

    A `run` of the same name does nothing twice: the month's is its day, one by hand its instant.
    """
    found = 0
    for city in lists.ids("province", "city", "active", shards=1):
        keys = keys_of(city)
        found += len(keys)
        slices = [keys[at : at + SLICE] for at in range(0, len(keys), SLICE)]
        queues.put("WORK_QUEUE", [{"purge": [city, run, number, part]} for number, part in enumerate(slices)])
        queues.put("WORK_QUEUE", [{"purge-beside": [city, run]}])
    queues.put("WORK_QUEUE", [{"purge-beside": [NOWHERE, run]}])
    return found


def keys_of(city: str) -> list[str]:
    """Name every archive of a city."""
    states = ("none", *STATE_NAMES)
    return [f"W#{city}#{id}" for state in states for id in lists.ids(city, "worker", state, shards=archive_rows.SHARDS)]


def run(act: Act, city: str, run: str, number: int, keys: list[str]) -> dict[str, int]:
    """Purge one slice and keep its report; safe to repeat, and a repeat tells the same. Gives how much of each kind
    went. What one transaction does not take goes in further turns."""
    left, turn, found = keys, 0, list[dict[str, int]]()
    while left:
        results = batches.each(replace(act, key=f"purge/{run}/{turn}"), left, partial(one, dry=False), dict)
        counts = [(key, told(result)) for key, result in results]
        found += [count for _, count in counts]
        left, turn = [key for key, count in counts if count.get("files") == AT_ONCE], turn + 1
    total = sum_of(found)
    purges.keep(city, run, f"{number:05d}", {"archives": len(keys), **total})
    return total


def dry_run(act: Act, keys: list[str]) -> dict[str, int]:
    """Tell what of some archives would go."""
    return sum_of(one(act, key, dry=True) for key in keys)


def told(result: batches.Result) -> dict[str, int]:
    """Give what went of one, or that it changed meanwhile; any other refusal is raised."""
    if isinstance(result, Clash):
        return {"changed-meanwhile": 1}
    if isinstance(result, Problem):
        raise result
    return result


def one(act: Act, key: str, *, dry: bool) -> dict[str, int]:
    """Purge one archive, or tell what would go; Clash when it changed meanwhile: it is left to the next month."""
    archive = archives.find(key)
    if archive is None:
        return {}
    kept = {file: day_of(file.at) for file in files.of(archive) if not file.gone_on}
    left = due(archive, retention.periods(), act.on, max(kept.values(), default=None))
    gone = [file for file, day in kept.items() if left.files_before and day < left.files_before]
    gone = gone if dry else gone[:AT_ONCE]
    counts = left.counts | ({"files": len(gone)} if gone else {})
    if not counts or dry:
        return counts
    after, rows = without_files(left.archive, gone, act.on)
    entry = Entry(action="archive.purge", note=counts)
    archives.store(archive, after, act=act, entry=entry, beside=rows, result=lambda _: counts)
    return counts


def without_files(archive: Archive, gone: list[File], on: date) -> tuple[Archive, list[Item]]:
    """Take files out of an archive; gives it with their rows. Their contents go a minute later, if it is stored so."""
    for file in gone:
        photos.drop_later(archive, key_of(archive, file.id), delay=photos.SOON)
    photo = archive.worker.photo
    if photo and any(file.id == photo.file for file in gone):
        photos.drop_later(archive, photo.key, delay=photos.SOON)
        archive = replace(archive, worker=replace(archive.worker, photo=None))
    return archive, [files.row(archive, replace(file, gone_on=on)) for file in gone]


def sum_of(found: Iterable[dict[str, int]]) -> dict[str, int]:
    """Add up counts by their kind."""
    total: dict[str, int] = {}
    for counts in found:
        for what, count in counts.items():
            total[what] = total.get(what, 0) + count
    return total
