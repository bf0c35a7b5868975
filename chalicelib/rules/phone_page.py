"""The page of a worker's own phone, as the archive keeps it (A6, G6), and the PINs of who has no such phone (A9)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

KEPT = timedelta(days=30)
"""A message that was put aside is kept 14 days (infra/queues.yaml) and may be sent round once more."""


@dataclass(frozen=True, kw_only=True)
class FormerPage:
    """A page that was replaced: the hash of its secret, and the second in which it ended."""

    hash: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class PhonePage:
    """The page of the worker's own phone (G6): `hash` stands for the secret in its address, which nobody keeps.

    None for a worker without a smartphone. `pins` are keyed hashes of the PINs on the worker's sheet, `former` the
    pages before this one from which something may still be under way, `generation` how many phones had one before: the
    live codes of each have a secret of their own.
    """

    hash: str | None
    since: date
    pins: tuple[str, ...] = ()
    former: tuple[FormerPage, ...] = ()
    generation: int = 0

    def was(self, page: str, at: datetime) -> bool:
        """Tell whether the page of a hash was the worker's at an instant."""
        return page == self.hash or any(one.hash == page and at < one.until for one in self.former)

    def ever_was(self, page: str) -> bool:
        """Tell whether the page of a hash is or was the worker's."""
        return page == self.hash or any(one.hash == page for one in self.former)

    def replaced(self, at: datetime) -> tuple[FormerPage, ...]:
        """Give the former pages of the page that replaces this one at an instant."""
        ended = (FormerPage(hash=self.hash, until=at.replace(microsecond=0)),) if self.hash else ()
        return tuple(one for one in self.former if at - one.until < KEPT) + ended

    def next_generation(self) -> int:
        """Give the generation of the page that replaces this one."""
        return self.generation + (self.hash is not None)
