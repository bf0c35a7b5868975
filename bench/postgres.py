"""FastAPI and PostgreSQL beside the check: the processor time of one request, of the application's process alone."""

import glob
import http.client
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import clocked, peers
from bench.clocked import Ratio
from bench.dynamodb import ROOT
from bench.scene import TOKENS, Scene

MISSING = "PostgreSQL or FastAPI is not here, so nothing is measured beside it; `make bench-tools` fetches it."
_TABLE = """create table codes (token text primary key, state text, exam_until date, insured_until date, name text,
company text, number text); insert into codes values ('{token}', 'active', '2099-01-01', '2099-01-01', '王*芳',
'甬城家政（演示）', '…3730')"""


def available() -> bool:
    """Tell whether PostgreSQL, a user for it, and FastAPI are here."""
    tools = all(shutil.which(tool) for tool in ("psql", "runuser"))
    return tools and bool(_binaries()) and _user() is not None and peers.has("fastapi, asyncpg, uvicorn")


def beside(scene: Scene, rounds: int, calls: int) -> Ratio:
    """Measure processor time per check over that of the peer's application per request."""
    with _serving() as (port, process):
        _asked(port, 100)
        return clocked.ratio([
            clocked.called(scene, "check", calls, "many")["cpu"] / _spent(port, process, calls) for _ in range(rounds)
        ])  # fmt: skip


def _spent(port: int, process: int, calls: int) -> float:
    """Give the nanoseconds that the application spent on so many requests over one connection."""
    before = _processor(process)
    _asked(port, calls)
    return (_processor(process) - before) * 1e9 / os.sysconf("SC_CLK_TCK")


def _processor(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _asked(port: int, calls: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(calls):
        connection.request("GET", f"/v/{TOKENS[0]}", headers={"accept": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the peer answered {answer.status}")
    connection.close()


@contextmanager
def _serving() -> Iterator[tuple[int, int]]:
    """Run both; give the application's port and process."""
    port, user = 18_000 + os.getpid() % 1000, _user()
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    shutil.chown(folder, user)
    as_user = ["runuser", "-u", user, "--"] if user and os.getuid() == 0 else []
    tool, data = _binaries(), str(folder / "data")
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run([*as_user, f"{tool}/initdb", "-D", data, "-U", "bench", "-A", "trust"], check=True, **quiet)
    settings = ["-o", f"-k {folder} -c listen_addresses=''", "-l", str(folder / "log"), "-w"]
    subprocess.run([*as_user, f"{tool}/pg_ctl", "-D", data, *settings, "start"], check=True, **quiet)
    try:
        sql = ["psql", "-h", str(folder), "-U", "bench", "postgres", "-c", _TABLE.format(token=TOKENS[0])]
        subprocess.run(sql, check=True, **quiet)
        command = [str(peers.PYTHON), "-m", "uvicorn", "bench.fastapi_app:app", "--port", str(port), "--no-access-log"]
        environment = {**os.environ, "PGSOCKET": str(folder)}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
            _wait(port)
            try:
                yield port, process.pid
            finally:
                process.terminate()
    finally:
        subprocess.run([*as_user, f"{tool}/pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            return _asked(port, 1)
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("FastAPI did not start")


def _binaries() -> str:
    return max(glob.glob("/usr/lib/postgresql/*/bin"), default="")


def _user() -> str | None:
    """Name who may run PostgreSQL, which refuses root."""
    if os.getuid():
        return pwd.getpwuid(os.getuid()).pw_name
    return "postgres" if any(one.pw_name == "postgres" for one in pwd.getpwall()) else None
