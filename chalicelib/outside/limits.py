"""Reads the packaged time limits of the process."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.rules.limits import Limits

_FILE = Path(__file__).parent.parent / "policies" / "limits.json"


def load(region: str) -> Limits:
    """Give a region's time limits, or the default's."""
    told = _document()
    mine = told.get(region, told["default"])
    return Limits(mine["process_days"], mine["shares"], mine["extension_days"], mine["reprint_days"])


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return document
