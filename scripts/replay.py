"""Replay Jinhua's month (S0) and ten lives over HTTP: `make replay`, or `make replay ARGS="--scale 0.1"`.

The month is lived by calling the actions on DynamoDB Local under a set clock; keys and queues are the local AWS's. Then
ten people go the same ways over HTTP on the packaged stack. Exit status 1 when a count, a date, a reason, a ledger
chain or a public answer is not as it should be.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bench import dynamodb
from scripts import bare, emulator, package, stack, streams
from scripts.phases import Refusal, phase, refuse

if TYPE_CHECKING:
    from scripts.replay_month import Result


def main(arguments: list[str]) -> int:
    """Replay; give the exit status."""
    asked = _parsed(arguments)
    if not dynamodb.available():
        return refuse(Refusal(dynamodb.MISSING))
    with tempfile.TemporaryDirectory() as folder:
        where = emulator.Place(emulator.free_port(), Path(folder))
        emulator.start(where)
        try:
            wrong = _month(where, asked.scale, asked.seed)
            wrong += [] if asked.no_http else _over_http(where)
        finally:
            emulator.stop(where)
    for line in wrong:
        print(f"  WRONG {line}")
    print(f"  {'all as it should be' if not wrong else f'{len(wrong)} wrong'}")
    return 1 if wrong else 0


def _parsed(arguments: list[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="replay", description="Replay a month of applications.")
    reader.add_argument("--scale", type=float, default=1.0, help="share of Jinhua's 1,451 people (1.0)")
    reader.add_argument("--seed", type=int, default=1, help="which of them fail (1)")
    reader.add_argument("--no-http", action="store_true", help="leave out the ten over HTTP")
    return reader.parse_args(arguments)


def _month(where: emulator.Place, scale: float, seed: int) -> list[str]:
    """Live the month on DynamoDB Local; say what is wrong."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    aws = stack.local_clients(where.port)
    with dynamodb.running() as url:
        os.environ.update(
            bare.NAMES | bare.SETTINGS | bare.services(aws),
            AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION=stack.REGION,  # noqa: S106
            AWS_REGION=stack.REGION, AWS_ENDPOINT_URL=where.url, AWS_ENDPOINT_URL_DYNAMODB=url,
        )  # fmt: skip
        bare.create_tables(dynamodb.client(url))
        # the product's models look their table's name up when they are imported
        from chalicelib.actions import stack as stacks
        from scripts.replay_month import Month

        month, began, decisions = Month(scale, seed), time.monotonic(), 0
        stacks.prepare()
        for day, done in month.run():
            decisions += done
            print(f"  {day} {done:5} decisions", flush=True)
        took = time.monotonic() - began
        result = month.result()
        del os.environ["CLOCK_OFFSET"]
        print(f"  {decisions} decisions in {took:.0f} s, {sum(result.ends.values()) / took:.1f} lives a second")
        return _told(result, month.planned)


def _told(result: "Result", planned: Counter[str]) -> list[str]:
    """Print what came of the month; say what is wrong with it."""
    print("  " + ", ".join(f"{end} {count}" for end, count in result.ends.most_common()))
    print("  working days: " + ", ".join(f"{days}: {count}" for days, count in sorted(result.days.items())))
    print("  codes: " + ", ".join(f"{colour} {count}" for colour, count in result.colours.most_common()))
    wrong = list(result.wrong)
    if result.ends != planned:
        wrong.append(f"ends are {dict(result.ends)}, not {dict(planned)}")
    if result.late:
        wrong.append(f"{result.late} were closed after their time limit")
    if result.colours != Counter(green=planned["issued"]) + Counter({"no code": planned.total() - planned["issued"]}):
        wrong.append(f"codes are {dict(result.colours)}")
    if result.broken:
        wrong.append(f"{result.broken} chains of the ledger are broken")
    return wrong


def _over_http(where: emulator.Place) -> list[str]:
    """Send ten people the same ways over HTTP, on the packaged stack; say what is wrong."""
    from scripts.replay_ten import Ten

    with phase("packaging and deploying"):
        deployed = stack.deploy_local(where.port, package.build())
        streams.invoke(deployed, "ProjectFunction", {"prepare": True})
    with phase("ten people over HTTP"):
        found = Ten(deployed).run()
    print("  " + ", ".join(f"{end} {count}" for end, count in sorted(Counter(found).items())))
    return [] if Counter(found) == Ten.PLANNED else [f"over HTTP: {dict(Counter(found))}, not {dict(Ten.PLANNED)}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
