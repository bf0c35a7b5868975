"""What was tried of a second factor (`P#{account}`, `factor#{id}`) and which sign-ins passed it (`session#{id}`)."""

from datetime import datetime

from pynamodb.exceptions import DoesNotExist, PutError

from chalicelib.records import shapes
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.account import Account
from chalicelib.rules.factor import Factor, Tries


def tries(account: Account, factor: Factor) -> tuple[Tries, int]:
    """Read what was tried, strongly consistent, with the number of writes so far."""
    try:
        row = RegisterRow.get(account.key, f"factor#{factor.id}", consistent_read=True)
    except DoesNotExist:
        return Tries(), 0
    return shapes.load(Tries, row.body or "{}"), int(row.revision or 0)


def save(account: Account, factor: Factor, now: Tries, writes: int) -> bool:
    """Write what was tried; False when another try came between, so that no two are judged by one count."""
    row = RegisterRow(account.key, f"factor#{factor.id}", noun="tries", body=shapes.dump(now), revision=writes + 1)
    condition = RegisterRow.revision == writes if writes else RegisterRow.pk.does_not_exist()
    try:
        row.save(condition=condition)
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def mark(account: Account, session: str, factor: Factor, *, until: datetime) -> None:
    """Note that a sign-in passed a factor; the row goes when no token of the sign-in can live any more."""
    row = RegisterRow(account.key, f"session#{session}", noun="session", body=factor.id, ttl=int(until.timestamp()))
    row.save()


def passed(account: Account, session: str) -> str | None:
    """Name the factor that a sign-in passed, strongly consistent, or None."""
    try:
        return RegisterRow.get(account.key, f"session#{session}", consistent_read=True).body
    except DoesNotExist:
        return None
