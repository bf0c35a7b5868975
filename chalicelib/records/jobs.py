"""Jobs in slices: `J#{city}#{id}` with one row for the job and one per finished slice."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pynamodb.exceptions import DoesNotExist

from chalicelib.records import shapes
from chalicelib.records.commit import META, Entry, Item, commit
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.errors import Missing


@dataclass(frozen=True, kw_only=True)
class Job:
    """A file under way: whose, which file, how many rows in how many slices; kept until it `ends`; `batch` when it
    concludes on one."""

    city: str
    id: str
    kind: str
    company: str | None
    by: str
    file: str
    rows: int
    slices: int
    at: datetime
    state: str
    ends: datetime | None = None
    batch: str | None = None
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The job's partition key."""
        return f"J#{self.city}#{self.id}"


class Sliced(Protocol):
    """A job of any kind that is done in slices."""

    @property
    def key(self) -> str: ...
    @property
    def slices(self) -> int: ...


def create(job: Job, act: Act) -> dict[str, Any]:
    """Write a new job as one decision; give how it is shown."""
    shown = {"id": job.id, "kind": job.kind, "state": "running", "rows": job.rows, "done": 0, "duplicate": 0,
             "refused": 0, "slices": job.slices, "slices_done": 0, "report": []}  # fmt: skip
    item = Item(
        sk=META, noun="job", body=shapes.dump(job), brief=json.dumps({"id": job.id, "kind": job.kind}),
        list_key=f"{job.city}#job#{job.kind}#0", list_sort=job.at.isoformat(),
        ttl=_ttl(job.ends),
    )  # fmt: skip
    commit(job, act=act, entry=Entry(action="import.begin", note={"rows": job.rows}), put=[item], result=shown)
    return shown


def fetch(city: str, id: str) -> Job:
    """Read a job; Missing when there is none."""
    try:
        row = RegisterRow.get(f"J#{city}#{id}", META, consistent_read=True)
    except DoesNotExist:
        raise Missing("没有这次导入") from None
    if row.noun != "job":
        raise Missing("没有这次导入")
    return shapes.load(Job, row.body or "")


def finish_slice(
    job: Sliced, number: int, results: list[dict[str, Any]], *, ends: datetime | None = None
) -> bool:
    """Keep the result of a slice, until it `ends`; say whether it was the last one that was missing."""
    body = json.dumps(results, ensure_ascii=False)
    RegisterRow(job.key, f"S#{number:05d}", noun="slice", body=body, ttl=_ttl(ends)).save()
    return not slices_left(job)


def slices_left(job: Sliced) -> list[int]:
    """Give the numbers of the slices that have no result."""
    done = {int(row.sk[2:]) for row in _slices(job)}
    return [number for number in range(job.slices) if number not in done]


def progress(job: Job) -> dict[str, Any]:
    """Count what became of the rows; `report` lists those that were not simply done."""
    slices = results_of(job)
    results = [one for done in slices for one in done]
    counts = {state: sum(one["state"] == state for one in results) for state in ("done", "duplicate", "refused")}
    state = "running" if len(slices) < job.slices else "finished"
    return {
        "id": job.id, "kind": job.kind, "state": state, "rows": job.rows, **counts,
        "slices": job.slices, "slices_done": len(slices),
        "report": [one for one in results if one["state"] != "done"],
    }  # fmt: skip


def results_of(job: Sliced) -> list[list[dict[str, Any]]]:
    """Give what became of each slice that was done."""
    return [json.loads(row.body or "[]") for row in _slices(job)]


def _ttl(ends: datetime | None) -> int | None:
    return int(ends.timestamp()) if ends else None


def _slices(job: Sliced) -> list[RegisterRow]:
    return list(RegisterRow.query(job.key, RegisterRow.sk.startswith("S#"), consistent_read=True))
