"""Replies to API Gateway, with the headers that every public answer carries, and the table of statuses."""

from chalicelib.public.style import content_policy
from chalicelib.rules import errors
from chalicelib.rules.json_text import written
from chalicelib.rules.light import Any, NamedTuple


class TooMany(errors.Refusal):
    """Every try of this window was used."""

    rule = "too-many-tries"


STATUS: dict[type[errors.Problem], int] = {
    errors.Malformed: 400,
    errors.Missing: 404,
    errors.Clash: 409,
    errors.Reused: 409,
    errors.NotAllowed: 409,
    errors.NotPermitted: 403,
    errors.Unavailable: 503,
    TooMany: 429,
}
TITLES = {
    400: "提交的内容有误",
    403: "没有权限",
    404: "没有找到",
    409: "现在不能这样办理",
    413: "提交的内容过长",
    429: "次数过多",
    503: "暂时无法办理",
}


class Reply(NamedTuple):
    """Status, media type and body; `colour` is only for the log.

    `keep` is for how many seconds anyone may keep it; a `scripted` page runs the site's own scripts.
    """

    status: int
    kind: str
    body: str
    colour: str | None = None
    location: str | None = None
    keep: int = 0
    scripted: bool = False


def data(status: int, body: dict[str, Any], *, colour: str | None = None, location: str | None = None) -> Reply:
    """Reply with JSON."""
    return ready(status, written(body), colour=colour, location=location)


def ready(status: int, text: str, *, colour: str | None = None, location: str | None = None) -> Reply:
    """Reply with JSON that is written already."""
    return Reply._make((status, "application/json", text, colour, location, 0, False))  # which takes a quarter as long


def html(status: int, body: str, *, colour: str | None = None, location: str | None = None) -> Reply:
    """Reply with a page."""
    return Reply(status, "text/html; charset=utf-8", body, colour, location, 0, False)


def status_of(error: errors.Problem) -> int:
    """Look up the status of a problem; a body that is too large has its own."""
    if isinstance(error, errors.Malformed) and any(fault.code == "too-large" for fault in error.faults):
        return 413
    return STATUS[type(error)]


def problem(error: errors.Problem) -> Reply:
    """Reply with a problem (RFC 9457, contracts/problem.schema.json), every fault at once."""
    status = status_of(error)
    body: dict[str, Any] = {
        "type": error.rule,
        "title": TITLES[status],
        "status": status,
        "detail": str(error),
    }
    faults = getattr(error, "faults", ())
    if faults:
        body["errors"] = [fault._asdict() for fault in faults]
    text = written(body)
    return Reply(status, "application/problem+json", text)


def proxied(reply: Reply) -> dict[str, Any]:
    """Give a reply as API Gateway wants it (REST proxy)."""
    status, kind, body, _, location, keep, scripted = reply
    headers = {
        "Content-Type": kind,
        "Cache-Control": f"public, max-age={keep}" if keep else "no-store",
        "Content-Security-Policy": content_policy(scripted),
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=31536000",
        "Vary": "Accept",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }
    if location is not None:
        headers["Location"] = location
    if status == 429 or status == 503:
        headers["Retry-After"] = "60"
    return {"statusCode": status, "headers": headers, "body": body, "isBase64Encoded": False}
