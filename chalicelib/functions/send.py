"""The outbox: each notice delivered once."""

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
    """Deliver the notices of queue messages."""
    failed = [record["messageId"] for record in event["Records"] if not _sent(json.loads(record["body"]))]
    return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}


def _sent(message: dict[str, Any]) -> bool:
    try:
        delivered = notices.send(message["archive"], message["notice"], clock.now())
    except Exception:
        _logger.exception("not sent; it is tried again")
        return False
    _logger.info("sent", delivered=delivered)
    return True
