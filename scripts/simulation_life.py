"""One archive as the simulation knows it, and who acts on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.rules import archive as kept
from chalicelib.rules.account import Account, Role
from chalicelib.rules.act import Act
from scripts.simulation_phone import Phone
from scripts.simulation_world import World

GROUND = "模拟"


@dataclass(kw_only=True)
class Life:
    """One archive as the simulation knows it. `versions` are its facts since the codes last followed; the last are
    the facts now. `hand` tells that bad news was written to the code itself and that no projection followed yet.
    `rests` is the state that a suspension or a loss stopped; `waiting` the move that a second person has to confirm,
    with the state and the stop that stand again if nobody does. `sources` are whose exams
    it rests on, `distrusted` whose papers the city does not take. `page` is the secret of the address of the worker's
    own page, `phone` what was read there last."""

    city: str
    archive: kept.Archive
    versions: list[dict[str, Any]]
    dead: list[str] = field(default_factory=list)
    behind: bool = True
    seen: bool = False
    hand: bool = False
    rests: str = "active"
    waiting: tuple[str, str, dict[str, Any] | None] | None = None
    turns: str = ""
    page: str = ""
    sources: set[str] = field(default_factory=set)
    distrusted: set[str] = field(default_factory=set)
    phone: Phone | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as they are now."""
        return self.versions[-1]

    @property
    def token(self) -> str:
        """The live code."""
        return self.archive.held.token


def act(world: World, city: str, role: Role) -> Act:
    """Make an act of a role of a city, now."""
    account = Account(id=role, subject=f"iss|{role}", role=role, city=city, company=None)
    return Act(account=account, at=world.at, on=world.today)


Event = Callable[[World, Life, dict[str, Any]], kept.Archive | None]
