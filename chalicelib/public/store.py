"""DynamoDB over a kept connection, and the two calls of it that the public function may make.

Items stay in the wire's form: `{"name": {"S": "text"}}`. What cannot be had in time is Unavailable.
"""

import _socket as socket
import os
import time

from chalicelib import settings
from chalicelib.outside import clock
from chalicelib.public import endpoint, signer
from chalicelib.public.endpoint import Endpoint
from chalicelib.public.signer import Credentials
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.json_text import quoted, read, written
from chalicelib.rules.light import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ssl import SSLContext

Item = dict[str, dict[str, Any]]

_SOON = (0.2, 0.3)
"""Seconds to connect and to read that the public waits."""

_WAITS = (0.025, 0.075)
_BUSY = ("ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded")
_LARGEST = 4_000_000


def get(table: str, key: str) -> Item | None:
    """Read one item, strongly consistent: a revocation shows at once. None when there is none."""
    return item_in(reply(table, key))


def reply(table: str, key: str) -> bytes:
    """Read one item as `get` does, and give the bytes of the reply, which `item_in` reads."""
    asked = f'{{"TableName":{quoted(table)},"Key":{{"pk":{{"S":{quoted(key)}}}}},"ConsistentRead":true}}'
    status, raw = called("GetItem", asked.encode())
    if status != 200:
        raise Unavailable(f"GetItem answered {status} {fault_in(answer_in(raw))}")
    return raw


def item_in(raw: bytes) -> Item | None:
    """Give the item that a reply holds, None when there is none."""
    found: Item | None = answer_in(raw).get("Item")
    return found


def put(table: str, item: Item) -> Item | None:
    """Put an item where none lies yet. None when it was put; the item that lay there when not.

    A put that is sent again after a broken connection may so meet itself.
    """
    return _put(table, item, "attribute_not_exists(pk)")


def met(table: str, pk: str) -> Item | None:
    """Give the item of a table that may only be put to: by a put whose condition no item meets; None when none lies."""
    return _put(table, {"pk": {"S": pk}}, "attribute_exists(pk) AND attribute_not_exists(pk)") or None


