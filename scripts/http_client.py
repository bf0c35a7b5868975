"""A small client of a running city: signs in like a person's program would and keeps its connection."""

import http.client
import json
import uuid
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen


class Refused(Exception):
    """The API answered with a problem; `.problem` is its document, `.status` its status."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('type')}: {problem.get('detail')} {problem.get('errors', '')}")
        self.status, self.problem = status, problem


class Client:
    """One kept connection to an address; `token` makes it an account's."""

    def __init__(self, url: str, *, host: str | None = None, token: str | None = None) -> None:
        parts = urlsplit(url)
        self._at, self._path, self._host, self._token = parts.netloc, parts.path.rstrip("/"), host, token
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str, **headers: str) -> Any:
        """GET JSON; Refused for anything but success."""
        return self._json("GET", path, None, headers)

    def post(self, path: str, body: dict[str, Any], *, key: str | None = None) -> Any:
        """POST JSON under an Idempotency-Key (a fresh one unless given); Refused for anything but success."""
        return self._json("POST", path, body, {"Idempotency-Key": key or uuid.uuid4().hex})

    def raw(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask and give status, headers (names in lower case) and body."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._host:
            sent["Host"] = self._host
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        for attempt in (1, 2):
            connection = self._connection or http.client.HTTPConnection(self._at, timeout=120)
            try:
                connection.request(method, self._path + path, body, sent)
                answer = connection.getresponse()
                told = answer.read()
            except (http.client.HTTPException, ConnectionError):
                self._connection = None
                if attempt == 2:
                    raise
                continue
            self._connection = connection
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, told
        raise AssertionError("unreachable")

    def _json(self, method: str, path: str, body: dict[str, Any] | None, headers: dict[str, str]) -> Any:
        sent = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
        kind = {"Content-Type": "application/json"} if body is not None else {}
        status, _, told = self.raw(method, path, sent, Accept="application/json", **kind, **headers)
        try:
            answer = json.loads(told or b"null")
        except ValueError:
            answer = {"type": "not-json", "detail": told[:200].decode(errors="replace")}
        if status >= 300:
            raise Refused(status, answer if isinstance(answer, dict) else {"type": "refused", "detail": str(answer)})
        return answer


def sign_in(gateway: str, client_id: str, username: str, password: str) -> str:
    """Give an access token for a name and a password (the local pool allows this flow, a real one does not)."""
    body = json.dumps(
        {
            "AuthFlow": "USER_PASSWORD_AUTH",
            "ClientId": client_id,
            "AuthParameters": {"USERNAME": username, "PASSWORD": password},
        }
    ).encode()
    headers = {
        "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
        "Content-Type": "application/x-amz-json-1.1",
    }
    request = Request(gateway + "/", body, headers)  # noqa: S310 - loopback
    with urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback
        token: str = json.load(answer)["AuthenticationResult"]["AccessToken"]
    return token
