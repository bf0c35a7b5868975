"""Every test that docs/threats.md leans on is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "threats.md").read_text("utf-8"))))


def functions_of(path):
    """Name the functions of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_stands_against_a_threat_is_there(path, name):
    assert not name or name in functions_of(path)


def test_threats_are_stood_against():
    assert len(NAMED) > 20
