"""docs/rules.md and the code speak of the same functions, and every rule names its clause."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from scripts import workflow

ROOT = Path(__file__).parents[2]
MODULES = (
    "colour", "evidence", "policy", "texts", "numbers", "live", "deadlines", "reminder", "appeal", "certificate",
    "proposal", "basis", "renewal", "term", "bulk_stop", "transfer", "limits", "distrust", "application", "choice",
)  # fmt: skip
PLACES = dict.fromkeys(MODULES, "rules") | {"policies": "outside"}
CLAUSE = re.compile(r"\b([A-G]\d{1,2}|S\d|DESIGN|PIPL|CONTRACTS)\b")
NAMED = sorted(set(re.findall(r"`(\w+)\.(\w+)`", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"))))


def public_functions(module):
    tree = ast.parse((ROOT / "chalicelib" / PLACES[module] / f"{module}.py").read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


FUNCTIONS = [
    pytest.param(node, id=f"{module}.{node.name}") for module in PLACES for node in public_functions(module)
]


def test_the_page_of_the_workflow_is_what_the_moves_say():
    assert workflow.PAGE.read_text(encoding="utf-8") == workflow.page(), "run python -m scripts.workflow"


@pytest.mark.parametrize(("module", "function"), NAMED)
def test_every_function_the_page_names_exists(module, function):
    assert callable(getattr(import_module(f"chalicelib.{PLACES[module]}.{module}"), function))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_public_rule_names_its_clause(function):
    assert CLAUSE.search(ast.get_docstring(function) or "")


def test_the_page_names_every_ground():
    from chalicelib.rules.colour import GROUNDS

    assert {("colour", ground.__name__) for ground in GROUNDS} <= set(NAMED)
