"""Work in slices: files, companies, reminders, limits, photos, batches; by invocation the first administrator."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import (
    accounts,
    background,
    batch_files,
    bulk_stops,
    companies,
    conclusions,
    erasure,
    escalation,
    imports,
    photos,
    purge,
    purge_beside,
    reminders,
    rotation,
    slices,
    stack,
)
from chalicelib.outside import clock
from chalicelib.records import jobs, lists, purges
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Clash

functions = Blueprint(__name__)
_logger = Logger(service="work")


@functions.lambda_function(name="work")
@_logger.inject_lambda_context
def work(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Do the slices of queue messages, or make the first administrator (`{"administrator": {subject, name, email}}`).

    `{"reset-factor": subject}` takes the second factor of somebody away whom nobody else may reset.
    `{"purges": run}` has purged what has no purpose left; `{"purge": {city, at}}` is its dry run and its reports.
    `{"new-key": purpose}` rotates a data key, or takes that up again: of a city by its id, `province`,
    `accounts` (secrets of authenticators), or `identity`.
    `{"reindex": city}` writes every archive of a city anew, for an index that came after it was written.
    """
    if "administrator" in event:
        return _first_administrator(**event["administrator"])
    if "reset-factor" in event:
        return _reset_factor(event["reset-factor"])
    if "purge" in event:
        return _purge(**event["purge"])
    if "cities" in event:
        found = sorted(lists.ids("province", "city", "active", shards=1))
        return {"cities": found, "now": clock.now().isoformat(timespec="seconds")}
    if "purges" in event:
        return {"queued": purge.queue(event["purges"])}
    if "new-key" in event:
        return {"version": rotation.begin(event["new-key"])}
    if "reindex" in event:
        return {"queued": stack.reindex(event["reindex"])}
    failed = [record["messageId"] for record in event["Records"] if not _did(record["body"])]
    return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}


def _did(message: str) -> bool:
    try:
        done = _do(json.loads(message))
    except Exception:
        _logger.exception("failed; it is tried again", work=message)
        return False
    _logger.info("done", work=message, result=done)
    return True


def _do(message: dict[str, Any]) -> Any:
    if "import" in message:
        job = jobs.fetch(*message["import"])
        return FILES[job.kind](job, message["slice"])
    at = clock.now()
    act = Act(account=SYSTEM, at=at, on=day_of(at))
    [(kind, told)] = message.items()
    return JOBS[kind](act, told)


FILES = {"workers": imports.run, "companies": imports.run, "conclusions": conclusions.run}
"""Who does the rows of a file, by its kind."""
JOBS: dict[str, Callable[[Act, Any], Any]] = {
    "company": lambda act, told: companies.carry_over(act, *told),
    "limits": lambda act, day: escalation.queue(date.fromisoformat(day)),
    "escalate": lambda act, told: escalation.tell(told[0], date.fromisoformat(told[1]), act.at),
    "ends": lambda act, day: reminders.queue(date.fromisoformat(day)),
    "remind": lambda act, keys: reminders.tell(keys, act.at),
    "photo": lambda act, told: photos.copy(act, *told),
    "background": lambda act, told: background.carry_out(*told),
    "batch-seen": lambda act, told: batch_files.tell(*told),
    "drop": lambda act, told: photos.drop_unneeded(*told),
    "stop": lambda act, told: bulk_stops.run(*told),
    "rest-of-bulk_stop": lambda act, told: bulk_stops.go_on(*told),
    "rest-of-job": lambda act, told: slices.go_on(*told),
    "purges": lambda act, run: purge.queue(run),
    "purge": lambda act, told: purge.run(act, *told),
    "purge-beside": lambda act, told: purge_beside.run(act, *told),
    "forget": lambda act, told: erasure.forget(act, *told),
    "rotate": lambda act, told: rotation.take_turn(*told),
    "rekey": lambda act, told: rotation.rekey(act, *told),
    "release": lambda act, told: rotation.release(*told),
    "index": lambda act, keys: stack.index(act, keys),
}
"""What a message of the queue is, by its one key, and who does it."""


def _reset_factor(subject: str) -> dict[str, Any]:
    at = clock.now()
    accounts.reset_factor(Act(account=SYSTEM, at=at, on=day_of(at)), subject)
    return {"reset": True}


def _purge(city: str, at: int | None = None) -> dict[str, Any]:
    """Tell how many archives a city has and what was purged by run; with `at` what of a slice would go today, with the
    first one also what lies beside the archives."""
    keys = purge.keys_of(city)
    if at is None:
        return {"archives": len(keys), "reports": purges.of(city)}
    act = Act(account=SYSTEM, at=clock.now(), on=clock.today())
    beside = {} if at else purge_beside.dry_run(act, city)
    would = purge.sum_of([purge.dry_run(act, keys[at : at + purge.SLICE]), beside])
    return {"would": would, "next": at + purge.SLICE}


def _first_administrator(subject: str, name: str, email: str | None = None) -> dict[str, Any]:
    at = clock.now()
    try:
        account = accounts.first_administrator(Act(account=SYSTEM, at=at, on=day_of(at)), subject, name, email)
    except Clash:
        return {"made": False}
    return {"made": True, "id": account.id}
