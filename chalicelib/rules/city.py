"""A city and what it decided for itself (G1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A bureau's standing authorisation (常态化授权): cards of cleared applications may be made without asking (C2)."""

    first: date
    last: date
    by: str
    ground: str

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day, both ends included."""
        return self.first <= on <= self.last


@dataclass(frozen=True, kw_only=True)
class City:
    """A city of the stack. `overrides` are at most two {from, overrides} of its policy."""

    id: str
    name: str
    association: str
    hotline: str
    overrides: tuple[dict[str, Any], ...] = ()
    standing: Standing | None = None
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The city's partition key."""
        return f"CITY#{self.id}"
