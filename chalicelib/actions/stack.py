"""What a stack needs once, and what brings all of it up to date again."""

from base64 import b64encode
from typing import Any

from chalicelib import settings
from chalicelib.actions import secrets
from chalicelib.outside import queues, sealing
from chalicelib.records import archives, codes, lists

CERTIFIED = ("issued", "active", "suspended", "lost", "replaced", "revoked", "expired")
SLICE = 100


def prepare() -> dict[str, Any]:
    """Write the stack's own item that the public function reads: report key, sealing key, address. Safe to repeat."""
    codes.put_plain(
        "stack",
        nonce_key=secrets.code_secret("nonce", "stack"),
        seal_public=b64encode(sealing.public_key()).decode(),
        address=settings.required("ADDRESS"),
    )
    return {"prepared": True}


def reproject_all(city: str | None) -> int:
    """Queue every archive of a city, or of all, that holds a certificate; safe at any time. Gives how many."""
    cities = [city] if city else _listed("province", "city", "active", 1)
    keys = [
        f"W#{one}#{id}"
        for one in cities
        for state in CERTIFIED
        for id in _listed(one, "worker", state, archives.SHARDS)
    ]
    queues.put("REPROJECT_QUEUE", [{"archives": keys[at : at + SLICE]} for at in range(0, len(keys), SLICE)])
    return len(keys)


def _listed(city: str, noun: str, state: str, shards: int) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = lists.by_state(city, noun, state, shards=shards, limit=200, after=after)
        found += [brief["id"] for brief in page.items]
        if page.after is None:
            return found
        after = page.after
