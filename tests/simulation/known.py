"""A person as the machine knows him or her: what was decided, noted beside the product, and what follows from it."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from chalicelib.rules.account import Account
from chalicelib.rules.deadlines import add_working_days, working_days_between
from scripts import simulation_oracle as oracle
from tests.simulation import expected

WITHDRAWN = "consent-withdrawn"


@dataclass
class Application:
    """An application: where it is, and its days by the clock of C3."""

    id: str
    state: str = "draft"
    due: date | None = None
    step_due: date | None = None
    waiting: date | None = None
    extended: bool = False
    done: set[str] = field(default_factory=set)
    called_off: bool = False

    def call_off(self, on: date) -> None:
        """Its certificate was revoked: no card is made; what is still looked into goes back."""
        if self.state in {"production", "handover"}:
            self.called_off = True
            self.go("refused", on)
        elif self.state not in {"draft", "returned"}:
            self.go("returned", on)

    def go(self, state: str, on: date) -> None:
        """Go on to a state on a day; `done` is what was done there."""
        self.state, self.done = state, set()
        if state in {"done", "withdrawn", "refused"}:
            self.step_due = self.waiting = None
        elif state == "returned":
            self.step_due, self.waiting = None, on
        else:
            self._run(on)
            self.step_due = min(_after(on, expected.SHARES[state]), self.due or on)

    def extend(self, days: int) -> None:
        """Give it more working days."""
        self.extended, self.due = True, _after(self.due, days)
        self.step_due = _after(self.step_due, days)

    def reprint(self, on: date) -> None:
        """Another card is made, in its own time (C3)."""
        self.state, self.done, self.waiting = "production", set(), None
        self.due = self.step_due = _after(on, expected.REPRINT_DAYS)

    def _run(self, on: date) -> None:
        if self.due is None:
            self.due = _after(on, expected.PROCESS_DAYS)
        elif self.waiting:
            self.due = _after(self.due, working_days_between(self.waiting, on))
        self.waiting = None


@dataclass
class Waiting:
    """What waits for a second person, with what stands again if that person says no."""

    move: str
    by: Account
    state: str
    stop: dict[str, str] | None
    reds: set[str]


@dataclass
class Person:
    """One archive. `facts` are the contract's; `versions` all of them since the code last followed, these the last.

    `since` is the version from which the code itself was told: bad news by hand. `seen`: the public sees something of
    the code. `reds` are who made it red, `papers` the appeals from paper.
    """

    city: str
    id: str
    company: str
    service: str
    revision: int = 1
    number: str = ""
    token: str = ""
    dead: list[str] = field(default_factory=list)
    rests: str = ""
    waiting: Waiting | None = None
    applications: list[Application] = field(default_factory=list)
    appeals: dict[str, tuple[str, str, bool]] = field(default_factory=dict)
    versions: list[dict[str, Any]] = field(default_factory=list)
    reds: set[str] = field(default_factory=set)
    deciders: set[str] = field(default_factory=set)
    refusers: dict[str, str] = field(default_factory=dict)
    papers: set[str] = field(default_factory=set)
    seen: bool = False
    behind: bool = True
    since: int = 0
    withdrew: bool = False

    def __post_init__(self) -> None:
        none = {"conclusion": "none", "checked_on": None, "due_on": None}
        self.versions = [{
            "certificate": None, "exams": [], "insurances": [], "background": none,
            "consent": {"given_on": None, "withdrawn_on": None}, "identity": "unverified", "training": "missing",
            "company": "active", "stop": None, "service_types": [self.service],
        }]  # fmt: skip

    @property
    def key(self) -> str:
        """The archive's partition key."""
        return f"W#{self.city}#{self.id}"

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as they are now."""
        return self.versions[-1]

    @property
    def state(self) -> str:
        """The certificate's state, or `none`."""
        return self.facts["certificate"]["state"] if self.facts["certificate"] else "none"

    @property
    def open(self) -> Application | None:
        """The application that is under way."""
        closed = {"done", "withdrawn", "refused"}
        return next((one for one in self.applications if one.state not in closed), None)

    @property
    def step(self) -> str:
        """Where that application is, or `done`."""
        return self.open.state if self.open else "done"

    def change(self, *, hand: bool = False) -> dict[str, Any]:
        """Begin another version of the facts and give it, to be changed; bad news by `hand` shows at once."""
        self.revision += 1
        self.versions.append(deepcopy(self.facts))
        self.behind = True
        if hand and self.token:
            self.since, self.seen = len(self.versions) - 1, True
        return self.facts

    def follow(self) -> None:
        """The code follows the archive again."""
        self.versions, self.behind, self.since = self.versions[-1:], False, 0
        self.seen = self.seen or bool(self.token)

    def stands(self) -> bool:
        """Whether consent was given and is not withdrawn."""
        given, withdrawn = self.facts["consent"]["given_on"], self.facts["consent"]["withdrawn_on"]
        return bool(given) and not (withdrawn and given <= withdrawn)

    def ready(self, on: date) -> bool:
        """Whether every condition of S0 四 holds on a day."""
        facts, day, needed = self.facts, str(on), expected.NEEDS[self.service]
        exams = [one["category"] for one in facts["exams"] if one["from"] <= day <= one["until"]]
        policies = [one["third_party"] for one in facts["insurances"] if one["from"] <= day <= one["until"]]
        examined = any(expected.CATEGORIES.index(category) >= needed for category in exams)
        papers = (facts["identity"], facts["training"], facts["company"]) == ("verified", "done", "active")
        return papers and self.stands() and examined and any(policies)

    def checked(self, on: date) -> bool:
        """Whether the police check is passed and its year not over."""
        check = self.facts["background"]
        return check["conclusion"] == "passed" and str(on) <= check["due_on"]

    def conclude(self, conclusion: str, on: date) -> None:
        """Note a police conclusion in the facts."""
        due = str(on + timedelta(days=365)) if conclusion == "passed" else None
        self.facts["background"] = {"conclusion": conclusion, "checked_on": str(on), "due_on": due}

    def over(self, on: date) -> bool:
        """Whether another certificate may be applied for."""
        if self.state in {"none", "revoked"}:
            return True
        return self.state in expected.IN_FORCE and self.facts["certificate"]["until"] < str(on)

    def due(self, day: str) -> list[oracle.Due]:
        """What each version since the code last followed makes due on a day, the present one last."""
        certified = [one for one in self.versions if one["certificate"]]
        return [oracle.due(one, self.city, [], day) for one in certified]


def _after(day: date | None, working_days: int) -> date:
    assert day is not None
    return add_working_days(day, working_days)[0]
