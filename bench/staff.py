"""What a clerk waits for among many workers: the staff API's list and detail on the local AWS, packaged and deployed.

The city is its own, on a free port, and is forgotten afterwards. Its workers are copies of one who was registered over
the API: every row of it, under another id, each in the shard that its id belongs to, a hundred to a company.
"""

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.clocked import percentile
from chalicelib.records import archive_rows
from scripts import demo, emulator, package, seed_cases, stack, streams
from scripts.seed_city import City

MISSING = "the local AWS is not installed, so the staff API is not measured; `make up` installs it"
_TOGETHER = 25
_ROUNDS = 5
_EACH = 100


class Waited(NamedTuple):
    """A request's p95 in milliseconds: the median of the rounds', with the lowest and highest."""

    name: str
    value: float
    spread: tuple[float, float]


def available() -> bool:
    """Tell whether the local AWS is installed."""
    return emulator.PROGRAM.exists()


def measured(workers: int, calls: int) -> list[Waited]:
    """Deploy a city, fill it with so many workers, and ask for list and detail so many times a round."""
    with tempfile.TemporaryDirectory() as folder:
        where = emulator.Place(emulator.free_port(), Path(folder))
        emulator.start(where)
        try:
            city = City(stack.deploy_local(where.port, package.build()))
            streams.invoke(city.stack, "ProjectFunction", {"prepare": True})
            return _asked(city, workers, calls)
        finally:
            emulator.stop(where)


def _asked(city: City, workers: int, calls: int) -> list[Waited]:
    city.open()
    manager = city.as_("association_manager")
    body = {"name": "演示甲家政（演示）", "credit_code": demo.credit_code(801)}
    city._make(
        "association_manager", "owner0", "company_owner", "企业负责人", None, manager.post("/api/companies", body)["id"]
    )
    one = seed_cases.registered(city, 800)["id"]
    _fill(city, one, workers)
    ways = {"list": "/api/workers?state=none&limit=50", "detail": f"/api/workers/{one}"}
    rounds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ROUNDS + 1):
        took: dict[str, list[int]] = {name: [] for name in ways}
        for _ in range(calls):
            for name, way in ways.items():
                began = time.perf_counter_ns()
                manager.get(way)
                took[name].append(time.perf_counter_ns() - began)
        for name, waits in took.items():
            rounds[name].append(percentile(waits, 95) / 1e6)
    found = {name: sorted(waits[1:]) for name, waits in rounds.items()}  # the first round warms up
    return [Waited(name, waits[len(waits) // 2], (waits[0], waits[-1])) for name, waits in found.items()]


def _fill(city: City, one: str, workers: int) -> None:
    """Put the copies, past the functions that follow the table: what they would do is not asked for here."""
    functions, dynamodb = city.stack.client("lambda"), city.stack.client("dynamodb")
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    table, home = city.stack.outputs["RegisterTable"], city.home.id
    condition = {":pk": {"S": f"W#{home}#{one}"}, ":a": {"S": "A#"}}
    found = dynamodb.query(
        TableName=table, KeyConditionExpression="pk = :pk AND begins_with(sk, :a)", ExpressionAttributeValues=condition
    )
    puts = [{"PutRequest": {"Item": row}} for row in copies(found["Items"], one, workers)]
    for at in range(0, len(puts), _TOGETHER):
        left = dynamodb.batch_write_item(RequestItems={table: puts[at : at + _TOGETHER]}).get("UnprocessedItems")
        if left:
            raise RuntimeError("not all was put")


def copies(rows: list[dict[str, Any]], one: str, many: int) -> Iterator[dict[str, Any]]:
    """Give the rows of a worker under other ids, in the lists where those belong."""
    company = next(row["owner_key"]["S"].split("#")[1] for row in rows if row["sk"]["S"] == "A#meta")
    pattern = json.dumps(rows)
    for number in range(many):
        id = f"Y{number:011d}"
        for row in json.loads(pattern.replace(one, id).replace(company, f"Z{number // _EACH:011d}")):
            for key in ("list_key", "owner_key"):
                if key in row:
                    row[key] = {"S": _sharded(row[key]["S"], one, id)}
            yield row


def _sharded(key: str, one: str, id: str) -> str:
    """Move a list's key from the shard of one id to that of another; a key without shards stays."""
    head, _, last = key.rpartition("#")
    for shards in (archive_rows.SHARDS, archive_rows.END_SHARDS, archive_rows.QUEUE_SHARDS):
        if last == str(archive_rows.shard(one, shards)):
            return f"{head}#{archive_rows.shard(id, shards)}"
    return key
