"""Signature version 4 for DynamoDB's one kind of request, POST / with a JSON body, and for addresses of S3's objects.

The same bytes as botocore's SigV4Auth and S3SigV4QueryAuth, at a hundredth of their import (PERFORMANCE 2.3).
"""

from chalicelib.rules.digest import mac, sha256
from chalicelib.rules.light import NamedTuple


class Credentials(NamedTuple):
    """Who signs; `token` is empty for a long-lived key."""

    key: str
    secret: str
    token: str


_day_keys: dict[tuple[str, str, str], bytes] = {}


def headers(target: str, body: bytes, *, host: str, region: str, instant: str, who: Credentials) -> str:
    """Return the headers to send, a line each, Authorization last.

    `instant` is UTC as `YYYYMMDDTHHMMSSZ`; `target` is such as `DynamoDB_20120810.GetItem`.
    """
    token = f"x-amz-security-token:{who.token}\n" if who.token else ""
    named = "x-amz-security-token;" if who.token else ""
    names = f"content-type;host;x-amz-date;{named}x-amz-target"
    day = instant[:8]
    scope = f"{day}/{region}/dynamodb/aws4_request"
    lines = (
        f"content-type:application/x-amz-json-1.0\nhost:{host}\nx-amz-date:{instant}\n{token}x-amz-target:{target}\n"
    )
    request = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    text = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{sha256(request.encode()).hexdigest()}"
    signature = mac(_day_key(who.secret, day, region), text.encode()).hex()
    return (
        f"{lines}authorization:AWS4-HMAC-SHA256 "
        f"Credential={who.key}/{scope}, SignedHeaders={names}, Signature={signature}\n"
    ).replace("\n", "\r\n")


def _day_key(secret: str, day: str, region: str) -> bytes:
    """Derive the key of a day, and keep only the newest: credentials turn over all the time."""
    found = _day_keys.get((secret, day, region))
    if found is None:
        _day_keys.clear()
        found = _day_keys[secret, day, region] = _derived(secret, day, region, "dynamodb")
    return found


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
