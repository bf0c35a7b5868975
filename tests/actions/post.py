"""What left the house: mails that the local AWS took, messages that wait in a queue."""

import json
import os
import urllib.request
from datetime import UTC, datetime, timedelta

SENDER = "anxinma@demo.invalid"
MORNING = datetime(2026, 11, 22, 2, tzinfo=UTC)
NIGHT = MORNING + timedelta(hours=12)


def mails(to):
    """Give the mails that went to an address, as the local AWS kept them."""
    with urllib.request.urlopen(f"{os.environ['AWS_ENDPOINT_URL']}/_ministack/ses/messages") as answer:
        kept = json.loads(answer.read())
    return [one for account in kept["messages"].values() for one in account if to in one["To"]]


def waiting(aws, queue):
    """Take every message that waits in a queue."""
    url, found = os.environ[queue], []
    while messages := aws("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(one["Body"]) for one in messages]
        [aws("sqs").delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"]) for one in messages]
    return found
