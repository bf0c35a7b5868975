"""Run every test: the site's by npm where it has any, then pytest with the arguments given.

All of them run file by file in two processes, each with a local AWS of its own, and beside them the site's, told when
they are done; chosen ones run in one, in their order.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from subprocess import PIPE, STDOUT

from scripts import website
from scripts.phases import Refusal, phase, refuse


def main(arguments: list[str]) -> int:
    """Run them; give the exit status of the first runner that failed."""
    try:
        with phase("building the site"):
            website.build()
        told = arguments or ["-n", "2", "--dist", "loadfile", "--durations=30", "--durations-min=8"]
        with ThreadPoolExecutor(1) as beside:
            site = None if arguments else beside.submit(site_tests)
            python = subprocess.run([sys.executable, "-m", "pytest", *told]).returncode
        return python or (site.result() if site else 0)
    except Refusal as refusal:
        return refuse(refusal)


def site_tests() -> int:
    """Run the site's own tests, when its package.json names any, and print what they say; give the exit status."""
    package = website.ADMIN / "package.json"
    if not package.exists() or "test" not in json.loads(package.read_text(encoding="utf-8")).get(
        "scripts", {}
    ):
        return 0
    npm, environment = website.node()
    done = subprocess.run([*npm, "test"], cwd=website.ADMIN, env=environment, stdout=PIPE, stderr=STDOUT, text=True)
    print(done.stdout, flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
