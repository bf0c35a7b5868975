"""Fetch what the benchmarks measure with and against, into .local/; what Debian has is named and left to it.

`make bench-tools` has the packages of requirements-bench.txt installed before this runs.
"""

import shutil
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts import website
from scripts.phases import Refusal, phase, refuse

JAR = "amplify-dynamodb-simulator@2.9.30"
"""The npm package that holds AWS's own DynamoDB Local."""
_INSIDE = "package/emulator/"
_DEBIAN = {"valgrind": "valgrind", "java": "openjdk-17-jre-headless", "psql": "postgresql"}


def main() -> int:
    """Fetch what is not here; give the exit status, 1 where a program of the system is missing."""
    try:
        fetch(website.ROOT / ".local" / "dynamodb")
    except Refusal as refusal:
        return refuse(refusal)
    missing = [package for program, package in _DEBIAN.items() if shutil.which(program) is None]
    if missing:
        return refuse(Refusal(f"Still missing, as root: apt-get install {' '.join(missing)}"))
    return 0


def fetch(folder: Path) -> None:
    """Put the jar and its libraries into a folder, whole or not at all; nothing to do if it is there."""
    if folder.exists():
        return
    npm, environment = website.node()
    folder.parent.mkdir(exist_ok=True)
    with phase(f"fetching {JAR}"), TemporaryDirectory(dir=folder.parent) as place:
        website.run([*npm, "pack", JAR, "--pack-destination", place], environment, Path(place))
        with tarfile.open(next(Path(place).glob("*.tgz"))) as archive:
            inside = [one for one in archive.getmembers() if one.name.startswith(_INSIDE)]
            archive.extractall(place, inside, filter="data")
        (Path(place) / _INSIDE).rename(folder)


if __name__ == "__main__":
    sys.exit(main())
