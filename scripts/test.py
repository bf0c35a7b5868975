"""Run every test: the site's by npm where it has any, then pytest with the arguments given.

All of them run file by file in two processes, each with a local AWS of its own; chosen ones in one, in their order.
"""

import json
import subprocess
import sys

from scripts import website
from scripts.phases import Refusal, phase, refuse


def main(arguments: list[str]) -> int:
    """Run them; give the exit status of the first runner that failed."""
    try:
        with phase("building the site"):
            website.build()
        site = 0 if arguments else site_tests()
    except Refusal as refusal:
        return refuse(refusal)
    told = arguments or ["-n", "2", "--dist", "loadfile"]
    python = subprocess.run([sys.executable, "-m", "pytest", *told]).returncode
    return python or site


def site_tests() -> int:
    """Run the site's own tests, when its package.json names any; give the exit status."""
    package = website.ADMIN / "package.json"
    if not package.exists() or "test" not in json.loads(package.read_text(encoding="utf-8")).get(
        "scripts", {}
    ):
        return 0
    npm, environment = website.node()
    return subprocess.run([*npm, "test"], cwd=website.ADMIN, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
