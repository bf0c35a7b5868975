"""SQS: work to be done later, by id."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import boto3

from chalicelib import settings


def put(queue: str, messages: Iterable[dict[str, Any]]) -> None:
    """Send messages to the queue whose URL is in the setting `queue`, ten at a time."""
    pending = list(messages)
    for start in range(0, len(pending), 10):
        part = pending[start : start + 10]
        entries = [{"Id": str(n), "MessageBody": json.dumps(one)} for n, one in enumerate(part)]
        answer = _sqs().send_message_batch(QueueUrl=settings.required(queue), Entries=entries)
        if answer.get("Failed"):
            raise RuntimeError(f"{len(answer['Failed'])} messages were not taken by {queue}")


@cache
def _sqs() -> Any:
    return boto3.client("sqs")
