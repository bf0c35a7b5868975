"""Have purged what has no purpose left, and tell what went: `--dry-run` changes nothing and tells what would go.

Of the local stack, or of STAGE= in REGION=.
"""

import os
import sys

from botocore.exceptions import BotoCoreError, ClientError

from scripts import reach, streams
from scripts.phases import Refusal, phase, refuse

NAMES = {
    "archives": "archives looked at", "files": "files", "applications": "drafts and refusals", "negatives": "negatives",
    "stops": "grounds of stops", "reports": "reports' words and phones", "companies": "companies' people",
    "changed-meanwhile": "changed meanwhile, left to the next month",
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Do it for every city, or for CITY; give the exit status."""
    if strange := set(arguments) - {"--dry-run"}:
        return refuse(Refusal(f"make purge takes ARGS=--dry-run and nothing else, not {' '.join(sorted(strange))}"))
    try:
        stack = reach.chosen(os.environ)
        with phase("looking" if arguments else "purging"):
            told = {city: _would(stack, city) for city in _cities(stack)} if arguments else _done(stack)
    except Refusal as refusal:
        return refuse(refusal)
    except (BotoCoreError, ClientError) as error:
        return refuse(Refusal(f"AWS refused: {error}"))
    for city, counts in told.items():
        found = [f"{count} {NAMES.get(what, what)}" for what, count in counts.items() if count]
        print(f"  {city}: {', '.join(found)}")
    return 0


def _cities(stack: reach.Reached) -> list[str]:
    given = os.environ.get("CITY")
    return [given] if given else streams.invoke(stack, "WorkFunction", {"cities": True})["cities"]


def _would(stack: reach.Reached, city: str) -> dict[str, int]:
    """Look slice by slice, since a city may have more archives than one call can read."""
    archives = streams.invoke(stack, "WorkFunction", {"purge": {"city": city}})["archives"]
    total, at = {"archives": archives}, 0
    while at == 0 or at < archives:
        told = streams.invoke(stack, "WorkFunction", {"purge": {"city": city, "at": at}})
        for what, count in told["would"].items():
            total[what] = total.get(what, 0) + count
        at = told["next"]
    return total


def _done(stack: reach.Reached) -> dict[str, dict[str, int]]:
    run = streams.invoke(stack, "WorkFunction", {"cities": True})["now"]
    streams.invoke(stack, "WorkFunction", {"purges": run})
    streams.finish(stack)
    reports = {
        city: streams.invoke(stack, "WorkFunction", {"purge": {"city": city}})["reports"] for city in _cities(stack)
    }
    return {city: found.get(run, {}) for city, found in reports.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
