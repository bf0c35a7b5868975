"""The words of the admin site: one for every decision that an archive's ledger may hold, and none that nothing says."""

import ast
import re
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from chalicelib.actions.forms import Conclusion
from chalicelib.rules import appeal, application, certificate, proposal, renewal, transfer
from chalicelib.rules.account import Role
from chalicelib.rules.binding import BindingState

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site" / "admin" / "src"
BOOKS = {book: {word for path in (SITE / "words" / book).glob("*.ts") if path.name != "codes.ts"
                for word in re.findall(r"^  '?([\w.-]+)'?: ", path.read_text("utf-8"), re.M)}
         for book in ("zh", "en")}  # fmt: skip
"""The words of each language, but for those that say in English what the server says in Chinese."""
SOURCES = {path.name: path.read_text("utf-8") for kind in ("vue", "ts") for path in SITE.rglob(f"*.{kind}")
           if "words" not in path.parts and not path.name.endswith((".spec.ts", ".d.ts"))}  # fmt: skip

STORES = {"archives.store", "workers.change"}
ACTION = re.compile(r"[a-z-]+\.([a-z-]+|\*)")
MOVES = {
    "application.*": [*application.MOVES],
    "appeal.*": [*appeal.MOVES],
    "background.*": get_args(Conclusion.model_fields["conclusion"].annotation),
    "certificate.*": [*certificate.MOVES, *renewal.EVENTS, *(f"{move}.propose" for move in proposal.SECONDS)],
    "company.*": [*get_args(BindingState), "closed"],
    "proposal.*": [*proposal.DECISION_NAMES],
    "transfer.*": ["ask", *transfer.MOVES],
}
"""What stands for the star in an action that is put together."""


def uses(node):
    return {ast.unparse(one) for one in ast.walk(node) if isinstance(one, ast.Attribute | ast.Name)}


def texts(node):
    """Every text below a node that has the shape of an action, with a star for what is put in."""
    whole = [one.values for one in ast.walk(node) if isinstance(one, ast.JoinedStr)]
    parts = {id(part) for values in whole for part in values}
    whole += [[one] for one in ast.walk(node) if isinstance(one, ast.Constant) and id(one) not in parts]
    found = ("".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in values) for values in whole)
    return {one for one in found if ACTION.fullmatch(one)}


def written_by(path):
    """The actions that a module writes into the ledger of archives: where it stores one, or by its own `_store`."""
    body = ast.parse(path.read_text("utf-8")).body
    functions = [one for one in body if isinstance(one, ast.FunctionDef)]
    own = {one.name for one in functions if one.name == "_store" and uses(one) & STORES}
    storing = [one for one in functions if uses(one) & (STORES | own)]
    tables = [one for one in body if isinstance(one, ast.Assign) and storing]
    return set().union(*map(texts, [*storing, *tables]))


WRITTEN = set().union(*map(written_by, (ROOT / "chalicelib" / "actions").glob("*.py")))
ACTIONS = sorted(
    {one for one in WRITTEN if "*" not in one}
    | {one.replace("*", move) for one in WRITTEN if "*" in one for move in MOVES[one]}
)
KINDS = dict(re.findall(r"(\w+): '([\w.]+)'", re.search(r"const KINDS.*\{(.*)\}", SOURCES["LedgerPage.vue"]).group(1)))


def words_of(action):
    """Under which keys the ledger's page looks for an action's words."""
    noun, name = action.split(".")[:2]
    return {f"ledger.{action}", f"{KINDS.get(noun, '-')}.{name}"}


def said():
    """Patterns of the keys that some page asks for: as they stand, or a kind with any code."""
    text = "\n".join(SOURCES.values())
    plain = (re.escape(one) for one in re.findall(r"['\"]([a-z][\w-]*(?:\.[\w-]+)*)['\"]", text, re.I))
    put_together = re.findall(r"`([a-z][\w.-]*\.(?:\$\{[^}`]*\}|[\w.-])+)`", text, re.I)
    made = (re.sub(r"\$\{[^}]*\}", r"[\\w-]+", one) for one in put_together)
    kinds = re.findall(r"nameOf\('([\w.]+)'", text) + re.findall(r"\bkind=\"(\w+)\"", text)
    named = (f"{re.escape(one)}\\.[\\w.-]+" for one in {*kinds, *KINDS.values(), "extension"} - {"ledger"})
    own = (re.escape(f"ledger.{one}") for one in ACTIONS)
    return re.compile("|".join(chain(plain, made, named, own)))


@pytest.mark.parametrize("book", BOOKS)
def test_every_decision_in_an_archives_ledger_has_its_word(book):
    assert [one for one in ACTIONS if not words_of(one) & BOOKS[book]] == []
    assert {f"ledgerOf.{one.split('.')[0]}" for one in ACTIONS} - BOOKS[book] == set()
    assert {f"role.{one}" for one in get_args(Role) if one != "household"} - BOOKS[book] == set()


def test_no_word_of_the_ledger_is_of_a_decision_that_it_never_holds():
    own = set(re.findall(r"t\('(ledger\.[\w.]+)'", SOURCES["LedgerPage.vue"]))
    kept = own | {f"ledger.{one}" for one in ACTIONS} | {f"ledgerOf.{one.split('.')[0]}" for one in ACTIONS}

    assert {one for one in BOOKS["zh"] if one.startswith("ledger")} - kept == set()


def test_no_word_is_said_nowhere():
    asked = said()

    assert sorted(one for one in BOOKS["zh"] if not asked.fullmatch(one)) == []


def test_both_languages_have_the_same_words():
    assert BOOKS["zh"] == BOOKS["en"]


def test_the_police_check_has_one_name_but_in_quoted_clauses_and_in_the_consent_that_people_signed():
    told = [path for folder in (ROOT / "chalicelib", SITE) for path in folder.rglob("*.*")
            if path.suffix in {".py", ".json", ".ts", ".vue"} and path.parent.name != "policies" and path.name != "consents.json"]  # fmt: skip

    assert [path.name for path in told if re.search("治安|背景核查", path.read_text("utf-8"))] == []
