"""The police check: the conclusion that counts, and each one as it is kept for good (C4)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Background:
    """The police check that counts (C4): conclusion and date only. `batch` is the one it is in until concluded."""

    conclusion: Literal["passed", "failed", "pending", "none"] = "none"
    checked_on: date | None = None
    due_on: date | None = None
    batch: str | None = None


@dataclass(frozen=True, kw_only=True)
class Check:
    """What was concluded, and when: the proof of the `company` that employed the worker (未成年人保护法 62, 126)."""

    id: str
    company: str
    conclusion: Literal["passed", "failed"]
    checked_on: date
