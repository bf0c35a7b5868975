"""The least that a check could be: one signed GetItem on a kept raw socket, its bytes passed on. Nothing is checked.

This is the LIMIT that the check is measured against. Standard library only: it runs in a bare environment.
"""

import hmac
import os
import socket
import time
from hashlib import sha256
from typing import Any

_kept: dict[str, Any] = {}


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Read the item of a token and pass its bytes on."""
    if not _kept:
        _start()
    token = event["pathParameters"]["token"]
    body = f'{{"TableName":"{_kept["table"]}","Key":{{"pk":{{"S":"{token}"}}}},"ConsistentRead":true}}'.encode()
    connection = _kept["connection"]
    connection.sendall(_signed(body))
    received = connection.recv(65536)
    stop = received.index(b"\r\n\r\n") + 4
    place = received.lower().index(b"content-length:") + 15
    length = int(received[place : received.index(b"\r", place)])
    while len(received) < stop + length:
        received += connection.recv(65536)
    return {"statusCode": 200, "headers": {}, "body": received[stop:].decode(), "isBase64Encoded": False}


def _signed(body: bytes) -> bytes:
    instant = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    day, host, region = instant[:8], _kept["host"], _kept["region"]
    if _kept.get("day") != day:
        key = b"AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"].encode()
        for part in (day, region, "dynamodb", "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        _kept["day"], _kept["key"] = day, key
    names = "content-type;host;x-amz-date;x-amz-target"
    lines = (
        f"content-type:application/x-amz-json-1.0\nhost:{host}\n"
        f"x-amz-date:{instant}\nx-amz-target:DynamoDB_20120810.GetItem\n"
    )
    asked = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    scope = f"{day}/{region}/dynamodb/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{sha256(asked.encode()).hexdigest()}"
    signature = hmac.digest(_kept["key"], text.encode(), "sha256").hex()
    return (
        f"POST / HTTP/1.1\r\ncontent-type: application/x-amz-json-1.0\r\nhost: {host}\r\nx-amz-date: {instant}\r\n"
        f"x-amz-target: DynamoDB_20120810.GetItem\r\nauthorization: AWS4-HMAC-SHA256 "
        f"Credential={_kept['who']}/{scope}, SignedHeaders={names}, Signature={signature}\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    ).encode() + body


def _start() -> None:
    _, _, host = os.environ["AWS_ENDPOINT_URL"].partition("://")
    name, _, port = host.partition(":")
    connection = socket.create_connection((name, int(port)))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    _kept.update(connection=connection, host=host, region=os.environ["AWS_REGION"])
    _kept.update(who=os.environ["AWS_ACCESS_KEY_ID"], table=os.environ["CODES_TABLE"])
