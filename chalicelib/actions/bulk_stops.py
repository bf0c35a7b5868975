"""Bulk stops (C7): previewed by one person, started by a second, done in slices, one transaction per archive.

What is done is red at once, whatever becomes of the rest; a slice that comes again does only what is left of it. From
the start on no further paper of the source is taken in (actions/evidence.py).
"""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.actions import certificates
from chalicelib.actions.bulk_stop_forms import NewBulkStop
from chalicelib.actions.forms import Grounds
from chalicelib.outside import chance, clock, files, queues
from chalicelib.records import accounts, archive_rows, archives, bulk_stops, companies, jobs, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access, application, basis, bulk_stop
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.bulk_stop import BulkStop
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Clash, Malformed, Missing, NotAllowed, Problem, Unavailable

SLICE = 50
TRIES = 3


def preview(act: Act, form: NewBulkStop) -> BulkStop:
    """Count what rests on a source and keep that as a proposal; nothing is stopped yet. NotAllowed if none is found."""
    city = access.city_of(act.account)
    basis.check(form.move, form.basis)
    if form.kind == "company":
        [companies.fetch(city, id) for id in form.names]
    stop = BulkStop(
        city=city, id=chance.identifier(), kind=form.kind, names=form.names, first=form.first, last=form.last,
        move=form.move, basis=form.basis, ground=form.ground, by=act.account.id, by_name=act.account.name, at=act.at,
        counted={},
    )  # fmt: skip
    found = {name: _ids(stop, name) for name in stop.names}
    rows = len(set().union(*found.values()))
    if not rows:
        raise NotAllowed("没有找到这个来源的档案：请按登记时的名称填写，并核对日期范围", rule="nothing-found")
    counted = {name: len(ids) for name, ids in found.items()}
    after = _weighed(replace(stop, counted=counted, rows=rows), set().union(*found.values()))
    return bulk_stops.store(stop, after, act=act, entry=_entry(after, "preview", form.ground))


