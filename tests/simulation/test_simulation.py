"""The simulation itself, short: nothing wrong in the code as it is, and each planted bug found."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.simulation_mutants import MUTANTS

ROOT = Path(__file__).parents[2]
TROUBLES = ("record lost", "record late", "record twice", "died", "hung", "late write", "failed before",
            "failed after", "failed read", "city decision", "city job lost", "restart", "live code", "stale code",
            "forgery", "visit taken", "visit refused", "bulk stop half done", "older item")  # fmt: skip


def simulated(*arguments):
    command = [sys.executable, "-m", "scripts.simulate", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_no_answer_is_wrong():
    ran = simulated("--archives", "60", "--years", "1", "--trouble", "0.25", "--seed", "2")

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"^checked \d{4,} answers on 365 simulated days: 0 wrong$", ran.stdout, re.MULTILINE)
    assert [trouble for trouble in TROUBLES if not re.search(rf"[1-9]\d* {trouble}", ran.stdout)] == []


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_planted_bug_is_found(mutant):
    ran = simulated("--archives", "90", "--years", "2", "--trouble", "0.4", "--first", "--mutant", mutant)

    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "WRONG" in ran.stdout


def test_the_same_seed_is_the_same_run():
    first, second = (simulated("--archives", "20", "--years", "0.2", "--seed", "5") for _ in range(2))

    assert first.stdout.splitlines()[0] == second.stdout.splitlines()[0]
    assert first.stdout.splitlines()[-1] == second.stdout.splitlines()[-1]
