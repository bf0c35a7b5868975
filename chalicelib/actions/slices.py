"""Files that `work` does in slices: each row once, however often a slice comes, with a report of what became of it."""

import json
from collections.abc import Callable
from typing import Any

from chalicelib.actions import secrets
from chalicelib.outside import clock, files, queues
from chalicelib.records import accounts, jobs
from chalicelib.records.commit import repeated
from chalicelib.rules import access
from chalicelib.rules.act import Act
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Clash, Missing, Problem, Unavailable

SLICE = 50
LATER = {"bulk_stop": 30, "job": 900}
"""Seconds after which a job that was begun is looked at again, by its noun: a bulk stop, of which each archive is done
once whoever does it, soon; a file when its own messages were surely read."""
Row = dict[str, Any]


def count(rows: int) -> int:
    """Give how many slices a file of so many rows has."""
    return -(-rows // SLICE)


def begin(job: jobs.Job, act: Act, content: bytes) -> dict[str, Any]:
    """Keep a checked file and queue its slices; give how the job is shown."""
    files.keep(job.file, secrets.seal(job.city, f"{job.key}|file", content.decode()).encode())
    shown = jobs.create(job, act)
    _queue(job, range(job.slices))
    return shown


def content(job: jobs.Job) -> str:
    """Open the file of a job; it lies sealed, since it names people by their numbers."""
    return secrets.reveal(job.city, f"{job.key}|file", files.read(job.file).decode())


def progress(act: Act, id: str) -> dict[str, Any]:
    """Tell how far a job is, and what became of each row that was not simply done."""
    return jobs.progress(_fetch(act, id))


def resume(act: Act, id: str) -> dict[str, Any]:
    """Queue again the slices that have no result yet; what is done stays done."""
    job = _fetch(act, id)
    go_on(job.city, job.id)
    return jobs.progress(job)


def follow(new: dict[str, Any]) -> bool:
    """Have a job that was begun looked at once more, lest the messages of its slices were lost; an image of its meta
    row. Says whether it was begun."""
    noun, brief = new.get("noun", ""), json.loads(new.get("brief") or "{}")
    begun = noun in LATER and brief.get("state", "running") == "running"
    if begun:
        queues.put("WORK_QUEUE", [{f"rest-of-{noun}": new["pk"].split("#")[1:]}], delay=LATER[noun])
    return begun


def go_on(city: str, id: str) -> int:
    """Queue again what of a file has no result yet; gives how many slices."""
    job = jobs.fetch(city, id)
    left = jobs.slices_left(job)
    _queue(job, left)
    return len(left)


def run(
    job: jobs.Job,
    number: int,
    *,
    rows: Callable[[jobs.Job], list[Row]],
    do: Callable[[Act, jobs.Job, Row], str],
    show: Callable[[Any], Any],
) -> dict[str, int]:
    """Do one slice; safe to repeat. Gives how many rows ended in which state.

    `do` decides on one row, each as an act of whoever sent the file, and gives the id it is about; `show` gives that
    id of what was stored. A row may tell its `line` in the file, else it is that of its place under the header.
    """
    if number not in jobs.slices_left(job):
        return {}
    by, all_rows, results = accounts.fetch(job.by), rows(job), []
    for place in range(number * SLICE, min(len(all_rows), (number + 1) * SLICE)):
        at, row = clock.now(), all_rows[place]
        act = Act(account=by, at=at, on=day_of(at), key=f"import/{job.id}/{place}", show=show)
        results.append({"row": row.get("line", place + 2), **_result(act, job, row, do)})
    if jobs.finish_slice(job, number, results, ends=job.ends):
        files.drop(job.file)
    return {state: sum(one["state"] == state for one in results) for state in ("done", "duplicate", "refused")}


def _result(act: Act, job: jobs.Job, row: Row, do: Callable[[Act, jobs.Job, Row], str]) -> dict[str, Any]:
    if (before := repeated(act)) is not None:
        return {"state": "done", "id": before[0]}
    try:
        return {"state": "done", "id": do(act, job, row)}
    except Clash as clash:
        return {"state": "duplicate", "message": str(clash)}
    except Unavailable:
        raise  # no word on the row: the slice comes again, and what is done stays done
    except Problem as problem:
        return {"state": "refused", "message": str(problem)}


def _fetch(act: Act, id: str) -> jobs.Job:
    """Read a job that is the account's to see: a company's its own, the police's the conclusions."""
    job = jobs.fetch(access.city_of(act.account), id)
    foreign = act.account.role in access.COMPANY and job.company != act.account.company
    if foreign or (act.account.role == "police" and job.kind != "conclusions"):
        raise Missing("没有这次导入")
    return job


def _queue(job: jobs.Job, slices: Any) -> None:
    queues.put("WORK_QUEUE", [{"import": [job.city, job.id], "slice": number} for number in slices])
