"""The page of a worker's own phone, as the archive keeps it (A6, G6), and the PINs of who has no such phone (A9)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PhonePage:
    """The page of the worker's own phone (G6): `hash` stands for the secret in its address, which nobody keeps.

    None for a worker without a smartphone. `pins` are keyed hashes of the PINs on the worker's sheet.
    """

    hash: str | None
    since: date
    pins: tuple[str, ...] = ()
