"""A city without AWS: the product's own code, stand-ins at its outer edges, and everything that may go wrong there.

Real: the rule, the actions, one decision in one transaction, the projection with its condition, the functions
`project` and `sweep`, the whole check (`verify`). Standing in: DynamoDB, its stream and SQS (in memory), KMS, the
clock and chance (so that a seed repeats a run). A record may be lost, late, doubled and out of order; a function may
die before any of its writes, meet a store that fails before or after it wrote, or hang, its write arriving hours
later; a sweep may not run, or run twice; a read of the check may fail. Several functions answer the public, each with
what it keeps and a clock that may be a step off; all of it may start anew, what was under way lost. A share of the
projections, `older`, is by an earlier version of the code.
"""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple

from botocore.exceptions import ClientError
from pynamodb.connection.base import Connection

from chalicelib.actions import bulk_stops
from chalicelib.functions import project, sweep, verify, work
from chalicelib.outside import chance, clock, files, policies, queues, sealing, signing
from chalicelib.public import stack
from chalicelib.public import store as public_store
from chalicelib.rules.days import SHANGHAI, day_of
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.numbers import CROCKFORD
from scripts.simulation_older import older
from scripts.simulation_process import PLACES, Process, forget_keys
from scripts.simulation_store import Item, Store, broken

REGISTER, CODES = "register", "codes"
_CONTEXT = SimpleNamespace(
    function_name="simulated", memory_limit_in_mb=128, invoked_function_arn="arn", aws_request_id="1"
)
_TRIES = 5
FAULTS = ("died", "failed before", "failed after", "hung")


class Sent(NamedTuple):
    """A call on its way, as the code sends several at once; here its answer is there already."""

    answer: tuple[int, bytes]

    def received(self, patience: float) -> tuple[int, bytes]:
        """Give the answer."""
        return self.answer


class Died(BaseException):
    """A function ended in the middle; no handler of its own sees this."""


