"""Work in slices: imports, companies, reminders, limits, photos; by invocation the first administrator."""

import json
from datetime import date
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import accounts, companies, escalation, imports, photos, reminders
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
        done = _do(message)
    except Exception:
        _logger.exception("failed; it is tried again", work=message)
        return False
    _logger.info("done", work=message, result=done)
    return True


def _do(message: dict[str, Any]) -> Any:
    at = clock.now()
    act = Act(account=SYSTEM, at=at, on=clock.day_of(at))
    if "company" in message:
        return companies.carry_over(act, *message["company"])
    if "limits" in message:
        return escalation.queue(date.fromisoformat(message["limits"]))
    if "escalate" in message:
        city, day = message["escalate"]
        return escalation.tell(city, date.fromisoformat(day), at)
    if "ends" in message:
        return reminders.queue(date.fromisoformat(message["ends"]))
    if "remind" in message:
        return reminders.tell(message["remind"], at)
    if "photo" in message:
        return photos.copy(act, *message["photo"])
    if "drop" in message:
        return photos.drop_unneeded(*message["drop"])
    city, job = message["import"]
    return imports.run(city, job, message["slice"])


def _first_administrator(subject: str, name: str) -> dict[str, Any]:
    at = clock.now()
    try:
        account = accounts.first_administrator(Act(account=SYSTEM, at=at, on=clock.day_of(at)), subject, name)
    except Clash:
        return {"made": False}
    return {"made": True, "id": account.id}
