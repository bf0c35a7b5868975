"""The night's roots of the ledger (G3): for each city, one signed hash over the chains that moved on a day.

Read from the day's locked copies alone: what is changed in the table afterwards differs from the root, and what was
changed before shows in the copies, of which the first counts. A chain that belongs to no city (an account's) stands
under `province`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from chalicelib.outside import files, queues, signing
from chalicelib.records import lists
from chalicelib.rules import merkle

PROVINCE = "province"
LATER = 900
"""Seconds after midnight: what was under way is copied by then, into the folder of either day."""
Heads = dict[str, tuple[int, str]]
"""By chain, the number and the hash of its last entry."""


class Copied(NamedTuple):
    """What a day's copies say of a city's chains: by chain and number the hash that was copied first, and by chain the
    first entry that was changed or removed, or copied with two hashes."""

    hashes: defaultdict[str, dict[int, str]]
    touched: dict[str, int]

    @classmethod
    def of_root(cls, told: dict[str, Any]) -> "Copied":
        """Give what a root has kept of it: of each chain the last entry alone."""
        last = {chain: {revision: hash} for chain, (revision, hash) in told["heads"].items()}
        return cls(defaultdict(dict, last), told.get("touched", {}))

    @property
    def heads(self) -> Heads:
        """The last entry of each chain."""
        return {chain: max(hashes.items()) for chain, hashes in self.hashes.items()}


def queue(day: date) -> None:
    """Have the roots of a day that is over made."""
    queues.put("REREACT_QUEUE", [{"roots": str(day)}], delay=LATER)


def make(day: str) -> dict[str, int]:
    """Sign and keep every city's root of a day, an empty one too; one that is there stays. Gives its chains by city."""
    moved = copied(day)
    cities = sorted({PROVINCE, *lists.ids(PROVINCE, "city", "active", shards=1), *moved})
    for city in cities:
        if not files.list_ledger(_place(city, day)):
            files.copy_to_ledger(_place(city, day), json.dumps(_root(city, day, moved[city])).encode())
    return {city: len(moved[city].hashes) for city in cities}


def kept(city: str) -> Iterator[dict[str, Any]]:
    """Give a city's roots, oldest first: `{city, day, count, root, touched, signed, heads}`."""
    for content in files.first_of_ledger(f"roots/{city}/"):
        yield json.loads(content)


def leaves(heads: Heads) -> list[str]:
    """Write the heads of a day as the leaves of its tree, in the order of their keys."""
    return [f"{key}|{revision}|{hash}" for key, (revision, hash) in sorted(heads.items())]


def city_of(key: str) -> str:
    """Name the city that a chain belongs to by its key, or `province`."""
    part = key.split("#")[1]
    return part if len(part) == 6 and part.isdigit() else PROVINCE


def payload(told: dict[str, Any]) -> str:
    """Write what of a root is signed; one of before `touched` was kept has none."""
    names = ("city", "day", "count", "root", "touched")
    return json.dumps({name: told[name] for name in names if name in told}, separators=(",", ":"))


def copied_days() -> list[str]:
    """Name the days of which there are copies."""
    return [place.split("/")[1] for place in files.list_ledger_folders("entries/")]


def copied(day: str) -> defaultdict[str, Copied]:
    """Read a day's copies, by city."""
    found: defaultdict[str, Copied] = defaultdict(lambda: Copied(defaultdict(dict), {}))
    for content in files.first_of_ledger(f"entries/{day}/"):
        for line in content.splitlines():
            entry = json.loads(line)
            if entry["sk"].isdigit():  # the sweep's own row is of no chain
                _take_in(found[city_of(entry["pk"])], entry)
    return found


def _take_in(city: Copied, entry: dict[str, str]) -> None:
    chain, number, hash = entry["pk"], int(entry["sk"]), entry.get("hash", "")
    if "event" in entry or city.hashes[chain].setdefault(number, hash) != hash:
        city.touched[chain] = min(number, city.touched.get(chain, number))


def _root(city: str, day: str, moved: Copied) -> dict[str, Any]:
    heads = dict(sorted(moved.heads.items()))
    told = {"city": city, "day": day, "count": len(heads), "root": merkle.root(leaves(heads)), "touched": moved.touched}
    return {**told, "signed": signing.sign(payload(told)), "heads": heads}


def _place(city: str, day: str) -> str:
    return f"roots/{city}/{day}.json"
