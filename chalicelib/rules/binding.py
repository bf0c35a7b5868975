"""A worker's one company (B4), and the change of it while that is under way; its moves are in rules/transfer.py."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

BindingState = Literal["active", "suspended"]
Side = Literal["worker", "old", "new"]
NOBODY = ""
"""The company of a worker who left one and has joined no other yet."""


@dataclass(frozen=True, kw_only=True)
class Binding:
    """The one company of the worker (B4), with its `state`, so that the code follows from one archive."""

    company: str
    company_name: str
    since: date
    state: BindingState = "active"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One side's yes: who gave or recorded it, and the day of the worker's signature where it is the worker's."""

    side: Side
    by: str
    role: str
    on: date
    signed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """A worker's way to another company, or from one to none (`to` is NOBODY), until every side has agreed."""

    to: str
    to_name: str
    by: str
    ground: str
    on: date
    due_on: date
    agreed: tuple[Agreement, ...] = ()
    objection: str | None = None
