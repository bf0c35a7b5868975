"""Check what a code said without a network (A10): python -m scripts.offline_check TEXT --keys KEYS --list LIST.

KEYS and LIST are files or addresses, as GET /keys and GET /status-list/CITY give them. Exit status: 0 green,
1 yellow, 2 cannot be confirmed. A copy passes too: compare the person with the photo.
"""

import argparse
import json
import sys
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from chalicelib.outside import clock
from chalicelib.rules import credential, signed
from chalicelib.rules.credential import Told
from chalicelib.rules.days import SHANGHAI

STATUS = {"green": 0, "yellow": 1, "grey": 2}
WORDS = {"green": "绿码 · Green", "yellow": "黄码 · Yellow", "grey": "不能确认 · Cannot be confirmed"}
COMPARE = "请与照片核对：复制的码也能通过此检查。 Compare the photo: a copied code passes this check too."


def main(arguments: list[str] | None = None) -> int:
    """Check, tell the finding, and give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m scripts.offline_check", description=__doc__)
    parser.add_argument("text", help="what the QR code says, or its part after the #")
    parser.add_argument("--keys", required=True, help="file or address of the public keys")
    parser.add_argument("--list", help="file or address of the city's status list")
    parser.add_argument("--at", type=datetime.fromisoformat, help="the instant of the check, such as 2026-11-21T13:00Z")
    given = parser.parse_args(arguments)
    at = given.at or clock.now()
    if at.tzinfo is None:
        parser.error("--at needs its zone, such as Z or +08:00")
    listed = json.loads(fetched(given.list))["status_list"] if given.list else None
    told = credential.read(
        given.text, keys=json.loads(fetched(given.keys)), status_list=listed, at=at, genuine=genuine
    )  # fmt: skip
    print("\n".join(lines(told)))
    return STATUS[told.colour]


def lines(told: Told) -> list[str]:
    """Put a finding into words."""
    found = [WORDS[told.colour]]
    if told.reason:
        found += credential.REASONS[told.reason]
    if told.claims and told.reason != "other-code":
        one = told.claims
        signed_at = one.at.astimezone(SHANGHAI)
        found.append(f"{one.name} · {one.token} · {one.city}")
        found.append(f"签发 {signed_at:%Y-%m-%d %H:%M}，有效至 {one.until} · signed, and valid until")
    return [*found, COMPARE]


def genuine(key: Mapping[str, Any], message: bytes, signature: bytes) -> bool:
    """Say whether a signature (r and s joined) over a message was made with a P-256 key."""
    half = signed.SIGNATURE // 2
    r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
    x, y = (int.from_bytes(signed.decoded(key[name]), "big") for name in ("x", "y"))
    try:
        public = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
        public.verify(encode_dss_signature(r, s), message, ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def fetched(place: str) -> str:
    """Read a file, or an address of http or https."""
    if not place.startswith(("http://", "https://")):
        return Path(place).read_text(encoding="utf-8")
    with urllib.request.urlopen(place, timeout=10) as reply:  # noqa: S310 - http and https alone, just above
        return str(reply.read().decode())


if __name__ == "__main__":
    sys.exit(main())
