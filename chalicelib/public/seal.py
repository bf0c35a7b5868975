"""Seals the public's phone numbers to the stack's RSA key (RSAES-OAEP-SHA-256, RFC 8017 7.1.1).

Only the holder of the private half, a KMS key that `receive` and `send` may use, can open them.
Loaded on the way of a POST alone.
"""

import hashlib
import os
from base64 import b64decode, b64encode

_HASH = 32
_NO_LABEL = hashlib.sha256(b"").digest()


def sealed(text: str, public_key: str) -> str:
    """Encrypt up to 190 bytes of text for a base64 DER public key; ValueError if it does not fit."""
    modulus, exponent = _numbers(b64decode(public_key, validate=True))
    size = (modulus.bit_length() + 7) // 8
    message = text.encode()
    room = size - 2 * _HASH - 2 - len(message)
    if room < 0:
        raise ValueError("the text is too long to seal")
    block = _NO_LABEL + b"\0" * room + b"\1" + message
    seed = os.urandom(_HASH)
    masked = _masked(block, seed)
    padded = b"\0" + _masked(seed, masked) + masked
    number = pow(int.from_bytes(padded, "big"), exponent, modulus)
    return b64encode(number.to_bytes(size, "big")).decode()


def _masked(block: bytes, seed: bytes) -> bytes:
    """Exclusive-or with the MGF1 stream of a seed (RFC 8017 B.2.1)."""
    count = -(-len(block) // _HASH)
    stream = b"".join(hashlib.sha256(seed + n.to_bytes(4, "big")).digest() for n in range(count))
    return bytes(a ^ b for a, b in zip(block, stream, strict=False))


def _numbers(der: bytes) -> tuple[int, int]:
    """Read modulus and exponent out of a SubjectPublicKeyInfo (RFC 5280, RFC 8017 A.1.1)."""
    outer, _ = _value(der, 0x30)
    _, rest = _value(outer, 0x30)
    bits, _ = _value(rest, 0x03)
    inner, _ = _value(bits[1:], 0x30)
    modulus, rest = _value(inner, 0x02)
    exponent, _ = _value(rest, 0x02)
    return int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")


def _value(der: bytes, tag: int) -> tuple[bytes, bytes]:
    """Split one DER value of an expected tag from what follows it."""
    if len(der) < 2 or der[0] != tag:
        raise ValueError("not an RSA public key")
    length, start = der[1], 2
    if length & 0x80:
        start = 2 + (length & 0x7F)
        length = int.from_bytes(der[2:start], "big")
    if start + length > len(der):
        raise ValueError("not an RSA public key")
    return der[start : start + length], der[start + length :]
