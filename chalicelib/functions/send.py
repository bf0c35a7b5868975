"""The outbox: each notice sent once on each of its channels; at 08:00 also what waited over night."""

import json
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import notices
from chalicelib.outside import clock

functions = Blueprint(__name__)
_logger = Logger(service="send")


@functions.lambda_function(name="send")
@_logger.inject_lambda_context
def send(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Send the notices of queue messages; woken by the clock, queue every notice that still waits."""
    if "Records" not in event:
        return {"released": notices.release(clock.now())}
    failed = [record["messageId"] for record in event["Records"] if not _sent(record["body"])]
    return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}


def _sent(body: str) -> bool:
    try:
        message = json.loads(body)
        channels = notices.send(message["archive"], message["notice"], clock.now())
    except Exception:
        _logger.exception("not sent; it is tried again")
        return False
    _logger.info("sent", channels=channels)
    return True
