"""Bulk stops (C7) as the simulation lives through them: begun by two persons, done slice by slice over days, each
dying where it will. What was written is told by the stream alone; what that makes of an archive is worked out anew.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from chalicelib.actions import bulk_stops
from chalicelib.actions.bulk_stop_forms import NewBulkStop
from chalicelib.actions.forms import Grounds
from chalicelib.records import accounts, archives
from chalicelib.records.commit import Entry
from scripts.simulation_life import GROUND, Life, act
from scripts.simulation_world import World

SOURCES = tuple(f"模拟医院{number}" for number in range(1, 7))


@dataclass
class Running:
    """One that was begun: who rests on its source and was not written yet, and whether all of it is said to be done."""

    city: str
    id: str
    source: str
    move: str
    left: set[str]


class BulkStops:
    """Those of a world; `distrusted` are each city's sources whose papers count no more."""

    def __init__(self, world: World, distrusted: dict[str, set[str]]) -> None:
        self.world, self.distrusted = world, distrusted
        self.running: list[Running] = []

    def prepare(self) -> None:
        """Keep the account of who confirms: the job acts in that name."""
        account = act(self.world, "330100", "bureau").account
        accounts.store(account, account, act=act(self.world, "330100", "administrator"), entry=Entry(action="simulate"))

    def begin(self, lives: list[Life]) -> None:
        """Have two persons stop all that rests on a source of one of these archives, unless that was done before."""
        if not lives:
            return
        life = self.world.chance.choice(lives)
        city, source = life.city, self.world.chance.choice(sorted(life.sources))
        if source in self.distrusted[city]:
            return
        move = self.world.chance.choice(["suspend", "suspend", "revoke"])
        form = NewBulkStop.model_validate(
            {"kind": "exam", "names": [source], "move": move, "basis": "source", "ground": GROUND}
        )
        found = bulk_stops.preview(act(self.world, city, "association_manager"), form)
        decision = Grounds(revision=found.revision, ground=GROUND)
        begun = bulk_stops.decide(act(self.world, city, "bureau"), found.id, "confirm", decision)
        self.distrusted[city].add(source)
        resting = {one.archive.key for one in lives if one.city == city and source in one.sources}
        self.running.append(Running(city, begun.id, source, move, resting))
        self.world.note("bulk stop")

    def go_on(self) -> Iterator[tuple[Running, list[dict[str, Any]]]]:
        """Let some slices of one after the other be tried, and what has no result be queued again; give what was
        written."""
        for one in list(self.running):
            if self.world.chance.random() < 0.3:
                self.world.work.append((0, {"rest-of-bulk_stop": [one.city, one.id]}))
            self.world.labour(0.6, one.id)
            yield one, self.world.take()

    def done(self, one: Running) -> bool:
        """Tell whether the product says that all slices are done; it is looked after no longer then."""
        found = bulk_stops.fetch(act(self.world, one.city, "bureau").account, one.id)
        if bulk_stops.progress(found)["slices_done"] < found.slices:
            self.world.note("bulk stop half done")
            return False
        self.running.remove(one)
        return True

    def noted(self, one: Running, life: Life) -> None:
        """Note what a bulk stop made of an archive that it was just seen to have written."""
        facts = deepcopy(life.facts)
        facts["exams"] = [exam for exam in facts["exams"] if exam["issuer"] != one.source]
        state = facts["certificate"]["state"]
        target = "suspended" if one.move == "suspend" else "revoked"
        if state != "revoked":
            life.rests = life.rests if state == target else state
            facts["certificate"]["state"], life.hand = target, True
            facts["stop"] = {"code": f"certificate-{target}", "since": str(self.world.today)}
            kept = life.waiting and life.waiting[0] != "resume" and one.move == "suspend"
            life.waiting = (life.waiting[0], target, facts["stop"]) if kept and life.waiting else None
        life.archive = archives.fetch(life.city, life.archive.id)
        life.versions.append(facts)
        life.behind = True
        one.left.discard(life.archive.key)
