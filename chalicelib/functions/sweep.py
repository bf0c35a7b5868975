"""00:00 in Shanghai: the codes that turn today and the reminders that are due.

If it never ran, every public answer would still be right.
"""

import json
from datetime import date
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Blueprint

from chalicelib.actions import sweep as actions
from chalicelib.outside import clock

functions = Blueprint(__name__)
_logger = Logger(service="sweep")


@functions.lambda_function(name="sweep")
@_logger.inject_lambda_context
def sweep(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Queue what turns on the day of the event (`{"day": "2026-11-21"}`), or today; beat for the alarm."""
    day = date.fromisoformat(event["day"]) if event.get("day") else clock.today()
    codes = actions.sweep(day)
    print(json.dumps(_heartbeat(codes)))  # noqa: T201 - the metric is this very line (EMF)
    _logger.info("swept", day=str(day), codes=codes)
    return {"day": str(day), "codes": codes}


def _heartbeat(codes: int) -> dict[str, Any]:
    metric = {
        "Namespace": "Anxinma",
        "Dimensions": [[]],
        "Metrics": [{"Name": "Swept"}, {"Name": "SweptCodes"}],
    }
    at = int(clock.now().timestamp() * 1000)
    return {"_aws": {"Timestamp": at, "CloudWatchMetrics": [metric]}, "Swept": 1, "SweptCodes": codes}
