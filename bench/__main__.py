"""Measure the public check and the sweep, print each row beside its target, and keep them in .local/bench.json.

Usage: python -m bench [--rounds 11] [--calls 1500] [--codes 100000] [--archives 100000]
    [--workers 5000] [--waits 40] [--peer]
"""

import argparse
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench import archives, clocked, counted, dynamodb, postgres, quota, rows, runtime, staff, sweep
from bench import canned as canned_store
from bench.rows import Row
from bench.scene import TOKENS, Scene, canned, item, laid
from chalicelib.outside import clock

_UNMEASURED = "Without --peer FastAPI with PostgreSQL is left out; what else is missing has said above what it needs."


def main(arguments: list[str]) -> None:
    """Measure what can be measured here, and say what cannot."""
    reader = argparse.ArgumentParser(prog="bench", description="What the public check costs beside the least it could.")
    reader.add_argument("--rounds", type=int, default=11, help="rounds of the clock rows (11)")
    reader.add_argument("--calls", type=int, default=1500, help="checks in a round (1500)")
    reader.add_argument("--codes", type=int, default=100_000, help="codes that the second sweep passes by (100000)")
    reader.add_argument("--archives", type=int, default=100_000, help="archives among which whole lives pass (100000)")
    reader.add_argument("--workers", type=int, default=5000, help="workers among whom a clerk asks (5000; 0: left out)")
    reader.add_argument("--waits", type=int, default=40, help="times a round that a clerk asks (40)")
    reader.add_argument("--peer", action="store_true", help="measure FastAPI with PostgreSQL too")
    reader.add_argument("--out", type=Path, default=dynamodb.ROOT / ".local" / "bench.json")
    asked = reader.parse_args(arguments)
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scene = laid(Path(folder) / "scene", str(clock.today()))
        for row in measured(scene, asked):
            print(rows.line(row), flush=True)
            found.append(row)
    print(_UNMEASURED)
    rows.keep(found, asked.out)


def measured(scene: Scene, asked: argparse.Namespace) -> Iterator[Row]:
    """Give each row as it is known."""
    with canned(scene) as ready, canned(scene, "pictured") as pictured:
        if counted.available():
            yield from instructions(ready, pictured)
        else:
            print(counted.MISSING)
        yield from size(ready)
        yield from slowed(ready, asked.rounds)
        if asked.peer:
            yield from beside(ready, asked.rounds, asked.calls)
    yield from waited(asked.workers, asked.waits)
    if not dynamodb.available():
        print(dynamodb.MISSING)
        return
    with dynamodb.running() as url:
        here = scene._replace(environment={**scene.environment, "AWS_ENDPOINT_URL": url})
        yield from against_a_store(here, url, asked.rounds, asked.calls)
        yield from swept(url, asked.codes)
    yield from written(asked.archives)


def waited(workers: int, calls: int) -> Iterator[Row]:
    """Measure what a clerk waits for."""
    if workers and not staff.available():
        print(staff.MISSING)
    if not workers or not staff.available():
        return
    for one in staff.measured(workers, calls):
        yield Row(f"staff API p95 in ms, {one.name}, {workers:,} workers", one.value, 150, one.spread)


def instructions(scene: Scene, pictured: Scene) -> Iterator[Row]:
    """Count instructions: the gates."""
    nothing = counted.cold(scene, "no-op")
    yield Row("cold import of the check, instructions / no-op handler's", counted.cold(scene, "check") / nothing, 1.8)
    least = counted.warm(scene, "limit")
    yield Row("warm check, instructions / LIMIT, canned store", counted.warm(scene, "check") / least, 1.9)
    yield Row("  LIMIT's own instructions a call", least, None)
    yield Row(
        "warm check, each time another code, instructions / LIMIT", counted.warm(scene, "check", "many") / least, 1.9
    )
    yield Row("  of a code with a photo, instructions / LIMIT", counted.warm(pictured, "check") / least, None)
    yield Row(
        "  of another code each time, with a photo, instructions / LIMIT",
        counted.warm(pictured, "check", "many") / least, None,
    )  # fmt: skip
    yield Row("  the page instead of JSON, instructions / LIMIT", counted.warm(scene, "check", "page") / least, None)
    yield Row(
        "  the page, each time another code, instructions / LIMIT", counted.warm(scene, "check", "pages") / least, None
    )


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


def slowed(scene: Scene, rounds: int) -> Iterator[Row]:
    """Measure under the processor that a function of 128 MB gets."""
    if not quota.available():
        print(quota.MISSING)
        return
    found = quota.slowed(scene, min(rounds, 5), 20 * rounds)
    yield Row("p95 of a warm check at 128 MB's processor / without a quota", found.value, 2.5, found.spread)


def beside(scene: Scene, rounds: int, calls: int) -> Iterator[Row]:
    """Measure beside what many would build instead."""
    if not postgres.available():
        print(postgres.MISSING)
        return
    found = postgres.beside(scene, rounds, calls)
    yield Row("CPU per check / FastAPI with PostgreSQL's per request", found.value, 0.8, found.spread)


def written(many: int) -> Iterator[Row]:
    """Measure the writing side."""
    with dynamodb.running() as url:
        found = archives.measured(url)
    yield Row("stream batch of 100, CPU / decode and 100 conditional puts by hand", found.value, 4, found.spread)
    with dynamodb.running() as few, dynamodb.running() as more:
        found = archives.among((few, more), many)
    yield Row(f"time of a whole life, {many:,} archives / {archives.FEW}", found.value, round(1 / 0.9, 2), found.spread)


def against_a_store(scene: Scene, url: str, rounds: int, calls: int) -> Iterator[Row]:
    """Measure with DynamoDB Local behind it."""
    client = dynamodb.client(url)
    dynamodb.make_codes(client)
    yesterday = str(clock.today() - timedelta(days=1))  # as of most codes: their city's choice is read once a day
    client.put_item(TableName="codes", Item=dynamodb.typed(item(TOKENS[0], yesterday)))
    read = client.get_item(
        TableName="codes", Key={"pk": {"S": TOKENS[0]}}, ConsistentRead=True, ReturnConsumedCapacity="TOTAL"
    )
    yield Row("read units per check", read["ConsumedCapacity"]["CapacityUnits"], 1)
    clocked.called(scene, "limit", 300)
    spent, wall = clocked.warm(scene, rounds, calls)
    yield Row("warm check, client CPU / LIMIT, DynamoDB Local", spent.value, 1.6, spent.spread)
    yield Row("warm check, wall p50 / LIMIT, DynamoDB Local", wall.value, 1.35, wall.spread)
    if runtime.available():
        start = runtime.cold(scene, rounds)
        yield Row("cold start under awslambdaric, to its first answer / LIMIT", start.value, 1.25, start.spread)
    else:
        print(runtime.MISSING)
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
