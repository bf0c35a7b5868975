"""Every test that docs/threats.md and docs/faults.md lean on is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def named(page):
    """List the tests that a page names, as (file, function or nothing)."""
    return sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / page).read_text("utf-8"))))


PAGES = {page: named(page) for page in ("threats.md", "faults.md")}


def functions_of(path):
    """Name the functions of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), sorted({one for tests in PAGES.values() for one in tests}))
def test_a_test_that_stands_against_a_threat_or_a_fault_is_there(path, name):
    found = functions_of(path)

    assert not name or name in found


@pytest.mark.parametrize("page", PAGES)
def test_threats_and_faults_are_stood_against(page):
    assert len(PAGES[page]) > 20
