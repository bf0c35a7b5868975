"""What the midnight sweep reads: the product's own query, its requests and read units counted as the store says them.

Usage: python -m bench.sweep DAY, with the environment of a function; prints a line of JSON.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from bench import dynamodb

DAY = "2026-11-21"
TURNING = 80


class Read(NamedTuple):
    """What a sweep cost and found."""

    requests: int
    units: float
    codes: int


def fill(url: str, first: int, last: int) -> None:
    """Put the codes from one number to another: the first eighty turn on the day, the others on days all around it."""
    client = dynamodb.client(url)
    slices = [range(at, min(at + 25, last)) for at in range(first, last, 25)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda numbers: client.batch_write_item(RequestItems={"codes": _puts(numbers)}), slices))


def _puts(numbers: range) -> list[dict[str, Any]]:
    return [{"PutRequest": {"Item": _code(number)}} for number in numbers]


def _code(number: int) -> dict[str, Any]:
    day = DAY if number < TURNING else f"{2020 + number % 6}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    turn, archive = f"{day}#{number % 8}", f"W#330200#{number:026d}"
    return {"pk": {"S": f"{number:027d}"}, "turn": {"S": turn}, "archive": {"S": archive}, "facts": {"S": "x" * 300}}


def counted(url: str) -> Read:
    """Sweep in a process of its own."""
    environment = {
        **os.environ, "CODES_TABLE": "codes", "AWS_ENDPOINT_URL": url, "AWS_REGION": "cn-north-1",
        "AWS_DEFAULT_REGION": "cn-north-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example",
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.sweep", DAY]
    done = subprocess.run(command, cwd=dynamodb.ROOT, env=environment, capture_output=True, text=True, check=True)
    return Read(**json.loads(done.stdout))


def main(day: str) -> None:
    """Run the query that the sweep runs, and print what it cost."""
    from pynamodb.connection.base import Connection

    from chalicelib.records import codes

    replies: list[dict[str, Any]] = []
    real = Connection._make_api_call

    def watched(self: Connection, name: str, asked: dict[str, Any], *rest: Any, **more: Any) -> Any:
        reply = real(self, name, {**asked, "ReturnConsumedCapacity": "TOTAL"}, *rest, **more)
        replies.append(reply)
        return reply

    setattr(Connection, "_make_api_call", watched)  # noqa: B010 - to count what is asked
    found = list(codes.turning(day))
    units = sum(reply["ConsumedCapacity"]["CapacityUnits"] for reply in replies if "ConsumedCapacity" in reply)
    print(json.dumps({"requests": len(replies), "units": units, "codes": len(found)}))


if __name__ == "__main__":
    main(sys.argv[1])
