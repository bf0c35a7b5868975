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


def headers(target: str, body: bytes, *, host: str, region: str, instant: str, who: Credentials) -> dict[str, str]:
    """Return the headers to send, Authorization among them.

    `instant` is UTC as `YYYYMMDDTHHMMSSZ`; `target` is such as `DynamoDB_20120810.GetItem`.
    """
    signed = {"content-type": "application/x-amz-json-1.0", "host": host, "x-amz-date": instant}
    if who.token:
        signed["x-amz-security-token"] = who.token
    signed["x-amz-target"] = target
    names = ";".join(signed)
    scope = f"{instant[:8]}/{region}/dynamodb/aws4_request"
    lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
    request = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    digest = sha256(request.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{digest}"
    signature = mac(_day_key(who.secret, instant[:8], region), text.encode()).hex()
    signed["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={who.key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return signed


def _day_key(secret: str, day: str, region: str) -> bytes:
    """Derive the key of a day, and keep only the newest: credentials turn over all the time."""
    found = _day_keys.get((secret, day, region))
    if found is None:
        found = f"AWS4{secret}".encode()
        for part in (day, region, "dynamodb", "aws4_request"):
            found = mac(found, part.encode())
        _day_keys.clear()
        _day_keys[secret, day, region] = found
    return found