def _put(table: str, item: Item, condition: str) -> Item | None:
    asked = {
        "TableName": table,
        "Item": item,
        "ConditionExpression": condition,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    status, raw = called("PutItem", written(asked).encode())
    if status == 200:
        return None
    answer = answer_in(raw)
    if fault_in(answer) == "ConditionalCheckFailedException":
        earlier: Item = answer.get("Item") or {}
        return earlier
    raise Unavailable(f"PutItem answered {status} {fault_in(answer)}")


def text(item: Item, name: str) -> str | None:
    """Give a text attribute, None when absent; TypeError or KeyError when it is something else."""
    found = item.get(name)
    if found is None:
        return None
    value: str = found["S"]
    return value


def fault_in(answer: dict[str, Any]) -> str:
    """Name the fault that an answer tells of, such as ConditionalCheckFailedException."""
    return str(answer.get("__type", "")).rpartition("#")[2]


def answer_in(raw: bytes) -> dict[str, Any]:
    """Read an answer; Unavailable when it is no JSON object."""
    try:
        answer = read(raw) if raw else {}
    except ValueError as error:
        raise Unavailable(f"the store's answer could not be read: {type(error).__name__}") from None
    if not isinstance(answer, dict):
        raise Unavailable("the store answered with something else than an object")
    return answer


def called(operation: str, body: bytes, patience: tuple[float, float] = _SOON) -> tuple[int, bytes]:
    """Call DynamoDB and give status and body; when it is busy or broken, twice more after a short and uneven wait.

    `patience` is in seconds, to connect and to read. Unavailable when it cannot be reached in that time.
    """
    for wait in (*_WAITS, None):
        try:
            status, raw = _exchanged(operation, body, patience)
        except (OSError, ValueError) as error:
            raise Unavailable(f"the store could not be reached: {type(error).__name__}") from None
        if wait is None or status == 200 or (status < 500 and fault_in(answer_in(raw)) not in _BUSY):
            break
        time.sleep(wait * (0.5 + os.urandom(1)[0] / 255))
    return status, raw


def _exchanged(operation: str, body: bytes, patience: tuple[float, float]) -> tuple[int, bytes]:
    """Send on the kept connection; only if that one turns out dead, once more on a new one."""
    to, who = endpoint.access()
    request = _request(operation, body, to, who)
    kept = _free(to)
    if kept is not None:
        try:
            return kept.exchange(request, patience[1])
        except OSError:
            pass  # the store closes a connection that was idle
    return Connection(to, patience[0]).exchange(request, patience[1])


def _request(operation: str, body: bytes, to: Endpoint, who: Credentials) -> bytes:
    instant = signer.instant(clock.real_seconds())
    lines = signer.headers(
        f"DynamoDB_20120810.{operation}", body, host=to.shown, region=to.region, instant=instant, who=who
    )
    return f"POST / HTTP/1.1\r\n{lines}content-length:{len(body)}\r\n\r\n".encode() + body


def sent(operation: str, body: bytes, patience: tuple[float, float]) -> "Connection":
    """Send a request on a connection of its own, and give that, whose answer is still to be received; OSError."""
    to, who = endpoint.access()
    connection = _free(to) or Connection(to, patience[0])
    connection.send(_request(operation, body, to, who), patience[1])
    return connection


class Connection:
    """A socket and what it has read; whoever uses it has it alone."""

    def __init__(self, to: Endpoint, patience: float) -> None:
        self.to, self._patience = to, patience
        plain = _dialled(to.host, to.port, patience)
        self._socket = _secured(plain, to.host, patience) if to.scheme == "https" else plain

    def close(self) -> None:
        """Let go of the socket."""
        self._socket.close()

    def exchange(self, request: bytes, patience: float) -> tuple[int, bytes]:
        """Send a request and read its whole answer in time; OSError otherwise, and then it is closed."""
        try:
            self.send(request, patience)
            return self.received(patience)
        except (OSError, ValueError) as error:
            self.close()
            raise OSError(type(error).__name__) from error

    def send(self, request: bytes, patience: float) -> None:
        """Send a request."""
        self._wait(patience)
        self._socket.sendall(request)

    def received(self, patience: float) -> tuple[int, bytes]:
        """Receive the answer to what was sent: status and body; the connection is free again then."""
        end = time.monotonic() + patience
        received = self._more()
        while (stop := received.find(b"\r\n\r\n")) < 0:
            self._wait(end - time.monotonic())
            received += self._more()
        head = received[:stop].lower()
        status, length = _status(head), int(_field(head, b"\r\ncontent-length:") or -1)
        if not 0 <= length <= _LARGEST:
            raise OSError("a reply without a length")
        stop += 4
        while len(received) < stop + length:
            self._wait(end - time.monotonic())
            received += self._more()
        if len(received) > stop + length:
            raise OSError("more than was asked for")
        if _field(head, b"\r\nconnection:") == b"close":
            self.close()
        else:
            _kept.append(self)
        return status, received[stop:]

    def _wait(self, patience: float) -> None:
        """Say how long the socket may take; the system is told only of what is new to it."""
        if patience <= 0:
            raise TimeoutError
        if patience != self._patience:
            self._socket.settimeout(patience)
            self._patience = patience

    def _more(self) -> bytes:
        part = self._socket.recv(65536)
        if not part:
            raise ConnectionResetError
        return part


_kept: list[Connection] = []


def _free(to: Endpoint) -> Connection | None:
    """Take a kept connection, None when there is none; one to elsewhere is of no use any more."""
    try:
        found = _kept.pop()
    except IndexError:
        return None
    if found.to is to:
        return found
    found.close()
    return None


def _dialled(host: str, port: int, patience: float) -> "socket.socket":
    """Connect to the first address of a host that answers in time; OSError when none does.

    On `_socket`: its wrapper `socket` is dear, and would load all of IDNA for a host name given as text.
    """
    fault = OSError("no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host.encode(), port, 0, socket.SOCK_STREAM):
        found = socket.socket(family, kind, protocol)
        try:
            found.settimeout(patience)
            found.connect(address)
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            found.close()
            fault = error
        else:
            return found
    raise fault


def _secured(plain: "socket.socket", host: str, patience: float) -> "socket.socket":
    """Lay TLS over a connection, the certificate and its host name checked."""
    import socket as wrapped

    whole = wrapped.socket(fileno=plain.detach())
    whole.settimeout(patience)
    return _tls().wrap_socket(whole, server_hostname=host)


_contexts: list["SSLContext"] = []


def _tls() -> "SSLContext":
    """Give the kept TLS settings, made once: reading the root certificates takes milliseconds."""
    if not _contexts:
        import ssl

        _contexts.append(ssl.create_default_context())
    return _contexts[0]


def _status(head: bytes) -> int:
    """Read the status of a reply; ValueError for anything that is not HTTP/1.x."""
    if head.startswith(b"http/1.1 200 "):
        return 200
    if not head.startswith(b"http/1.") or head[8:9] != b" ":
        raise ValueError("not HTTP")
    return int(head[9:12])


def _field(head: bytes, name: bytes) -> bytes:
    """Give a header of a head in small letters; `name` with the line's end before it and its colon."""
    start = head.find(name)
    if start < 0:
        return b""
    start += len(name)
    end = head.find(b"\r", start)
    return head[start : end if end >= 0 else len(head)].strip()


# in Lambda the time before the first request has the most processor
if settings.optional("AWS_LAMBDA_FUNCTION_NAME") and endpoint.found().scheme == "https":
    _tls()
