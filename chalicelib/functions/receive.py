"""Inbox to register: what the public sent, taken in once."""

from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import inbox
from chalicelib.functions.records import image, take

functions = Blueprint(__name__)
_logger = Logger(service="receive")


@functions.lambda_function(name="receive")
@_logger.inject_lambda_context
def receive(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Take in each new item of the inbox."""
    return take(event, _receive, queue="RERECEIVE_QUEUE", logger=_logger)


def _receive(record: dict[str, Any]) -> None:
    item = image(record, "NewImage")
    if record["eventName"] == "INSERT" and item:
        _logger.info("received", kind=inbox.receive(item))
