"""The page of a worker's own phone, as the archive keeps it (A6, G6)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PhonePage:
    """The page of the worker's own phone (G6): `hash` stands for the secret in its address, which nobody keeps."""

    hash: str
    since: date
