"""Codes: what the public may see of one code. Only the projection writes one, and only over a lower revision."""

from collections.abc import Iterator
from typing import Any

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from chalicelib import settings
from chalicelib.records.tables import Patience

SHARDS = 8


class Turning(GlobalSecondaryIndex["CodeRow"]):  # type: ignore[no-untyped-call]
    """Codes by the day on which another verdict begins (`day#shard`); absent when no end is in sight."""

    class Meta:
        index_name = "turning"
        projection = IncludeProjection(["archive"])

    turn = UnicodeAttribute(hash_key=True)
    pk = UnicodeAttribute(range_key=True)


class CodeRow(Model):
    """One code by its token. `colour` is for lists and statistics; the check computes its own.

    `decided` is the revision of the city's settings that it was computed under.
    """

    class Meta(Patience):
        table_name = settings.optional("CODES_TABLE")

    pk = UnicodeAttribute(hash_key=True)
    archive = UnicodeAttribute(null=True)
    city = UnicodeAttribute(null=True)
    region = UnicodeAttribute(null=True)
    overrides = UnicodeAttribute(null=True)
    revision = NumberAttribute(null=True)
    decided = NumberAttribute(null=True)
    stop = UnicodeAttribute(null=True)
    stop_revision = NumberAttribute(null=True)
    facts = UnicodeAttribute(null=True)
    holder = UnicodeAttribute(null=True)
    holder_zh = UnicodeAttribute(null=True)
    holder_en = UnicodeAttribute(null=True)
    photo = UnicodeAttribute(null=True)
    photo_hash = UnicodeAttribute(null=True)
    hotline = UnicodeAttribute(null=True)
    objection = UnicodeAttribute(null=True)
    live_secret = BinaryAttribute(legacy_encoding=False, null=True)
    nonce_key = BinaryAttribute(legacy_encoding=False, null=True)
    phone_page = UnicodeAttribute(null=True)
    colour = UnicodeAttribute(null=True)
    turn = UnicodeAttribute(null=True)
    projected_on = UnicodeAttribute(null=True)
    turning = Turning()


class PlainRow(Model):
    """What else lies in the table: look-ups, the stack's public keys, visits of households, workers' own pages."""

    class Meta(Patience):
        table_name = settings.optional("CODES_TABLE")

    pk = UnicodeAttribute(hash_key=True)
    token = UnicodeAttribute(null=True)
    revision = NumberAttribute(null=True)
    visit = UnicodeAttribute(null=True)
    permission = UnicodeAttribute(null=True)
    own = UnicodeAttribute(null=True)
    ttl = NumberAttribute(null=True)
    nonce_key = BinaryAttribute(legacy_encoding=False, null=True)
    report_key = BinaryAttribute(legacy_encoding=False, null=True)
    cities = UnicodeAttribute(null=True)
    seal_public = UnicodeAttribute(null=True)
    signing_keys = UnicodeAttribute(null=True)
    address = UnicodeAttribute(null=True)
    hotline = UnicodeAttribute(null=True)


def publish(row: CodeRow) -> bool:
    """Write a projection unless a newer one, a later decision of the city or a stop it does not know of is there.

    Says whether it was written.
    """
    new = CodeRow.pk.does_not_exist()
    newer = CodeRow.revision.does_not_exist() | (CodeRow.revision < row.revision)
    same = (CodeRow.revision == row.revision) & (CodeRow.projected_on <= row.projected_on)
    redrawn = same & (CodeRow.decided.does_not_exist() | (CodeRow.decided <= row.decided))
    knows = CodeRow.stop_revision.does_not_exist() | (CodeRow.stop_revision <= row.revision)
    try:
        row.save(condition=new | ((newer | redrawn) & knows))
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def find(token: str) -> CodeRow | None:
    """Read a code, strongly consistent, or None."""
    try:
        return CodeRow.get(token, consistent_read=True)
    except DoesNotExist:
        return None


def point(pk: str, token: str, revision: int) -> None:
    """Let a look-up or a worker's page lead to a token, unless a later revision of the archive has spoken."""
    put_newer(pk, revision, token=token)


def put_newer(pk: str, revision: int, **attributes: Any) -> None:
    """Write an item that is not a code, unless a later revision has spoken."""
    earlier = PlainRow.revision.does_not_exist() | (PlainRow.revision <= revision)
    try:
        PlainRow(pk, revision=revision, **attributes).save(condition=earlier)
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def put_plain(pk: str, **attributes: Any) -> None:
    """Write an item that is not a code."""
    PlainRow(pk, **attributes).save()


def find_plain(pk: str) -> PlainRow | None:
    """Read an item that is not a code, or None."""
    try:
        return PlainRow.get(pk, consistent_read=True)
    except DoesNotExist:
        return None


def turning(day: str) -> Iterator[tuple[str, str]]:
    """Give token and archive key of every code whose verdict changes on a day, reading nothing else (rule 5)."""
    for shard in range(SHARDS):
        for row in CodeRow.turning.query(f"{day}#{shard}"):
            yield row.pk, row.archive or ""
