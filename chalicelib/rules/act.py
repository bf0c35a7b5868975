"""Who does something, when, and under which repeatable key. Passed to every action."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from chalicelib.rules.account import Account, Session

SYSTEM = Account(id="system", subject="system", role="system", name="系统")
WORKER = Account(id="worker", subject="worker", role="worker", name="本人")
HOUSEHOLD = Account(id="household", subject="household", role="household", name="入户家庭")
"""Who does what no account does: the system itself, a worker on the own page, a household on its visit's."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One request: the account, the instant and its Shanghai day, the Idempotency-Key with a digest of what was
    asked (None: not repeatable), how its result is shown, so that a repeat can be answered alike, and the sign-in
    that it came by (None: nobody's)."""

    account: Account
    at: datetime
    on: date
    key: str | None = None
    digest: str = ""
    show: Callable[[Any], Any] = lambda result: None
    session: Session | None = None

    def part(self, name: str) -> "Act":
        """Give the act of one item of a batch, repeatable on its own."""
        return replace(self, key=f"{self.key}/{name}" if self.key else None)
