"""Signature version 4 for DynamoDB's one kind of request, POST / with a JSON body, and for addresses of S3's objects.

The same bytes as botocore's SigV4Auth and S3SigV4QueryAuth, at a hundredth of their import (PERFORMANCE 2.3).
"""

import time

from chalicelib.outside.clock import TWO
from chalicelib.rules.digest import Hash, mac, sha256
from chalicelib.rules.light import NamedTuple


class Credentials(NamedTuple):
    """Who signs; `token` is empty for a long-lived key."""

    key: str
    secret: str
    token: str


_day: dict[str, tuple[int, str]] = {"newest": (0, "")}
"""The day of the newest instant: its first second since 1970, and as text."""


def instant(seconds: int) -> str:
    """Write seconds since 1970 as `YYYYMMDDTHHMMSSZ`; strftime takes three times as long."""
    start, text = _day["newest"]
    if not 0 <= seconds - start < 86400:
        start, text = _day["newest"] = seconds - seconds % 86400, time.strftime("%Y%m%d", time.gmtime(seconds))
    second = seconds - start
    return f"{text}T{TWO[second // 3600]}{TWO[second // 60 % 60]}{TWO[second % 60]}Z"


_ready: dict[tuple[Credentials, str, str, str, str], tuple[bytes, "Hash", str, str, str, str]] = {}


def headers(target: str, body: bytes, *, host: str, region: str, instant: str, who: Credentials) -> str:
    """Return the headers to send, a line each, Authorization last.

    `instant` is UTC as `YYYYMMDDTHHMMSSZ`; `target` is such as `DynamoDB_20120810.GetItem`.
    """
    place = who, host, region, target, instant[:8]
    key, begun, asked, scope, before, after = _ready.get(place) or _made_ready(*place)
    hashed = begun.copy()
    hashed.update(f"{instant}{asked}{sha256(body).hexdigest()}".encode())
    text = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{hashed.hexdigest()}"
    return f"{before}{instant}{after}{mac(key, text.encode()).hex()}\r\n"


def _made_ready(
    who: Credentials, host: str, region: str, target: str, day: str
) -> tuple[bytes, "Hash", str, str, str, str]:
    """Make once a day what no request differs in: the key, the hash of the canonical request up to its instant and what
    follows there, the scope, and the headers around instant and signature. Credentials turn over: the newest are kept.
    """
    if any(kept[0] != who or kept[4] != day for kept in _ready):
        _ready.clear()
    scope = f"{day}/{region}/dynamodb/aws4_request"
    first = f"content-type:application/x-amz-json-1.0\nhost:{host}\nx-amz-date:"
    last = f"\nx-amz-security-token:{who.token}" if who.token else ""
    last += f"\nx-amz-target:{target}\n"
    names = f"content-type;host;x-amz-date;{'x-amz-security-token;' if who.token else ''}x-amz-target"
    by = f"authorization:AWS4-HMAC-SHA256 Credential={who.key}/{scope}, SignedHeaders={names}, Signature="
    made = _ready[who, host, region, target, day] = (
        _derived(who.secret, day, region, "dynamodb"), sha256(f"POST\n/\n\n{first}".encode()), f"{last}\n{names}\n",
        scope, first.replace("\n", "\r\n"), f"{last}{by}".replace("\n", "\r\n"),
    )  # fmt: skip
    return made


def _derived(secret: str, day: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = mac(key, part.encode())
    return key


_addressing: dict[tuple[Credentials, str, str], tuple[bytes, str, str]] = {}


def address(origin: str, path: str, *, region: str, instant: str, who: Credentials, seconds: int) -> str:
    """Return an address at which an object can be read for so many seconds from `instant` on.

    `origin` is scheme and host; `path` begins with a slash and has only characters that need no quoting.
    """
    day = instant[:8]
    known = _addressing.get((who, day, region))
    if known is None:
        _addressing.clear()
        known = _addressing[who, day, region] = _ready_to_address(who, day, region)
    key, by, token = known
    when = f"{by}&X-Amz-Date={instant}&X-Amz-Expires={seconds}"
    host = origin.partition("://")[2]
    asked = f"GET\n{path}\n{when}{token}&X-Amz-SignedHeaders=host\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    scope = f"{day}/{region}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{sha256(asked.encode()).hexdigest()}"
    signature = mac(key, text.encode()).hex()
    return f"{origin}{path}?{when}&X-Amz-SignedHeaders=host{token}&X-Amz-Signature={signature}"


def _ready_to_address(who: Credentials, day: str, region: str) -> tuple[bytes, str, str]:
    """Make once a day what no address differs in: the key, and the parameters that name who signs."""
    by = f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={_quoted(f'{who.key}/{day}/{region}/s3/aws4_request')}"
    token = f"&X-Amz-Security-Token={_quoted(who.token)}" if who.token else ""
    return _derived(who.secret, day, region, "s3"), by, token


def _quoted(text: str) -> str:
    """Quote for a query what credentials are made of: base64's letters."""
    return text.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D")
