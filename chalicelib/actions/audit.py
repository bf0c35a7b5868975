"""The ledger, checked: of one archive while it is read, of a whole city against its locked roots (G3)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from chalicelib.actions import roots, workers
from chalicelib.records import archive_rows, ledger, lists
from chalicelib.rules import certificate, company, merkle, signed
from chalicelib.rules.account import Account

Rooted = dict[int, tuple[str, str]]
"""What the roots say of a chain: by the number of an entry, its hash and the root's day."""
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


def of_city(city: str, *, archive: str | None = None, key: Mapping[str, Any], genuine: Genuine) -> Iterator[Broken]:
    """Check a city's roots under the stack's public key and every chain against itself and them, or one archive's.

    Gives what is broken, one by one; reads by keys alone.
    """
    rooted: defaultdict[str, Rooted] = defaultdict(dict)
    kept = list(roots.kept(city))
    for told in kept:
        for chain, (revision, hash) in told["heads"].items():
            rooted[chain][revision] = (hash, told["day"])
    for told in kept:
        if not _root_holds(told, key, genuine):
            yield Broken(f"root {city}", told["day"], "signature or hash is not what was signed")
    for day in _missing([told["day"] for told in kept]):
        yield Broken(f"root {city}", day, "no root was kept for this day")
    chains = _of_archive(city, archive) if archive else sorted({*rooted, *_listed(city)})
    yield from (found for chain in chains if (found := first_broken(chain, rooted.get(chain, {}))))


def first_broken(chain: str, rooted: Rooted) -> Broken | None:
    """Name the first entry of a chain that does not follow, or that is not what a root says of it."""
    entries, head = ledger.chain(chain), ledger.head(chain)
    if len(entries) != head[0]:
        entries, head = ledger.chain(chain), ledger.head(chain)  # a decision may have fallen between the two reads
    place = ledger.broken(entries, head[1])
    hashes = {number: entry["hash"] for number, entry in enumerate(entries, 1)}
    for number, (hash, day) in sorted(rooted.items()):
        if hashes.get(number) != hash and (place is None or number < place):
            return Broken(chain, min(number, len(entries) + 1), f"differs from the root of {day}")
    return Broken(chain, place, "does not follow from the one before, or the head from it") if place else None


def _root_holds(told: dict[str, Any], key: Mapping[str, Any], genuine: Genuine) -> bool:
    heads = {chain: (revision, hash) for chain, (revision, hash) in told["heads"].items()}
    one = signed.taken_apart(told["signed"])
    is_signed = one.kid == key["kid"] and one.payload.decode() == roots.payload(told)
    return is_signed and genuine(key, one.message, one.signature) and told["root"] == merkle.root(roots.leaves(heads))


def _missing(days: list[str]) -> list[str]:
    if not days:
        return []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    every = {str(first + timedelta(days=number)) for number in range((last - first).days + 1)}
    return sorted(every - set(days))


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
