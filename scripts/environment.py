"""Make the virtual environments, then run a script in one. Standard library only: it runs before them.

Usage: environment.py NAME [ARGUMENTS], where NAME is a module of scripts, or `python`.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCAL = ROOT / ".local"
NEED_THE_LOCAL_AWS = {"up", "test"}
NEED_THE_TOOLS = {"check", "test", "python"}


def main(arguments: list[str]) -> int:
    """Bring the environments up to date and become the script that was asked for."""
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        print("The local city runs on Linux on x86-64 (a virtual machine or WSL will do).", file=sys.stderr)
        return 1
    name, *rest = arguments
    made = ensure("venv", ["requirements.txt", "requirements-build.txt"])
    if name in NEED_THE_TOOLS:
        made = made and ensure("venv", ["requirements.txt", "requirements-build.txt", "requirements-dev.txt"])
    if name in NEED_THE_LOCAL_AWS:
        made = made and ensure("ms", ["requirements-ministack.txt"])
    if not made:
        return 1
    python = str(LOCAL / "venv" / "bin" / "python")
    os.chdir(ROOT)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    command = [python, *rest] if name == "python" else [python, "-m", f"scripts.{name}", *rest]
    return os.execve(python, command, environment)  # noqa: S606 - the program just made


def ensure(name: str, requirements: list[str]) -> bool:
    """Bring one environment up to date with its requirements; tell whether that went well."""
    folder = LOCAL / name
    stamp = folder / f".{requirements[-1]}.done"
    digest = hashlib.sha256(sys.version.encode())
    for file in requirements:
        digest.update((ROOT / file).read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return True
    began, log = time.monotonic(), LOCAL / f"{name}.log"
    print(f"  installing {requirements[-1]} into .local/{name} ", end="", flush=True)
    LOCAL.mkdir(exist_ok=True)
    install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    for file in requirements:
        install += ["-r", file]
    clear = ["--clear"] if _version_of(folder) != sys.version else []
    for command in ([sys.executable, "-m", "venv", *clear, str(folder)], install):
        if not _run(command, log):
            last = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
            print(
                f" failed\n{last}\nThe packages could not be installed; see {log}, then try again.",
                file=sys.stderr,
            )
            return False
    stamp.write_text(digest.hexdigest())
    print(f" {time.monotonic() - began:.1f} s", flush=True)
    return True


def _version_of(folder: Path) -> str:
    """Give the version of the Python in an environment; empty when there is none that works."""
    try:
        asked = [str(folder / "bin" / "python"), "-c", "import sys; print(sys.version, end='')"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def _run(command: list[str], log: Path) -> bool:
    """Run a command with its output in a log and a dot every two seconds; tell whether it went well."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        while True:
            try:
                return process.wait(2) == 0
            except subprocess.TimeoutExpired:
                print(".", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
