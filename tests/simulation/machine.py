"""Random moves by random people of two cities and three companies over the real actions, checked after each step.

What must be taken, and what follows, is known beside the product (`expected.py`, `known.py`); what a code must say
is the oracle's judgement. A step is often a legal one, so that certificates come about, and often not.
"""

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from chalicelib.rules.errors import Clash
from tests.simulation import expected, moves, offices, papers, promises
from tests.simulation.town import CITIES, COMPANIES, STAFF, Town

NAMES = [
    "administrator", "auditor", *(f"{role}-{city}" for role in STAFF for city in CITIES),
    *(f"{one}-{city}" for one in ("second", "twin") for city in CITIES),
    *(f"{one}-{number}" for one in ("owner", "clerk") for number in range(len(COMPANIES))),
]  # fmt: skip
SMALL = st.integers(0, 5)
WHO = st.one_of(st.none(), st.none(), st.sampled_from(NAMES))
STALE = st.sampled_from([False, False, False, False, True])
REASONS = st.sampled_from([(), ("exam-failed",), ("background-failed",), ("other",), ("verification",), ("x",)])
FORWARD = ("submit", "forward", "accept", "clear", "authorise", "produce", "hand-over")


class Machine(RuleBasedStateMachine):
    """The rules draw what may happen; None for `who` or a move is one that the sources allow here."""

    def __init__(self):
        super().__init__()
        self.town = Town()
        self.checked = None

    def teardown(self):
        for key in self.town.revisions():
            self.town.chain(key)
        self.town.world.leave()

    def _person(self, pick, having="id"):
        """Somebody, of those who have it if there are any."""
        people = list(self.town.people.values())
        people = [person for person in people if getattr(person, having)] or people
        return people[pick % len(people)]

    def _who(self, name, person, roles, pick):
        return self.town.who[name] if name else self.town.one_of(person.city, person.company, roles, pick)

    def _do(self, plan, within=None):
        return self.town.attempt(plan, within) if plan else None

    @initialize(far=st.lists(st.sampled_from([0, 2, 3, 4, 5, 6, 7, 8, 8, 8]), min_size=1, max_size=3))
    def begin(self, far):
        """A person of each company or of some has come so many steps of the way."""
        for number, steps in enumerate(far):
            self._do(papers.registered(self.town, self.town.who[f"owner-{number}"], number))
            self._prepare(self.town.people[number])
            for _ in range(steps):
                self.go_on(number, 0)
        self.deliver()

    def _prepare(self, person):
        town, association = self.town, self._who(None, person, expected.ASSOCIATION, 0)
        for plan in (
            papers.examined(town, association, person, "母婴照护", 3),
            papers.insured(town, association, person, 200, third_party=True),
            papers.trained(town, association, person, done=True),
            papers.consented(town, association, person, 0),
            papers.compared(town, association, person, matches=True),
        ):
            self._do(plan)

    @rule(who=st.sampled_from(NAMES), number=SMALL)
    def register(self, who, number):
        known = self.town.people.get(number)
        refusal = self._do(papers.registered(self.town, self.town.who[who], number))
        if known and isinstance(refusal, Clash):
            tenants = [known.city, CITIES[known.city], known.company, *(firm.name for firm in self.town.firms)]
            assert [one for one in tenants if one in str(refusal)] == []

    @rule(pick=SMALL)
    def prepare(self, pick):
        self._prepare(self._person(pick))

    @rule(who=WHO, pick=SMALL, other=SMALL, kind=SMALL, days=st.sampled_from([0, 40, 300, 364]))
    def paper(self, who, pick, other, kind, days):
        town, person = self.town, self._person(pick)
        who = self._who(who, person, expected.PAPERS, other)
        self._do(
            (
                lambda: papers.examined(town, who, person, expected.CATEGORIES[other % 4], days),
                lambda: papers.insured(town, who, person, days, third_party=bool(other)),
                lambda: papers.voided(town, who, person, other),
                lambda: papers.trained(town, who, person, done=days < 300),
                lambda: papers.consented(town, who, person, days),
                lambda: papers.withdrawn(town, who, person),
            )[kind]()
        )

    @rule(who=WHO, pick=SMALL, matches=st.booleans())
    def compare(self, who, pick, matches):
        person = self._person(pick)
        by = self._who(who, person, expected.ASSOCIATION, pick)
        self._do(papers.compared(self.town, by, person, matches=matches))

    @rule(who=WHO, pick=SMALL, conclusion=st.sampled_from(["passed", "passed", "failed", "pending"]))
    def conclude(self, who, pick, conclusion):
        person = self._person(pick)
        self._do(papers.concluded(self.town, self._who(who, person, expected.POLICE, 0), person, conclusion))

    @rule(who=WHO, pick=SMALL, submit=st.booleans())
    def apply(self, who, pick, submit):
        person = self._person(pick)
        self._do(moves.opened(self.town, self._who(who, person, expected.COMPANY, pick), person, submit=submit))

    @rule(pick=SMALL, other=SMALL)
    def go_on(self, pick, other):
        """An application goes its way by one step, by one of those whose step it is."""
        person = list(self.town.people.values())[pick % len(self.town.people)]
        if person.open is None:
            self._do(moves.opened(self.town, self._who(None, person, expected.COMPANY, other), person, submit=False))
            return
        roles = expected.STEPS[person.open.state]
        name = next(one for one in FORWARD if one in roles)
        hands = moves.steppers(person.open, name)
        self._do(moves.stepped(self.town, self._who(None, person, hands, other), person, name))

    @rule(pick=SMALL, certificate=st.booleans())
    def try_with_wrong_hands(self, pick, certificate):
        """Everybody else there tries each move that is possible now; it stays undone."""
        person = self._person(pick, "number" if certificate else "open")
        legal = expected.TURNS.get(person.state, {}) if certificate else expected.STEPS[person.step]
        for name, roles in legal.items():
            for who in self.town.near(person):
                if not self.town.somebody(person, who, roles):
                    self._do(self._rightly(person, who, name, certificate=certificate))

    def _rightly(self, person, who, name, *, certificate):
        if certificate:
            return moves.turned(self.town, who, person, name, basis="conditions" if name == "revoke" else None)
        reasons = {"extend": ("verification",), "return": ("background-failed",), "refuse": ("background-failed",)}
        return moves.stepped(self.town, who, person, name, reasons=reasons.get(name, ()), days=3)

    @rule(pick=SMALL, what=st.integers(0, 3), other=SMALL)
    def go_on_without(self, pick, what, other):
        """One condition is taken away, and the application is tried to go on."""
        town, person = self.town, self._person(pick, "open")
        association = self._who(None, person, expected.ASSOCIATION, other)
        self._do(
            (
                lambda: papers.withdrawn(town, association, person),
                lambda: papers.compared(town, association, person, matches=False),
                lambda: papers.trained(town, association, person, done=False),
                lambda: papers.voided(town, association, person, other),
            )[what]()
        )
        self.go_on(list(town.people.values()).index(person), other)

    @rule(
        who=WHO, pick=SMALL, name=st.sampled_from(expected.ALL_STEPS), reasons=REASONS, existing=st.booleans(),
        note=st.sampled_from([None, "说明"]), days=st.sampled_from([None, 3, 11]), stale=STALE,
    )  # fmt: skip
    def step(self, who, pick, name, **more):
        self._do(self._step(who, self._person(pick, "open"), pick, name, **more))

    def _step(self, who, person, pick, name, **more):
        roles = expected.STEPS[person.step].get(name, expected.STAFF)
        return moves.stepped(self.town, self._who(who, person, roles, pick), person, name, **more)

    @rule(
        who=WHO, pick=SMALL, name=st.sampled_from(expected.ALL_TURNS), stale=STALE,
        basis=st.sampled_from([None, "conditions", "conditions", "cleared"]),
    )  # fmt: skip
    def turn(self, who, pick, name, basis, stale):
        self._do(self._turn(who, self._person(pick, "number"), pick, name, basis=basis, stale=stale))

    def _turn(self, who, person, pick, name, **more):
        roles = expected.TURNS.get(person.state, {}).get(name, expected.STAFF)
        return moves.turned(self.town, self._who(who, person, roles, pick), person, name, **more)

    @rule(pick=SMALL, other=SMALL, number=SMALL)
    def turn_rightly(self, pick, other, number):
        """A certificate is moved by one of those whose move it is."""
        person = self._person(pick, "number")
        legal = expected.TURNS.get(person.state)
        if legal and person.waiting is None:
            name = list(legal)[number % len(legal)]
            by = self._who(None, person, legal[name], other)
            self._do(self._rightly(person, by, name, certificate=True))

    @rule(who=WHO, pick=SMALL, other=SMALL, decision=st.sampled_from(["confirm", "refuse", "withdraw"]), stale=STALE)
    def decide(self, who, pick, other, decision, stale):
        person = self._person(pick, "waiting")
        by = self._who(who, person, expected.DECIDERS, other)
        self._do(moves.decided(self.town, by, person, decision, stale=stale))

    @rule(who=WHO, pick=SMALL, subject=st.sampled_from(["colour", "refusal", "revocation"]))
    def appeal(self, who, pick, subject):
        person = self._person(pick, "number")
        self._do(moves.appealed(self.town, self._who(who, person, expected.PAPERS, pick), person, subject))

    @rule(who=WHO, pick=SMALL, other=SMALL, decision=st.sampled_from(["uphold", "overturn", "withdraw"]))
    def review(self, who, pick, other, decision):
        person = self._person(pick, "appeals")
        roles = expected.COMPANY if decision == "withdraw" else expected.DECIDERS
        self._do(moves.reviewed(self.town, self._who(who, person, roles, other), person, decision, other))

    @rule(
        first=st.sampled_from(["step", "turn", "decide"]), second=st.sampled_from(["step", "turn", "decide", "paper"]),
        names=st.tuples(SMALL, SMALL), pick=SMALL,
    )  # fmt: skip
    def race(self, first, second, names, pick):
        """Two decide at once: the second writes between the first's reading and writing."""
        person = self._person(pick, "waiting" if first == "decide" else "number" if first == "turn" else "open")
        plan, other = (self._one(kind, number, person) for kind, number in zip((first, second), names, strict=True))
        if plan and other and plan.well:
            self._do(plan, lambda: self._do(other))

    def _one(self, kind, number, person):
        certificate = kind == "turn"
        legal = expected.TURNS.get(person.state, {}) if certificate else expected.STEPS[person.step]
        if kind in {"step", "turn"}:
            name = list(legal)[number % len(legal)] if legal else "revoke" if certificate else "submit"
            by = self._who(None, person, legal.get(name, expected.STAFF), number)
            return self._rightly(person, by, name, certificate=certificate)
        if kind == "decide":
            by = self._who(None, person, expected.DECIDERS, number)
            return moves.decided(self.town, by, person, "withdraw" if number == 0 else "confirm")
        return papers.withdrawn(self.town, self._who(None, person, expected.PAPERS, number), person)

    @rule(number=SMALL, firms=st.tuples(SMALL, SMALL), suspended=st.booleans())
    def race_to_register(self, number, firms, suspended):
        """Two companies register one person at once; or one does while it is suspended."""
        one, two = (self.town.who[f"owner-{place % 3}"] for place in firms)
        plan, other = (papers.registered(self.town, who, number) for who in (one, two))
        if suspended:
            firm = self.town.firms[firms[0] % 3]
            manager = self.town.who[f"association_manager-{firm.city}"]
            other = offices.ruled(self.town, manager, firm, "suspend")
        if plan.well:
            self._do(plan, lambda: self._do(other))

    @rule(
        who=st.sampled_from(NAMES), legal=st.booleans(), kind=st.integers(0, 6), pick=SMALL, number=st.integers(0, 7),
        role=st.sampled_from(sorted(expected.MAKES["administrator"] | expected.COMPANY)), stale=STALE,
    )  # fmt: skip
    def see_to_offices(self, who, legal, pick, **drawn):
        """Companies, accounts and standing authorisations; when `legal`, by somebody whose business it is."""
        firm = self.town.firms[pick % len(self.town.firms)]
        self._do(offices.any_of(self.town, firm, None if legal else self.town.who[who], pick=pick, **drawn))

    @rule()
    def carry_over(self):
        self.town.carry_over()

    @rule(days=st.sampled_from([1, 1, 2, 5, 30, 170, 300]))
    def later(self, days):
        for _ in range(days):
            self.town.world.tomorrow()

    @rule()
    def deliver(self):
        """The stream brings what changed, and the codes follow."""
        world = self.town.world
        records = world.take()
        keys = {record["dynamodb"]["Keys"]["pk"]["S"] for record in records}
        assert world.deliver(records)
        for person in self.town.people.values():
            if person.key in keys and person.token:
                person.follow()

    @rule(who=st.sampled_from(NAMES))
    def look(self, who):
        """Nobody sees a record of another city or of another company."""
        promises.only_own_is_seen(self.town, self.town.who[who])

    @invariant()
    def every_promise_is_kept(self):
        """Looked at again when something was written or a day has passed."""
        now = (self.town.writes, self.town.today)
        if self.checked != now:
            self.checked = now
            promises.one_of_each(self.town)
            promises.told_what_is_due(self.town)


def test_random_moves_by_random_people_leave_every_promise_kept(memory):
    profile = settings(
        max_examples=150, stateful_step_count=50, derandomize=True, deadline=None, database=None,
        phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip

    run_state_machine_as_test(Machine, settings=profile)
