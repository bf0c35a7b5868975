"""Signature version 4 for DynamoDB's one kind of request: POST / with a JSON body.

The same bytes as botocore's SigV4Auth, at a hundredth of its import (PERFORMANCE 2.3).
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
        key = f"AWS4{secret}".encode()
        for part in (day, region, "dynamodb", "aws4_request"):
            key = mac(key, part.encode())
        _day_keys.clear()
        found = _day_keys[secret, day, region] = key
    return found
