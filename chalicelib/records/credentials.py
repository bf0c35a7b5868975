"""Offline credentials (A10): `offline#{token}` and `list#{city}` in codes, `OFFLINE#{city}` in the register.

Both kinds of item carry a `version`: a writer that did not see the latest one writes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.models import Model

from chalicelib import settings
from chalicelib.records.tables import Patience, RegisterRow
from chalicelib.rules.errors import Unavailable


class OfflineRow(Model):
    """What a code's phone page, or a city's status list, hands out as it was signed."""

    class Meta(Patience):
        table_name = settings.optional("CODES_TABLE")

    pk = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    signed = UnicodeAttribute(null=True)
    last = UnicodeAttribute(null=True)
    withdrawn_at = NumberAttribute(null=True)


@dataclass(frozen=True, kw_only=True)
class Issued:
    """What was signed for a token so far: the text handed out now, the last day that any of its texts holds, and up
    to when they were withdrawn. `version` is what the item said when it was read."""

    token: str
    version: int = 0
    text: str | None = None
    last: date | None = None
    withdrawn_at: datetime | None = None


def find(token: str) -> Issued:
    """Read what was signed for a token, strongly consistent."""
    try:
        row = OfflineRow.get(f"offline#{token}", consistent_read=True)
    except DoesNotExist:
        return Issued(token=token)
    return Issued(
        token=token, version=int(row.version), text=row.signed,
        last=date.fromisoformat(row.last) if row.last else None,
        withdrawn_at=datetime.fromtimestamp(int(row.withdrawn_at), UTC) if row.withdrawn_at else None,
    )  # fmt: skip


def store(issued: Issued) -> None:
    """Write what is handed out from now on, over the version that was read; Unavailable when it is another's now."""
    row = OfflineRow(f"offline#{issued.token}", version=issued.version + 1, signed=issued.text)
    row.last = str(issued.last) if issued.last else None
    row.withdrawn_at = int(issued.withdrawn_at.timestamp()) if issued.withdrawn_at else None
    if not _put(row):
        raise Unavailable("这个码的离线凭证正在被更新，请稍后重试")


def withdraw(city: str, mark: bytes, at: datetime, until: date) -> None:
    """Keep that all that was signed for a token up to an instant is withdrawn, as long as any of it could hold."""
    ends = datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(days=2)
    body = json.dumps({"at": int(at.timestamp()), "until": str(until)})
    RegisterRow(
        f"OFFLINE#{city}", mark.hex(), noun="withdrawn", body=body, ttl=int(ends.timestamp())
    ).save()  # fmt: skip


def withdrawn(city: str, on: date) -> Mapping[bytes, datetime]:
    """Give a city's withdrawn credentials that could still hold on a day: by mark, up to when they are withdrawn."""
    rows = [
        (row.sk, json.loads(row.body or "{}")) for row in RegisterRow.query(f"OFFLINE#{city}", consistent_read=True)
    ]
    return {
        bytes.fromhex(mark): datetime.fromtimestamp(told["at"], UTC) for mark, told in rows if told["until"] >= str(on)
    }


def list_version(city: str) -> int:
    """Give the version of a city's published list, 0 when there is none."""
    try:
        return int(OfflineRow.get(f"list#{city}", consistent_read=True).version)
    except DoesNotExist:
        return 0


def publish_list(city: str, text: str, *, over: int) -> bool:
    """Publish a city's signed list over a version; False when it is not the one there any more."""
    return _put(OfflineRow(f"list#{city}", version=over + 1, signed=text))


def _put(row: OfflineRow) -> bool:
    before = int(row.version) - 1
    unchanged = (OfflineRow.version == before) if before else OfflineRow.pk.does_not_exist()
    try:
        row.save(condition=unchanged)
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True
