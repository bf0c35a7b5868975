"""What of the tables a backup holds, and whether it is of one instant.

Truth are the register, the ledger, the inbox and what of the codes no projection makes: what was signed for phones,
households' visits, the stack's own item. A code itself is computed anew; the backup keeps its digest to compare.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.rules import numbers
from scripts.backup_manifest import Manifest, Row, digest, to_line

TABLES = {"register": "RegisterTable", "codes": "CodesTable", "inbox": "InboxTable", "ledger": "LedgerTable"}
"""Each section's table, by the stack's outputs."""
SLOWEST = timedelta(seconds=300)
"""The longest that a function may run: a decision stands in the ledger that much after the instant it names."""
_OF_THE_DAY = {"colour", "turn", "projected_on"}
"""What of a code follows from the day on which it was projected."""


def is_code(item: Row) -> bool:
    """Tell a code from what else lies in its table."""
    pk = item["pk"]["S"]
    return bool(numbers.read_token(pk) == pk)


def is_computed(item: Row) -> bool:
    """Tell what is made of the truth: codes, what leads to them, and counters."""
    counted = item.get("sk") == {"S": "C#count"}
    return is_code(item) or counted or item["pk"]["S"].startswith(("L#", "me#", "COUNT#"))


def told_of(code: Row) -> Row:
    """Give what is kept of a code, to compare it with the one that is computed after a restore."""
    kept = {name: value for name, value in to_line(code).items() if name not in _OF_THE_DAY}
    revision = int(code.get("revision", {"N": "0"})["N"])
    return {"pk": code["pk"]["S"], "revision": revision, "digest": digest(json.dumps(kept, sort_keys=True).encode())}


def pages(dynamodb: Any, table: str, start: Row | None) -> Iterator[tuple[list[Row], Row | None]]:
    """Scan a table, strongly consistent, from a key on: each page with the key to go on from."""
    while True:
        more = {"ExclusiveStartKey": start} if start else {}
        page = dynamodb.scan(TableName=table, ConsistentRead=True, **more)
        start = page.get("LastEvaluatedKey")
        yield page["Items"], start
        if start is None:
            return


def moved(manifest: Manifest, dynamodb: Any, table: str) -> list[str]:
    """Name what was decided while the register was read, so that the backup is of no one instant.

    A decision is one transaction over several partitions: its chain's own and the claims'. Chains with an entry as
    young as the backup, and all claims and data keys when there is such a chain, must be in the backup as they are now.
    """
    began = datetime.fromisoformat(manifest.told["began"]) - SLOWEST
    young = {row["pk"]["S"] for row in manifest.rows("ledger") if _is_younger(row, began)}
    if not young:
        return []
    kept: dict[str, set[str]] = {}
    for row in manifest.rows("register"):
        _note(kept, row, young)
    now: dict[str, set[str]] = {}
    for items, _ in pages(dynamodb, table, None):
        for item in items:
            _note(now, to_line(item), young)
    return sorted(key for key in kept.keys() | now.keys() if kept.get(key) != now.get(key))


def _note(found: dict[str, set[str]], row: Row, young: Iterable[str]) -> None:
    """Note a row of a young chain, a claim or a data key: what the code, the ledger and sealed texts follow from."""
    pk, sk = row["pk"]["S"], row["sk"]["S"]
    is_key = pk.startswith("KEY#") and not sk.startswith("done#")
    if sk == "claim" or is_key or (pk in young and sk.startswith("A#")):
        found.setdefault(pk, set()).add(json.dumps(row, sort_keys=True))


def _is_younger(row: Row, than: datetime) -> bool:
    """Tell whether an entry names a later instant; one that names none or is damaged does not."""
    try:
        return datetime.fromisoformat(json.loads(row["body"]["S"])["at"]) >= than
    except (ValueError, LookupError, TypeError):
        return False
