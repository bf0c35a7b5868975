"""Problems out: one table of statuses, and RFC 9457 documents that name every fault."""

import json
from typing import Any

from chalice.app import Response

from chalicelib.rules.errors import (
    Clash,
    Malformed,
    Missing,
    NotAllowed,
    NotPermitted,
    Problem,
    Refusal,
    Reused,
    SignedOut,
    Unavailable,
)

STATUS: dict[type[Problem], int] = {
    Malformed: 400, Missing: 404, Clash: 409, Reused: 422, NotAllowed: 409, NotPermitted: 403, SignedOut: 401,
    Unavailable: 503,
}  # fmt: skip
TITLES = {
    400: "提交的内容有误", 401: "请重新登录", 403: "没有权限", 404: "没有找到", 409: "现在不能这样办理",
    422: "重复使用的键", 500: "系统出错", 503: "暂时无法办理",
}  # fmt: skip

Headers = dict[str, str | list[str]]
GUARDED: Headers = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}
"""What every answer to staff carries: never kept, never a page, never anything but what it says."""


def problem(error: Problem) -> Response:
    """Show a problem: `type` is stable, `detail` is for a person, `errors` has every fault."""
    return _document(STATUS[type(error)], shown(error))


def shown(error: Problem) -> dict[str, Any]:
    """Give a problem's document, as it also stands in the result of a batch."""
    status = STATUS[type(error)]
    told: dict[str, Any] = {
        "type": error.rule, "title": TITLES[status], "status": status, "detail": str(error),
    }  # fmt: skip
    if isinstance(error, Refusal) and error.faults:
        told["errors"] = [fault._asdict() for fault in error.faults]
    return told


def defect(request_id: str) -> Response:
    """Show a defect: nothing about it but the number by which the log is found."""
    told = {"type": "defect", "title": TITLES[500], "status": 500,
            "detail": f"系统出错；请用同一个 Idempotency-Key 重试，或报告编号 {request_id}"}  # fmt: skip
    return _document(500, told)


def ok(body: Any, status: int = 200) -> Response:
    """Show a result as JSON; staff answers are never cached."""
    headers: Headers = {**GUARDED, "Content-Type": "application/json; charset=utf-8"}
    return Response(json.dumps(body, ensure_ascii=False), headers=headers, status_code=status)


def _document(status: int, told: dict[str, Any]) -> Response:
    headers: Headers = {**GUARDED, "Content-Type": "application/problem+json; charset=utf-8"}
    return Response(json.dumps(told, ensure_ascii=False), headers=headers, status_code=status)
