"""The two DynamoDB calls the public function may make, over one kept connection.

Items stay in the wire's form: `{"name": {"S": "text"}}`. What cannot be had in time is Unavailable.
"""

import _socket as socket
import os
import time

from chalicelib import settings
from chalicelib.public import signer
from chalicelib.public.signer import Credentials
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.json_text import read, written
from chalicelib.rules.light import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ssl import SSLContext

Item = dict[str, dict[str, Any]]

_CONNECT, _READ = 0.2, 0.3
_WAITS = (0.025, 0.075)
_BUSY = ("ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded")
_LARGEST = 500_000


def get(table: str, key: str) -> Item | None:
    """Read one item, strongly consistent: a revocation shows at once. None when there is none."""
    asked = {"TableName": table, "Key": {"pk": {"S": key}}, "ConsistentRead": True}
    status, answer = _called("GetItem", asked)
    if status != 200:
        raise Unavailable(f"GetItem answered {status} {_fault(answer)}")
    item: Item | None = answer.get("Item")
    return item


def put(table: str, item: Item) -> Item | None:
    """Put an item where none lies yet. None when it was put; the item that lay there when not.

    A put that is sent again after a broken connection may so meet itself.
    """
    asked = {
        "TableName": table,
        "Item": item,
        "ConditionExpression": "attribute_not_exists(pk)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    status, answer = _called("PutItem", asked)
    if status == 200:
        return None
    if _fault(answer) == "ConditionalCheckFailedException":
        earlier: Item = answer.get("Item") or {}
        return earlier
    raise Unavailable(f"PutItem answered {status} {_fault(answer)}")


def text(item: Item, name: str) -> str | None:
    """Give a text attribute, None when absent; TypeError or KeyError when it is something else."""
    found = item.get(name)
    if found is None:
        return None
    value: str = found["S"]
    return value


def _fault(answer: dict[str, Any]) -> str:
    return str(answer.get("__type", "")).rpartition("#")[2]


def _called(operation: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Call DynamoDB; when it is busy or broken, twice more after a short and uneven wait."""
    body = written(asked).encode()
    for wait in (*_WAITS, None):
        status, answer = _sent(operation, body)
        if wait is None or (status < 500 and _fault(answer) not in _BUSY):
            break
        time.sleep(wait * (0.5 + os.urandom(1)[0] / 255))
    return status, answer


def _sent(operation: str, body: bytes) -> tuple[int, dict[str, Any]]:
    try:
        status, raw = _exchanged(operation, body)
        answer = read(raw) if raw else {}
    except (OSError, ValueError) as error:
        raise Unavailable(f"the store could not be reached: {type(error).__name__}") from None
    if not isinstance(answer, dict):
        raise Unavailable("the store answered with something else than an object")
    return status, answer


def _exchanged(operation: str, body: bytes) -> tuple[int, bytes]:
    """Send on the kept connection; only if that one turns out dead, once more on a new one."""
    scheme, host, port = _endpoint()
    shown = host if port in (80, 443) else f"{host}:{port}"
    request = _request(operation, body, shown)
    kept = _Connection.kept
    if kept is not None and kept.to == (scheme, host, port):
        try:
            return kept.exchange(request)
        except OSError:
            pass  # the store closes a connection that was idle
    fresh = _Connection.kept = _Connection((scheme, host, port))
    return fresh.exchange(request)


def _request(operation: str, body: bytes, host: str) -> bytes:
    instant = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())  # AWS's clock, not the product's moved one
    who = Credentials(
        settings.required("AWS_ACCESS_KEY_ID"),
        settings.required("AWS_SECRET_ACCESS_KEY"),
        settings.optional("AWS_SESSION_TOKEN") or "",
    )
    headers = signer.headers(
        f"DynamoDB_20120810.{operation}", body, host=host, region=_region(), instant=instant, who=who
    )
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST / HTTP/1.1\r\n{lines}content-length: {len(body)}\r\n\r\n".encode() + body


def _region() -> str:
    return settings.optional("AWS_REGION") or settings.required("AWS_DEFAULT_REGION")


def _endpoint() -> tuple[str, str, int]:
    """Say where DynamoDB is: as the environment says, or at the region's own name (A10: China's too)."""
    given = settings.optional("AWS_ENDPOINT_URL_DYNAMODB") or settings.optional("AWS_ENDPOINT_URL")
    if given is None:
        region = _region()
        suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
        return "https", f"dynamodb.{region}.{suffix}", 443
    scheme, _, rest = given.partition("://")
    host, _, port = rest.split("/")[0].partition(":")
    return scheme, host, int(port) if port else (443 if scheme == "https" else 80)


class _Connection:
    """A socket and what it has read; one is kept between invocations."""

    kept: "_Connection | None" = None

    def __init__(self, to: tuple[str, str, int]) -> None:
        scheme, host, port = self.to = to
        plain = _dialled(host, port)
        self._socket = _secured(plain, host) if scheme == "https" else plain

    def close(self) -> None:
        """Let go of the socket."""
        _Connection.kept = None
        self._socket.close()

    def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and read its whole answer in 300 ms; OSError otherwise, and then it is closed."""
        try:
            return self._exchange(request, time.monotonic() + _READ)
        except (OSError, ValueError, IndexError) as error:
            self.close()
            raise OSError(type(error).__name__) from error

    def _exchange(self, request: bytes, end: float) -> tuple[int, bytes]:
        self._socket.settimeout(_READ)
        self._socket.sendall(request)
        received = b""
        while (stop := received.find(b"\r\n\r\n")) < 0:
            received += self._more(end)
        status, fields = _head(received[:stop])
        length = int(fields[b"content-length"]) if b"content-length" in fields else -1
        if not 0 <= length <= _LARGEST:
            raise OSError("a reply without a length")
        stop += 4
        while len(received) < stop + length:
            received += self._more(end)
        if len(received) > stop + length:
            raise OSError("more than was asked for")
        if fields.get(b"connection", b"").lower() == b"close":
            self.close()
        return status, received[stop:]

    def _more(self, end: float) -> bytes:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
        part = self._socket.recv(65536)
        if not part:
            raise ConnectionResetError
        return part


def _dialled(host: str, port: int) -> "socket.socket":
    """Connect to the first address of a host that answers in 200 ms; OSError when none does.

    On `_socket`: its wrapper `socket` is dear, and would load all of IDNA for a host name given as text.
    """
    fault = OSError("no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host.encode(), port, 0, socket.SOCK_STREAM):
        found = socket.socket(family, kind, protocol)
        try:
            found.settimeout(_CONNECT)
            found.connect(address)
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            found.close()
            fault = error
        else:
            return found
    raise fault


def _secured(plain: "socket.socket", host: str) -> "socket.socket":
    """Lay TLS over a connection, the certificate and its host name checked."""
    import socket as wrapped

    whole = wrapped.socket(fileno=plain.detach())
    whole.settimeout(_CONNECT)
    return _tls().wrap_socket(whole, server_hostname=host)


_contexts: list["SSLContext"] = []


def _tls() -> "SSLContext":
    """Give the kept TLS settings, made once: reading the root certificates takes milliseconds."""
    if not _contexts:
        import ssl

        _contexts.append(ssl.create_default_context())
    return _contexts[0]


def _head(raw: bytes) -> tuple[int, dict[bytes, bytes]]:
    """Read status and headers of a reply; ValueError or IndexError for anything that is not HTTP/1.x."""
    first, *lines = raw.split(b"\r\n")
    if not first.startswith(b"HTTP/1."):
        raise ValueError("not HTTP")
    pairs = (line.partition(b":") for line in lines)
    return int(first.split(b" ")[1]), {name.strip().lower(): value.strip() for name, _, value in pairs}


# in Lambda the time before the first request has the most processor
if settings.optional("AWS_LAMBDA_FUNCTION_NAME") and _endpoint()[0] == "https":
    _tls()
