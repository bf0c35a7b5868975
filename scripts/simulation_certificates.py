"""What happens to certificates: moves of one person, and of two (decision 14)."""

from typing import Any

from chalicelib.actions import certificates, proposals
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.actions.forms import Grounds
from chalicelib.rules import archive as kept
from scripts.simulation_life import GROUND, Event, Life, act
from scripts.simulation_world import World

IN_FORCE = {"issued", "active"}


def _move(world: World, life: Life, name: str) -> kept.Archive:
    basis = "conditions" if name == "revoke" else None
    form = CertificateMove(revision=life.archive.revision, ground=GROUND, basis=basis)
    return certificates.move(act(world, life.city, "association_manager"), life.archive.held.number, name, form)


def _stopped(world: World, life: Life, facts: dict[str, Any], state: str) -> None:
    facts["certificate"]["state"] = state
    facts["stop"] = {"code": f"certificate-{state}", "since": str(world.today)}
    life.hand = True


def _before(life: Life, state: str) -> str:
    """What a certificate is again once its card is replaced."""
    return life.rests if state == "lost" else state


def _alone(name: str, sources: set[str], target: str | None) -> Event:
    """A move that one person makes: activating, reporting a loss, replacing; without a `target` the state stays."""

    def event(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
        state = facts["certificate"]["state"]
        if life.waiting or state not in sources:
            return None
        if target == "lost":
            life.rests = state
            _stopped(world, life, facts, target)
        else:
            facts["certificate"]["state"], facts["stop"] = target or _before(life, state), None
        moved = _move(world, life, name)
        if name == "replace":
            life.dead.append(life.token)
            life.seen, life.hand = False, False
        return moved

    return event


def _proposed(name: str, sources: set[str]) -> Event:
    """The first of two persons: bad news is there at once, good news waits."""

    def event(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
        state = facts["certificate"]["state"]
        if life.waiting or state not in sources:
            return None
        life.waiting = (name, state, facts["stop"])
        if name != "resume" and state in IN_FORCE:
            life.rests = state
            _stopped(world, life, facts, "suspended")
        return _move(world, life, name)

    return event


def _decided(decision: str) -> Event:
    """The second of two persons, or the first who takes it back."""

    def event(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
        if life.waiting is None:
            return None
        move, state, stop = life.waiting
        life.waiting = None
        if decision != "confirm":
            facts["certificate"]["state"], facts["stop"] = state, stop
        elif move == "revoke":
            _stopped(world, life, facts, "revoked")
        elif move == "resume":
            facts["certificate"]["state"], facts["stop"] = life.rests, None
        by = act(world, life.city, "association_manager" if decision == "withdraw" else "bureau")
        form = Grounds(revision=life.archive.revision, ground=GROUND)
        return proposals.decide(by, life.archive.held.number, decision, form)

    return event


CERTIFICATES: dict[str, tuple[int, Event]] = {
    "activate": (30, _alone("activate", {"issued"}, "active")),
    "lose": (5, _alone("lose", IN_FORCE, "lost")),
    "replace": (12, _alone("replace", IN_FORCE | {"lost"}, None)),
    "suspend": (8, _proposed("suspend", IN_FORCE)),
    "resume": (60, _proposed("resume", {"suspended"})),
    "revoke": (2, _proposed("revoke", IN_FORCE | {"suspended", "lost"})),
    "confirm": (60, _decided("confirm")),
    "refuse": (15, _decided("refuse")),
    "withdraw": (5, _decided("withdraw")),
}
