"""`make purge` on the deployed stack: what would go, what went, with the rights that its function has."""

import os
import subprocess
import sys

import pytest


def purged(people, *arguments):
    """Run the command as people do; gives its exit status and what it says."""
    environment = {**os.environ, "PORT": str(people.stack.port), "CITY": "330200"}
    command = [sys.executable, "-m", "scripts.purge", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [["--dry-run"], []])
def test_a_purge_looks_at_every_archive_and_takes_nothing_that_serves(people, certified, arguments):
    status, told = purged(people, *arguments)

    assert status == 0, told
    assert "330200: " in told
    assert "archives looked at" in told
    assert "people" not in told
