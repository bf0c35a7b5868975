"""Per-scan consent (A9): what a household asks and a worker answers, taken from the inbox; the projection shows it.

Each step stands in the ledger chain of the worker's views (`VIEW#`), in the transaction that changes its row.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.actions import secrets
from chalicelib.records import archives, traces, views
from chalicelib.records.commit import Entry
from chalicelib.records.views import Latest
from chalicelib.rules import permission
from chalicelib.rules.account import Account
from chalicelib.rules.act import HOUSEHOLD, WORKER, Act
from chalicelib.rules.days import day_of
from chalicelib.rules.permission import Permission, Permissions


def ask(item: dict[str, Any]) -> None:
    """Take in that a household asks; LookupError while its visit is not here yet."""
    new = _request(item)
    _change(item, HOUSEHOLD, lambda before: permission.asked(before, new, _day(item)))


def answer(item: dict[str, Any]) -> None:
    """Take in the worker's answer; from a page that was the worker's no more it counts for nothing."""
    archive = archives.find(item["archive"])
    at, allow = datetime.fromisoformat(item["at"]), item["allow"] == "yes"
    if archive is None or archive.phone_page is None or not archive.phone_page.was(item["page"], at):
        return
    visit, number = item["visit"], int(item["number"])
    _change(item, WORKER, lambda before: permission.answered(before, visit, number, allow=allow, at=at))


def try_pin(item: dict[str, Any], pin: str) -> None:
    """Take in a PIN that a household was read out at the door; LookupError while its visit is not here yet."""
    archive, new = archives.find(item["archive"]), _request(item)
    pins = archive.phone_page.pins if archive and archive.phone_page else ()
    hashed, count = secrets.pin_hash(item["archive"], pin), int(item["count"])
    _change(
        item,
        HOUSEHOLD,
        lambda before: permission.tried(before, new, count=count, pin=hashed, pins=pins, on=_day(item)),
    )


def _request(item: dict[str, Any]) -> Permission:
    visit = traces.find(item["archive"], f"visit#{item['secret']}")
    if visit is None:
        raise LookupError("the visit is not here yet")
    return Permission(
        visit=item["secret"], number=int(item["number"]), entered_at=datetime.fromisoformat(visit["at"]),
        asked_at=datetime.fromisoformat(item["at"]),
    )  # fmt: skip


def _change(item: dict[str, Any], by: Account, changed: Callable[[Permissions], Permissions]) -> None:
    at = datetime.fromisoformat(item["at"])
    views.change(
        Act(account=by, at=at, on=day_of(at)),
        item["archive"],
        lambda latest: Latest(views=latest.views, permissions=changed(latest.permissions)),
        lambda before, now: _entry(before.permissions, now.permissions),
    )


def _entry(before: Permissions, now: Permissions) -> Entry:
    """Name the step by the one request that changed."""
    one = next(each for each in now.items if each not in before.items)
    tried = now.wrong > before.wrong
    step = "wrong-pin" if tried else "ask" if one.state == "waiting" else one.state
    note = {"visit": one.visit[:12], "number": one.number} | ({"how": one.how} if one.how else {})
    return Entry(action=f"details.{step}", note=note)


def _day(item: dict[str, Any]) -> Any:
    return day_of(datetime.fromisoformat(item["at"]))
