"""Sealing of personal data (DESIGN invariant 7): AES-GCM under data keys that only KMS can unwrap.

The KMS encryption context is the key's purpose (a city, or `codes`, `identity`, `cursor`); the associated data of a
sealed text name its archive and field, so that it opens nowhere else. Plain data keys live in memory only.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from os import urandom
from re import fullmatch
from typing import Any

import boto3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chalicelib import settings
from chalicelib.rules.errors import Unavailable

MARK = "s"
"""Before the version of the key, which is associated data too."""


def new_wrapped_key(purpose: str) -> bytes:
    """Have KMS make a data key for a purpose; give it wrapped."""
    made = _kms().generate_data_key_without_plaintext(
        KeyId=settings.required("KEY_ID"), KeySpec="AES_256", EncryptionContext={"purpose": purpose}
    )
    return bytes(made["CiphertextBlob"])


@cache
def unwrap(wrapped: bytes, purpose: str) -> bytes:
    """Have KMS unwrap a data key; asked once per key and process."""
    opened = _kms().decrypt(
        CiphertextBlob=wrapped, KeyId=settings.required("KEY_ID"), EncryptionContext={"purpose": purpose}
    )
    return bytes(opened["Plaintext"])


def seal(key: bytes, version: int, place: str, text: str) -> str:
    """Seal a text for one place (`archive|field`) under a version of the purpose's key."""
    nonce, mark = urandom(12), f"{MARK}{version}"
    sealed = AESGCM(key).encrypt(nonce, text.encode(), f"{place}|{mark}".encode())
    return f"{mark}.{urlsafe_b64encode(nonce + sealed).decode()}"


def is_sealed(text: str) -> bool:
    """Tell a sealed text from one that was written before its field was sealed."""
    return fullmatch(MARK + r"[0-9]{1,6}\..{38,}", text) is not None


def version_of(sealed: str) -> int:
    """Give the version of the key that a text was sealed under; Unavailable when it tells none."""
    told = sealed.partition(".")[0].removeprefix(MARK)
    if not told.isdecimal() or len(told) > 6:
        raise Unavailable("密封的数据无法打开：它已损坏，或不属于这里")
    return int(told)


def open_sealed(key: bytes, place: str, sealed: str) -> str:
    """Open a text that was sealed for this place; Unavailable when it was damaged or moved here."""
    version, _, text = sealed.partition(".")
    cipher = AESGCM(key)
    try:
        raw = urlsafe_b64decode(text)
        return cipher.decrypt(raw[:12], raw[12:], f"{place}|{version}".encode()).decode()
    except (InvalidTag, ValueError):  # ValueError: not base64, or too short for a nonce and a tag
        raise Unavailable("密封的数据无法打开：它已损坏，或不属于这里") from None


def open_public(sealed: bytes) -> bytes:
    """Open what the public's page sealed to our RSA key (only receive and send may)."""
    opened = _kms().decrypt(
        CiphertextBlob=sealed,
        KeyId=settings.required("PUBLIC_KEY_ID"),
        EncryptionAlgorithm="RSAES_OAEP_SHA_256",
    )
    return bytes(opened["Plaintext"])


def public_key() -> bytes:
    """Give the RSA public key (DER) that the public's page seals to."""
    return bytes(_kms().get_public_key(KeyId=settings.required("PUBLIC_KEY_ID"))["PublicKey"])


@cache
def _kms() -> Any:
    return boto3.client("kms")
