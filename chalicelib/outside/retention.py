"""Reads the packaged periods of retention: what goes, by whom, when and why (B9)."""

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chalicelib.rules.retention import Retention

_FILE = Path(__file__).parent.parent / "policies" / "retention.json"


Run = Literal["visit_days", "notice_days", "job_days"]
"""What runs out by itself: rows that are no truth, which the table deletes within two days of their end."""


@cache
def periods() -> Retention:
    """Give the periods that hold everywhere: they follow from national law, so that no city changes them."""
    told = _told()
    days = {field: told[field]["days"] for field in Retention._fields if field != "negative_years"}
    return Retention(**days, negative_years=told["negative_years"]["years"])


def ends(what: Run, at: datetime) -> datetime:
    """Tell when something of an instant has no purpose left."""
    return at + timedelta(days=_told()[what]["days"])


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return told
