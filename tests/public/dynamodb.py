"""A small DynamoDB on a real port: GetItem and conditional PutItem, and faults when told to."""

import json
import time
from http.server import BaseHTTPRequestHandler

from tests.listening import Listening

NEVER = "attribute_exists(pk) AND attribute_not_exists(pk)"


class Server(Listening):
    """Tables in memory, every request kept, and `faults`: what to do wrong with the next ones."""

    def __init__(self):
        self.tables = {}
        self.requests = []
        self.connections = 0
        self.faults = []
        super().__init__(_handler(self))

    def items(self, table):
        return self.tables.setdefault(table, {})

    def answer(self, operation, asked):
        items = self.items(asked["TableName"])
        if operation == "GetItem":
            assert asked["ConsistentRead"] is True
            found = items.get(asked["Key"]["pk"]["S"])
            return 200, {} if found is None else {"Item": found}
        assert operation == "PutItem"
        earlier = items.get(asked["Item"]["pk"]["S"])
        if earlier is not None or asked["ConditionExpression"] == NEVER:
            fault = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"
            old = {} if earlier is None else {"Item": earlier}
            return 400, {"__type": fault, "message": "The conditional request failed", **old}
        assert asked["ConditionExpression"] == "attribute_not_exists(pk)"
        items[asked["Item"]["pk"]["S"]] = asked["Item"]
        return 200, {}


def _handler(server):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self):
            server.connections += 1
            super().setup()

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            operation = self.headers["X-Amz-Target"].split(".")[1]
            server.requests.append((operation, json.loads(body), dict(self.headers)))
            fault = server.faults.pop(0) if server.faults else None
            if fault is not None and fault(self) is not None:
                return
            reply(self, *server.answer(operation, json.loads(body)))

        def log_message(self, *_):
            pass

    return Handler


def reply(handler, status, answer):
    raw = json.dumps(answer).encode()
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(raw)))
    handler.end_headers()
    handler.wfile.write(raw)


def raw(text, *, close=False):
    """A fault that writes just these bytes."""

    def fault(handler):
        handler.wfile.write(text)
        handler.close_connection = close
        return True

    return fault


def hang_up(handler):
    handler.close_connection = True
    return True


def slow(seconds):
    def fault(handler):
        time.sleep(seconds)
        handler.close_connection = True
        return True

    return fault


def late(handler):
    """Answer as usual, but after the caller has given up."""
    time.sleep(0.4)


def busy(handler):
    reply(handler, 400, {"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"})
    return True


def broken(handler):
    reply(handler, 500, {"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError"})
    return True


def then_close(handler):
    """Answer as usual, then close the connection without a word, as an idle one is closed."""
    handler.close_connection = True
