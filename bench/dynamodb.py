"""DynamoDB Local, AWS's own jar: the store for times, requests and units."""

import os
import shutil
import socket
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".local" / "dynamodb"
MISSING = "DynamoDB Local or Java is not here, so nothing is measured against a store; `make bench-tools` fetches it."
_KEYS: dict[str, Any] = {
    "region_name": "cn-north-1",
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "example",
}


def available() -> bool:
    """Tell whether the jar and a Java are here."""
    return shutil.which("java") is not None and (FOLDER / "DynamoDBLocal.jar").exists()


@contextmanager
def running() -> Iterator[str]:
    """Run it in memory on a free port; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    libraries = f"-Djava.library.path={FOLDER / 'DynamoDBLocal_lib'}"
    command = ["java", libraries, "-jar", str(FOLDER / "DynamoDBLocal.jar")]
    command += ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    log = open(FOLDER / "log", "wb")  # noqa: SIM115 - the process writes it
    process = subprocess.Popen(command, cwd=FOLDER, stdout=log, stderr=log, env={"PATH": os.environ["PATH"]})
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        log.close()


def client(url: str) -> Any:
    """Give a client of the store."""
    return boto3.client("dynamodb", endpoint_url=url, **_KEYS)


def typed(item: dict[str, Any]) -> dict[str, Any]:
    """Give an item of the wire's form as boto3 takes it: binary values as bytes."""
    return {
        name: {kind: b64decode(value) if kind == "B" else value for kind, value in one.items()}
        for name, one in item.items()
    }


def make_codes(client: Any) -> None:
    """Make the codes table as infra/tables.yaml has it."""
    client.create_table(
        TableName="codes",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "turn")],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "turning",
                "KeySchema": [
                    {"AttributeName": "turn", "KeyType": "HASH"},
                    {"AttributeName": "pk", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["archive"]},
            }
        ],
    )


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            client(url).list_tables()
            return
        except BotoCoreError:
            time.sleep(0.3)
    raise RuntimeError(f"DynamoDB Local did not start; see {FOLDER / 'log'}")
