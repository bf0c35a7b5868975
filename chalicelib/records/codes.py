"""Codes: what the public may see of one code. Only the projection writes one, and only over a lower revision."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Required, TypedDict

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import DoesNotExist
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from chalicelib import settings
from chalicelib.public.store import Item
from chalicelib.records import direct
from chalicelib.records.tables import Patience

SHARDS = 8


class Turning(GlobalSecondaryIndex["CodeRow"]):  # type: ignore[no-untyped-call]
    """Codes by the day on which another verdict begins (`day#shard`); absent when no end is in sight."""

    class Meta:
        index_name = "turning"
        projection = IncludeProjection(["archive"])

    turn = UnicodeAttribute(hash_key=True)
    pk = UnicodeAttribute(range_key=True)


class Code(TypedDict, total=False):
    """One code by its token, as the projection makes it. `colour` is for lists and statistics; the check computes its
    own.

    `decided` is the revision of the city's settings that it was computed under, `leads` a mark of the keys that lead
    here. What is None is left out.
    """

    pk: Required[str]
    archive: str
    city: str
    region: str
    overrides: str
    revision: Required[int]
    decided: Required[int]
    stop: str
    stop_revision: int
    facts: str
    holder: str
    holder_zh: str
    holder_en: str
    photo: str
    photo_hash: str
    hotline: str | None
    objection: str | None
    live_secret: bytes
    nonce_key: bytes
    phone_page: str | None
    leads: str
    colour: str
    turn: str
    projected_on: Required[str]


class CodeRow(Model):
    """One code as it is read (`Code`)."""

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
    leads = UnicodeAttribute(null=True)
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
    archive = UnicodeAttribute(null=True)
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


_REPLACEABLE = (
    "(attribute_not_exists(revision) OR revision < :revision OR (revision = :revision"
    " AND (attribute_not_exists(decided) OR decided < :decided OR (decided = :decided AND projected_on <= :day))))"
    " AND (attribute_not_exists(stop_revision) OR stop_revision <= :revision)"
)
_WHERE_IT_MAY = f"attribute_not_exists(pk) OR ({_REPLACEABLE})"
_WHERE_LED_TO = f"leads = :leads AND {_REPLACEABLE}"


def publish(code: Code, leads: Sequence[str] = (), *, anew: bool = False) -> bool:
    """Write a projection unless a newer one, a later decision of the city or a stop it does not know of is there.

    Says whether it was written. `leads` are the keys of the items that shall lead to it, written before it, and not
    again where a code lies that says that they were (docs/decisions/0023); `anew` writes them again.
    """
    table, (item, led_to, values) = settings.required("CODES_TABLE"), _led_to(code, leads)
    if leads and not anew:
        there = direct.put(table, item, led_to, values)
        if there is None:
            return True
        if there.get("leads") == item["leads"]:
            return False
    for pk in leads:
        point(pk, code["pk"], code["revision"])
    values.pop(":leads", None)
    return direct.put(table, item, _WHERE_IT_MAY, values) is None


def publish_together(all: Sequence[tuple[Code, Sequence[str]]]) -> list[bool]:
    """Write several projections with what leads to them at once; tell which were written. Another one is to be
    published alone."""
    return direct.put_together(settings.required("CODES_TABLE"), [_led_to(code, leads) for code, leads in all])


def _led_to(code: Code, leads: Sequence[str]) -> tuple[Item, str, dict[str, Any]]:
    """Give what is put of a code where one lies that the same keys lead to: its item, the condition and its values."""
    item = _item({**code, "leads": _mark(leads) if leads else None})
    values = {":revision": item["revision"], ":day": item["projected_on"], ":decided": item["decided"]}
    return item, _WHERE_LED_TO, {**values, ":leads": item["leads"]} if leads else values


def _mark(leads: Sequence[str]) -> str:
    """Give what a code keeps of what leads to it: it is only ever compared with itself."""
    return sha256(" ".join(leads).encode()).hexdigest()[:16]


def _item(attributes: Mapping[str, Any]) -> Item:
    """Write texts, whole numbers and bytes in the wire's form; what is None is left out."""
    return {name: _WIRE[type(value)](value) for name, value in attributes.items() if value is not None}


_WIRE: dict[type, Callable[[Any], dict[str, str]]] = {
    str: lambda text: {"S": text},
    int: lambda number: {"N": str(number)},
    bytes: lambda raw: {"B": b64encode(raw).decode()},
}


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
    item = _item({"pk": pk, "revision": revision, **attributes})
    earlier = "attribute_not_exists(revision) OR revision <= :revision"
    direct.put(settings.required("CODES_TABLE"), item, earlier, {":revision": item["revision"]})


def put_plain(pk: str, **attributes: Any) -> None:
    """Write an item that is not a code."""
    PlainRow(pk, **attributes).save()


def archive_of(token: str) -> str | None:
    """Give the archive key of a token, strongly consistent, and read nothing else of the code; None for no code."""
    try:
        return CodeRow.get(token, consistent_read=True, attributes_to_get=["pk", "archive"]).archive
    except DoesNotExist:
        return None


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
