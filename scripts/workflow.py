"""Writes docs/workflow.md from the declared moves: the picture of an application's way and of a certificate's life."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from chalicelib.outside import limits
from chalicelib.rules import application, certificate

PAGE = Path(__file__).resolve().parents[1] / "docs" / "workflow.md"
ROLES = {
    "company_owner": "企业负责人", "company_clerk": "企业经办", "association_manager": "协会负责人",
    "association_clerk": "协会经办", "bureau": "商务局", "police": "公安", "print_vendor": "制证单位",
}  # fmt: skip
HEAD = """# The way of an application and the life of a certificate

Written by `python -m scripts.workflow` from `MOVES` in `chalicelib/rules/application.py` and
`chalicelib/rules/certificate.py`, which decide; a test compares. Who may take a move stands in the tables.

"""


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Give the page's text."""
    shares = limits.load("default")
    clock = [
        f"Whole process: {shares.process_days} working days; extension: once, {shares.extension_days} at most.",
        "The clock stands still in `returned`. Shares: "
        + ", ".join(f"`{state}` {days}" for state, days in shares.shares.items())
        + ". Source: `chalicelib/policies/limits.json`.",
    ]
    parts = ["## Application", "", *_application(), "", *clock, "", "## Certificate", "", *_certificate()]
    return HEAD + "\n".join(parts) + "\n"


def _application() -> list[str]:
    arrows = [
        (source, move.target, application.MOVE_NAMES[name])
        for name, move in application.MOVES.items()
        for source in move.by
        if move.target
    ]
    rows = [
        (f"{application.MOVE_NAMES[name]} `{name}`", f"`{source}`", f"`{move.target or source}`", _hands(roles),
         "；".join([*(["条件齐全"] if move.ready else []), *(["选择原因"] if move.reasons else []), *_first(name)]))
        for name, move in application.MOVES.items()
        for source, roles in move.by.items()
    ]  # fmt: skip
    return [
        *_diagram(application.STATE_NAMES, [("[*]", "draft", "新建"), *arrows]), "",
        *_table(("move", "from", "to", "who", "needs"), rows),
    ]  # fmt: skip


def _first(name: str) -> list[str]:
    first = application.NEEDS.get(name)
    return [f"企业办理前须先“{application.MOVE_NAMES[first]}”"] if first else []


def _certificate() -> list[str]:
    moves = certificate.MOVES
    arrows = [
        (source, move.target, certificate.MOVE_NAMES[name])
        for name, move in moves.items()
        for source in sorted(move.sources)
    ]
    arrows += [("lost", "active", "补办（换发新码）"), ("lost", "issued", "补办（换发新码）")]
    rows = [
        (f"{certificate.MOVE_NAMES[name]} `{name}`", "、".join(f"`{one}`" for one in sorted(move.sources)),
         f"`{move.target}`", _hands(move.roles),
         "；".join([*([f"`{move.stop}` at once"] if move.stop else []), *_first(name)]))
        for name, move in moves.items()
    ]  # fmt: skip
    rows.append(
        ("补办 `replace`", "、".join(f"`{one}`" for one in sorted(certificate.REPLACEABLE)), "as before",
         _hands(certificate.REPLACERS), "old token: `certificate-replaced` at once")
    )  # fmt: skip
    return [
        *_diagram(certificate.STATE_NAMES, [("[*]", "issued", "授权制证"), *arrows]), "",
        *_table(("move", "from", "to", "who", "the code says, needs"), rows),
    ]  # fmt: skip


def _diagram(names: Mapping[str, str], arrows: Iterable[tuple[str, str, str]]) -> list[str]:
    found = list(arrows)
    used = {state for source, target, _ in found for state in (source, target)}
    states = [f"  {state}: {name}" for state, name in names.items() if state in used]
    lines = sorted({f"  {source} --> {target}: {name}" for source, target, name in found})
    return ["```mermaid", "stateDiagram-v2", *states, *lines, "```"]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *(f"| {' | '.join(row)} |" for row in rows)]


def _hands(roles: Iterable[str]) -> str:
    return "、".join(words for role, words in ROLES.items() if role in roles)


if __name__ == "__main__":
    sys.exit(main())
