"""No real person in the repository: every resident ID in it is of the county that does not exist (CONTRACTS)."""

import re
import subprocess
from datetime import date
from pathlib import Path

from chalicelib.rules import numbers
from scripts import demo

ROOT = Path(__file__).resolve().parents[1]
LOOKS_LIKE_ONE = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")


def texts():
    """Give the text of every file that is kept, by name."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return {path.name: path.read_text(encoding="utf-8", errors="ignore") for path in paths if path.is_file()}


def test_every_resident_id_that_is_written_down_is_of_no_county():
    found = {number for text in texts().values() for number in LOOKS_LIKE_ONE.findall(text)}
    real = {number for number in found if not numbers.resident_id_faults(number, date(2026, 11, 22))}

    assert {number for number in real if not number.startswith(demo.COUNTY)} == set()


def test_every_person_of_the_demo_is_of_no_county():
    people = [demo.person(number) for number in range(700)]

    assert {one.resident_id[:6] for one in people} == {demo.COUNTY}
    assert len({one.resident_id for one in people}) == 700
