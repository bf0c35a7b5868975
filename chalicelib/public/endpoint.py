"""Where DynamoDB is and who asks it, as the environment says."""

from chalicelib import settings
from chalicelib.public.signer import Credentials
from chalicelib.rules.light import NamedTuple


class Endpoint(NamedTuple):
    """Where DynamoDB is; `shown` is what the Host header says."""

    scheme: str
    host: str
    port: int
    shown: str
    region: str


_SETTINGS = (
    b"AWS_REGION", b"AWS_DEFAULT_REGION", b"AWS_ENDPOINT_URL_DYNAMODB", b"AWS_ENDPOINT_URL",
    b"AWS_ACCESS_KEY_ID", b"AWS_SECRET_ACCESS_KEY", b"AWS_SESSION_TOKEN", b"PHOTOS", b"UPLOADS_BUCKET",
)  # fmt: skip


class _Access:
    """What was made of the environment, and the environment it was made of."""

    stamp: list[bytes | None] | None = None
    to: Endpoint
    who: Credentials


def access() -> tuple[Endpoint, Credentials]:
    """Say where DynamoDB is and who asks, as the environment says at each call: credentials turn over."""
    stamp = settings.stamp(_SETTINGS)
    if stamp != _Access.stamp:
        _Access.to, _Access.who, _Access.stamp = found(), credentials(), stamp
    return _Access.to, _Access.who


def credentials() -> Credentials:
    """Say who asks; RuntimeError when the environment does not."""
    return Credentials(
        settings.required("AWS_ACCESS_KEY_ID"),
        settings.required("AWS_SECRET_ACCESS_KEY"),
        settings.optional("AWS_SESSION_TOKEN") or "",
    )


def found() -> Endpoint:
    """Say where DynamoDB is: as the environment says, or at the region's own name (A10: China's too)."""
    region = settings.optional("AWS_REGION") or settings.required("AWS_DEFAULT_REGION")
    given = settings.optional("AWS_ENDPOINT_URL_DYNAMODB") or settings.optional("AWS_ENDPOINT_URL")
    return _located(region, given)


def _located(region: str, given: str | None) -> Endpoint:
    if given is None:
        suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
        given = f"https://dynamodb.{region}.{suffix}"
    scheme, _, rest = given.partition("://")
    host, _, given_port = rest.split("/")[0].partition(":")
    port = int(given_port) if given_port else (443 if scheme == "https" else 80)
    return Endpoint(scheme, host, port, host if port in (80, 443) else f"{host}:{port}", region)
