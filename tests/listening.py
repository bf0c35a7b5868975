"""What answers HTTP on a port of its own while a test runs."""

import threading
from http.server import ThreadingHTTPServer


class Listening:
    """Serves by a handler until it is stopped; `url` is where."""

    def __init__(self, handler):
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self._http.shutdown()
        self._http.server_close()
