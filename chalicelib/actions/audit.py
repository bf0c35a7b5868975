"""The ledger, checked: of one archive while it is read, of a whole city against its locked roots (G3)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from chalicelib.actions import roots, workers
from chalicelib.outside import clock
from chalicelib.records import archive_rows, ledger, lists
from chalicelib.rules import certificate, company, merkle, signed
from chalicelib.rules.account import Account
from chalicelib.rules.days import day_of

LATE = timedelta(hours=25)
"""The root of a day is there an hour after the day at the latest."""
Kept = dict[int, tuple[str, str, str]]
"""What the locked bucket says of a chain: by the number of an entry its hash, and in what of which day it stands."""
Genuine = Callable[[Mapping[str, Any], bytes, bytes], bool]
"""Whether a key signed a message: (key, message, signature)."""


class Broken(NamedTuple):
    """The first entry of a chain that is not as it was written, and why; of a root, its day."""

    key: str
    entry: int | str
    why: str


def of_worker(account: Account, id: str) -> dict[str, Any]:
    """Give every decision on an archive, oldest first; `broken` names the first that does not follow."""
    archive = workers.fetch(account, id)
    entries = ledger.chain(archive.key)
    if len(entries) != archive.revision:
        archive = workers.fetch(account, id)  # a decision may have fallen between the two reads
    shown = [{name: value for name, value in entry.items() if name != "body"} for entry in entries]
    return {"entries": shown, "broken": ledger.broken(entries, archive.head)}


def of_city(
    city: str, *, archive: str | None = None, key: Mapping[str, Any], genuine: Genuine, at: datetime | None = None
) -> Iterator[Broken]:
    """Check a city's roots under the stack's public key, and every chain or one archive's against itself, the roots and
    the copies of days that have none. Roots have to be there up to the last night before `at`, or before now.

    Gives what is broken, one by one; reads the tables by keys alone.
    """
    copied = cache(lambda day: roots.copied(day)[city])
    nights = {told["day"]: told for told in roots.kept(city)}
    for told in nights.values():
        if not _root_holds(told, key, genuine):
            yield Broken(f"root {city}", told["day"], "signature or hash is not what was signed")
    loose = [day for day in roots.copied_days() if day not in nights and any(copied(day))]
    for day in _missing(nights, loose, day_of((at or clock.now()) - LATE)):
        yield Broken(f"root {city}", day, "no root was kept for this day")
    said = {day: ("root", roots.Copied.of_root(told)) for day, told in nights.items()}
    kept, touched = _together(said | {day: ("copy", copied(day)) for day in loose})
    for chain in _of_archive(city, archive) if archive else sorted({*kept, *touched, *_listed(city)}):
        if first_broken(chain, kept[chain], touched.get(chain)):
            for day in sorted({day for _, _, day in kept[chain].values()}):
                _add(kept[chain], copied(day).hashes[chain], "copy", day)
            yield from filter(None, [first_broken(chain, kept[chain], touched.get(chain))])


def first_broken(chain: str, kept: Kept, touched: int | None = None) -> Broken | None:
    """Name the first entry of a chain that does not follow, that is not what the bucket says of it, or that was
    `touched` as far as the bucket knows, though it may be again as it was."""
    entries, head = ledger.chain(chain), ledger.head(chain)
    if len(entries) != head[0]:
        entries, head = ledger.chain(chain), ledger.head(chain)  # a decision may have fallen between the two reads
    found = []
    if place := ledger.broken(entries, head[1]):
        found.append(Broken(chain, place, "does not follow from the one before, or the head from it"))
    hashes = {number: entry["hash"] for number, entry in enumerate(entries, 1)}
    for number, (hash, what, day) in sorted(kept.items()):
        if hashes.get(number) != hash:
            found.append(Broken(chain, min(number, len(entries) + 1), f"differs from the {what} of {day}"))
    if touched:
        found.append(Broken(chain, touched, "was changed or removed once, as the copies tell"))
    return min(found, key=lambda one: int(one.entry), default=None)


def _together(said: Mapping[str, tuple[str, roots.Copied]]) -> tuple[defaultdict[str, Kept], dict[str, int]]:
    """Put together what the days say, by chain: what each entry was first, and the first that was touched."""
    kept: defaultdict[str, Kept] = defaultdict(dict)
    touched: dict[str, int] = {}
    for day, (what, one) in sorted(said.items()):
        for chain, hashes in one.hashes.items():
            _add(kept[chain], hashes, what, day)
        for chain, number in one.touched.items():
            touched[chain] = min(number, touched.get(chain, number))
    return kept, touched


def _add(kept: Kept, hashes: Mapping[int, str], what: str, day: str) -> None:
    """Add what a day says of a chain; what was said of an entry before stays."""
    for number, hash in hashes.items():
        kept.setdefault(number, (hash, what, day))


def _root_holds(told: dict[str, Any], key: Mapping[str, Any], genuine: Genuine) -> bool:
    heads = {chain: (revision, hash) for chain, (revision, hash) in told["heads"].items()}
    one = signed.taken_apart(told["signed"])
    is_signed = one.kid == key["kid"] and one.payload.decode() == roots.payload(told)
    return is_signed and genuine(key, one.message, one.signature) and told["root"] == merkle.root(roots.leaves(heads))


def _missing(nights: Collection[str], loose: list[str], last: date) -> list[str]:
    """Name the days without a root, from the first with one to the last night or the last root; the last night alone
    where there is none at all. What was copied before the first root is held against its copies."""
    if not nights:
        return [str(last)] if any(day <= str(last) for day in loose) else []
    first, until = date.fromisoformat(min(nights)), max(last, date.fromisoformat(max(nights)))
    every = {str(first + timedelta(days=number)) for number in range((until - first).days + 1)}
    return sorted(every - {*nights})


def _of_archive(city: str, id: str) -> list[str]:
    return [f"W#{city}#{id}", f"VIEW#{city}#{id}"]


def _listed(city: str) -> Iterator[str]:
    """Name the chains of the city's archives and companies as they are listed: the roots do not know today's yet."""
    for state in ("none", *certificate.STATE_NAMES):
        for id in lists.ids(city, "worker", state, shards=archive_rows.SHARDS):
            yield from _of_archive(city, id)
    for state in company.STATE_NAMES:
        yield from (f"C#{city}#{id}" for id in lists.ids(city, "company", state, shards=1))
    yield f"CITY#{city}"
