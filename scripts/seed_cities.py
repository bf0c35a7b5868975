"""Two small cities of other provinces, for the reasons that Ningbo's rules or a certificate of today never give.

A real stack serves one province; the demo's serves these two beside Ningbo only to show what their rules say.
Shaoguan reviews every year, and its two certificates are issued over HTTP on days gone by: the stack is deployed with
its clock moved back, as the template lets a local stack do, and in the end with the clock it had. Shanghai's card has
to be handed over before it counts.
"""

import json
import os
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.outside import clock
from scripts import demo, package, seed_cases, stack, streams
from scripts.seed_city import City

SHAOGUAN = demo.Home("440200", "韶关市", "韶关演示家协（演示）", "12345")
SHANGHAI = demo.Home("310000", "上海市", "上海演示家协（演示）", "12345")
ROLES = ("association_manager", "association_clerk", "bureau", "police", "print_vendor")
EXPIRED_DAYS = 800
"""More than the two years that a certificate holds."""
OVERDUE_DAYS = 400
"""More than the year after which Shaoguan reviews, and less than the two of a certificate."""
_DAY = 86_400


class Made(NamedTuple):
    """The cities that were opened, and the token of each code with the reasons it is to show."""

    cities: tuple[City, ...]
    shown: dict[str, tuple[str, ...]]


def run(first: City) -> Made:
    """Open both and issue their certificates, each on its day."""
    try:
        day = _move_clock(first.stack, EXPIRED_DAYS)
        shaoguan = first.beside(SHAOGUAN, ROLES, day)
        expired = _certified(shaoguan, 580, "done")
        shaoguan.today = _move_clock(first.stack, OVERDUE_DAYS)
        overdue = _certified(shaoguan, 581, "done")
    finally:
        today = _move_clock(first.stack, 0)
        _have_roots(first.stack, today - timedelta(days=1))
    shaoguan.today = today
    for worker in (expired, overdue):
        _renewed(shaoguan, worker)
    shanghai = first.beside(SHANGHAI, ROLES, today)
    pending = _certified(shanghai, 582, "production")
    shown = {
        _token(shaoguan, expired): ("certificate-expired", "review-overdue"),
        _token(shaoguan, overdue): ("review-overdue",),
        _token(shanghai, pending): ("certificate-pending",),
    }
    return Made((shaoguan, shanghai), shown)


def _move_clock(deployed: stack.Stack, days_ago: int) -> date:
    """Deploy the stack with its clock some days back from where `make up` set it; give that day."""
    offset = int(os.environ.get("CLOCK_OFFSET") or 0) - days_ago * _DAY
    stack.deploy_local(deployed.port, package.build(), offset)
    return clock.today() - timedelta(days=days_ago)


def _have_roots(deployed: stack.Stack, day: date) -> None:
    """Have the roots of a day made: from the first night on each is expected, and no night was before today."""
    record = {"eventSource": "aws:sqs", "messageId": "1", "body": json.dumps({"roots": str(day)})}
    streams.invoke(deployed, "ReactFunction", {"Records": [record]})


def _certified(city: City, number: int, state: str) -> str:
    worker: str = seed_cases.registered(city, number)["id"]
    seed_cases.along(city, worker, state)
    return worker


def _renewed(city: City, worker: str) -> None:
    """Renew the papers and the police check today, so that only the certificate is behind."""
    at = f"/api/workers/{worker}"
    held = city.as_(seed_cases.OWNER).get(at)
    seed_cases.add_exam(city, at, held["exams"][0]["category"])
    seed_cases.add_insurance(city, at)
    city.as_("police").post(f"{at}/background", {"conclusion": "passed", "checked_on": str(city.today)})


def _token(city: City, worker: str) -> str:
    token: str = city.as_(seed_cases.OWNER).get(f"/api/workers/{worker}")["certificate"]["token"]
    return token
