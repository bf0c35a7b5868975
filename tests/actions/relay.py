"""A relay before the store: it passes requests on, notes them, and hangs up or errs when told to."""

from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from tests.listening import Listening


class Relay(Listening):
    """Passes on to an address; `faults` are what the next requests of an operation meet: HANG_UP, LOSE or BREAK."""

    HANG_UP, LOSE, BREAK = "no answer", "done, and no answer", "an error"

    def __init__(self, to):
        self.to, self.operations, self.faults = urlsplit(to), [], {}
        super().__init__(_handler(self))

    def passed(self, headers, body):
        there = HTTPConnection(self.to.hostname, self.to.port, timeout=30)
        there.request("POST", "/", body, headers)
        answer = there.getresponse()
        read = answer.status, answer.read()
        there.close()
        return read


def _handler(relay):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            operation = self.headers["X-Amz-Target"].split(".")[1]
            relay.operations.append(operation)
            waiting = relay.faults.get(operation)
            fault = waiting.pop(0) if waiting else None
            answer = None if fault == Relay.HANG_UP else relay.passed(dict(self.headers), body)
            if fault in (Relay.HANG_UP, Relay.LOSE):
                self.close_connection = True
                return
            status, raw = (500, b'{"__type": "InternalServerError"}') if fault == Relay.BREAK else answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_):
            pass

    return Handler
