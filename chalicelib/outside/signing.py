"""Signatures by the stack's signing key, which never leaves KMS; only `react` may use it."""

from functools import cache
from hashlib import sha256
from typing import Any

import boto3
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from chalicelib import settings
from chalicelib.rules import signed


def sign(payload: str) -> str:
    """Have KMS sign a payload; give the signed text (ES256, JWS compact)."""
    text = signed.unsigned(public_key()["kid"], payload)
    made = _kms().sign(
        KeyId=settings.required("SIGNING_KEY_ID"),
        Message=sha256(text.encode()).digest(),  # a whole list would be longer than KMS takes
        MessageType="DIGEST",
        SigningAlgorithm="ECDSA_SHA_256",
    )
    r, s = decode_dss_signature(made["Signature"])
    return signed.joined(text, r.to_bytes(32, "big") + s.to_bytes(32, "big"))


@cache
def public_key() -> dict[str, Any]:
    """Give the public half as a JSON Web Key (RFC 7517) named by its own thumbprint."""
    found = _kms().get_public_key(KeyId=settings.required("SIGNING_KEY_ID"))
    loaded = load_der_public_key(found["PublicKey"])
    if not isinstance(loaded, EllipticCurvePublicKey):
        raise TypeError("the signing key is not on a curve")
    point = loaded.public_numbers()
    x, y = (signed.encoded(number.to_bytes(32, "big")) for number in (point.x, point.y))
    key = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    return {**key, "kid": signed.key_name(key), "alg": "ES256", "use": "sig"}


@cache
def _kms() -> Any:
    return boto3.client("kms")
