"""Lives of many archives, day by day, and all that may go wrong meanwhile; whatever is told is judged
(scripts/simulation_judge.py).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from chalicelib.records import cities
from chalicelib.records.commit import Entry
from chalicelib.rules.city import City
from scripts import simulation_lives as lives
from scripts import simulation_oracle as oracle
from scripts.simulation_bulk_stops import BulkStops
from scripts.simulation_judge import Judge
from scripts.simulation_life import Life, act
from scripts.simulation_policies import GROUNDS, packaged_with_successors
from scripts.simulation_process import Process
from scripts.simulation_world import World

CITIES = {
    "330100": "杭州市", "330200": "宁波市", "330400": "嘉兴市", "440100": "广州市", "440200": "韶关市",
    "310000": "上海市",
}  # fmt: skip
DAY = timedelta(days=1)
FIRST = date(2026, 1, 1)


class Simulation:
    """A run: `archives` lives over `days` days; everything follows from the seed."""

    def __init__(self, archives: int, days: int, seed: int, trouble: float, *, overtaken: bool = False) -> None:
        self._folder = TemporaryDirectory()
        packaged = Path(self._folder.name)
        packaged_with_successors(packaged, FIRST, days, Random(seed))  # noqa: S311 - a seed repeats a run
        oracle.read_from(packaged)
        self.world = World(seed, trouble, str(packaged))
        self.world.processes = [Process(steps) for steps in (0, 0, 1, -1)]
        self.archives, self.days, self.overtaken = archives, days, overtaken
        self.lives: list[Life] = []
        self.by_key: dict[str, Life] = {}
        self.changed: list[Life] = []
        self.calendar: dict[date, list[Life]] = {}
        self.choices: dict[str, list[dict[str, Any]]] = {city: [] for city in CITIES}
        self.known: dict[str, list[list[dict[str, Any]]]] = {city: [[]] for city in CITIES}
        self.cities: dict[str, City] = {}
        self.distrusted: dict[str, set[str]] = {city: set() for city in CITIES}
        self.bulk_stops = BulkStops(self.world, self.distrusted)
        self.judge = Judge(self.world, self.choices, self.known)

    def run(self) -> Iterator[int]:
        """Live through the days, giving each day's number when it is over."""
        for id, name in CITIES.items():
            city = City(id=id, name=name, association=f"{name}协会", hotline="12345")
            self._settle(city, city)
        self.bulk_stops.prepare()
        self.world.prepare()
        for number in range(self.days):
            self._live_a_day(number)
            yield number

    def _live_a_day(self, number: int) -> None:
        world, roll = self.world, self.world.chance
        world.tomorrow()
        world.older = 0.5 if number < self.days // 3 else 0.0
        if roll.random() < 0.03:
            self._restart()
        for _ in range(roll.choice([0, 1, 1, 1, 1, 1, 2])):
            world.sweep(world.today)
        self._caught_up(world.drain(), [])
        self._deliver_late()
        for _ in range(self._births(number)):
            self._bear()
        self._stop_by_source()
        for life in self.calendar.pop(world.today, []):
            self._something(life)
        if number % 5 == 4:
            self._repair(list(CITIES)[number // 5 % len(CITIES)])
        if roll.random() < (0.15 if world.held else 0.01):
            self._decide(self._city_of_a_hung_write() or roll.choice(list(CITIES)))
        self._land(0.35)
        self._ask_around()

    def _stop_by_source(self) -> None:
        """Begin a bulk stop now and then; ask about each archive as soon as it was written, and about the others."""
        if self.world.chance.random() < 0.03:
            self.bulk_stops.begin(self.lives)
        for one, records in self.bulk_stops.go_on():
            for key in dict.fromkeys(record["dynamodb"]["Keys"]["pk"]["S"] for record in records):
                life = self.by_key[key]
                self.bulk_stops.noted(one, life)
                self.changed.append(life)
                self._after(life, [record for record in records if record["dynamodb"]["Keys"]["pk"]["S"] == key])
            for key in sorted(one.left):
                self.judge.ask(self.by_key[key])
            if self.bulk_stops.done(one) and one.left:
                self.judge.left_out(self.by_key[min(one.left)])

    def _restart(self) -> None:
        """Start everything anew, and ask at once, before anything is mended."""
        self.world.restart(self.world.chance.choice([0.0, 0.5, 1.0]))
        for life in self.lives:
            if life.behind or self.world.chance.random() < 0.1:
                self.judge.ask(life)

    def _land(self, share: float) -> None:
        """Let late writes arrive, days after they were sent, and ask about what they were written to."""
        for key in self.world.land(share):
            self.judge.ask(self.by_key[key])

    def _births(self, number: int) -> int:
        """Spread the births over the first third of the time."""
        span = max(1, self.days // 3)
        return self.archives * min(number + 1, span) // span - len(self.lives)

    def _bear(self) -> None:
        city = self.world.chance.choice(list(CITIES))
        life = lives.born(self.world, city, self.distrusted[city])
        self.lives.append(life)
        self.by_key[life.archive.key] = life
        self._after(life)
        self._plan(life)

    def _plan(self, life: Life) -> None:
        """Write the day of the next event into the calendar, often one on which the code turns."""
        roll, today = self.world.chance, self.world.today
        ahead = roll.choice([1, 2] if life.behind else [1, 1, 2, 5, 9, 14, 20, 30, 45])
        day = today + timedelta(days=ahead)
        if life.turns and roll.random() < 0.4:
            day = max(today + timedelta(days=1), date.fromisoformat(life.turns) + timedelta(days=roll.randrange(-1, 3)))
        self.calendar.setdefault(max(day, today + timedelta(days=1)), []).append(life)

    def _something(self, life: Life) -> None:
        for _ in range(self.world.chance.choice([1, 1, 1, 2, 3])):
            scanned = self.judge.scan(life) if self.world.chance.random() < 0.2 else None
            kind = lives.live_on(self.world, life)
            if kind:
                life.behind = True
                self.changed.append(life)
                self._after(life)
            if scanned:
                self.judge.enter(life, scanned)
        self._plan(life)

    def _after(self, life: Life, records: list[dict[str, Any]] | None = None) -> None:
        """Ask right after a change, send its record on its way, and ask again."""
        roll, world = self.world.chance, self.world
        records = world.take() if records is None else records
        self.judge.ask(life)
        fate = roll.choice(["now", "now", "now", "twice", "late", "late", "lost"])
        world.happened[f"record {fate}"] = world.happened.get(f"record {fate}", 0) + 1
        if fate in {"now", "twice"}:
            self._caught_up(world.deliver(records), [life])
        if fate in {"late", "twice"}:
            world.late += [(world.today + timedelta(days=roll.randrange(4)), record) for record in records]
        self.judge.ask(life)

    def _deliver_late(self) -> None:
        """Deliver the records that are due by today, out of order and some together."""
        roll, world = self.world.chance, self.world
        now = [record for day, record in world.late if day <= world.today]
        world.late = [(day, record) for day, record in world.late if day > world.today]
        roll.shuffle(now)
        while now:
            batch, now = now[: roll.choice([1, 2, 5])], now[5:]
            some = [self.by_key[record["dynamodb"]["Keys"]["pk"]["S"]] for record in batch]
            self._caught_up(world.deliver(batch), some)
        self._caught_up(world.drain(), [])

    def _caught_up(self, well: bool, some: list[Life]) -> None:
        """Note that the codes of these archives follow them again, when their delivery went well."""
        for life in some if well else ():
            life.versions = life.versions[-1:]
            life.behind, life.seen, life.hand = False, True, False

    def _decide(self, city: str) -> None:
        """Have a city decide to be stricter from tomorrow on, and compute its codes anew before that (CONTRACTS): now
        and then that job is lost.

        Writes that hung since before the decision arrive before it, unless the run lets it be `overtaken` by them.
        """
        roll, tomorrow = self.world.chance, self.world.today + timedelta(days=1)
        own = {ground: roll.choice(["grey", "red"]) for ground in roll.sample(GROUNDS, 3)}
        begun = [one for one in self.choices[city] if one["from"] <= str(self.world.today)][-1:]
        overrides: dict[str, Any] = {"grounds": own}
        if city == "310000" or roll.random() < 0.5:
            overrides["activation_required"] = True
        self._land(0.0 if self.overtaken else 1.0)
        self.choices[city] = [*begun, {"from": str(tomorrow), "overrides": overrides}]
        self._settle(self.cities[city], City(**{**vars(self.cities[city]), "overrides": tuple(self.choices[city])}))
        self._note("city decision")
        if roll.random() < 0.4:
            self._note("city job lost")
            self.known[city].append(self.choices[city])
        else:
            self._repair(city)

    def _note(self, what: str) -> None:
        self.world.happened[what] = self.world.happened.get(what, 0) + 1

    def _city_of_a_hung_write(self) -> str | None:
        """Give the city of a write that is still on its way: its decision must not be undone by it."""
        return next((str(asked["Item"]["city"]["S"]) for asked in self.world.held if "city" in asked["Item"]), None)

    def _settle(self, before: City, after: City) -> None:
        by = act(self.world, after.id, "administrator")
        self.cities[after.id] = cities.store(before, after, act=by, entry=Entry(action="city.set"))

    def _repair(self, city: str) -> None:
        self.world.reproject(city)
        self.known[city] = [self.choices[city]]
        self._caught_up(True, [life for life in self.lives if life.city == city])

    def _ask_around(self) -> None:
        """Ask about those that turn today, those that turn tomorrow, and some at random, in the last minutes too."""
        roll, world = self.world.chance, self.world
        days = {str(world.today), str(world.today + timedelta(days=1))}
        changed = {life.archive.key for life in self.changed}
        some = [
            life for life in self.lives
            if life.turns in days or life.behind or life.archive.key in changed or roll.random() < 0.06
        ]  # fmt: skip
        self.changed = []
        world.at += roll.choice([timedelta(seconds=10), timedelta(hours=9), DAY - timedelta(seconds=10)])
        for life in some:
            self.judge.ask(life)
