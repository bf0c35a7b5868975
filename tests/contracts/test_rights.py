"""The admin site offers what the code allows: its file of rights is written from the rules and kept with them."""

from pathlib import Path

from scripts import rights

FILE = Path(__file__).parents[2] / "site" / "admin" / "src" / "api" / "rights.ts"


def test_the_sites_rights_are_those_of_the_code():
    assert FILE.read_text(encoding="utf-8") == rights.text(), "run `npm run types` in site/admin"
