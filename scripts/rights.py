"""What the roles may do, for the admin site: prints `site/admin/src/api/rights.ts` from the tables of the rules."""

import json
from collections.abc import Mapping
from typing import Any, get_args

from chalicelib.actions.accounts import MAKES
from chalicelib.rules import (
    access,
    appeal,
    application,
    bulk_stop,
    certificate,
    company,
    proposal,
    report,
    reveal,
    transfer,
)
from chalicelib.rules.account import NOBODY, Role
from chalicelib.rules.basis import BASES
from chalicelib.rules.colour import GROUPS
from chalicelib.rules.evidence import STOP_CODES
from chalicelib.rules.policy import DECIDED
from chalicelib.rules.renewal import EVENTS

PURPOSES = get_args(reveal.RevealPurpose)
_HEAD = "/** Who may do what, and what it is called. Written by `npm run types` from chalicelib/rules, not by hand. */"


def document() -> dict[str, Any]:
    """Give the tables as JSON: rights by role, moves by state and role, codes with their names."""
    return {
        "roles": [role for role in get_args(Role) if role not in NOBODY],
        "company_roles": sorted(access.COMPANY),
        "may": {right: sorted(roles) for right, roles in access.MAY.items()},
        "makes": {role: [one for one in get_args(Role) if one in made] for role, made in MAKES.items()},
        "application": {
            "states": application.STATE_NAMES,
            "moves": {name: _application_move(name) for name in application.MOVES},
            "return_reasons": application.RETURN_REASONS,
            "extension_reasons": application.EXTENSION_REASONS,
        },
        "certificate": {
            "states": certificate.STATE_NAMES,
            "moves": certificate.MOVE_NAMES | {name: event.name for name, event in EVENTS.items()},
        },
        "company": {
            "states": company.STATE_NAMES,
            "moves": {
                name: {"name": move.name, "from": [one for one in company.STATE_NAMES if one in move.sources]}
                for name, move in company.MOVES.items()
            },
        },
        "proposal": {"moves": list(proposal.SECONDS), "decisions": proposal.DECISION_NAMES},
        "appeal": {"states": appeal.STATE_NAMES, "subjects": appeal.SUBJECT_NAMES, "moves": list(appeal.MOVES)},
        "report": {"states": report.STATE_NAMES, "kinds": report.KIND_NAMES, "moves": _names(report.MOVES)},
        "transfer": {"moves": _names(transfer.MOVES)},
        "reveal": {
            "fields": reveal.FIELD_NAMES, "of_papers": reveal.OF_PAPERS,
            "purposes": {one: reveal.PURPOSE_NAMES[one] for one in PURPOSES},
        },
        "bulk_stop": {"kinds": list(bulk_stop.KINDS), "states": list(bulk_stop.STATES)},
        "bases": {code: {"text": one.text, "moves": sorted(one.moves)} for code, one in BASES.items()},
        "grounds": {
            ground: ["red"] if ground in STOP_CODES else ["yellow", "grey", "red"]
            for ground in (*GROUPS, "both-lapsed")
            if ground in DECIDED
        },
    }


def text() -> str:
    """Give the TypeScript file whole."""
    return f"{_HEAD}\n\nexport const rights = {json.dumps(document(), ensure_ascii=False, indent=1)} as const\n"


def _names(moves: Mapping[str, Any]) -> dict[str, str]:
    return {code: move.name for code, move in moves.items()}


def _application_move(name: str) -> dict[str, Any]:
    move = application.MOVES[name]
    return {
        "name": application.MOVE_NAMES[name],
        "by": {state: sorted(roles) for state, roles in move.by.items()},
        "target": move.target,
        "reasons": move.reasons is not None,
    }


if __name__ == "__main__":
    print(text(), end="")
