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
from chalicelib.rules.errors import Malformed

functions = Blueprint(__name__)
_logger = Logger(service="sweep")


@functions.lambda_function(name="sweep")
@_logger.inject_lambda_context
def sweep(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Queue what turns on the day of the event (`{"day": "2026-11-21"}`), or today; for today beat for the alarm.

    Malformed for a day to come: it would be noted as done, and its notices sent, before its time.
    """
    today = clock.today()
    day = date.fromisoformat(event["day"]) if event.get("day") else today
    if day > today:
        raise Malformed(f"{day} 还没有到，请填今天或更早的日期")
    codes = actions.sweep(day)
    if day == today:
        print(json.dumps(heartbeat(codes)))  # noqa: T201 - the metric is this very line (EMF)
    _logger.info("swept", day=str(day), codes=codes)
    return {"day": str(day), "codes": codes}


def heartbeat(codes: int) -> dict[str, Any]:
    """Give the line of a sweep that ended well, the metric SweepHeartbeatAlarm waits for (infra/alarms.yaml) in it."""
    metric = {
        "Namespace": "Anxinma",
        "Dimensions": [[]],
        "Metrics": [{"Name": "Swept"}, {"Name": "SweptCodes"}],
    }
    at = int(clock.now().timestamp() * 1000)
    return {"_aws": {"Timestamp": at, "CloudWatchMetrics": [metric]}, "Swept": 1, "SweptCodes": codes}