class World:
    """What lies around the code and troubles it; `trouble` is how often an invocation goes wrong (0 to 1),
    `packaged` the folder of the policies."""

    def __init__(self, seed: int, trouble: float, packaged: str = policies._FOLDER) -> None:
        self.packaged = packaged
        self.chance, self.names = Random(seed), Random(seed)  # noqa: S311 - a seed repeats a run
        self.trouble = trouble
        self.store = Store()
        self.at = datetime(2026, 1, 1, tzinfo=UTC)
        self.fresh: list[dict[str, Any]] = []
        self.late: list[tuple[date, dict[str, Any]]] = []
        self.queue: list[tuple[int, str]] = []
        self.work: list[tuple[int, dict[str, Any]]] = []
        self.files: dict[str, bytes] = {}
        self.held: list[dict[str, Any]] = []
        self.happened: dict[str, int] = {}
        self._fault, self._countdown = self._next = ("", -1)
        self._reads_fail = False
        self._ahead, self.older, self._is_older = timedelta(), 0.0, False
        self._install()
        self.processes = [Process()]
        self.process = self.processes[0]

    @property
    def today(self) -> date:
        """The day in Shanghai."""
        return day_of(self.at)

    @property
    def day_there(self) -> date:
        """The day in Shanghai by the clock of the function that answered last."""
        return day_of(self.at + self.process.drift)

    def ask(self, token: str, *, fails: bool = False, same: bool = False) -> dict[str, Any]:
        """Scan a code as a machine does and give the answer; `fails`: the store cannot be read just now; `same`: the
        function is asked that answered last."""
        self._reads_fail = fails
        _, told = self.request("GET", "/v/{token}", token, same=same)
        self._reads_fail = False
        return told

    def request(
        self, method: str, route: str, place: str, body: dict[str, str] | None = None, *, same: bool = True
    ) -> tuple[int, dict[str, Any]]:
        """Send one of the public's requests to a function that runs, and give its status and answer; `place` is what
        stands in the route's braces, `same`: to the function that answered last."""
        name = route[route.index("{") + 1 : route.index("}")]
        event = {
            "resource": route, "path": route.replace(f"{{{name}}}", place), "httpMethod": method,
            "headers": {"accept": "application/json", "host": "code.example.cn"}, "queryStringParameters": None,
            "pathParameters": {name: place}, "body": json.dumps(body) if body else None, "isBase64Encoded": False,
        }  # fmt: skip
        self.process = self.process if same else self.chance.choice(self.processes)
        self.process.enter()
        self._ahead = self.process.drift
        reply = self._quietly(verify.verify, event)
        self._ahead = timedelta()
        return reply["statusCode"], json.loads(reply["body"])

    def restart(self, share: float) -> None:
        """Start every function anew; this share of what was under way to them is lost."""
        self.note("restart")
        forget_keys()
        self.processes = [Process(one.steps) for one in self.processes]
        self.process = self.processes[0]
        self.late = [one for one in self.late if self.chance.random() >= share]
        self.queue = [one for one in self.queue if self.chance.random() >= share]
        self.work = [one for one in self.work if self.chance.random() >= share]

    def deliver(self, records: list[dict[str, Any]]) -> bool:
        """Give records to `project`; tell whether all went well. What dies is delivered again by its source."""
        if not records:
            return True
        well = self._invoke(project.project, {"Records": records}, surely=False)
        if self._fault in {"died", "hung"}:
            self.late += [(self.today, record) for record in records]
        return well

    def drain(self) -> bool:
        """Give each message of the queue to `project`, at most five times; tell whether none was left over."""
        well = True
        while self.queue:
            tried, body = self.queue.pop(0)
            assert tried < 2 * _TRIES, "a message that never goes well"  # noqa: S101
            event = {"Records": [{"eventSource": "aws:sqs", "messageId": "1", "body": body}]}
            if not self._invoke(project.project, event, surely=tried + 1 >= _TRIES):
                self.queue.append((tried + 1, body))
        return well

    def labour(self, share: float, id: str) -> None:
        """Give a share of the messages about a job to `work`; one that fails comes again, at the fifth time surely."""
        now = [one for one in self.work if id in str(one) and self.chance.random() < share]
        self.work = [one for one in self.work if one not in now]
        for tried, message in now:
            event = {"Records": [{"messageId": "1", "body": json.dumps(message)}]}
            if not self._invoke(work.work, event, surely=tried + 1 >= _TRIES, faults=FAULTS[:3]):
                self.work.append((tried + 1, message))

    def sweep(self, day: date) -> None:
        """Run the sweep of a day; it only fills the queue."""
        self._quietly(sweep.sweep, {"day": str(day)}, _CONTEXT)

    def prepare(self) -> None:
        """Give the stack its own item."""
        self._quietly(project.project, {"prepare": True}, _CONTEXT)

    def reproject(self, city: str) -> None:
        """Have a city's codes computed anew (`make reproject`), through the queue."""
        self._quietly(project.project, {"all": True, "city": city}, _CONTEXT)
        self.drain()

    def land(self, share: float = 1.0) -> list[str]:
        """Let a share of the writes arrive that hung, in any order, under their own conditions; name the archives."""
        self.chance.shuffle(self.held)
        landing = [asked for asked in self.held if self.chance.random() < share]
        self.held = [asked for asked in self.held if asked not in landing]
        for asked in landing:
            self.note("late write")
            try:
                self.store.call("PutItem", asked)
            except ClientError as error:
                if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                    raise
        return [str(asked["Item"]["archive"]["S"]) for asked in landing if "archive" in asked["Item"]]

    def take(self) -> list[dict[str, Any]]:
        """Take the stream's new records."""
        records, self.fresh = self.fresh, []
        return records

    def upset(self, fault: str, writes: int = 0) -> None:
        """Have the next invocation go wrong at the write after so many: died, hung, failed before, failed after."""
        self._next = (fault, writes)

    def _invoke(
        self, function: Callable[..., Any], event: dict[str, Any], *, surely: bool, faults: tuple[str, ...] = FAULTS
    ) -> bool:
        if not surely and self.chance.random() < self.trouble:
            self.upset(self.chance.choice(faults), self.chance.choice([0, 0, 1, 1, 2, 3]))
        (self._fault, self._countdown), self._next = self._next, ("", -1)
        waiting = len(self.queue)
        self._ahead = self.chance.choice(self.processes).drift
        self._is_older = function is project.project and self.chance.random() < self.older
        try:
            answer = self._quietly(function, event, _CONTEXT)
        except Died:
            return False
        finally:
            met, self._countdown, self._ahead, self._is_older = self._countdown == -2, -1, timedelta(), False
            self._fault = self._fault if met else ""
        return not answer.get("batchItemFailures") and len(self.queue) == waiting

    def _watched(self, operation: str, asked: dict[str, Any]) -> None:
        """Make the trouble of this invocation, at the write it falls on."""
        if self._countdown < 0:
            return
        if self._countdown > 0:
            self._countdown -= 1
            return
        self._countdown = -2
        self.note(self._fault)
        if self._fault == "failed after":
            self.store.call(operation, asked)
        if self._fault == "hung":
            self.held.append(dict(asked))
        raise Died if self._fault in {"died", "hung"} else broken(operation)

    def _changed(self, table: str, item: Item) -> None:
        if table == REGISTER and item["sk"]["S"] == "A#meta" and item["pk"]["S"].startswith("W#"):
            keys = {name: item[name] for name in ("pk", "sk")}
            self.fresh.append({"eventName": "MODIFY", "dynamodb": {"Keys": keys, "NewImage": dict(item)}})

    def _called(self, operation: str, body: bytes, *_: Any) -> tuple[int, bytes]:
        if self._reads_fail:
            self.note("failed read")
            raise Unavailable("the store is down")
        return self.store.exchange(operation, self._by_version(operation, body))

    def _by_version(self, operation: str, body: bytes) -> bytes:
        """Write a code as the version of the function would that runs just now."""
        if operation != "PutItem" or not self._is_older:
            return body
        asked = json.loads(body)
        self.note("older item")
        return json.dumps({**asked, "Item": older(asked["Item"], self.chance)}).encode()

    def _sent(self, operation: str, body: bytes, *_: Any) -> Sent:
        answer = self._called(operation, body)
        if answer[0] == 500:
            self._countdown = 0  # a store that fails still does when it is asked for the same alone
        return Sent(answer)

    def _send(self, queue: str, messages: Any, *, delay: int = 0) -> None:
        if queue == "REPROJECT_QUEUE":
            self.queue += [(0, json.dumps(message)) for message in messages]
        if queue == "WORK_QUEUE":
            self.work += [(0, message) for message in messages if "stop" in message]

    def note(self, what: str) -> None:
        """Count what happened."""
        self.happened[what] = self.happened.get(what, 0) + 1

    def _quietly(self, function: Callable[..., Any], *arguments: Any) -> Any:
        with redirect_stdout(io.StringIO()):
            return function(*arguments, *([None] if function is verify.verify else []))

    def _install(self) -> None:
        """Put the stand-ins where the code meets the world."""
        self.store.watch, self.store.changed = self._watched, self._changed
        stand_ins: list[tuple[Any, str, Any]] = [
            (Connection, "client", property(lambda _: self.store)),
            (public_store, "called", self._called),
            (public_store, "sent", self._sent),
            (policies, "_FOLDER", self.packaged),
            (clock, "now", lambda: self.at + self._ahead),
            (stack, "time", SimpleNamespace(monotonic=lambda: self.at.timestamp())),
            (queues, "put", self._send),
            (files, "keep", lambda key, body: self.files.update({key: body})),
            (files, "read", lambda key: self.files[key]),
            (bulk_stops, "SLICE", 2),
            (sealing, "new_wrapped_key", lambda purpose: sha256(purpose.encode()).digest()),
            (sealing, "unwrap", lambda wrapped, purpose: wrapped),
            (sealing, "public_key", lambda: b"public"),
            (signing, "public_key", lambda: {"kid": "simulated"}),
            (chance, "octets", self.names.randbytes),
            (chance, "digits", lambda length: "".join(self.names.choices("0123456789", k=length))),
            (chance, "identifier", lambda length=12: "".join(self.names.choices(CROCKFORD, k=length))),
        ]
        places = [*PLACES, *[(module, name) for module, name, _ in stand_ins]]
        self._real = [(module, name, vars(module)[name]) for module, name in places]
        for module, name, value in stand_ins:
            setattr(module, name, value)

    def leave(self) -> None:
        """Put back what the stand-ins took the place of."""
        for module, name, value in self._real:
            setattr(module, name, value)

    def tomorrow(self) -> None:
        """Let a day pass; it is morning."""
        self.at = datetime.combine(self.today + timedelta(days=1), datetime.min.time(), SHANGHAI).astimezone(UTC)
