"""A store that answers every GetItem with the same item under the key asked for, so that only the asking side counts.

Usage: canned.py BODY_FILE; prints its port, then serves until it is ended. The body holds KEY where its key goes.
"""

import socket
import sys
import threading
from pathlib import Path

_KEY = b'"pk":{"S":"'


def main(body: bytes) -> None:
    """Serve on a port of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    serve(listening, body, [])


def serve(listening: socket.socket, body: bytes, seen: list[bytes]) -> None:
    """Answer whoever connects, and add what was asked for to what was seen; returns when the socket is closed."""
    while True:
        try:
            asked, _ = listening.accept()
        except OSError:
            return
        asked.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_serve, args=(asked, body, seen), daemon=True).start()


def _serve(asked: socket.socket, body: bytes, seen: list[bytes]) -> None:
    """Answer each request of one connection; a request is whole at the end of what its length says."""
    waiting = b""
    while part := asked.recv(65536):
        waiting += part
        head = waiting.find(b"\r\n\r\n")
        if head < 0:
            continue
        place = waiting.lower().index(b"content-length:") + 15
        end = head + 4 + int(waiting[place : waiting.index(b"\r", place)])
        if len(waiting) < end:
            continue
        start = waiting.index(_KEY, head) + len(_KEY)
        seen.append(waiting[start : start + 27])
        found = body.replace(b"KEY", waiting[start : waiting.index(b'"', start)])
        waiting = waiting[end:]
        asked.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: 0\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(found), found)
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_bytes())
