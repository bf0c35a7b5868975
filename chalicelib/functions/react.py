"""What follows from a change: notices of archives and codes, and the locked copy of each ledger entry."""

import json
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import notices
from chalicelib.functions.records import image, take
from chalicelib.outside import clock, files

functions = Blueprint(__name__)
_logger = Logger(service="react")


@functions.lambda_function(name="react")
@_logger.inject_lambda_context
def react(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """React to each record of the register's, the codes' or the ledger's stream."""
    return take(event, _react, queue="REREACT_QUEUE", logger=_logger)


def _react(record: dict[str, Any]) -> None:
    old, new = image(record, "OldImage"), image(record, "NewImage")
    if new is None:
        return
    if "hash" in new:
        files.copy_to_ledger(f"{new['pk']}/{new['sk']}.json", _entry(new))
    elif "sk" in new:
        _logger.info("moved", notice=notices.moved(old, new, clock.now()) if new["pk"].startswith("W#") else None)
    elif old and "facts" in new:
        _logger.info("turned", notice=notices.colour_turned(old, new, clock.now()))


def _entry(new: dict[str, Any]) -> bytes:
    return json.dumps({"body": new["body"], "hash": new["hash"]}, ensure_ascii=False).encode()
