"""Register to codes: each changed archive is projected anew, from the stream, the retry queue or by name.

Never raises for one archive: what fails is sent by its key to the retry queue, whose own dead-letter queue
and alarm follow (DESIGN section 2).
"""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import own_pages, projection, stack
from chalicelib.functions.records import image
from chalicelib.outside import queues
from chalicelib.records import archives, cities
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Problem

functions = Blueprint(__name__)
_logger = Logger(service="project")
Each = TypeVar("Each")
TOGETHER = 8
"""Calls of the store that are under way at once, each on a connection of its own."""


@functions.lambda_function(name="project")
@_logger.inject_lambda_context
def project(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Project what an event names: records, messages, `archives` by key; `all`, or all of a `city` or of a `company`
    of a city; or `prepare` the stack."""
    if event.get("prepare"):
        return stack.prepare()
    if event.get("all"):
        return {"queued": stack.reproject(event.get("city"), event.get("company"), anew=True)}
    if "archives" in event:
        return {"failed": _project_all(event["archives"], anew=True)}
    if _from_queue(event):
        return _from_messages(event["Records"])
    failed = _project_all({key for record in event["Records"] if (key := _key(record)) and _shown(record)})
    queues.put("REPROJECT_QUEUE", [{"archives": [key]} for key in failed])
    return {"batchItemFailures": []}


def _key(record: dict[str, Any]) -> str | None:
    """Give the key of what changed; None for a record that names nothing, of which nothing can be made."""
    try:
        return str(record["dynamodb"]["Keys"]["pk"]["S"])
    except LookupError:
        _logger.exception("a record without a key")
        return None


def _shown(record: dict[str, Any]) -> bool:
    """Pass over an archive that, as of this record, has neither certificate nor page and that nobody sees; the record
    that brings one comes later. Of who was erased what was told before goes."""
    try:
        briefs = [(image(record, side) or {}).get("brief") for side in ("NewImage", "OldImage")]
        known = [json.loads(brief) for brief in briefs if brief]
        return not known or any(
            brief.get("certificate") != "none" or brief.get("page") or brief.get("erased") for brief in known
        )
    except (ValueError, AttributeError):
        return True  # the archive itself tells


def _from_queue(event: dict[str, Any]) -> bool:
    return bool(event["Records"][0].get("eventSource") == "aws:sqs")


def _from_messages(records: list[dict[str, Any]]) -> dict[str, Any]:
    failed = [record["messageId"] for record in records if not _done(record["body"])]
    return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}


def _done(body: str) -> bool:
    """Project what a message names; a message that names nothing is not done, and ends among the dead letters."""
    try:
        told = json.loads(body)
        keys, anew = told["archives"], bool(told.get("anew"))
    except (ValueError, LookupError, TypeError, AttributeError):
        keys, anew = None, False
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        _logger.error("a message that cannot be read")
        return False
    return not _project_all(keys, anew=anew)


def _project_all(keys: Collection[str], *, anew: bool = False) -> list[str]:
    """Project archives, views and cities by key and give the keys that failed.

    Every archive is read before any city, and each city once: see `projection.computed`. All are computed before any is
    written: computing between two calls of the store costs twice the processor (docs/decisions/0023).
    """
    failed: list[str] = []
    found: list[Archive] = []
    for key in sorted(keys):
        with _trying(key, failed):
            if key.startswith("CITY#"):
                _logger.info("queued", city=key, archives=_city(key))
            elif key.startswith("VIEW#"):
                own_pages.project(key)
    for group in _groups([key for key in sorted(keys) if key.startswith("W#")]):
        rows = archives.rows_together(group)
        for key in group:
            with _trying(key, failed):
                found += projection.read(key, rows.get(key))
    city_of = cache(cities.fetch)
    made: list[projection.Made] = []
    for archive in found:
        with _trying(archive.key, failed):
            made.append(projection.computed(archive, city_of(archive.city)))
    written = 0
    for some in _groups(made):
        done = set() if anew else projection.publish_together(some)
        for one in some:
            with _trying(one.archive.key, failed):
                written += projection.publish(one, anew=anew, done=one.archive.key in done)
    _logger.info("projected", archives=len(made), written=written, failed=len(failed))
    return failed


def _groups(all: list[Each]) -> Iterator[list[Each]]:
    return (all[start : start + TOGETHER] for start in range(0, len(all), TOGETHER))


def _city(key: str) -> int:
    """Tell the public's side of a city that was opened or decided something, and compute its codes anew."""
    stack.prepare(key)
    return stack.reproject(key.removeprefix("CITY#"))


@contextmanager
def _trying(key: str, failed: list[str]) -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        _logger.warning("not projected", archive=key, rule=problem.rule)
        failed.append(key)
    except Exception:
        _logger.exception("not projected", archive=key)
        failed.append(key)
