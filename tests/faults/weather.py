"""Faults of AWS, made where botocore sends: an answer that is an error, a line that is cut, an answer that is lost.

Nothing of ours is patched. PynamoDB keeps a client for each model, and has no public way to it.
"""

import json

import boto3
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError
from botocore.httpsession import URLLib3Session

from chalicelib.records import codes, commit, credentials, tables

MODELS = (
    tables.RegisterRow, tables.LedgerRow, tables.CodeStop, codes.CodeRow, codes.PlainRow, credentials.OfflineRow,
)  # fmt: skip


class _Body:
    """A body that is read once, as urllib3 gives one."""

    def __init__(self, content):
        self.content = content

    def stream(self, **_):
        yield self.content


def error(code, status=400, **more):
    """An answer that is an error, as DynamoDB, KMS and SQS write it."""
    return status, json.dumps({"__type": f"com.amazonaws#{code}", "message": "", **more}).encode()


def cancelled(*codes):
    """A transaction that was not done, for a reason of each of its first parts."""
    return error("TransactionCanceledException", CancellationReasons=[{"Code": code} for code in codes])


CUT, LOST = "the line is cut before it is sent", "it is done, and the answer is lost"


class Weather:
    """What goes wrong with the next calls: `on("TransactWriteItems", CUT, times=1)`."""

    def __init__(self):
        self.ordered, self.met, self.faults, self.calls = [], [], [], []
        boto3.setup_default_session()
        boto3.DEFAULT_SESSION.events.register_first("before-send.*", self._send)
        self._clients = [one._get_connection().connection.client for one in MODELS]
        self._clients.append(commit.connection().client)
        for client in self._clients:
            client.meta.events.register_first("before-send.dynamodb.*", self._send)

    def clear(self):
        """Take the handlers away."""
        for client in self._clients:
            client.meta.events.unregister("before-send.dynamodb.*", self._send)
        boto3.setup_default_session()

    def on(self, operation, fault, times=10**6):
        """Have the next calls of an operation, or of a whole service (`kms`, `sqs`), end in a fault."""
        self.faults.append([operation, fault, times])
        self.ordered.append(self.faults[-1])

    def unmet(self):
        """The operations and services whose faults no call has met."""
        return [one[0] for one in self.ordered if not any(met is one for met in self.met)]

    def fine(self):
        """Have nothing go wrong any more."""
        self.faults.clear()

    def _send(self, request, event_name, **_):
        operation = event_name.split(".")[-1]
        self.calls.append(operation)
        for one in self.faults:
            if one[2] and one[0] in event_name.split("."):
                one[2] -= 1
                self.met.append(one)
                return self._done(request, one[1])
        return None

    def _done(self, request, fault):
        if fault == LOST:
            URLLib3Session().send(request)
        if fault in (CUT, LOST):
            raise ConnectionClosedError(endpoint_url=request.url)
        status, body = fault
        return AWSResponse(request.url, status, {"content-type": "application/x-amz-json-1.0"}, _Body(body))
