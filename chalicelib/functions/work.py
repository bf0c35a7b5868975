"""Work in slices: imports. And what only the owner of the AWS account may ask for, by invoking it."""

import json
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import accounts, imports
from chalicelib.outside import clock
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.errors import Clash

functions = Blueprint(__name__)
_logger = Logger(service="work")


@functions.lambda_function(name="work")
@_logger.inject_lambda_context
def work(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Do the slices of queue messages, or make the first administrator (`{"administrator": {subject, name}}`)."""
    if "administrator" in event:
        return _first_administrator(**event["administrator"])
    failed = [record["messageId"] for record in event["Records"] if not _did(json.loads(record["body"]))]
    return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}


def _did(message: dict[str, Any]) -> bool:
    try:
        counts = imports.run(*message["import"], message["slice"])
    except Exception:
        _logger.exception("slice failed; it is tried again", job=message.get("import"), slice=message.get("slice"))
        return False
    _logger.info("slice done", job=message["import"], slice=message["slice"], **counts)
    return True


def _first_administrator(subject: str, name: str) -> dict[str, Any]:
    at = clock.now()
    try:
        account = accounts.first_administrator(Act(account=SYSTEM, at=at, on=clock.day_of(at)), subject, name)
    except Clash:
        return {"made": False}
    return {"made": True, "id": account.id}
