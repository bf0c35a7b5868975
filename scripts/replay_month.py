"""A month of a city's association, replayed by calling the actions under a set clock: Jinhua's figures (S0).

1,451 people are applied for in March 2026; 1,164 get their certificate, 279 are refused for their health, 8 because the
police check failed. Every day each office works off what its queue shows, as it would on the pages. People and
companies are invented.
"""

import io
import itertools
import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from chalicelib.actions import applications, cities, companies, evidence, projection, workers
from chalicelib.actions.forms import (
    Moving,
    NewCity,
    NewCompany,
    NewConsent,
    NewExam,
    NewIdentity,
    NewInsurance,
    NewTraining,
    NewWorker,
)  # fmt: skip
from chalicelib.functions.verify import verify
from chalicelib.outside import clock
from chalicelib.records import ledger
from chalicelib.rules.account import Account, Role
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Application, Archive
from chalicelib.rules.days import SHANGHAI, day_of
from chalicelib.rules.deadlines import is_working_day, working_days_between
from scripts import demo

JINHUA = {"issued": 1164, "exam-failed": 279, "background-failed": 8}
CITY = "330700"
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
ARRIVALS = 14
"""Working days on which companies apply; what is left of the month works the queues off."""
COMPANIES = 44
"""Companies of Jinhua on the ministry's platform (S0)."""
RETURNED_EACH = 25
"""Every so many-th application is sent back once, for its photo."""
HANDS = 4
Held = tuple[Archive, Application]
Decision = tuple[Role, str, tuple[str, ...]]
"""Who decides, the move, and its reasons."""


class Result(NamedTuple):
    """What a month came to: closed applications by end, the working days each took, how many were late, the public
    answers on its last day, broken ledger chains, and ends that were not the planned ones."""

    ends: Counter[str]
    days: Counter[int]
    late: int
    colours: Counter[str]
    broken: int
    wrong: list[str]


