"""A long run of decisions whose process is killed at points of chance: what was acknowledged is there, once.

Killed is the process of the functions; what the store has taken it keeps. `make faults` does it at length.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chalicelib.actions import projection
from chalicelib.records import accounts as account_records
from chalicelib.records import archives, codes, lists, traces
from chalicelib.records import ledger as chains
from chalicelib.records.archive_rows import SHARDS
from chalicelib.records.commit import Entry
from chalicelib.rules.act import SYSTEM
from tests.faults import clerk

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS") or 6)
PEOPLE = max(2, KILLS // 4)
SEED = os.environ.get("SEED") or str(random.SystemRandom().randrange(10**6))
SECONDS = 60


@pytest.fixture
def staffed(town):
    """The town with everybody whom the plan names stored, to sign in."""
    for role in sorted({who for _, who in clerk.STEPS}):
        one = town.account(role)
        account_records.store(one, one, act=town.act(SYSTEM), entry=Entry(action="account.make"))
    return town


def begun(log):
    """Start the clerk's process on its log."""
    command = [sys.executable, "-m", "tests.faults.clerk", str(log), str(PEOPLE), SEED]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def lines(log):
    return log.read_bytes().count(b"\n") if log.exists() else 0


def killed(log, chance):
    """Kill the process some lines and some milliseconds on; give the status that it ended with."""
    process, wanted, until = begun(log), lines(log) + chance.randrange(1, 9), time.monotonic() + SECONDS
    while lines(log) < wanted and process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.05))
    process.send_signal(signal.SIGKILL)
    process.wait()
    return process.returncode


def counted(log):
    """By archive, how many decisions were acknowledged."""
    _, told = clerk.read(log)
    ids = {key.split("-")[1]: one["id"] for key, one in told.items() if key.endswith("-0")}
    people = [key.split("-")[1] for key in told]
    return {ids[person]: people.count(person) for person in ids}


def wrong(log):
    """What is not as it was acknowledged: at most the one decision under way may be there besides."""
    acknowledged = counted(log)
    there = {id: archives.fetch("330200", id).revision for id in every_worker()}
    under_way = sum(there.values()) - sum(acknowledged.values())
    lost = {id: (many, there.get(id)) for id, many in acknowledged.items() if there.get(id, 0) < many}
    broken = [id for id in there if chains.broken(chains.chain(f"W#330200#{id}"), head(id))]
    return [lost, broken, under_way if under_way not in (0, 1) else None]


def every_worker():
    return [id for state in ("none", "issued", "active") for id in lists.ids("330200", "worker", state, shards=SHARDS)]


def head(id):
    return archives.fetch("330200", id).head


def finished(log):
    """Let the process come to its end; give its exit status and what it said last."""
    process = begun(log)
    said = process.communicate(timeout=SECONDS + KILLS * 5)[1].decode()
    return process.returncode, said[-2000:]


def test_what_was_acknowledged_before_kills_at_random_is_there_once(staffed, tmp_path):
    print(f"SEED={SEED} KILLS={KILLS}")
    log, chance = tmp_path / "log", random.Random(SEED)

    after_each = [(killed(log, chance), wrong(log)) for _ in range(KILLS)]
    ended = finished(log)

    _, told = clerk.read(log)
    statuses = [status for status, _ in after_each]
    assert statuses[0] == -signal.SIGKILL
    assert set(statuses) <= {-signal.SIGKILL, 0}, "it died of something else"
    assert [found for _, found in after_each if found != [{}, [], None]] == []
    assert ended[0] == 0, ended[1]
    assert {one["status"] for one in told.values()} <= {200, 201}
    assert counted(log) == dict.fromkeys(counted(log), len(clerk.STEPS))
    assert len(every_worker()) == PEOPLE
    assert wrong(log) == [{}, [], None]
    assert [follows(id) for id in every_worker()] == [True] * PEOPLE


def follows(id):
    """Whether an archive's code is at its revision with its facts, and each visit is there once."""
    archive = archives.fetch("330200", id)
    projection.project(archive.key)
    code = codes.find(archive.certificate.token)
    visits = [row["sk"] for row in traces.of(archive.key, "V#visit")]
    expected = [f"V#visit#{archive.key}-{step}" for step in range(0, len(clerk.STEPS), clerk.VISIT)]
    return (int(code.revision), bool(code.facts), sorted(visits)) == (archive.revision, True, sorted(expected))
