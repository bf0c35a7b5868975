"""Codes as earlier versions of the code wrote them: facts in JSON, neither `decided` nor `leads` (docs/decisions/0013,
0023); and of one before that, a part of the facts is not there yet, which nobody may take for good.
"""

import json
from random import Random
from typing import Any

PARTS = ("background", "consent", "training", "identity", "company", "exams", "insurances", "stop")


def older(item: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Give a code's item as an earlier version would have written it; that of a live code lacks a part now and then."""
    if "facts" not in item:
        return item
    facts = _told(item["facts"]["S"])
    if "live_secret" in item and chance.random() < 0.1:
        del facts[chance.choice(PARTS)]
    kept = {name: value for name, value in item.items() if name not in {"decided", "leads"}}
    return {**kept, "facts": {"S": json.dumps(facts, ensure_ascii=False)}}


def lacks(item: dict[str, Any] | None) -> bool:
    """Tell whether facts lack a part."""
    text = item["facts"]["S"] if item and "facts" in item else ""
    return text.startswith("{") and not set(PARTS) <= json.loads(text).keys()


def _told(line: str) -> dict[str, Any]:
    """Read a line of facts into the contract's JSON (contracts/facts.schema.json)."""
    (
        _, state, issued_on, until, review_due, exams, insurances, conclusion, checked_on, due_on,
        given_on, withdrawn_on, identity, training, company, stop, services,
    ) = [field or None for field in line.split("|")]  # fmt: skip
    code, since = (stop or " ").split(" ")
    return {
        "certificate": {"state": state, "issued_on": issued_on, "until": until, "review_due": review_due},
        "exams": [dict(zip(("category", "from", "until"), one, strict=True)) for one in _several(exams)],
        "insurances": [
            {"third_party": sign == "1", "from": first, "until": last} for sign, first, last in _several(insurances)
        ],
        "background": {"conclusion": conclusion, "checked_on": checked_on, "due_on": due_on},
        "consent": {"given_on": given_on, "withdrawn_on": withdrawn_on},
        "identity": identity, "training": training, "company": company,
        "stop": {"code": code, "since": since} if code else None,
        "service_types": services.split(";") if services else [],
    }  # fmt: skip


def _several(field: str | None) -> list[list[str]]:
    return [one.split(" ") for one in field.split(";")] if field else []
