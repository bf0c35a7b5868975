"""A new data key in place of an old one (invariant 7): of a city's sealed texts, of authenticators, or of the identity
hash.

    begin ── everybody learns of it ──> turn after turn over all that the key is used in ──> finish

What is new uses the new key at once. A turn rewrites in slices what still has the old one; a turn that finds nothing
more ends the rotation. While it lasts, a person is looked up and claimed under both hashes (docs/decisions/0028).
Queues deliver twice: each listing is a turn of its own by its name, and a message of another version does nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from chalicelib.actions import factors, references, secrets, stack
from chalicelib.outside import chance, queues, sealing
from chalicelib.records import accounts, archive_rows, archives, claims, companies, keys, lists
from chalicelib.records.commit import Claim, Entry
from chalicelib.records.keys import Versions
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.company import Company
from chalicelib.rules.errors import Clash, NotAllowed, Unavailable

IDENTITY, PROVINCE, FACTORS = "identity", "province", factors.PURPOSE
SLICE = 50
LEARN_SECONDS = 180
"""After which every process knows of a new version: three times as long as one may trust what it read (secrets)."""
COMPANY_STATES = ("asked", "active", "suspended", "refused", "closed")


def begin(purpose: str) -> int:
    """Make a new key of a purpose (`identity`, a city's id, `province`, `accounts`: the secrets of authenticators) and
    use it for what is new; give its version.

    A rotation of the purpose that stands is taken up again: it has all turns that it needs. NotAllowed for a key that
    is not rotated, Clash when somebody else began at this very moment.
    """
    if purpose not in (IDENTITY, PROVINCE, FACTORS, *_cities()):
        raise NotAllowed("只能更换城市、省级、账号验证器或身份哈希的密钥", rule="not-rotated")
    before = keys.versions(purpose)
    version = before.present if before.former else before.present + 1
    if before.former is None:
        secrets.data_key(purpose)  # the first one, should nothing have asked for it yet
        keys.offer(purpose, sealing.new_wrapped_key(purpose), version)
        if not keys.turn(purpose, before, Versions(version, before.present)):
            raise Clash("这个密钥正在更换，请等它完成", rule="under-way")
    queues.put("WORK_QUEUE", [{"rotate": [purpose, version]}], delay=LEARN_SECONDS)
    return version


def take_turn(purpose: str, version: int) -> int:
    """Queue all that a key is used in, in slices of a turn of their own; safe to repeat. Gives how many there are."""
    if not _lasts(purpose, version):
        return 0
    found, turn = list(_all_of(purpose)), chance.identifier()
    slices = [found[at : at + SLICE] for at in range(0, len(found), SLICE)] or [[]]
    told = [{"rekey": [purpose, version, turn, number, len(slices), part]} for number, part in enumerate(slices)]
    queues.put("WORK_QUEUE", told)
    return len(found)


def rekey(act: Act, purpose: str, version: int, turn: str, number: int, slices: int, part: list[str]) -> dict[str, Any]:
    """Rewrite what of a slice has an old key; with the last slice of a turn take the next, or finish.

    A fault is raised and the slice comes again; what was rewritten is not rewritten twice. That a turn found something
    is noted before it is rewritten, so that no repeat takes the turn for one that found nothing.
    """
    if not _lasts(purpose, version):
        return {"over": True}
    rewritten = 0
    for key in part:
        if rewrite := _to_rewrite(act, purpose, key):
            keys.note(purpose, version, turn, keys.FOUND)
            rewrite()
            rewritten += 1
    keys.note(purpose, version, turn, f"{number:06d}")
    noted = keys.noted(purpose, version, turn)
    if len(noted - {keys.FOUND, keys.NEXT}) >= slices:
        _end_turn(purpose, version, turn, noted)
    return {"rewritten": rewritten, "noted": len(noted)}


def release(version: int, part: list[str]) -> int:
    """Let go of the claims that archives had under an old identity hash; safe to repeat. Gives how many.

    Unavailable while the old hash still counts: the slice comes again.
    """
    if version in keys.versions(IDENTITY):
        raise Unavailable("身份哈希的旧密钥仍在使用")
    gone = 0
    for key in part:
        archive = archives.find(key)
        # who was erased let go of every claim at once
        if archive and not archive.worker.erased_on:
            old = secrets.identity_hash_of(_resident_id(archive), version)
            gone += claims.drop(f"U#person#{old}", archive.key)
    return gone


def _lasts(purpose: str, version: int) -> bool:
    now = keys.versions(purpose)
    return now.present == version and now.former is not None


def _end_turn(purpose: str, version: int, turn: str, noted: set[str]) -> None:
    """Take the next turn, once; or finish after one that found nothing."""
    if keys.FOUND not in noted:
        _finish(purpose)
    elif keys.NEXT not in noted:
        queues.put("WORK_QUEUE", [{"rotate": [purpose, version]}])
        keys.note(purpose, version, turn, keys.NEXT)


def _finish(purpose: str) -> None:
    """Have the old claims let go once everybody has learnt that the old hash is none any more, and end the rotation."""
    before = keys.versions(purpose)
    if before.former is None:
        return
    if purpose == IDENTITY:
        found = list(_all_of(purpose))
        parts = [found[at : at + SLICE] for at in range(0, len(found), SLICE)]
        queues.put("WORK_QUEUE", [{"release": [before.former, part]} for part in parts], delay=LEARN_SECONDS)
    keys.turn(purpose, before, Versions(before.present))


def _to_rewrite(act: Act, purpose: str, key: str) -> Callable[[], Any] | None:
    """Give what rewrites a record that has an old key, or None when there is nothing to do."""
    noun, _, rest = key.partition("#")
    if noun == "W":
        archive = archives.find(key)
        return _archive(act, purpose, archive) if archive else None
    if noun == "C":
        return _company(act, companies.fetch(*rest.split("#")))
    return _account(act, purpose, accounts.fetch(rest))


def _archive(act: Act, purpose: str, before: Archive) -> Callable[[], Any] | None:
    """Seal a worker's texts anew, or put the new identity hash in; an erased archive has neither."""
    worker, entry = before.worker, Entry(action="archive.rekey", note={"key": purpose})
    if worker.erased_on:
        return None
    if purpose == IDENTITY:
        own = secrets.identity_hashes(_resident_id(before))
        if worker.identity_hash == own[0]:
            return None
        claim = Claim(key=f"U#person#{own[0]}", owner=before.key, taken="该证件号码的人员已有另一份档案")
        after = replace(before, worker=replace(worker, identity_hash=own[0]))
        return partial(archives.store, before, after, act=act, entry=entry, claim=[claim])
    told = _resealed(before.city, before.key, worker, ("resident_id", "phone", "address"))
    after = replace(before, worker=replace(worker, **told), **references.resealed(before))
    return partial(archives.store, before, after, act=act, entry=entry) if after != before else None


def _company(act: Act, before: Company) -> Callable[[], Any] | None:
    told = _resealed(before.city, before.key, before, ("contact", "phone", "email"))
    entry = Entry(action="company.rekey")
    return partial(companies.store, before, replace(before, **told), act=act, entry=entry) if told else None


def _account(act: Act, purpose: str, before: Account) -> Callable[[], Any] | None:
    """Seal anew an account's e-mail, which is under its city's key, or its authenticator's secret."""
    told: dict[str, Any]
    if purpose == FACTORS:
        held = {"factor": before.factor, "offered": before.offered}
        told = {name: factors.resealed(before, one) for name, one in held.items() if one and factors.is_old(one)}
    else:
        told = _resealed(purpose, before.key, before, ("email",))
    entry = Entry(action="account.rekey", note={"key": purpose})
    return partial(accounts.store, before, replace(before, **told), act=act, entry=entry) if told else None


def _resealed(purpose: str, key: str, held: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """Seal anew each field that an old key sealed."""
    return {
        field: secrets.seal(purpose, f"{key}|{field}", secrets.reveal(purpose, f"{key}|{field}", sealed))
        for field in fields
        if (sealed := getattr(held, field)) and secrets.is_old(purpose, sealed)
    }


def _resident_id(archive: Archive) -> str:
    opened = secrets.reveal(archive.city, f"{archive.key}|resident_id", archive.worker.resident_id)
    if not opened:
        raise Unavailable("档案没有证件号码")
    return opened


def _cities() -> list[str]:
    return list(lists.ids(PROVINCE, "city", "active", shards=1))


def _all_of(purpose: str) -> Iterator[str]:
    """Name every record that a purpose's key is used in, by its partition."""
    cities = {IDENTITY: _cities(), FACTORS: [PROVINCE, *_cities()]}.get(purpose, [purpose])
    for city in cities:
        if purpose not in (PROVINCE, FACTORS):
            yield from _listed("W", city, "worker", ("none", *stack.CERTIFIED), shards=archive_rows.SHARDS)
        if purpose not in (PROVINCE, FACTORS, IDENTITY):
            yield from _listed("C", city, "company", COMPANY_STATES)
        if purpose != IDENTITY:
            yield from _listed("P", city, "account", ("active", "disabled"))


def _listed(kind: str, city: str, noun: str, states: Iterable[str], *, shards: int = 1) -> Iterator[str]:
    """Name what of a noun a city has in some states; accounts, whose city may be none, by their ids alone."""
    start = f"{kind}#" if kind == "P" else f"{kind}#{city}#"
    for state in states:
        yield from (f"{start}{id}" for id in lists.ids(city, noun, state, shards=shards))
