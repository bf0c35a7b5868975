"""Stream and queue events, read the same way by every function: one at a time, a failure never loses the rest."""

import json
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger

from chalicelib.outside import queues


def image(record: dict[str, Any], name: str) -> dict[str, Any] | None:
    """Give the texts and numbers of an image (`NewImage`, `OldImage`) of a stream record, or None; secrets stay out."""
    found = record["dynamodb"].get(name)
    if not found:
        return None
    texts = {key: value["S"] for key, value in found.items() if "S" in value}
    return {**texts, **{key: int(value["N"]) for key, value in found.items() if "N" in value}}


def take(event: dict[str, Any], one: Callable[[dict[str, Any]], Any], *, queue: str, logger: Logger) -> dict[str, Any]:
    """Give each record to `one`. From a stream, what fails is sent whole to the retry `queue` and the stream goes on;
    from that queue, what fails stays there until its dead-letter queue takes it (DESIGN section 2)."""
    records = event["Records"]
    from_queue = records[0].get("eventSource") == "aws:sqs"
    failed = [record for record in records if not _took(record, one, from_queue=from_queue, logger=logger)]
    if from_queue:
        return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]}
    queues.put(queue, [_without_secrets(record) for record in failed])
    return {"batchItemFailures": []}


def _without_secrets(record: dict[str, Any]) -> dict[str, Any]:
    """Leave the binary attributes, which are keys, out of what waits in a queue; nobody reads them from there."""
    if "dynamodb" not in record:
        return record
    images = {
        name: {key: value for key, value in record["dynamodb"][name].items() if "B" not in value}
        for name in ("OldImage", "NewImage")
        if name in record["dynamodb"]
    }
    return {**record, "dynamodb": {**record["dynamodb"], **images}}


def _took(record: dict[str, Any], one: Callable[[dict[str, Any]], Any], *, from_queue: bool, logger: Logger) -> bool:
    try:
        one(json.loads(record["body"]) if from_queue else record)
    except Exception:
        logger.exception("failed; it is tried again from the queue")
        return False
    return True
