"""The ledger of one archive, checked while it is read (G3)."""

from typing import Any

from chalicelib.actions import workers
from chalicelib.records import ledger
from chalicelib.rules.account import Account


def of_worker(account: Account, id: str) -> dict[str, Any]:
    """Give every decision on an archive, oldest first; `broken` names the first that does not follow."""
    archive = workers.fetch(account, id)
    entries = ledger.chain(archive.key)
    if len(entries) != archive.revision:
        archive = workers.fetch(account, id)  # a decision may have fallen between the two reads
    shown = [{name: value for name, value in entry.items() if name != "body"} for entry in entries]
    return {"entries": shown, "broken": ledger.broken(entries, archive.head)}
