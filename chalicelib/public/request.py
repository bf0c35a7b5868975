"""What API Gateway hands over (REST proxy event, version 1), read once into one shape."""

from binascii import a2b_base64

from chalicelib.rules.errors import Fault, Malformed
from chalicelib.rules.light import Any, NamedTuple

LARGEST_BODY = 8192


class Request(NamedTuple):
    """One public request. `wants_page` is HTML rather than JSON; `lang` is `zh` or `en`."""

    method: str
    route: str
    path: str
    parameters: dict[str, str]
    query: dict[str, str]
    headers: dict[str, str]
    body: str
    encoded: bool
    wants_page: bool
    lang: str


def read(event: dict[str, Any]) -> Request:
    """Read an event; header names may come in any case, empty parts as None."""
    headers = event.get("headers") or {}
    query = event.get("queryStringParameters") or {}
    return Request._make((
        event["httpMethod"],
        _lowered(event["resource"]),
        _lowered(event.get("path") or "/"),
        event.get("pathParameters") or {},
        query,
        headers,
        event.get("body") or "",
        event.get("isBase64Encoded") or False,
        _wants_page(headers),
        "en" if query.get("lang") == "en" else "zh",
    ))  # fmt: skip


def _header(headers: dict[str, str], wanted: str) -> str:
    """Give a header, its name in any case; empty when there is none."""
    for name, value in headers.items():
        if len(name) == len(wanted) and name.lower() == wanted:
            return value
    return ""


def fields(request: Request) -> dict[str, Any]:
    """Read the body of a POST, a form or a JSON object alike; Malformed when it is neither, or too large."""
    try:
        raw = a2b_base64(request.body) if request.encoded else request.body.encode()
        if len(raw) > LARGEST_BODY:
            raise _fault("too-large", "提交的内容过长")
        text = raw.decode()
        if is_form(request):
            return _form(text)
        import json

        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        raise _fault("not-readable", "提交的内容无法读取，请按表单或 JSON 对象提交") from None
    if not isinstance(found, dict):
        raise _fault("not-an-object", "提交的内容应为一个 JSON 对象")
    return found


def is_form(request: Request) -> bool:
    """Say whether the body came from a page's form."""
    return _header(request.headers, "content-type").startswith("application/x-www-form-urlencoded")


def _form(text: str) -> dict[str, Any]:
    from urllib.parse import parse_qsl

    pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=20, encoding="utf-8", errors="strict")
    return {name: value for name, value in pairs if value}


def _fault(code: str, message: str) -> Malformed:
    return Malformed(message, faults=(Fault("", code, message),))


def _lowered(path: str) -> str:
    """`/V/…` is what a QR says in capitals; it means `/v/…`."""
    return f"/v/{path[3:]}" if path[:3] == "/V/" else path


def _wants_page(headers: dict[str, str]) -> bool:
    """Prefer what Accept prefers; where it names neither, a browser gets the page and a program JSON."""
    accept = (headers.get("Accept") or headers.get("accept") or _header(headers, "accept")).lower()
    if accept == "application/json":
        return False
    page, data = -1.0, -1.0
    for part in accept.split(","):
        kind, *rest = (piece.strip() for piece in part.split(";"))
        weight = _weight(rest)
        if kind in ("text/html", "application/xhtml+xml"):
            page = max(page, weight)
        elif kind in ("application/json", "application/problem+json"):
            data = max(data, weight)
    if page <= 0 and data <= 0:
        return _header(headers, "user-agent").startswith("Mozilla/")
    return page > data


def _weight(pieces: list[str]) -> float:
    for piece in pieces:
        if piece.startswith("q="):
            try:
                return float(piece[2:])
            except ValueError:
                return 0.0
    return 1.0
