"""Reads the packaged periods of retention."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.rules.retention import Retention

_FILE = Path(__file__).parent.parent / "policies" / "retention.json"


@cache
def periods() -> Retention:
    """Give the periods that hold everywhere: they follow from national law, so that no city changes them."""
    told: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return Retention(
        told["unfinished_days"]["days"], told["ended_days"]["days"], told["draft_days"]["days"],
        told["negative_years"]["years"],
    )  # fmt: skip
