"""What follows from a change: notices, counters, offline credentials, the locked copies of the ledger's entries and
their roots.

Signing comes after the projection and beside the notices: when KMS fails, its part alone waits in the retry queue.
"""

import json
from hashlib import sha256
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import companies, counters, credentials, notices, roots, slices
from chalicelib.functions.records import image, take
from chalicelib.outside import clock, files
from chalicelib.records.commit import META
from chalicelib.rules import numbers
from chalicelib.rules.days import SHANGHAI

functions = Blueprint(__name__)
_logger = Logger(service="react")
FILE = 50
"""Entries of the ledger in one file: few enough for one message, should the bucket not take it."""
IMAGES = ("OldImage", "NewImage")


@functions.lambda_function(name="react")
@_logger.inject_lambda_context
def react(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """React to each record of the register's and the codes' streams; copy those of the ledger's, many in one file.

    Each hour and after a deployment (`{"status_lists": true}`) every city's status list is signed anew, companies whose
    change has not reached their workers are taken up again, and a city that an earlier version counted is counted anew;
    `{"recount": city}` counts one anew, or `"all"` of them.
    """
    if event.get("recount"):
        return {"queued": counters.recount(None if event["recount"] == "all" else event["recount"])}
    if event.get("status_lists"):
        lists, behind = credentials.queue_lists(), companies.catch_up()
        return {"queued": lists, "companies": behind, "counted": counters.catch_up()}
    entries = [entry for record in event["Records"] if (entry := _entry(record))]
    others = [record for record in event["Records"] if not _entry(record)]
    tokens = sorted({token for record in others if (token := _token(record))})
    _tell([entry for entry in entries if "event" in entry and entry["pk"] != "SWEEP"])
    reply: dict[str, Any] = {"batchItemFailures": []}
    if entries:
        files = [{"ledger": entries[at : at + FILE]} for at in range(0, len(entries), FILE)]
        take({"Records": files}, _react, queue="REREACT_QUEUE", logger=_logger)
    if others:
        reply = take({"Records": others}, _react, queue="REREACT_QUEUE", logger=_logger)
    if tokens:
        take({"Records": [{"offline": tokens}]}, _react, queue="REREACT_QUEUE", logger=_logger)
    return reply


def _token(record: dict[str, Any]) -> str | None:
    """Give the token of a code whose item changed; None for any other record."""
    key = record.get("dynamodb", {}).get("Keys", {}).get("pk", {}).get("S", "")
    return key if numbers.read_token(key) == key else None


def _entry(record: dict[str, Any]) -> dict[str, str] | None:
    """Give the entry of the ledger that a record is of; one that was changed or removed has that `event` besides, which
    no function and no person may do."""
    images = record.get("dynamodb", {})
    old, new = ({name: text["S"] for name, text in images.get(one, {}).items() if "S" in text} for one in IMAGES)
    if "hash" not in {**old, **new}:
        return None
    return (new or old) if not old or old == new else {**(new or old), "event": record["eventName"]}


def _tell(changed: list[dict[str, str]]) -> None:
    """Say which entries were changed or removed, and count them for the alarm."""
    if not changed:
        return
    for entry in changed:
        _logger.error("an entry of the ledger was touched", chain=entry["pk"], entry=entry["sk"], how=entry["event"])
    metric = {"Namespace": "Anxinma", "Dimensions": [[]], "Metrics": [{"Name": "LedgerTouched"}]}
    at = int(clock.now().timestamp() * 1000)
    told = {"_aws": {"Timestamp": at, "CloudWatchMetrics": [metric]}, "LedgerTouched": len(changed)}
    print(json.dumps(told))  # noqa: T201 - the metric is this very line (EMF)


def _react(record: dict[str, Any]) -> None:
    if "ledger" in record:
        _copy(record["ledger"])
        return
    if "roots" in record:
        _logger.info("roots", chains=roots.make(record["roots"]))
        return
    if "offline" in record:
        _logger.info("offline", changed=credentials.follow(record["offline"]))
        return
    if "status_list" in record:
        credentials.publish(record["status_list"])
        return
    if "count" in record:
        _logger.info("counted", changed=counters.count_again(record["count"]))
        return
    old, new = image(record, "OldImage"), image(record, "NewImage")
    if new is None:
        return
    if "sk" not in new:
        _projected(old or {}, new)
    elif new["sk"] != META:
        _logger.info("visit", counted=counters.visited(new["pk"], json.loads(new["body"])["at"]))
    else:
        _decided(old, new)


def _projected(old: dict[str, Any], new: dict[str, Any]) -> None:
    """React to an item of codes. One that was judged anew of the same revision is counted anew: its day or its city
    turned; a new revision was counted as the archive's own change."""
    _logger.info("code", notice=notices.colour_turned(old, new, clock.now()))
    if "archive" in new and old.get("revision") == new.get("revision"):
        _logger.info("judged", counted=counters.count(new["archive"]))


def _decided(old: dict[str, Any] | None, new: dict[str, Any]) -> None:
    """React to a decision of the register: images of a meta row. One that was put there by a restore is none, since
    every first decision has revision 1; a job that was under way goes on all the same."""
    restored = old is None and int(new.get("revision", 1)) > 1
    if new["pk"].startswith("C#"):
        told = [] if restored else notices.company_changed(old, new, clock.now())
        _logger.info("company", queued=companies.spread(old, new), notices=told)
    elif new["pk"].startswith("W#") and not restored:
        _logger.info("archive", notices=notices.moved(old, new, clock.now()), counted=counters.count(new["pk"]))
    elif new["pk"].startswith("J#"):
        _logger.info("job", begun=slices.follow(new))


def _copy(entries: list[dict[str, Any]]) -> None:
    """Write entries as lines of one file, named by the time in Shanghai, so that a day's files are in their order."""
    lines = "\n".join(json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries).encode()
    at = clock.now().astimezone(SHANGHAI)
    files.copy_to_ledger(f"entries/{at:%Y-%m-%d/%H%M%S.%f}-{sha256(lines).hexdigest()}.jsonl", lines)
    _logger.info("copied", entries=len(entries))
