"""Signed texts: JWS compact (RFC 7515) under ES256 (RFC 7518 3.4). The signature itself is made and checked outside."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

SIGNATURE = 64
"""Octets of an ES256 signature: r and s, 32 each."""


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signed text taken apart; nothing in it is believed before `signature` over `message` was checked."""

    kid: str
    payload: bytes
    message: bytes
    signature: bytes


def unsigned(kid: str, payload: str) -> str:
    """Give the text that is to be signed: header and payload."""
    header = json.dumps({"alg": "ES256", "kid": kid}, separators=(",", ":"))
    return f"{encoded(header.encode())}.{encoded(payload.encode())}"


def joined(text: str, signature: bytes) -> str:
    """Give the signed text of what was signed and its signature, r and s joined."""
    return f"{text}.{encoded(signature)}"


def taken_apart(text: str) -> Signed:
    """Read a signed text; ValueError for anything else, another algorithm among it."""
    parts = text.split(".")
    if len(parts) != 3:
        raise ValueError("not three parts")
    header = json.loads(decoded(parts[0]))
    signature = decoded(parts[2])
    if not isinstance(header, dict) or header.get("alg") != "ES256" or not isinstance(header.get("kid"), str):
        raise ValueError("not signed by ES256 under a named key")
    if len(signature) != SIGNATURE:
        raise ValueError("not a signature of ES256")
    message = f"{parts[0]}.{parts[1]}".encode()
    return Signed(kid=header["kid"], payload=decoded(parts[1]), message=message, signature=signature)


def key_name(key: Mapping[str, Any]) -> str:
    """Name a public key by the start of its thumbprint (RFC 7638): 48 bits tell a stack's few keys apart."""
    told = {name: key[name] for name in ("crv", "kty", "x", "y")}
    return encoded(sha256(json.dumps(told, separators=(",", ":")).encode()).digest()[:6])


def encoded(octets: bytes) -> str:
    """Write octets as base64url without padding."""
    return urlsafe_b64encode(octets).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Read base64url without padding; ValueError for any other letter or spelling."""
    standard = text.replace("-", "+").replace("_", "/")
    octets = b64decode(standard + "=" * (-len(text) % 4), validate=True)
    if encoded(octets) != text:
        raise ValueError("not base64url as it is written")
    return octets
