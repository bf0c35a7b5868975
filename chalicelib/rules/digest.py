"""SHA-256 and its HMAC (FIPS 180-4, RFC 2104) from Python's own small module: `hashlib` loads all of OpenSSL.

Light: the public check imports this. Over a few hundred bytes neither is quicker than the other.
"""

from _operator import _compare_digest as same

from chalicelib.rules.light import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash as Hash
    from hashlib import sha256

    Ready = tuple[Hash, Hash]
else:
    Hash, Ready = object, tuple
    try:
        from _sha256 import sha256  # until Python 3.11
    except ImportError:
        try:
            from _sha2 import sha256
        except ImportError:
            from hashlib import sha256

__all__ = ["Hash", "mac", "same", "sha256"]

_KEPT = 100
_ready: dict[bytes, "Ready"] = {}
_INNER = bytes([byte ^ 0x36 for byte in range(256)])
_OUTER = bytes([byte ^ 0x5C for byte in range(256)])


def mac(key: bytes, text: bytes) -> bytes:
    """Give the HMAC-SHA256 of a text, 32 bytes. Compare with `same`, which takes the same time for any."""
    inner, outer = _ready.get(key) or _made_ready(key)
    inner, outer = inner.copy(), outer.copy()
    inner.update(text)
    outer.update(inner.digest())
    return outer.digest()


def _made_ready(key: bytes) -> "Ready":
    """Hash a key's own blocks once for its many texts."""
    if len(_ready) >= _KEPT:
        _ready.clear()
    block = (sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    _ready[key] = sha256(block.translate(_INNER)), sha256(block.translate(_OUTER))
    return _ready[key]
