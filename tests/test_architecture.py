"""The conventions of the code, kept by machine."""

import ast
import logging
import sys
from pathlib import Path

import pytest

import app
from chalicelib.api.answered import OPERATIONS

ROOT = Path(__file__).resolve().parents[1]
LIB = ROOT / "chalicelib"
MODULES = sorted(path for path in LIB.rglob("*.py") if path.name != "__init__.py")
SHIPPED = [ROOT / "app.py", *MODULES]
SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))
SOURCES = [*SHIPPED, *SCRIPTS, *sorted((ROOT / "tests").rglob("*.py"))]
MAY_IMPORT = {
    "rules": {"rules"},
    "outside": {"outside", "rules", "settings"},
    "records": {"records", "rules", "public", "settings"},
    "public": {"public", "rules", "outside", "settings"},
    "actions": {"actions", "rules", "records", "outside", "public", "settings"},
    "api": {"api", "actions", "rules", "records", "outside", "settings"},
    "functions": {"functions", "actions", "rules", "records", "outside", "public", "settings"},
    "settings.py": set(),
}
NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "constants", "base", "manager", "misc"}
ASK_THE_TIME = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
LOG_LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
# logging refuses these as extra fields, and the function fails for its line of log
LOGGINGS_OWN = {*vars(logging.makeLogRecord({})), "message", "asctime"}
# a metric carries the real instant, even where the clock is moved
STAMPS_ITS_METRICS = {"chalicelib/functions/verify.py": {("time", "time")}}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def imports(path):
    """Name every module that a file imports, and for `from a import b` also a.b."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    given = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    return plain | {f"{node.module}.{alias.name}" for node in given for alias in node.names}


def calls(path):
    """Give every `owner.name` that a file mentions, as pairs."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    named = [node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    return {(node.value.id, node.attr) for node in named}


ROUTES = [(path, method, entry) for path, methods in app.app.routes.items() for method, entry in methods.items()]
STAFF_ROUTES = [entry for entry in ROUTES if entry[0] != "/openapi.json"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_inwards_only(path):
    layer = path.relative_to(LIB).parts[0]
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("chalicelib.")}

    assert ours <= MAY_IMPORT[layer]


@pytest.mark.parametrize("path", sorted((LIB / "rules").glob("*.py")), ids=name_of)
def test_rules_use_the_standard_library_only(path):
    foreign = {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - {"chalicelib"}
    foreign -= {"_sha256", "_sha2"}  # one module of Python's own, named so until 3.11 and from 3.12

    assert foreign == set()


@pytest.mark.parametrize("path", sorted((LIB / "rules").glob("*.py")), ids=name_of)
def test_rules_touch_nothing_outside(path):
    effects = {"socket", "random", "secrets", "subprocess", "time", "urllib", "http"}

    assert {name.split(".")[0] for name in imports(path)} & effects == set()


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_file_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", [*SHIPPED, *SCRIPTS], ids=name_of)
def test_every_module_says_what_it_is_for(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert ast.get_docstring(tree) or not tree.body


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_public_functions_say_what_they_do(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]

    assert [one.name for one in functions if not ast.get_docstring(one)] == []


def test_no_module_is_called_after_nothing():
    assert [name_of(path) for path in SOURCES if path.stem in NAMES_OF_NOTHING] == []


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.name != "clock.py"], ids=name_of)
def test_only_the_clock_asks_the_time(path):
    assert (calls(path) & ASK_THE_TIME) - STAMPS_ITS_METRICS.get(name_of(path), set()) == set()


def test_the_zone_of_the_days_is_told_once():
    assert [name_of(path) for path in SHIPPED if "hours=8" in path.read_text(encoding="utf-8")] == [
        "chalicelib/rules/days.py"
    ]


@pytest.mark.parametrize("path", [path for path in SHIPPED if path != LIB / "settings.py"], ids=name_of)
def test_only_settings_reads_the_environment(path):
    assert calls(path) & {("os", "environ"), ("os", "getenv")} == set()
    assert imports(path) & {"os.environ", "os.getenv", "posix.environ"} == set()


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_no_line_of_log_overwrites_what_logging_itself_says(path):
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls_of_log = [
        node
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOG_LEVELS
    ]

    assert {given.arg for call in calls_of_log for given in call.keywords} & (
        LOGGINGS_OWN - {"exc_info", "stack_info"}
    ) == set()


@pytest.mark.parametrize("entry", STAFF_ROUTES, ids=lambda entry: f"{entry[1]} {entry[0]}")
def test_every_view_is_answered_and_names_the_right_it_needs(entry):
    path, _, route = entry

    assert path.startswith("/api/")
    assert OPERATIONS[route.view_name].may


@pytest.mark.parametrize("entry", STAFF_ROUTES, ids=lambda entry: f"{entry[1]} {entry[0]}")
def test_every_view_asks_for_a_token(entry):
    assert entry[2].authorizer is not None


def test_only_code_and_data_lie_in_what_is_shipped():
    stray = [path for path in LIB.rglob("*") if path.is_file() and path.suffix not in {".py", ".json", ".pyc"}]

    assert stray == []
