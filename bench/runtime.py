"""A cold start as Lambda does it: AWS's own runtime client fetches one event from a runtime API, posts its answer."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench import clocked, peers
from bench.clocked import Ratio
from bench.scene import HANDLERS, Scene

MISSING = "AWS's runtime client is not here, so no cold start under it is measured; `make bench-tools` fetches it."


def available() -> bool:
    """Tell whether AWS's runtime client is here."""
    return peers.has("awslambdaric")


def cold(scene: Scene, rounds: int) -> Ratio:
    """Measure a function from its start to its first answer, over LIMIT's."""
    event = json.loads((scene.folder / "one.json").read_text())["event"]
    return clocked.ratio([_started(scene, "check", event) / _started(scene, "limit", event) for _ in range(rounds)])


def _started(scene: Scene, handler: str, event: dict[str, Any]) -> float:
    with _runtime(event) as (address, answered, seen):
        environment = {
            **scene.environment, "AWS_LAMBDA_RUNTIME_API": address, "AWS_LAMBDA_FUNCTION_NAME": handler,
            "AWS_LAMBDA_FUNCTION_VERSION": "1", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
            "AWS_LAMBDA_LOG_GROUP_NAME": "bench", "AWS_LAMBDA_LOG_STREAM_NAME": "bench",
        }  # fmt: skip
        command = [str(peers.PYTHON), "-m", "awslambdaric", ".".join(HANDLERS[handler])]
        began = time.perf_counter()
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, cwd=scene.folder / "verify", env=environment, stdout=quiet) as process:
            answered.wait(30)
            process.kill()
    if not seen or json.loads(seen[0][1])["statusCode"] != 200:
        raise RuntimeError(f"{handler} did not answer under awslambdaric: {seen[:1]}")
    return seen[0][0] - began


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a function that has answered is ended, whatever it was waiting for."""


@contextmanager
def _runtime(event: dict[str, Any]) -> Iterator[tuple[str, threading.Event, list[tuple[float, bytes]]]]:
    """Serve one event; give the address, a flag for its answer, and the answer with its moment."""
    answered, seen = threading.Event(), list[tuple[float, bytes]]()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            """Hand the event out once; who asks again waits."""
            if seen:
                time.sleep(30)
            headers = {
                "Lambda-Runtime-Aws-Request-Id": "1",
                "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 30_000),
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:cn-north-1:000000000000:function:bench",
            }  # fmt: skip
            self._send(200, json.dumps(event).encode(), headers)

        def do_POST(self) -> None:
            """Take the answer."""
            seen.append((time.perf_counter(), self.rfile.read(int(self.headers["Content-Length"]))))
            answered.set()
            self._send(202, b"{}", {})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            kind = {"Content-Type": "application/json", "Content-Length": str(len(body))}
            for name, value in {**headers, **kind}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}", answered, seen
    finally:
        server.shutdown()
        server.server_close()
