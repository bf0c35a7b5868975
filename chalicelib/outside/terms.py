"""Reads the packaged terms of certificates."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.rules.term import Term

_FILE = Path(__file__).parent.parent / "policies" / "terms.json"


def load(region: str) -> Term:
    """Give a region's terms, or the default's."""
    told = _document()
    mine = told.get(region, told["default"])
    return Term(mine["certificate_years"], mine["review_years"])


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return document
