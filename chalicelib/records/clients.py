"""On which day a client's key was last used: `P#{account}`, `key#{id}`; written once a day and process."""

from datetime import date
from functools import cache

from pynamodb.exceptions import DoesNotExist

from chalicelib.records.tables import RegisterRow
from chalicelib.rules.account import Account


@cache
def use(account: str, key: str, day: date) -> None:
    """Note that a key of an account (its partition's key) was used on a day."""
    RegisterRow(account, f"key#{key}", noun="key-use", body=str(day)).save()


def last_used(account: Account, key: str) -> date | None:
    """Give the day on which a key was last used, or None."""
    try:
        return date.fromisoformat(RegisterRow.get(account.key, f"key#{key}").body or "")
    except DoesNotExist:
        return None
