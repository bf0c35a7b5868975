"""Who may not: in every state of an application and of a certificate, everybody tries every move that is not his."""

import pytest

from tests.simulation import expected, moves, papers
from tests.simulation.town import Town

WAY = ("submit", "forward", "accept", "clear", "authorise", "produce", "deliver", "receive", "hand-over")
STATES = {
    **{state: WAY[:far] for far, state in enumerate(("draft", *expected.SHARES))}, "done": WAY,
    "returned": ("submit", "return"), "withdrawn": ("withdraw",), "refused": (*WAY[:2], "refuse"),
}  # fmt: skip
TURNS = {
    "issued": (), "active": ("activate",), "suspended": ("suspend", "confirm"), "lost": ("lose",),
    "revoked": ("revoke", "confirm"),
}  # fmt: skip


class Hands:
    """A person of the first company; legal hands bring it anywhere, all others try in vain."""

    def __init__(self):
        self.town = town = Town()
        town.attempt(papers.registered(town, town.who["owner-0"], 0))
        self.person = town.people[0]
        clerk = self._of(expected.ASSOCIATION)
        for plan in (
            papers.examined(town, clerk, self.person, "母婴照护", 3),
            papers.insured(town, clerk, self.person, 200, third_party=True),
            papers.trained(town, clerk, self.person, done=True),
            papers.consented(town, clerk, self.person, 0),
            papers.compared(town, clerk, self.person, matches=True),
            moves.opened(town, self._of(expected.COMPANY), self.person, submit=False),
        ):
            town.attempt(plan)

    def _of(self, roles, pick=0):
        return self.town.one_of(self.person.city, self.person.company, roles, pick)

    def go(self, names):
        """The application goes these steps."""
        for name in names:
            self.town.attempt(self._step(self._of(moves.steppers(self.person.applications[-1], name)), name))
        return self

    def turn(self, names):
        """The certificate makes these moves."""
        for name in names:
            self.town.attempt(
                moves.decided(self.town, self._of(expected.DECIDERS, 1), self.person, name)
                if name == "confirm"
                else self._turn(self._of(moves.turners(self.person, name)), name)
            )
        return self

    def _step(self, who, name):
        reasons = {"extend": ("verification",), "return": ("exam-failed",), "refuse": ("exam-failed",)}
        return moves.stepped(self.town, who, self.person, name, reasons=reasons.get(name, ()), days=3)

    def _turn(self, who, name):
        basis = "conditions" if name == "revoke" else None
        return moves.turned(self.town, who, self.person, name, basis=basis)

    def all_others(self, names, plan):
        """Everybody tries each of the moves where it must not be taken; how many tried."""
        plans = [plan(who, name) for who in self.town.who.values() for name in names]
        refused = [self.town.attempt(one) for one in plans if not one.well]
        return len(refused)


@pytest.fixture
def hands(memory):
    found = Hands()
    yield found
    found.town.world.leave()


@pytest.mark.parametrize("state", STATES)
def test_a_step_of_an_application_is_taken_by_those_whose_it_is_alone(hands, state):
    hands.go(STATES[state])

    assert hands.person.applications[-1].state == state
    assert hands.all_others(expected.ALL_STEPS, hands._step) > 200


@pytest.mark.parametrize("far", [6, 7, 8])
def test_a_company_has_a_card_step_by_step(hands, far):
    hands.go(WAY[:far])

    assert hands.person.applications[-1].done == set(WAY[6:far])
    assert hands.all_others(expected.ALL_STEPS, hands._step) > 200
    assert hands.all_others(("activate",), hands._turn) > 10


@pytest.mark.parametrize("state", TURNS)
def test_a_certificate_is_moved_by_those_whose_move_it_is_alone(hands, state):
    hands.go(WAY[:5]).turn(TURNS[state])

    assert hands.person.state == state
    assert hands.all_others(expected.ALL_TURNS, hands._turn) > 150
