"""Reads the packaged terms of certificates: a city's own, else its province's, else the default's."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.rules.term import Term, term_from

_FILE = Path(__file__).parent.parent / "policies" / "terms.json"


def load(region: str) -> Term:
    """Give a region's terms (GB/T 2260)."""
    document = _document()
    return term_from([document[name] for name in ("default", f"{region[:2]}0000", region) if name in document])


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return document
