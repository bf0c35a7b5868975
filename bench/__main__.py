"""Measure the public check and the sweep, print each row beside its target, and keep them in .local/bench.json.

Usage: python -m bench [--rounds 11] [--calls 1500] [--codes 100000]
"""

import argparse
import datetime
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from bench import canned as canned_store
from bench import clocked, counted, dynamodb, rows, sweep
from bench.rows import Row
from bench.scene import TOKENS, Scene, canned, item, laid

_UNMEASURED = (
    "Not measured here: the start under awslambdaric (a plain process stands in), the p95 under a CPU quota, a batch\n"
    "of stream records, whole lives per second, the staff API, and FastAPI with PostgreSQL beside it."
)


def main(arguments: list[str]) -> None:
    """Measure what can be measured here, and say what cannot."""
    reader = argparse.ArgumentParser(prog="bench", description="What the public check costs beside the least it could.")
    reader.add_argument("--rounds", type=int, default=11, help="rounds of the clock rows (11)")
    reader.add_argument("--calls", type=int, default=1500, help="checks in a round (1500)")
    reader.add_argument("--codes", type=int, default=100_000, help="codes that the second sweep passes by (100000)")
    reader.add_argument("--out", type=Path, default=dynamodb.ROOT / ".local" / "bench.json")
    asked = reader.parse_args(arguments)
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scene = laid(Path(folder) / "scene", str(datetime.date.today()))  # noqa: DTZ011 - any recent day will do
        for row in measured(scene, asked.rounds, asked.calls, asked.codes):
            print(rows.line(row), flush=True)
            found.append(row)
    print(_UNMEASURED)
    rows.keep(found, asked.out)


def measured(scene: Scene, rounds: int, calls: int, codes: int) -> Iterator[Row]:
    """Give each row as it is known."""
    with canned(scene) as ready:
        if counted.available():
            yield from instructions(ready)
        else:
            print(counted.MISSING)
        yield from size(ready)
    if not dynamodb.available():
        print(dynamodb.MISSING)
        return
    with dynamodb.running() as url:
        here = scene._replace(environment={**scene.environment, "AWS_ENDPOINT_URL": url})
        yield from against_a_store(here, url, rounds, calls)
        yield from swept(url, codes)


def instructions(scene: Scene) -> Iterator[Row]:
    """Count instructions: the gates."""
    nothing = counted.cold(scene, "no-op")
    yield Row("cold import of the check, instructions / no-op handler's", counted.cold(scene, "check") / nothing, 1.8)
    least = counted.warm(scene, "limit")
    yield Row("warm check, instructions / LIMIT, canned store", counted.warm(scene, "check") / least, 1.9)
    yield Row("  LIMIT's own instructions a call", least, None)
    yield Row("  each time another code, instructions / LIMIT", counted.warm(scene, "check", "many") / least, None)
    yield Row("  the page instead of JSON, instructions / LIMIT", counted.warm(scene, "check", "page") / least, None)


def size(scene: Scene) -> Iterator[Row]:
    """Count what a check asks of the store, and the page's bytes; its style is in it and no other file is named."""
    seen: list[bytes] = []
    body = (scene.folder / "item.json").read_bytes()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=canned_store.serve, args=(listening, body, seen), daemon=True).start()
        here = {**scene.environment, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{listening.getsockname()[1]}"}
        clocked.called(scene._replace(environment=here), "check", 20, "many")
    yield Row("requests per check", len(seen) / 20, 1)
    yield Row("check page, HTML with style, bytes", clocked.called(scene, "check", 1, "page")["bytes"], 14_336)


def against_a_store(scene: Scene, url: str, rounds: int, calls: int) -> Iterator[Row]:
    """Measure with DynamoDB Local behind it."""
    client = dynamodb.client(url)
    dynamodb.make_codes(client)
    today = str(datetime.date.today())  # noqa: DTZ011
    client.put_item(TableName="codes", Item=dynamodb.typed(item(TOKENS[0], today)))
    read = client.get_item(
        TableName="codes", Key={"pk": {"S": TOKENS[0]}}, ConsistentRead=True, ReturnConsumedCapacity="TOTAL"
    )
    yield Row("read units per check", read["ConsumedCapacity"]["CapacityUnits"], 1)
    clocked.called(scene, "limit", 300)
    spent, wall = clocked.warm(scene, rounds, calls)
    yield Row("warm check, client CPU / LIMIT, DynamoDB Local", spent.value, 1.6, spent.spread)
    yield Row("warm check, wall p50 / LIMIT, DynamoDB Local", wall.value, 1.35, wall.spread)
    start = clocked.cold(scene, rounds)
    yield Row("cold start, a plain process to its first answer / LIMIT", start.value, 1.25, start.spread)


def swept(url: str, codes: int) -> Iterator[Row]:
    """Count what the sweep reads among few codes and among ten times as many, the same number turning."""
    few = codes // 10
    sweep.fill(url, 0, few)
    before = sweep.counted(url)
    sweep.fill(url, few, codes)
    after = sweep.counted(url)
    yield Row(f"sweep, requests, {codes:,} codes / {few:,}", after.requests / before.requests, 1.2)
    yield Row(f"sweep, read units, {codes:,} codes / {few:,}", after.units / before.units, 1.2)
    yield Row(f"  read units for {after.codes} turning among {codes:,}", after.units, None)


if __name__ == "__main__":
    main(sys.argv[1:])
