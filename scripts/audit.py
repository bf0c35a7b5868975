"""Verify the ledger of the local stack, or of STAGE= in REGION=: every chain of CITY= (or of all), or of one ARCHIVE=.

Each chain is checked against itself, against its archive's head and against the locked, signed roots of each night, and
the copies of days that have none. CLOCK_OFFSET= is that of the stack.
Names the first broken entry of each chain; exit status 1 when there is one.
"""

import os
import sys
from datetime import datetime

from botocore.exceptions import BotoCoreError, ClientError

from scripts import reach
from scripts.offline_check import genuine
from scripts.phases import Refusal, phase, refuse

SETTINGS = {
    "REGISTER_TABLE": "RegisterTable", "LEDGER_TABLE": "LedgerTable", "LEDGER_BUCKET": "LedgerBucketName",
    "SIGNING_KEY_ID": "SigningKeyId",
}  # fmt: skip
"""What the check reads, by the stack's outputs."""


def main() -> int:
    """Check; give the exit status."""
    city, archive = os.environ.get("CITY") or "", os.environ.get("ARCHIVE") or ""
    try:
        if archive and not city:
            raise Refusal("ARCHIVE is of a city: name it too, such as CITY=330200")
        stack = reach.chosen(os.environ)
        with phase("checking the ledger"):
            found = broken(stack, city, archive)
    except Refusal as refusal:
        return refuse(refusal)
    except (BotoCoreError, ClientError) as error:
        return refuse(Refusal(f"AWS refused: {error}"))
    for line in found:
        print(f"  BROKEN {line}")
    print(f"  {f'{len(found)} broken' if found else 'every chain and every root is whole'}")
    return 1 if found else 0


def broken(stack: reach.Reached, city: str = "", archive: str = "", at: datetime | None = None) -> list[str]:
    """Say what is broken on a stack, one line each; roots have to be there up to the night before `at`, or now."""
    os.environ.update({name: stack.outputs[output] for name, output in SETTINGS.items()} | stack.environment)
    # the tables' names are read when the models are imported
    from chalicelib.actions import audit, roots
    from chalicelib.outside import signing
    from chalicelib.records import lists

    cities = [city] if city else [*lists.ids("province", "city", "active", shards=1), roots.PROVINCE]
    key = signing.public_key()
    return [
        f"{one.key}: entry {one.entry} {one.why}"
        for name in cities
        for one in audit.of_city(name, archive=archive or None, key=key, genuine=genuine, at=at)
    ]


if __name__ == "__main__":
    sys.exit(main())
