"""Lives of many archives, day by day: what the public is told is compared with what the oracle says is due.

An answer is right when it is what is due, with every reason and its last day. While a change is under way to the
code, good news may lag: then the answer may be what an earlier state of the archive makes due, but never a green that
is not due, and bad news by hand (a suspension, a loss, a revocation, a replacement, a failed check) shows at once.
While a city's job is lost a grey or a red may be by its earlier choice, a yellow never.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from chalicelib.records import cities
from chalicelib.records.commit import Entry
from chalicelib.rules.city import City
from scripts import simulation_lives as lives
from scripts import simulation_oracle as oracle
from scripts.simulation_life import Life, act
from scripts.simulation_world import World

CITIES = {
    "330100": "杭州市", "330200": "宁波市", "330400": "嘉兴市", "440100": "广州市", "440200": "韶关市",
    "310000": "上海市",
}  # fmt: skip
STRICTER = ("review-overdue", "exam-missing", "exam-lapsed", "exam-weak", "insurance-lapsed", "training-missing",
            "insurance-no-third-party", "recheck-overdue", "company-suspended", "both-lapsed")  # fmt: skip


class Wrong(NamedTuple):
    """An answer that should not have been given."""

    day: str
    city: str
    why: str
    told: str
    due: str
    facts: dict[str, Any]


class Simulation:
    """A run: `archives` lives over `days` days; everything follows from the seed."""

    def __init__(self, archives: int, days: int, seed: int, trouble: float, *, overtaken: bool = False) -> None:
        self.world = World(seed, trouble)
        self.archives, self.days, self.overtaken = archives, days, overtaken
        self.lives: list[Life] = []
        self.by_key: dict[str, Life] = {}
        self.calendar: dict[date, list[Life]] = {}
        self.choices: dict[str, list[dict[str, Any]]] = {city: [] for city in CITIES}
        self.known: dict[str, list[list[dict[str, Any]]]] = {city: [[]] for city in CITIES}
        self.cities: dict[str, City] = {}
        self.wrong: list[Wrong] = []
        self.answers = self.lagging = 0
        self.colours: dict[str, int] = {}

    def run(self) -> Iterator[int]:
        """Live through the days, giving each day's number when it is over."""
        for id, name in CITIES.items():
            city = City(id=id, name=name, association=f"{name}协会", hotline="12345")
            self._settle(city, city)
        self.world.prepare()
        for number in range(self.days):
            self._live_a_day(number)
            yield number

    def _live_a_day(self, number: int) -> None:
        world, roll = self.world, self.world.chance
        world.tomorrow()
        for _ in range(roll.choice([0, 1, 1, 1, 1, 1, 2])):
            world.sweep(world.today)
        self._caught_up(world.drain(), [])
        self._deliver_late()
        for _ in range(self._births(number)):
            self._bear()
        for life in self.calendar.pop(world.today, []):
            self._something(life)
        if number % 5 == 4:
            self._repair(list(CITIES)[number // 5 % len(CITIES)])
        if roll.random() < (0.15 if world.held else 0.01):
            self._decide(self._city_of_a_hung_write() or roll.choice(list(CITIES)))
        self._land(0.35)
        self._ask_around()

    def _land(self, share: float) -> None:
        """Let late writes arrive, days after they were sent, and ask about what they were written to."""
        for key in self.world.land(share):
            self._ask(self.by_key[key])

    def _births(self, number: int) -> int:
        """Spread the births over the first third of the time."""
        span = max(1, self.days // 3)
        return self.archives * min(number + 1, span) // span - len(self.lives)

    def _bear(self) -> None:
        life = lives.born(self.world, self.world.chance.choice(list(CITIES)))
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
            kind = lives.live_on(self.world, life)
            if kind:
                life.behind = True
                self._after(life)
        self._plan(life)

    def _after(self, life: Life) -> None:
        """Ask right after a change, send its record on its way, and ask again."""
        roll, world = self.world.chance, self.world
        records = world.take()
        self._ask(life)
        fate = roll.choice(["now", "now", "now", "twice", "late", "late", "lost"])
        world.happened[f"record {fate}"] = world.happened.get(f"record {fate}", 0) + 1
        if fate in {"now", "twice"}:
            self._caught_up(world.deliver(records), [life])
        if fate in {"late", "twice"}:
            world.late += [(world.today + timedelta(days=roll.randrange(4)), record) for record in records]
        self._ask(life)

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
        own = {ground: roll.choice(["grey", "red"]) for ground in roll.sample(STRICTER, 3)}
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
        some = [life for life in self.lives if life.turns in days or life.behind or roll.random() < 0.06]
        world.at += timedelta(hours=roll.choice([0, 9, 23]), minutes=59)
        for life in some:
            self._ask(life)

    def _ask(self, life: Life) -> None:
        """Ask about an archive's code, and now and then about one of its dead ones."""
        roll, choices, day = self.world.chance, self.choices[life.city], str(self.world.today)
        fails = roll.random() < 0.005
        told = self.world.ask(life.token, fails=fails)
        due = oracle.due(life.facts, life.city, choices, day)
        self._count(told)
        why = "" if fails and told["result"] == "unavailable" else self._fault(life, told, due)
        if why:
            self._blame(life, why, told, due)
        elif not life.behind and not fails:
            turns = told["until"] and str(date.fromisoformat(told["until"]) + timedelta(days=1))
            life.turns = turns or ""
        if life.dead and roll.random() < 0.3:
            self._ask_dead(life)

    def _ask_dead(self, life: Life) -> None:
        """A replaced card's code is red for ever, withdrawn consent apart, and shows nobody."""
        told = self.world.ask(self.world.chance.choice(life.dead))
        self._count(told)
        withdrawn = {"consent-withdrawn"} in [_codes(told), *self._past_codes(life)]
        if told["colour"] != "red" and not (withdrawn and told["colour"] == "grey"):
            self._blame(life, "a replaced code is not red", told, oracle.Due("red", frozenset()))
        elif told["holder"] and not life.behind:
            self._blame(life, "a replaced code shows its holder", told, oracle.Due("red", frozenset()))

    def _past_codes(self, life: Life) -> list[frozenset[str]]:
        day, choices = str(self.world.today), self.choices[life.city]
        return [oracle.due(one, life.city, choices, day).codes for one in life.versions]

    def _fault(self, life: Life, told: dict[str, Any], due: oracle.Due) -> str:
        """Say what is wrong with an answer; nothing when it is right, or may lag."""
        colour, day, choices = told["colour"], str(self.world.today), self.choices[life.city]
        if colour == "green" and due.colour != "green":
            return "green that is not due"
        if told["day"] != day:
            return "an answer for another day"
        if not life.behind and len(self.known[life.city]) == 1:
            return self._exactly(life, told, due)
        if colour != due.colour:
            self.lagging += 1
        past = {oracle.due(one, life.city, choices, day).colour for one in life.versions}
        if colour in {"grey", "red"}:  # a code may still know an earlier choice, but welcomes nobody by it
            known = self.known[life.city]
            past |= {oracle.due(one, life.city, own, day).colour for one in life.versions for own in known}
        if life.hand and due.colour == "red" and colour != "red" and not (colour == "grey" and "grey" in past):
            return "bad news by hand did not show at once"
        new = not life.seen and told["result"] == "unknown"
        stopped = life.hand and colour == "red"
        waits = _codes(told) == {"data-unavailable"}
        return "" if colour in past or new or stopped or waits else "a colour that no state of the archive makes due"

    def _exactly(self, life: Life, told: dict[str, Any], due: oracle.Due) -> str:
        if oracle.Due(told["colour"], _codes(told)) != due:
            return "not what is due"
        day, choices = told["day"], self.choices[life.city]
        if not oracle.until_holds(life.facts, life.city, choices, day, told["until"]):
            return "not the last day of this verdict"
        shown = told["holder"] is not None
        return "" if shown != ("consent-withdrawn" in due.codes) else "a holder shown or hidden wrongly"

    def _count(self, told: dict[str, Any]) -> None:
        self.answers += 1
        self.colours[told["colour"]] = self.colours.get(told["colour"], 0) + 1

    def _blame(self, life: Life, why: str, told: dict[str, Any], due: oracle.Due) -> None:
        shown = f"{told['colour']} {sorted(_codes(told))} until {told['until']} ({told['result']})"
        words = f"{due.colour} {sorted(due.codes)}"
        self.wrong.append(Wrong(str(self.world.today), life.city, why, shown, words, life.facts))


def _codes(told: dict[str, Any]) -> frozenset[str]:
    return frozenset(reason["code"] for reason in told["reasons"])