class Month:
    """The people of a city and what they do each day; `scale` makes a smaller month of the same mix."""

    def __init__(self, scale: float = 1.0, seed: int = 1) -> None:
        counts = {end: max(1, round(count * scale)) for end, count in JINHUA.items()}
        self.planned = Counter(counts)
        fates = [end for end, count in counts.items() for _ in range(count)]
        random.Random(seed).shuffle(fates)  # noqa: S311 - a plan, no secret
        self._fates = dict(enumerate(fates))
        self._of: dict[str, int] = {}
        self._returned: set[str] = set()
        self._keys = itertools.count()
        self._companies: list[str] = []

    def run(self) -> Iterator[tuple[date, int]]:
        """Live through the month; gives each working day with the number of decisions made on it."""
        days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
        working = [day for day in days if is_working_day(day)]
        self._begin(working[0])
        for at, day in enumerate(working):
            self._set(day)
            done = sum(self._step(*step) for step in _STEPS)
            done += self._resubmit()
            done += self._arrive(at)
            yield day, done

    def result(self) -> Result:
        """Count what the lists show at the month's end, and check every date, reason, chain and public answer."""
        held = [
            applications.fetch(self._account("association_manager"), brief["id"])
            for state in ("done", "refused")
            for brief in self._queue("association_manager", f"{state}-{LAST:%Y-%m}")
        ]
        ends, wrong = Counter[str](), list[str]()
        days, colours = Counter[int](), Counter[str]()
        late = broken = 0
        for archive, one in held:
            end = "issued" if one.state == "done" else one.steps[-1].reasons[0]
            closed_on = day_of(one.steps[-1].at)
            ends[end] += 1
            days[working_days_between(one.submitted_on or closed_on, closed_on)] += 1
            late += closed_on > (one.due_on or closed_on)
            broken += ledger.broken(ledger.chain(archive.key), archive.head) is not None
            if end != self._fates[self._of[archive.id]]:
                wrong.append(f"{one.id} ended as {end}")
            colours[_answer(archive)] += 1
        return Result(ends, days, late, colours, broken, wrong)

    def _begin(self, day: date) -> None:
        self._set(day)
        form = NewCity(id=CITY, name="金华市（演示）", association="金华市家政协会（演示）", hotline="12345678")
        cities.open_(self._act(Account(id="administrator", subject="s", role="administrator")), form)
        manager = self._account("association_manager")
        for number in range(COMPANIES):
            new = NewCompany(name=f"金华演示家政{number}（演示）", credit_code=demo.credit_code(700 + number))
            self._companies.append(companies.register(self._act(manager), new).id)

    def _arrive(self, at: int) -> int:
        """Have the companies register, send and first review this day's people."""
        if at >= ARRIVALS:
            return 0
        total = len(self._fates)
        return sum(self._each(self._apply, range(total * at // ARRIVALS, total * (at + 1) // ARRIVALS)))

    def _apply(self, number: int) -> int:
        company = self._account("company_owner", self._companies[number % COMPANIES])
        one, today = demo.person(number), clock.today()
        id = workers.register(self._act(company), NewWorker(**demo.register(one))).id
        self._of[id] = number
        exam = {"from": today - timedelta(days=20), "category": one.category, "issuer": "金华演示体检中心"}
        evidence.add_exam(self._act(company), id, NewExam.model_validate(exam))
        policy = {"from": today - timedelta(days=5), "until": today + timedelta(days=359), "third_party": True,
                  "issuer": "演示财产保险"}  # fmt: skip
        evidence.add_insurance(self._act(company), id, NewInsurance.model_validate(policy))
        school = NewTraining(done_on=today - timedelta(days=9), issuer="金华演示学校")
        evidence.train(self._act(company), id, school)
        evidence.consent(self._act(company), id, NewConsent(given_on=today, text="2026-1"))
        identity = NewIdentity(how="original")
        evidence.verify_identity(self._act(self._account("association_clerk")), id, identity)
        held = applications.open_(self._act(company), id, submit=True)
        self._move(company, held, "forward")
        return 8

    def _step(self, role: Role, state: str, choose: Callable[["Month", str], Decision]) -> int:
        """Have one office work off its queue as it stands."""

        def decide(brief: dict[str, Any]) -> int:
            by, move, reasons = choose(self, brief["id"])
            account = self._account(by)
            held = applications.fetch(account, brief["id"])
            archive, _ = self._move(account, held, move, reasons=reasons)
            if archive.certificate:
                projection.project(archive.key)
            return 1

        return sum(self._each(decide, list(self._queue(role, state))))

    def _resubmit(self) -> int:
        """Have the companies mend and send again what came back two days ago or more."""
        again = []
        for brief in self._queue("association_clerk", "returned"):
            if date.fromisoformat(brief["waiting_since"]) + timedelta(days=2) <= clock.today():
                again.append(brief)
        return sum(self._each(self._mend, again))

    def _mend(self, brief: dict[str, Any]) -> int:
        company = self._account("company_owner", brief["company"])
        held = self._move(company, applications.fetch(company, brief["id"]), "submit")
        self._move(company, held, "forward")
        return 2

    def _review(self, id: str) -> Decision:
        number = self._of[id.rpartition("-")[0]]
        if self._fates[number] == "exam-failed":
            return "association_manager", "refuse", ("exam-failed",)
        if number % RETURNED_EACH == 0 and id not in self._returned:
            self._returned.add(id)
            return "association_clerk", "return", ("photo-unclear",)
        return "association_clerk", "accept", ()

    def _check(self, id: str) -> Decision:
        if self._fates[self._of[id.rpartition("-")[0]]] == "background-failed":
            return "police", "refuse", ("background-failed",)
        return "police", "clear", ()

    def _queue(self, role: Role, state: str) -> Iterator[dict[str, Any]]:
        """Read a queue page by page, as the pages do."""
        after = None
        while True:
            page = applications.listed(self._account(role), state=state, limit=100, after=after)
            yield from page.items
            after = page.after
            if after is None:
                return

    def _move(self, account: Account, held: Held, move: str, reasons: tuple[str, ...] = ()) -> Held:
        form = Moving(revision=held[0].revision, reasons=reasons)
        return applications.move(self._act(account), held[1].id, move, form)

    def _account(self, role: Role, company: str | None = None) -> Account:
        return Account(id=role, subject=f"iss|{role}", role=role, city=CITY, company=company, name=role)

    def _act(self, account: Account) -> Act:
        at = clock.now()
        return Act(account=account, at=at, on=day_of(at), key=f"replay-{next(self._keys):08d}")

    def _each(self, do: Callable[[Any], int], items: Iterable[Any]) -> list[int]:
        with ThreadPoolExecutor(HANDS) as pool:
            return list(pool.map(do, items))

    def _set(self, day: date) -> None:
        """Set the clock to nine in the morning of a day."""
        morning = datetime.combine(day, time(9), SHANGHAI)
        os.environ["CLOCK_OFFSET"] = str(int((morning - datetime.now(UTC)).total_seconds()))


_STEPS: tuple[tuple[Role, str, Callable[[Month, str], Decision]], ...] = (
    ("association_manager", "handover", lambda month, id: ("association_manager", "hand-over", ())),
    ("print_vendor", "production", lambda month, id: ("print_vendor", "produce", ())),
    ("bureau", "authorisation", lambda month, id: ("bureau", "authorise", ())),
    ("police", "background", Month._check),
    ("association_clerk", "association_review", Month._review),
)
"""Each office with its queue and its decision, the last step first: nobody takes two steps of one person in a day."""


def _answer(archive: Archive) -> str:
    """Ask the public check; what has no certificate has no code."""
    if archive.certificate is None:
        return "no code"
    event = {
        "resource": "/v/{token}", "path": "/v/x", "httpMethod": "GET", "headers": {"Accept": "application/json"},
        "pathParameters": {"token": archive.certificate.token}, "queryStringParameters": None, "body": None,
        "isBase64Encoded": False, "requestContext": {"identity": {"sourceIp": "192.0.2.1"}},
    }  # fmt: skip
    with redirect_stdout(io.StringIO()):  # the check's own line of log
        body: str = verify(event, None)["body"]
    return body.split('"colour":"', 1)[1].split('"', 1)[0]


