"""What a stack needs once, and what brings all of it up to date again."""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from chalicelib import settings
from chalicelib.actions import secrets
from chalicelib.outside import queues, sealing, signing
from chalicelib.records import archive_rows, archives, cities, codes, lists
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.errors import Problem, Unavailable

CERTIFIED = ("issued", "active", "suspended", "lost", "replaced", "revoked", "expired")
SLICE = 100


def prepare(also: str = "") -> dict[str, Any]:
    """Write the stack's own item that the public function reads: keys, address, cities. Safe to repeat.

    `also` is the key of a city that was just opened, which the list may not show yet.
    """
    ids = {*lists.ids("province", "city", "active", shards=1), *also.split("#")[1:]}
    found = [cities.fetch(id) for id in sorted(ids)]
    codes.put_plain(
        "stack",
        nonce_key=secrets.code_secret("nonce", "stack"),
        report_key=secrets.code_secret("report", "stack"),
        seal_public=b64encode(sealing.public_key()).decode(),
        signing_keys=json.dumps({"keys": _signing_keys()}),
        address=settings.required("ADDRESS"),
        hotline=found[0].hotline if len(found) == 1 else None,
        cities=json.dumps([{"id": city.id, "name": city.name} for city in found], ensure_ascii=False),
    )
    return {"prepared": True, "cities": len(found)}


def _signing_keys() -> list[dict[str, Any]]:
    """Give the public keys of all that was ever signed: the present one, then those of before it was changed."""
    held, present = codes.find_plain("stack"), signing.public_key()
    earlier = json.loads(held.signing_keys)["keys"] if held and held.signing_keys else []
    return [present, *(key for key in earlier if key["kid"] != present["kid"])]


def reproject(city: str | None = None, company: str | None = None, *, anew: bool = False) -> int:
    """Queue the archives of a company of a city, of a city, or of all cities; safe at any time. Gives how many.

    `anew` also writes again what leads to their codes.
    """
    if city and company:
        keys = [f"W#{city}#{id}" for id in lists.ids_of_company(city, company, "worker")]
    else:
        served = [city] if city else lists.ids("province", "city", "active", shards=1)
        keys = [key for one in served for key in _certified(one)]
    slices = [{"archives": keys[at : at + SLICE], "anew": anew} for at in range(0, len(keys), SLICE)]
    queues.put("REPROJECT_QUEUE", slices)
    return len(keys)


def reindex(city: str) -> int:
    """Queue every archive of a city to be written anew, so that it stands in indexes that came later; safe at any time
    (docs/decisions/0014). Gives how many."""
    states = ("none", *CERTIFIED)
    keys = [f"W#{city}#{id}" for state in states for id in lists.ids(city, "worker", state, shards=archive_rows.SHARDS)]
    queues.put("WORK_QUEUE", [{"index": keys[at : at + SLICE]} for at in range(0, len(keys), SLICE)])
    return len(keys)


def index(act: Act, keys: list[str]) -> int:
    """Write archives anew, one transaction each; Unavailable when one was not, so that the slice comes again."""
    faults = list[Problem]()
    for key in keys:
        try:
            archive = archives.fetch(*key.split("#")[1:])
            archives.store(archive, archive, act=act, entry=Entry(action="archive.index"), whole=True)
        except Problem as fault:
            faults.append(fault)
    if faults:
        raise Unavailable(f"{len(faults)} archives are still to be written anew") from faults[0]
    return len(keys)


def _certified(city: str) -> Iterator[str]:
    for state in CERTIFIED:
        for id in lists.ids(city, "worker", state, shards=archive_rows.SHARDS):
            yield f"W#{city}#{id}"
