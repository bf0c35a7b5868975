"""Offline credentials (A10): signed after the projection, withdrawn by the city's status list when bad news comes."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.outside import clock, policies, queues, signing
from chalicelib.records import codes, credentials, lists
from chalicelib.records.codes import CodeRow
from chalicelib.records.credentials import Issued
from chalicelib.rules import credential, signed
from chalicelib.rules.colour import Colour, facts_from, verdict, with_stop
from chalicelib.rules.credential import LONGEST, Claims, StatusList
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.line import facts_in
from chalicelib.rules.policy import overridden

TRIES = 5
_SECOND = timedelta(seconds=1)


class _Change(NamedTuple):
    """A code whose credential is to be another one, or none; `wrong` is what was signed and must not be believed."""

    issued: Issued
    claims: Claims | None
    wrong: Claims | None


def follow(tokens: Iterable[str]) -> int:
    """Bring the credentials of codes up to them; give how many changed. Safe to repeat, and in any order.

    Bad news goes first: what no longer holds is in the published list before anything is signed anew.
    """
    at = clock.now().replace(microsecond=0)
    changes = [change for token in tokens if (change := _change(token, at))]
    for city in sorted({_withdrawn(change.issued, change.wrong, at) for change in changes if change.wrong}):
        publish(city)
    for change in changes:
        _sign(change, at)
    return len(changes)


def publish(city: str) -> None:
    """Sign a city's status list anew and publish it; Unavailable when others keep publishing it meanwhile."""
    for _ in range(TRIES):
        version, at = credentials.list_version(city), clock.now()
        listed = StatusList(city=city, made_at=at, withdrawn=credentials.withdrawn(city, day_of(at)))
        if credentials.publish_list(city, signing.sign(listed.payload()), over=version):
            return
    raise Unavailable("状态表正在被更新，请稍后重试")


def queue_lists() -> int:
    """Have every city's list published anew, so that none grows old; give how many. Each is tried on its own."""
    cities = list(lists.ids("province", "city", "active", shards=1))
    queues.put("REREACT_QUEUE", [{"status_list": city} for city in cities])
    return len(cities)


def _change(token: str, at: datetime) -> _Change | None:
    """Compare a code with what was signed for it; None when nothing is to do.

    What was signed is read first: who reads an older code than another writer is then refused by the version.
    """
    issued = credentials.find(token)
    earlier = _signed_before(issued)
    claims = _claims(codes.find(token), at)
    if claims == earlier or (claims and earlier and replace(claims, at=earlier.at) == earlier):
        return None
    harmless = earlier is None or (issued.last or earlier.until) < day_of(at)
    extended = claims and earlier and claims.extends(earlier)
    return _Change(issued, claims, None if harmless or extended else earlier)


def _signed_before(issued: Issued) -> Claims | None:
    return credential.claims_from(signed.taken_apart(issued.text).payload) if issued.text else None


def _claims(row: CodeRow | None, at: datetime) -> Claims | None:
    """Say what may be signed for a code at an instant; None unless it is green or yellow, and what was projected of it
    still to be believed (docs/decisions/0034)."""
    if row is None or row.facts is None or row.holder is None or (row.stop_revision is not None and row.stop is None):
        return None
    facts = facts_from(json.loads(row.facts)) if row.facts[0] == "{" else facts_in(row.facts)
    judged = with_stop(facts, json.loads(row.stop)) if row.stop else facts
    policy = overridden(policies.load(row.region or "default"), json.loads(row.overrides or "[]"))
    on = day_of(at)
    found = verdict(judged, policy, on)
    if found.colour not in (Colour.GREEN, Colour.YELLOW):
        return None
    holder = json.loads(row.holder)
    return Claims(
        token=row.pk, name=holder["name"], photo=row.photo_hash, city=row.city or "",
        colour="green" if found.colour is Colour.GREEN else "yellow",
        until=min(found.until or on + LONGEST, on + LONGEST), at=at,
    )  # fmt: skip


def _withdrawn(issued: Issued, wrong: Claims, at: datetime) -> str:
    """Withdraw all that was signed for a token so far; give the city whose list has to say so."""
    mark, gone = credential.mark(wrong.token), max(at, wrong.at)
    credentials.withdraw(wrong.city, mark, gone, issued.last or wrong.until)
    return wrong.city


def _sign(change: _Change, at: datetime) -> None:
    """Sign what may be told of a code now, later than what was withdrawn, and hand it out."""
    issued, claims = change.issued, change.claims
    gone = max(at, change.wrong.at) if change.wrong else issued.withdrawn_at
    if claims is None:
        credentials.store(replace(issued, text=None, withdrawn_at=gone))
        return
    claims = replace(claims, at=max(at, gone + _SECOND) if gone else at)
    last = max(claims.until, issued.last or claims.until)
    credentials.store(replace(issued, text=signing.sign(claims.payload()), last=last, withdrawn_at=gone))
