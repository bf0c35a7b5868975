"""What the writing side costs on DynamoDB Local: a batch of the stream, and whole lives of certificates among many.

The product's own actions and functions run; only KMS, which no jar has, is stood in for.
Usage: python -m bench.archives batch | lives MANY, with the environment of a function; prints a line of JSON, or for
each line it reads the seconds that a round of lives took.
"""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from hashlib import sha256
from random import Random
from statistics import median
from types import SimpleNamespace
from typing import Any, NamedTuple

from bench import dynamodb

CITY = "330200"
BATCH = 100
FEW = 100
_WARMING, _BATCHES = 4, 15
"""The first batches meet connections not made yet and, once, a garbage collection of all that was loaded: 140 ms."""
_TOGETHER = 8
"""Archives of three items in one call of at most 25."""
_CONTEXT = SimpleNamespace(
    function_name="bench", memory_limit_in_mb=512, invoked_function_arn="arn", aws_request_id="1"
)


class Found(NamedTuple):
    """A ratio with its lowest and highest."""

    value: float
    spread: tuple[float, float]


def measured(url: str) -> Found:
    """Measure a batch of the stream, in a process of its own."""
    command = [sys.executable, "-m", "bench.archives", "batch"]
    done = subprocess.run(command, cwd=dynamodb.ROOT, env=_environment(url), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    told = json.loads(done.stdout.splitlines()[-1])
    return Found(told["value"], tuple(told["spread"]))


def _environment(url: str) -> dict[str, str]:
    """Give what a function finds around it."""
    return {
        **os.environ, "REGISTER_TABLE": "register", "CODES_TABLE": "codes", "LEDGER_TABLE": "ledger",
        "INBOX_TABLE": "inbox", "ADDRESS": "https://code.example.cn", "PROVINCE": "default", "STAGE": "local",
        "POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true", "AWS_ENDPOINT_URL": url,
        "AWS_REGION": "cn-north-1", "AWS_DEFAULT_REGION": "cn-north-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "example",
    }  # fmt: skip


def _ready() -> Any:
    """Make the tables and the city; give what the simulation's events take for a world."""
    from chalicelib.actions import stack
    from chalicelib.outside import clock, sealing, signing
    from chalicelib.records import cities, codes, tables
    from chalicelib.records.commit import Entry
    from chalicelib.rules.city import City
    from scripts.simulation_life import act

    for name, value in (
        ("new_wrapped_key", lambda purpose: sha256(purpose.encode()).digest()),
        ("unwrap", lambda wrapped, purpose: wrapped),
        ("public_key", lambda: b"public"),
    ):
        setattr(sealing, name, value)
    setattr(signing, "public_key", lambda: {"kid": "bench"})  # noqa: B010
    for model in (tables.RegisterRow, tables.LedgerRow, codes.CodeRow):
        model.create_table(billing_mode="PAY_PER_REQUEST", wait=True)
    world = SimpleNamespace(chance=Random(1), at=clock.now(), today=clock.today())
    city = City(id=CITY, name="宁波", association="宁波协会", hotline="12345")
    cities.store(city, city, act=act(world, CITY, "administrator"), entry=Entry(action="city.set"))  # type: ignore[arg-type]
    stack.prepare()
    return world


def batch() -> list[float]:
    """Measure processor time of `project` for a batch over decoding it and as many signed conditional puts by hand."""
    from chalicelib.functions import project
    from chalicelib.public import store
    from scripts.simulation_lives import born

    world = _ready()
    event = {"Records": [_record(born(world, CITY).archive) for _ in range(BATCH)]}
    raw = json.dumps(event)
    found = []
    for number in range(_WARMING + _BATCHES):
        projected = _spent(lambda: project.project(json.loads(raw), _CONTEXT))
        found.append(projected / _spent(lambda: _by_hand(raw, store, f"hand{number}")))  # noqa: B023
    return found[_WARMING:]


def _by_hand(raw: str, store: Any, name: str) -> None:
    for number, record in enumerate(json.loads(raw)["Records"]):
        texts = {key: value for key, value in record["dynamodb"]["NewImage"].items() if "S" in value}
        store.put("codes", {**texts, "pk": {"S": f"{name}{number}"}})


def _record(archive: Any) -> dict[str, Any]:
    """Give the stream's record of an archive's meta row, as DynamoDB sends it."""
    keys = {"pk": {"S": archive.key}, "sk": {"S": "A#meta"}}
    return {"eventName": "MODIFY", "dynamodb": {"Keys": keys, "NewImage": _row(archive.key, "A#meta")}}


def _row(key: str, sk: str) -> dict[str, Any]:
    from chalicelib.records.tables import RegisterRow

    return RegisterRow.get(key, sk, consistent_read=True).to_dynamodb_dict()


def _spent(done: Any) -> float:
    before = time.process_time()
    with redirect_stdout(io.StringIO()):
        done()
    return time.process_time() - before


def lives(many: int) -> None:
    """Fill the store with so many archives, then time a round of lives for each line that is read, and print it."""
    world = _ready()
    _fill(world, many)
    for _ in sys.stdin:
        print(_lived(world), flush=True)


def among(urls: tuple[str, str], many: int, rounds: int = 5) -> Found:
    """Measure the time of whole lives among many archives over that among a hundred, two stores taking turns."""
    with _living(urls[0], FEW) as few, _living(urls[1], many) as more:
        for _ in range(rounds):
            few(), more()
        found = [more() / few() for _ in range(2 * rounds + 1)]
    return Found(median(found), (min(found), max(found)))


@contextmanager
def _living(url: str, archives: int) -> Iterator[Callable[[], float]]:
    """Have a process that lives lives among so many archives; give what times a round of them in seconds."""
    command = [sys.executable, "-m", "bench.archives", "lives", str(archives)]
    with subprocess.Popen(
        command, cwd=dynamodb.ROOT, env=_environment(url), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def one() -> float:
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("it has no pipes")
            process.stdin.write("\n")
            process.stdin.flush()
            return float(process.stdout.readline())

        yield one
        if process.stdin:
            process.stdin.close()


def _lived(world: Any) -> float:
    """Live ten lives: issued, insured and examined anew, consent withdrawn; each decision is projected."""
    from chalicelib.actions import projection
    from scripts.simulation_lives import EVENTS, born

    before = time.perf_counter()
    for _ in range(10):
        life = born(world, CITY)
        projection.project(life.archive.key)
        for kind in ("insurance", "exam", "consent withdrawn"):
            moved = EVENTS[kind][1](world, life, life.facts)
            if moved is None:
                raise RuntimeError(f"{kind} could not happen")
            life.archive = moved
            projection.project(life.archive.key)
    return time.perf_counter() - before


def _fill(world: Any, many: int) -> None:
    """Put so many copies of one archive's head and certificate, which lists and indexes hold, and of its code."""
    from chalicelib.actions import projection
    from chalicelib.public import store
    from scripts.simulation_lives import born

    life = born(world, CITY)
    projection.project(life.archive.key)
    rows = [_row(life.archive.key, sk) for sk in ("A#meta", "A#certificate")]
    lies: dict[str, list[Any]] = {"register": rows, "codes": [store.get("codes", life.token)]}
    pattern = json.dumps({name: [{"PutRequest": {"Item": item}} for item in items] for name, items in lies.items()})

    def put(numbers: range) -> None:
        requests: dict[str, list[Any]] = {"register": [], "codes": []}
        for number in numbers:
            copy = pattern.replace(life.archive.id, f"X{number:011d}").replace(life.token, f"{number:027d}")
            for table, one in json.loads(copy).items():
                requests[table] += one
        status, answer = store.called("BatchWriteItem", json.dumps({"RequestItems": requests}).encode(), (2, 30))
        if status != 200 or json.loads(answer)["UnprocessedItems"]:
            raise RuntimeError(f"not all was put: {status}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, [range(at, min(at + _TOGETHER, many)) for at in range(0, many, _TOGETHER)]))


def main(kind: str, *more: str) -> None:
    """Measure a batch and print it, or live."""
    if kind == "lives":
        lives(int(more[0]))
        return
    found = batch()
    print(json.dumps({"value": median(found), "spread": [min(found), max(found)]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
