"""Archives: one partition `W#{city}#{id}` each. A change is stored as the difference of two values."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib import settings
from chalicelib.public.store import Item as Row
from chalicelib.records import archive_rows, direct, shapes
from chalicelib.records.commit import META, Chained, Claim, Entry, Item, commit
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive, Stop, open_application
from chalicelib.rules.errors import Missing, NotAllowed, Unavailable
from chalicelib.rules.evidence import WITHDRAWN
from chalicelib.rules.worsening import worsens

READS = 5
Rows = dict[str, Row]
"""The rows of an archive by their sort keys, in the wire's form."""


def fetch(city: str, id: str) -> Archive:
    """Read a whole archive, strongly consistent; Missing when there is none."""
    archive = find(f"W#{city}#{id}")
    if archive is None:
        raise Missing
    return archive


def rows_together(keys: Sequence[str]) -> dict[str, Rows]:
    """Read the rows of several archives at once, for `find`; what did not come well is left out."""
    return direct.rows_together(settings.required("REGISTER_TABLE"), keys, "A#", direct.WHOLE)


def find(key: str, rows: Rows | None = None) -> Archive | None:
    """Read a whole archive by its partition key, or None; `rows` may have been read just before.

    A query is not one instant: a transaction may fall between its rows. The meta row therefore lists every row
    with the revision that wrote it, and a read that does not match is read again; Unavailable if it never rests.
    """
    for _ in range(READS):
        if rows is None:
            rows = direct.rows(settings.required("REGISTER_TABLE"), key, "A#", direct.WHOLE)
        if not rows:
            return None
        written = _written(rows)
        if META in rows and written == json.loads(rows[META]["body"]["S"]):
            return _archive(key, rows, written)
        rows = None
    raise Unavailable("档案正在被修改，请稍后重试")


def _written(rows: Rows) -> dict[str, int]:
    return {sk: int(row["revision"]["N"]) for sk, row in rows.items() if sk != META}


def store(
    before: Archive,
    after: Archive,
    *,
    act: Act,
    entry: Entry,
    claim: Iterable[Claim] = (),
    release: Iterable[str] = (),
    stops: Mapping[str, Stop] | None = None,
    holds: Chained | None = None,
    beside: Iterable[Item] = (),
    whole: bool = False,
    result: Callable[[Archive], Any] = lambda archive: archive,
) -> Archive:
    """Write the difference of two values as one decision (see `commit`) and give the archive as it is now.

    `stops` are the tokens whose public answer must turn bad in this transaction; without any, a code that may become
    worse is not believed from this transaction on until it is projected (docs/decisions/0034). `holds` must be as it
    was read; `beside` are rows of the partition that the code does not follow from; `whole` writes every row anew, for
    indexes that came later; `result` is what a repeat shows. NotAllowed for an archive that was erased (B9): only the
    system itself still clears it up.
    """
    if before.worker.erased_on and act.account.role != "system":
        raise NotAllowed("本人已要求删除，这份档案不再办理；如需办证请重新登记", rule="erased")
    old = archive_rows.items(before) if before.revision else {}
    new = archive_rows.items(after)
    listed = _waiting(after)
    # a row that an older version did not write yet is written with the first change
    changed = {
        sk: item for sk, item in new.items() if whole or old.get(sk) != item or sk in listed or sk not in before.rows
    }
    revision = before.revision + 1
    rows = {sk: revision if sk in changed else before.rows[sk] for sk in new}
    now = replace(after, revision=revision, rows=rows)
    behind = {after.held.token: None} if not stops and worsens(before, after, act.on) else {}
    head = commit(
        before, act=act, entry=entry, put=[*changed.values(), archive_rows.meta(now), *beside],
        remove=[sk for sk in old if sk not in new], claim=claim, release=release,
        stop=behind | {token: _stop_text(after, stop) for token, stop in (stops or {}).items()}, holds=holds,
        result=result(now),
    )  # fmt: skip
    return replace(now, head=head)


def _stop_text(archive: Archive, stop: Stop) -> str:
    """Write a stop; while consent stands withdrawn that is what it says, and what it would is told nobody (CONTRACTS,
    Facts): a token that was replaced has no live code then either."""
    withdrawn = archive.consent.withdrawn
    told = {"code": stop.code, "since": str(stop.since)}
    if withdrawn:
        told = {"code": WITHDRAWN, "since": str(withdrawn), "else": stop.code}
    return json.dumps(told, separators=(",", ":"))


def _waiting(after: Archive) -> set[str]:
    """Name the rows that queues show: they are written each time, so that a list carries the archive's revision."""
    application = open_application(after)
    under_review = {f"A#appeal#{one.id}" for one in after.appeals if one.state == "filed"}
    queued = {f"A#application#{application.id}"} if application else set()
    return {"A#proposal", "A#transfer", "A#left"} | under_review | queued


def _archive(key: str, rows: Rows, written: dict[str, int]) -> Archive:
    _, city, id = key.split("#")
    meta = rows[META]
    parts: dict[str, Any] = {
        name: shapes.load(kind, row["body"]["S"])
        for name, kind in archive_rows.SINGLES.items()
        if (row := rows.get(f"A#{name}"))
    }
    bodies: dict[str, list[str]] = {}
    for sk in sorted(rows):
        bodies.setdefault(sk.split("#")[1], []).append(rows[sk]["body"]["S"])
    for name, (noun, kind) in archive_rows.SETS.items():
        parts[name] = tuple([shapes.load(kind, body) for body in bodies.get(noun, ())])
    return Archive(
        city=city, id=id, revision=int(meta["revision"]["N"]), head=meta["head"]["S"], rows=written, **parts
    )
