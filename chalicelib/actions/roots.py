"""The night's roots of the ledger (G3): for each city, one signed hash over the chains that moved on a day.

Read from the day's locked copies alone: what is changed in the table afterwards differs from the root. A chain that
belongs to no city (an account's) stands under `province`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from chalicelib.outside import files, queues, signing
from chalicelib.records import lists
from chalicelib.rules import merkle

PROVINCE = "province"
LATER = 900
"""Seconds after midnight: what was under way is copied by then, into the folder of either day."""
Heads = dict[str, tuple[int, str]]
"""By chain, the number and the hash of its last entry."""


def queue(day: date) -> None:
    """Have the roots of a day that is over made."""
    queues.put("REREACT_QUEUE", [{"roots": str(day)}], delay=LATER)


def make(day: str) -> dict[str, int]:
    """Sign and keep every city's root of a day, an empty one too; one that is there stays. Gives its chains by city."""
    moved = _moved(day)
    cities = sorted({PROVINCE, *lists.ids(PROVINCE, "city", "active", shards=1), *moved})
    for city in cities:
        if not files.list_ledger(_place(city, day)):
            files.copy_to_ledger(_place(city, day), json.dumps(_root(city, day, moved[city])).encode())
    return {city: len(moved[city]) for city in cities}


def kept(city: str) -> Iterator[dict[str, Any]]:
    """Give a city's roots, oldest first: `{city, day, count, root, signed, heads}`."""
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
    """Write what of a root is signed."""
    return json.dumps({name: told[name] for name in ("city", "day", "count", "root")}, separators=(",", ":"))


def _root(city: str, day: str, heads: Heads) -> dict[str, Any]:
    told = {"city": city, "day": day, "count": len(heads), "root": merkle.root(leaves(heads))}
    return {**told, "signed": signing.sign(payload(told)), "heads": dict(sorted(heads.items()))}


def _moved(day: str) -> defaultdict[str, Heads]:
    found: defaultdict[str, Heads] = defaultdict(dict)
    for content in files.read_many_of_ledger(files.list_ledger(f"entries/{day}/")):
        for line in content.splitlines():
            entry = json.loads(line)
            revision = json.loads(entry["body"]).get("revision")
            if revision is None:
                continue  # the sweep's own row is of no chain
            heads = found[city_of(entry["pk"])]
            heads[entry["pk"]] = max(heads.get(entry["pk"], (0, "")), (revision, entry["hash"]))
    return found


def _place(city: str, day: str) -> str:
    return f"roots/{city}/{day}.json"
