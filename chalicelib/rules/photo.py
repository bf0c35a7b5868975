"""The photo that households compare (B1), as the archive keeps it."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Photo:
    """The small copy that households see: its key in the uploads bucket, its hash, and the file it was made of."""

    key: str
    sha256: str
    file: str

    @property
    def mark(self) -> str:
        """The first 16 octets of the hash in base64url, as an offline credential has them."""
        return urlsafe_b64encode(bytes.fromhex(self.sha256)[:16]).decode().rstrip("=")
