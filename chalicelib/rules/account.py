"""An account: who signs in, with which role, for which city or company (G2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from chalicelib.rules.client import ClientKey, Scope
from chalicelib.rules.factor import Factor

Role = Literal[
    "administrator", "province_auditor", "bureau", "association_manager", "association_clerk", "police", "hotline",
    "print_vendor", "company_owner", "company_clerk", "feed", "platform", "system", "worker", "household",
]  # fmt: skip

NOBODY = frozenset({"system", "worker", "household"})
"""Roles that no account has: the ledger names by them who did what no account did."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """A sign-in as its tokens tell it: `id` is the same in all tokens that came of it, `since` when its person signed
    in, by the issuer's clock."""

    id: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account of ours. `subject` is the issuer's `iss|sub`; nothing else of a token is believed.

    `email` is sealed: whom to invite anew when the user pool is another one.
    Who signed in before `signed_out_at` is signed out. `factor` is the second factor that counts, `offered` one that
    its owner has yet to confirm, `reset_at` when another took the last one away. `scopes` and `keys` are a machine's.
    """

    id: str
    subject: str
    role: Role
    city: str | None = None
    company: str | None = None
    name: str = ""
    email: str | None = None
    state: Literal["active", "disabled"] = "active"
    signed_out_at: datetime | None = None
    factor: Factor | None = None
    offered: Factor | None = None
    reset_at: datetime | None = None
    scopes: tuple[Scope, ...] = ()
    keys: tuple[ClientKey, ...] = ()
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The account's partition key."""
        return f"P#{self.id}"
