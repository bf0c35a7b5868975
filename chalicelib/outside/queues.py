"""SQS: work to be done later, by id."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import boto3

from chalicelib import settings


def put(queue: str, messages: Iterable[dict[str, Any]], *, delay: int = 0) -> None:
    """Send messages to the queue whose URL is in the setting `queue`, to be read after `delay` seconds.

    One by one: a batch may succeed in part, and the local AWS knows its right by another name.
    """
    for message in messages:
        _sqs().send_message(QueueUrl=settings.required(queue), MessageBody=json.dumps(message), DelaySeconds=delay)


@cache
def _sqs() -> Any:
    return boto3.client("sqs")