def decide(act: Act, id: str, decision: str, form: Grounds) -> BulkStop:
    """Start, refuse or withdraw what was previewed. What is stopped is what rests on the source at the start."""
    if decision not in bulk_stop.DECISIONS:
        raise Missing("没有这一步")
    before = fetch(act.account, id)
    if before.revision != form.revision:
        raise Clash("这次批量处理在您查看之后有改动；请刷新后再操作", rule="changed-meanwhile")
    after = bulk_stop.decided(before, decision, by=act.account)
    if decision == "confirm":
        ids = sorted(set().union(*(_ids(before, name) for name in before.names)))
        file = f"imports/{before.city}/stop-{before.id}.json"
        files.keep(file, json.dumps(ids).encode())
        after = _weighed(replace(after, rows=len(ids), slices=-(-len(ids) // SLICE), file=file), set(ids))
    now = bulk_stops.store(before, after, act=act, entry=_entry(after, decision, form.ground))
    if decision == "confirm":
        _queue(now, range(now.slices))  # at once; should this fail, `react` has it looked at again
    return now


def resume(act: Act, id: str) -> BulkStop:
    """Queue again the slices that have no result yet; what is done stays done."""
    stop = fetch(act.account, id)
    if stop.state != "running":
        raise NotAllowed("这次批量处理没有在进行", rule="move-not-from-here")
    go_on(stop.city, stop.id)
    return stop


def go_on(city: str, id: str) -> int:
    """Queue again the slices that have no result yet; gives how many."""
    stop = bulk_stops.fetch(city, id)
    left = jobs.slices_left(stop)
    _queue(stop, left)
    return len(left)


def fetch(account: Account, id: str) -> BulkStop:
    """Read a bulk stop of the caller's city."""
    return bulk_stops.fetch(access.city_of(account), id)


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List the city's bulk stops in a state."""
    if state not in bulk_stop.STATES:
        raise Malformed(f"没有这个状态的列表；可用：{'、'.join(bulk_stop.STATES)}")
    return lists.by_state(access.city_of(account), "bulk_stop", state, shards=1, limit=limit, after=after)


def progress(stop: BulkStop) -> dict[str, int]:
    """Count what became of the archives, by result, and the slices that are done."""
    slices = jobs.results_of(stop)
    results = [one["state"] for done in slices for one in done]
    return {"slices_done": len(slices), **{state: results.count(state) for state in bulk_stop.OUTCOMES}}


def run(city: str, id: str, number: int) -> dict[str, int]:
    """Do one slice; safe to repeat. Unavailable when an archive could not be written, so that the slice comes again."""
    stop = bulk_stops.fetch(city, id)
    if stop.state != "running" or number not in jobs.slices_left(stop):
        return {}
    by = accounts.fetch(stop.confirmed_by or "")
    at = clock.now()
    act = Act(account=by, at=at, on=day_of(at))
    ids = json.loads(files.read(stop.file))[number * SLICE : (number + 1) * SLICE]
    results = {worker: _result(act, stop, worker) for worker in ids}
    failed = [one for one in results.values() if isinstance(one, Problem)]
    if failed:
        raise Unavailable(f"{len(failed)} archives are still to be stopped") from failed[0]
    jobs.finish_slice(stop, number, [{"id": worker, "state": state} for worker, state in results.items()])
    states = list(results.values())
    return {state: states.count(state) for state in bulk_stop.OUTCOMES if state in states}


def _result(act: Act, stop: BulkStop, worker: str) -> str | Problem:
    """Stop one archive; what kept it from being stopped is given back, so that the others are stopped."""
    for _ in range(TRIES):
        try:
            return _one(act, stop, worker)
        except Clash as clash:
            found: Problem = clash  # somebody changed the archive in between: look again
        except Problem as problem:
            return problem
    return found


def _one(act: Act, stop: BulkStop, worker: str) -> str:
    before = archives.fetch(stop.city, worker)
    after = bulk_stop.done(stop, before, by=act.account, at=act.at, on=act.on)
    outcome = bulk_stop.outcome(stop, after)
    if after != before:
        note = {"basis": stop.basis, "bulk_stop": stop.id, "proposed_by": stop.by}
        entry = Entry(action=_ACTIONS.get(outcome, f"certificate.{stop.move}"), ground=stop.ground, note=note)
        archives.store(before, after, act=act, entry=entry, stops=certificates.turning(before, after))
    return outcome


_ACTIONS = {"returned": "application.return", "distrusted": "evidence.distrust", "trusted": "evidence.trust"}


def _weighed(stop: BulkStop, ids: set[str]) -> BulkStop:
    """Count what the archives of some ids have to stop and to send back."""
    if stop.move == "trust":
        return stop
    without = {
        id for state in ("none", *bulk_stop.ENDED)
        for id in lists.ids(stop.city, "worker", state, shards=archive_rows.SHARDS)
    }  # fmt: skip
    under_review = {
        one["worker"] for state in application.UNDER_REVIEW
        for one in lists.every(stop.city, "application", state, shards=archive_rows.QUEUE_SHARDS)
    }  # fmt: skip
    return replace(stop, certificates=len(ids - without), applications=len(ids & under_review))


def _ids(stop: BulkStop, name: str) -> set[str]:
    """Find the archives of one name; those whose paper is of another day are left out."""
    found = bulk_stops.found(stop, name)
    if stop.kind == "company":
        return {id for id, _ in found}
    return {id for id, on in found if bulk_stop.within(stop, date.fromisoformat(on) if on else None)}


def _queue(stop: BulkStop, slices: Any) -> None:
    queues.put("WORK_QUEUE", [{"stop": [stop.city, stop.id, number]} for number in slices])


def _entry(stop: BulkStop, action: str, ground: str) -> Entry:
    note = {"kind": stop.kind, "names": list(stop.names), "move": stop.move, "basis": stop.basis, "rows": stop.rows}
    return Entry(action=f"bulk_stop.{action}", ground=ground, note=note)
