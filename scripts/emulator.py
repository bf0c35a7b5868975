"""The local AWS: MiniStack, in a virtual environment and a folder of its own, on loopback only, with IAM on.

It saves its state on SIGTERM alone, so a kill loses what came since: `recover` goes back to a seed's copy.
"""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from scripts.phases import Refusal

ROOT = Path(__file__).resolve().parents[1]
LOCAL = ROOT / ".local"
PROGRAM = LOCAL / "ms" / "bin" / "ministack"
TAKEN = "port {port} is in use by another program; stop that one, or choose another: make up PORT=4666"
_KEPT = ("state", "s3")


class Place(NamedTuple):
    """Where one emulator lives: its port and the folder of its state, its log and its process id."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        """The address of the emulator's gateway."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """The emulator's log."""
        return self.folder / "emulator.log"

    @property
    def _pid(self) -> Path:
        return self.folder / "pid"

    def pid(self) -> int | None:
        """Give the process id of the emulator that was started here, if it still runs."""
        try:
            pid = int(self._pid.read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if b"ministack" in command else None


def place(port: int) -> Place:
    """Give the place of the emulator on a port."""
    return Place(port, LOCAL / str(port))


def start(where: Place, *, keep: bool = True, retry_seconds: float = 1.0) -> int:
    """Start an emulator and wait until it answers; give its process id.

    Refusal when the port is taken, the program is missing or it does not come up.
    """
    if not PROGRAM.exists():
        raise Refusal(f"{PROGRAM} is missing; run `make up`, which installs it")
    if taken(where.port):
        raise Refusal(TAKEN.format(port=where.port))
    # the copies of packages that the functions of an emulator that was killed ran from
    shutil.rmtree(where.folder / "tmp", ignore_errors=True)
    for name in ("tmp", *_KEPT):
        (where.folder / name).mkdir(parents=True, exist_ok=True)
    (where.folder / "started").touch()
    with where.log.open("wb") as log:
        process = subprocess.Popen(
            [str(PROGRAM)],
            env=_environment(where, keep=keep, retry_seconds=retry_seconds),
            cwd=where.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (where.folder / "pid").write_text(str(process.pid))
    until = time.monotonic() + 60
    while not ready(where):
        if process.poll() is not None or time.monotonic() > until:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            last = "\n".join(where.log.read_text(errors="replace").splitlines()[-15:])
            raise Refusal(f"the local AWS did not start; the end of {where.log}:\n{last}\nThen try: make down up")
        time.sleep(0.05)
    return process.pid


def _environment(where: Place, *, keep: bool, retry_seconds: float) -> dict[str, str]:
    """Give the emulator little of this environment: what it has, its functions inherit."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(where.folder),
        "LANG": "C.UTF-8",
        "TMPDIR": str(where.folder / "tmp"),
        "GATEWAY_PORT": str(where.port),
        "BIND_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "STATE_DIR": str(where.folder / "state"),
        "S3_DATA_DIR": str(where.folder / "s3"),
        "PERSIST_STATE": "1" if keep else "0",
        "S3_PERSIST": "1" if keep else "0",
        "LAMBDA_ASYNC_RETRY_BASE_SECONDS": str(retry_seconds),
    }


def stop(where: Place) -> bool:
    """Stop the emulator with the signal on which it saves its state; tell whether there was one."""
    pid = where.pid()
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    # it ends what is under way first; killed before it has saved, it would lose all
    until = time.monotonic() + 120
    while _lives(pid):
        if time.monotonic() > until:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        time.sleep(0.05)
    (where.folder / "pid").unlink(missing_ok=True)
    return True


def _lives(pid: int) -> bool:
    """Tell whether a process runs; one of our own that has ended is collected."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ready(where: Place) -> bool:
    """Tell whether an emulator answers on the port."""
    try:
        with urlopen(f"{where.url}/_ministack/ready", timeout=2) as answer:  # noqa: S310 - loopback
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):
        return False


def taken(port: int) -> bool:
    """Tell whether any program listens on a port of loopback."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stopped_well(where: Place) -> bool:
    """Tell whether the state was saved after the emulator was last started."""
    began = where.folder / "started"
    saved = [path.stat().st_mtime_ns for path in (where.folder / "state").glob("*.json")]
    return began.exists() and max(saved, default=0) >= began.stat().st_mtime_ns


def snapshot(where: Place) -> None:
    """Keep a copy of the state of a stopped emulator."""
    half, whole = where.folder / "snapshot-half", where.folder / "snapshot"
    shutil.rmtree(half, ignore_errors=True)
    for name in _KEPT:
        shutil.copytree(where.folder / name, half / name)
    shutil.rmtree(whole, ignore_errors=True)
    half.rename(whole)


def clear(where: Place) -> None:
    """Stop the emulator and forget its state, and every copy of it."""
    stop(where)
    for name in (*_KEPT, "tmp", "snapshot", "seeded", "seeding", "started"):
        path = where.folder / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def recover(where: Place) -> bool:
    """Put the kept copy in place of a state that was not saved, or nothing when there is none; tell which."""
    for name in _KEPT:
        shutil.rmtree(where.folder / name, ignore_errors=True)
    whole = where.folder / "snapshot"
    if not whole.exists():
        (where.folder / "seeded").unlink(missing_ok=True)
        return False
    for name in _KEPT:
        shutil.copytree(whole / name, where.folder / name)
    return True
