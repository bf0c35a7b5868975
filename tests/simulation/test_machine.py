"""Runs the machine of random moves in an interpreter of its own: beside thousands of other tests it takes minutes."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_random_moves_by_random_people_leave_every_promise_kept():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE / "machine.py")]

    done = subprocess.run(command, cwd=HERE.parents[1], capture_output=True, text=True, timeout=400)

    assert done.returncode == 0, done.stdout[-6000:]
    assert "1 passed" in done.stdout
