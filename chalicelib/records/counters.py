"""Counters of a city (F1): what each archive contributes is a row of its partition, the sums lie in shards.

A contribution is replaced in one transaction with what that adds to its shard, on condition that it is the one that was
read: a repeat adds nothing. A recount begins a new generation of sums, and the one before is shown until it is whole.
"""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.expressions.operand import Path
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.records import shapes
from chalicelib.records.archive_rows import shard
from chalicelib.records.commit import connection
from chalicelib.records.tables import Patience, RegisterRow
from chalicelib.rules.contribution import Counts, difference, summed

SHARDS = 8
_OURS = "C#count"
_LOST = {"ConditionalCheckFailed", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class SumRow(Model):
    """A family of counters of a shard, `COUNT#{city}#{generation}#{shard}`: each name an attribute of its own."""

    class Meta(Patience):
        table_name = settings.optional("REGISTER_TABLE")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    names: dict[str, int]

    @classmethod
    def from_raw_data(cls, data: dict[str, Any]) -> "SumRow":
        """Keep what no model can name beforehand: every number of the row."""
        row = super().from_raw_data(data)
        row.names = {name: int(value["N"]) for name, value in data.items() if "N" in value}
        return row


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What of an archive has been counted, and in which generation; `shown_on` is the day of its last confirmed entry,
    `revision` how often it was counted."""

    generation: int = 0
    shown_on: date | None = None
    counts: Counts = field(default_factory=dict)
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Which generation of a city's counters is written, which was whole before it, and of how many archives the one
    that is written is made (None: they are still being listed), by which
    `version` of what is counted, since when."""

    generation: int = 1
    whole: int = 1
    archives: int | None = 0
    version: int = 0
    since: date | None = None


def find(key: str) -> Contribution:
    """Read what of an archive was counted, strongly consistent; nothing yet is revision 0."""
    try:
        row = RegisterRow.get(key, _OURS, consistent_read=True)
    except DoesNotExist:
        return Contribution()
    return shapes.load(Contribution, row.body or "")


def replaced(key: str, before: Contribution, after: Contribution) -> bool:
    """Count an archive anew, its sums with it; False when another counted it, or its shard, at once."""
    now = replace(after, revision=before.revision + 1)
    row = RegisterRow(key, _OURS, noun="count", body=shapes.dump(now), revision=now.revision)
    unchanged: Any = RegisterRow.revision == before.revision if before.revision else RegisterRow.pk.does_not_exist()
    counted = before.counts if before.generation == after.generation else {}
    _, city, id = key.split("#")
    try:
        with TransactWrite(connection=connection(), client_request_token=uuid.uuid4().hex) as transaction:
            transaction.save(row, condition=unchanged)
            for family, names in sorted(difference(counted, after.counts).items()):
                sums = SumRow(_shard(city, after.generation, shard(id, SHARDS)), family)
                transaction.update(sums, actions=[Path([name]).add(by) for name, by in sorted(names.items())])
    except TransactWriteError as error:
        if not _LOST & {str(getattr(reason, "code", "")) for reason in error.cancellation_reasons}:
            raise
        return False
    return True


def tally(city: str) -> Tally:
    """Read how far a city's counters are, strongly consistent."""
    try:
        row = RegisterRow.get(f"COUNT#{city}", "tally", consistent_read=True)
    except DoesNotExist:
        return Tally()
    return shapes.load(Tally, row.body or "")


def begin(city: str, now: Tally) -> None:
    """Write how a city is counted from now on."""
    RegisterRow(f"COUNT#{city}", "tally", noun="count", body=shapes.dump(now)).save()


def read(city: str, generation: int, *, first: str, last: str) -> Counts:
    """Add up the shards of a generation: families by name, `first` through `last`."""
    found = [
        {row.sk: row.names}
        for place in range(SHARDS)
        for row in SumRow.query(_shard(city, generation, place), SumRow.sk.between(first, last))
    ]
    return summed(found)


def _shard(city: str, generation: int, place: int) -> str:
    return f"COUNT#{city}#{generation}#{place}"
