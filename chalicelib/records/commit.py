"""One decision, one transaction: what it writes, the ledger's entry, the repeat guard and the raised revision.

A partition that decisions change (an archive, a company, an account, a city) has a row `A#meta` with
`revision` and the ledger chain's `head`; the ledger's entry number is the revision (DESIGN invariants 3, 8, 9).
"""

import hashlib
import json
import random
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, Protocol

from pynamodb.connection import Connection
from pynamodb.exceptions import PutError, TransactWriteError
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.records.tables import CodeStop, LedgerRow, RegisterRow
from chalicelib.rules.act import Act
from chalicelib.rules.errors import Clash, Reused, Unavailable

META = "A#meta"
KEEP_REPEATS = 24 * 3600
TRIES = 5


class Chained(Protocol):
    """A value whose partition carries a revision and a ledger chain."""

    @property
    def key(self) -> str: ...
    @property
    def revision(self) -> int: ...
    @property
    def head(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Item:
    """One row of a partition, ready to write; `list_`/`owner_` place it in an index; at `ttl` the table drops it."""

    sk: str
    noun: str
    body: str
    brief: str | None = None
    list_key: str | None = None
    list_sort: str | None = None
    owner_key: str | None = None
    owner_sort: str | None = None
    ttl: int | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the ledger keeps of a decision: the move, its ground, and words that hold no personal data."""

    action: str
    ground: str | None = None
    note: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A uniqueness of its own row: `key` names it, `owner` has it, `taken` is said when another has it already."""

    key: str
    owner: str
    taken: str


def commit(
    before: Chained,
    *,
    act: Act,
    entry: Entry,
    put: Iterable[Item],
    remove: Iterable[str] = (),
    claim: Iterable[Claim] = (),
    release: Iterable[str] = (),
    stop: Mapping[str, str | None] | None = None,
    holds: Chained | None = None,
    result: Any = None,
) -> str:
    """Write a decision whole or not at all, and give the chain's new head.

    `put` holds the meta item too. `stop` maps tokens to the stop's JSON text, or to None where the code is only no
    longer to be believed (bad news only: good news takes the projection). `holds` is a value of another partition that
    must still be as it was read. Raises Clash when a partition was changed since it was read or a claim is taken,
    Unavailable when the store is too busy.
    """
    revision = before.revision + 1
    items = sorted(put, key=lambda item: item.sk)
    ledger = _ledger_row(before, revision, act, entry, items)
    besides = _Besides(list(remove), list(claim), list(release), dict(stop or {}), holds)
    for attempt in range(TRIES):
        try:
            _transact(before, act, items, ledger, besides, result)
        except TransactWriteError as error:
            _judge(error, besides.claim)
        else:
            return ledger.hash
        time.sleep(random.uniform(0.01, 0.04) * 2**attempt)  # noqa: S311 - jitter, not a secret
    raise Unavailable("系统繁忙，请稍后重试；本次操作未生效")


class _Besides(NamedTuple):
    """What a transaction writes and asks beside the partition's own rows."""

    remove: list[str]
    claim: list[Claim]
    release: list[str]
    stop: dict[str, str | None]
    holds: Chained | None


def _transact(before: Chained, act: Act, items: list[Item], ledger: LedgerRow, besides: _Besides, result: Any) -> None:
    revision = before.revision + 1
    with TransactWrite(connection=connection(), client_request_token=uuid.uuid4().hex) as transaction:
        for item in items:
            row = _row(before.key, item, revision, ledger.hash)
            transaction.save(row, condition=_unchanged(before) if item.sk == META else None)
        transaction.save(ledger, condition=LedgerRow.pk.does_not_exist())
        if act.key:
            transaction.save(_repeat_row(act, result), condition=RegisterRow.pk.does_not_exist())
        _besides(transaction, before.key, revision, besides)


def _besides(transaction: TransactWrite, key: str, revision: int, besides: _Besides) -> None:
    for claim in besides.claim:
        row = RegisterRow(claim.key, "claim", noun="claim", body=claim.owner)
        transaction.save(row, condition=RegisterRow.pk.does_not_exist())
    for claimed in besides.release:
        transaction.delete(RegisterRow(claimed, "claim"))
    for sk in besides.remove:
        transaction.delete(RegisterRow(key, sk))
    for token, text in besides.stop.items():
        actions: list[Action] = [CodeStop.stop_revision.set(revision)]
        if text is not None:
            actions.append(CodeStop.stop.set(text))
        transaction.update(CodeStop(token), actions=actions)
    if besides.holds:
        still = RegisterRow.revision == besides.holds.revision
        transaction.condition_check(RegisterRow, besides.holds.key, META, condition=still)


@cache
def connection() -> Connection:
    """Give the client of transactions, one a process: making one costs more than the transaction."""
    return Connection(connect_timeout_seconds=2, read_timeout_seconds=5, max_retry_attempts=3)


def _unchanged(before: Chained) -> Any:
    if before.revision == 0:
        return RegisterRow.pk.does_not_exist()
    return RegisterRow.revision == before.revision


def _row(key: str, item: Item, revision: int, head: str) -> RegisterRow:
    row = RegisterRow(
        key, item.sk, noun=item.noun, body=item.body, brief=item.brief, list_key=item.list_key,
        list_sort=item.list_sort, owner_key=item.owner_key, owner_sort=item.owner_sort, revision=revision,
        ttl=item.ttl,
    )  # fmt: skip
    if item.sk == META:
        row.head = head
    return row


def _ledger_row(before: Chained, revision: int, act: Act, entry: Entry, items: list[Item]) -> LedgerRow:
    told = {
        "at": act.at.isoformat(timespec="milliseconds"),
        "by": act.account.id,
        "role": act.account.role,
        "action": entry.action,
        "ground": entry.ground,
        "note": entry.note,
        "revision": revision,
        "wrote": {item.sk: hashlib.sha256(item.body.encode()).hexdigest() for item in items},
        "previous": before.head,
    }
    body = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return LedgerRow(before.key, f"{revision:08d}", body=body, hash=hashlib.sha256(body.encode()).hexdigest())


def repeated(act: Act) -> tuple[Any] | None:
    """Give the shown result of an act done before under its key, in a tuple; None when it is new; Reused if other."""
    if act.key is None:
        return None
    try:
        row = RegisterRow.get(_repeat_key(act), "repeat", consistent_read=True)
    except RegisterRow.DoesNotExist:
        return None
    kept = json.loads(row.body or "{}")
    if kept["digest"] != act.digest:
        raise Reused("同一个 Idempotency-Key 已用于另一项请求；请换一个新的键")
    return (kept["shown"],) if "shown" in kept else None


def begin(act: Act) -> None:
    """Take the key for a request that is many decisions: no other gets it, and this one may go on after a fault."""
    row = _kept(act, {"digest": act.digest})
    try:
        row.save(condition=RegisterRow.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        repeated(act)


def finish(act: Act, shown: Any) -> None:
    """Keep what such a request was answered, for its repeats."""
    _kept(act, {"digest": act.digest, "shown": shown}).save()


def _repeat_key(act: Act) -> str:
    return f"I#{act.account.id}#{act.key}"


def _repeat_row(act: Act, result: Any) -> RegisterRow:
    return _kept(act, {"digest": act.digest, "shown": act.show(result)})


def _kept(act: Act, told: dict[str, Any]) -> RegisterRow:
    body, ends = json.dumps(told, ensure_ascii=False), int(act.at.timestamp()) + KEEP_REPEATS
    return RegisterRow(_repeat_key(act), "repeat", noun="repeat", body=body, ttl=ends)


def _judge(error: TransactWriteError, claims: list[Claim]) -> None:
    """Tell a lost race from a busy store (return: try again) and from a broken one (raise)."""
    failed = [_code(reason) for reason in error.cancellation_reasons]
    if "ConditionalCheckFailed" in failed:
        taken = [claim.taken for claim in claims if _claimed(claim)]
        if taken:
            raise Clash("；".join(dict.fromkeys(taken)), rule="taken") from None
        raise Clash("这条记录刚被别人改动过；请刷新后再操作", rule="changed-meanwhile") from None
    busy = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
    if not busy & set(failed):
        raise error


def _code(reason: Any) -> str:
    return str(getattr(reason, "code", "") or "")


def _claimed(claim: Claim) -> bool:
    try:
        RegisterRow.get(claim.key, "claim", consistent_read=True)
    except RegisterRow.DoesNotExist:
        return False
    return True
