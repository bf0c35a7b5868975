"""A relay before the store: it passes requests on, counts how many wait at once, and hangs up or errs when told to."""

import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Relay:
    """Passes on to an address; `faults` are what the next requests of an operation meet: HANG_UP, LOSE or BREAK."""

    HANG_UP, LOSE, BREAK = "no answer", "done, and no answer", "an error"

    def __init__(self, to):
        self.to, self.operations, self.faults = urlsplit(to), [], {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self._http.shutdown()
        self._http.server_close()

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
