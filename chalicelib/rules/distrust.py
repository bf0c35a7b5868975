"""Papers that are not believed (不予采信, C7): kept and shown with their ground, and counted for nothing by colour and
readiness alike, since both are told of the papers that count and of no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


@dataclass(frozen=True, kw_only=True)
class Distrust:
    """Since when and on what ground a paper is not believed; `job` is the bulk stop that said so."""

    since: date
    ground: str
    job: str


class Doubtful(Protocol):
    """A paper that may come to be distrusted."""

    @property
    def distrust(self) -> Distrust | None: ...


Paper = TypeVar("Paper", bound=Doubtful)


def believed(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Give the papers that count (B2, C7)."""
    return tuple(one for one in papers if one.distrust is None)
