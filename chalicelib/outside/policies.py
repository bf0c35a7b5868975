"""Reads the packaged policies: a city's own, else its province's, else the default (A2, G1)."""

import os

from chalicelib.rules.json_text import read
from chalicelib.rules.light import Any
from chalicelib.rules.policy import Policy, policy_from

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "policies")
_read: dict[str, Policy] = {}


def load(region: str) -> Policy:
    """Give the first version of a region's policy (GB/T 2260, or `default`), the later ones following it.

    A packaged file that is not whole is a ValueError; each is read once a process (A2, G1).
    """
    if region not in _read:
        _read[region] = policy_from(_document(region) | _json("service_types"))
    return _read[region]


def _document(region: str) -> dict[str, Any]:
    if len(region) == 6 and region.isascii() and region.isdigit():
        for name in (region, region[:2] + "0000"):
            if os.path.exists(os.path.join(_FOLDER, name + ".json")):
                return _json(name)
    return _json("default")


def _json(name: str) -> dict[str, Any]:
    with open(os.path.join(_FOLDER, name + ".json"), encoding="utf-8") as file:
        document: dict[str, Any] = read(file.read())
    return document
