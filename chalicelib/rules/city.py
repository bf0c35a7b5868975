"""A city and what it decided for itself (G1)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class City:
    """A city of the stack. `overrides` are at most two {from, overrides} of its policy."""

    id: str
    name: str
    association: str
    hotline: str
    overrides: tuple[dict[str, Any], ...] = ()
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The city's partition key."""
        return f"CITY#{self.id}"
