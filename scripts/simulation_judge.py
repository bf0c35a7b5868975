"""Every answer of the public's is judged: what it tells, to whom, by which clock, and what may be sent because of it.

An answer is right when it is what is due, with every reason and its last day. While a change is under way to the
code, good news may lag: then the answer may be what an earlier state of the archive makes due, but never a green that
is not due, and bad news by hand (a suspension, a loss, a revocation, a replacement, a failed check) shows at once.
While a city's job is lost a grey or a red may be by its earlier choice, a yellow never.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from scripts import simulation_oracle as oracle
from scripts import simulation_phone as phone
from scripts.simulation_life import Life
from scripts.simulation_older import lacks
from scripts.simulation_process import STEP
from scripts.simulation_world import CODES, World

Choices = list[dict[str, Any]]
WELCOME = ("green", "yellow")
STALE = "code-stale"


class Wrong(NamedTuple):
    """An answer that should not have been given."""

    day: str
    city: str
    why: str
    told: str
    due: str
    facts: dict[str, Any]


class Scan(NamedTuple):
    """What somebody at the door has of a scan: the code, the nonce for a visit if one was offered, by whose clock."""

    token: str
    nonce: str
    steps: int


class Judge:
    """Asks about codes and notes what was wrong; `choices` are the cities' own, `known` all that codes may know of
    them, as they grow."""

    def __init__(self, world: World, choices: Mapping[str, Choices], known: Mapping[str, list[Choices]]) -> None:
        self.world, self.choices, self.known = world, choices, known
        self.wrong: list[Wrong] = []
        self.answers = self.lagging = 0
        self.colours: dict[str, int] = {}
        self._seen, self._taken = Scan("", "", 0), set[str]()

    def ask(self, life: Life) -> None:
        """Ask about an archive's code, and now and then about its dead ones, by its phone, or against its phone."""
        roll = self.world.chance
        fails = roll.random() < 0.005
        told = self.world.ask(life.token, fails=fails)
        dues = self._dues(life)
        due = dues[-1]
        self._count(told)
        partial = lacks(self.world.store.wire(CODES, life.token))
        if partial:
            why = "" if told["result"] == "unavailable" else "facts of which a part is not there were believed"
        else:
            why = "" if fails and told["result"] == "unavailable" else self._fault(life, told, dues)
        if why:
            self._blame(life, why, told, due)
        elif not life.behind and not fails and not partial:
            turns = told["until"] and str(date.fromisoformat(told["until"]) + timedelta(days=1))
            life.turns = turns or ""
        if life.dead and roll.random() < 0.3:
            self._ask_dead(life)
        if life.page and not partial and roll.random() < 0.3:
            self._open(life)
        if life.phone and not partial and roll.random() < 0.3:
            self._show(life, life.phone)
        if told["report"]:
            self._seen = Scan(life.token, told["report"]["nonce"], 0)

    def scan(self, life: Life) -> Scan | None:
        """Scan a code at the door: what a visit could be confirmed with, None when none is offered."""
        told = self.world.ask(life.token)
        offered = told["visit"] and told["result"] == "known"
        return Scan(life.token, told["visit"]["nonce"], self.world.process.steps) if offered else None

    def enter(self, life: Life, scan: Scan) -> None:
        """Confirm a visit with an earlier scan: taken if the code is still to be welcomed, or it was taken before."""
        now = self.world.ask(scan.token)
        if abs(scan.steps - self.world.process.steps) > 1:
            return  # by these two clocks the nonce is not of now
        place = ("POST", "/v/{token}/visits", scan.token)
        (status, told), (again, retold) = (self.world.request(*place, {"nonce": scan.nonce}) for _ in range(2))
        self.world.note("visit taken" if status == 201 else "visit refused")
        welcome = scan.nonce in self._taken or (now["colour"] in WELCOME and now["result"] == "known")
        self._taken |= {scan.nonce} if status == 201 else set()
        if (status == 201) != welcome or (again, retold.get("url")) != (status, told.get("url")):
            self._blame(life, f"a visit was answered {status}, then {again}", now, NOTHING)

    def left_out(self, life: Life) -> None:
        """A bulk stop is said to be done, and never came to an archive that rests on its source."""
        self._blame(life, "left out of a bulk stop that is done", self.world.ask(life.token), NOTHING)

    def _open(self, life: Life) -> None:
        """Open the page of the worker's phone, which tells what the code tells; the phone keeps what it is given."""
        status, told = self.world.request("GET", "/me/{secret}", life.page, same=False)
        if status != 200:
            if not life.behind:
                self._blame(life, f"a phone's page is {status}", self.world.ask(life.token), NOTHING)
            return
        self._count(told)
        life.phone = phone.opened(told) or life.phone
        plain = self.world.ask(told["token"], same=True)
        if _said(told) != _said(plain):
            self._blame(life, "a phone's page tells something else", told, _as_due(plain))

    def _show(self, life: Life, held: phone.Phone) -> None:
        """Scan the live code of a phone whose clock is off: as the printed one if by a step, out of date if by more."""
        roll, world = self.world.chance, self.world
        plain = world.ask(held.token)
        steps = roll.randrange(-3, 4)
        told = world.ask(held.shows(world.at + steps * STEP), same=True)
        self._count(told)
        good = abs(steps - world.process.steps) <= 1 and held.token == life.token
        if plain["result"] != "known":
            due = _said(plain)
        elif _codes(plain) == {"consent-withdrawn"}:  # alone, whatever code shows it
            due = (*_said(plain)[:3], _said(told)[3])
        else:
            due = (*_said(plain)[:3], "live") if good else _stale(plain)
            world.note("live code" if good else "stale code")
        if _said(told) != due or (not good and told["visit"]):
            self._blame(life, f"a live code {steps - world.process.steps} steps off", told, _as_due(plain))
        if roll.random() < 0.3:
            world.note("forgery")
            seen = self._seen.nonce if self._seen.token != held.token else ""
            if not phone.refused(world, phone.forged(held, seen, world.at)):
                self._blame(life, "what was made with a phone's secret was taken", plain, NOTHING)

    def _ask_dead(self, life: Life) -> None:
        """A replaced card's code is red for ever, withdrawn consent apart, and shows nobody."""
        token = self.world.chance.choice(life.dead)
        told = self.world.ask(token)
        self._count(told)
        if lacks(self.world.store.wire(CODES, token)) and told["result"] == "unavailable":
            return
        withdrawn = {"consent-withdrawn"} in [_codes(told), *[due.codes for due in self._dues(life)]]
        if told["colour"] != "red" and not (withdrawn and told["colour"] == "grey"):
            self._blame(life, "a replaced code is not red", told, oracle.Due("red", frozenset()))
        elif told["holder"] and not life.behind:
            self._blame(life, "a replaced code shows its holder", told, oracle.Due("red", frozenset()))

    @property
    def _day(self) -> str:
        return str(self.world.day_there)

    def _before_it(self, life: Life) -> oracle.Due:
        """What is due by a clock that is still at the day before a check of today, which the code may not know yet."""
        check = life.facts["background"]
        earlier = {**check, "checked_on": check["checked_on"] and min(check["checked_on"], self._day)}
        return oracle.due({**life.facts, "background": earlier}, life.city, self.choices[life.city], self._day)

    def _dues(self, life: Life) -> list[oracle.Due]:
        """What each state of an archive makes due since its code last followed, the present one last; a withdrawal
        counts by a clock too that says it is still the day before it."""
        now, there, choices = str(self.world.today), self._day, self.choices[life.city]
        found = [(oracle.due(one, life.city, choices, now), one) for one in life.versions]
        return [due if now == there or due == oracle.WITHDRAWN else oracle.due(one, life.city, choices, there)
                for due, one in found]  # fmt: skip

    def _fault(self, life: Life, told: dict[str, Any], dues: list[oracle.Due]) -> str:
        """Say what is wrong with an answer; nothing when it is right, or may lag."""
        colour, due, past = told["colour"], dues[-1], {due.colour for due in dues}
        if colour == "green" and "green" not in {due.colour, self._before_it(life).colour}:
            return "green that is not due"
        if told["day"] != self._day:
            return "an answer for another day"
        if not life.behind and len(self.known[life.city]) == 1:
            return self._exactly(life, told, due)
        if colour != due.colour:
            self.lagging += 1
        if colour in {"grey", "red"}:  # a code may still know an earlier choice, but welcomes nobody by it
            known = self.known[life.city]
            past |= {oracle.due(one, life.city, own, self._day).colour for one in life.versions for own in known}
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
        begun = oracle.due(life.facts, life.city, choices, day) == due  # a withdrawal has not by a clock that is behind
        if begun and not oracle.until_holds(life.facts, life.city, choices, day, told["until"]):
            return "not the last day of this verdict"
        if told["policy"] and told["policy"].split("+")[0] != oracle.rules_on(life.city, (), day)["id"]:
            return "another version of the policy"
        shown = told["holder"] is not None
        return "" if shown != ("consent-withdrawn" in due.codes) else "a holder shown or hidden wrongly"

    def _count(self, told: dict[str, Any]) -> None:
        self.answers += 1
        self.colours[told["colour"]] = self.colours.get(told["colour"], 0) + 1

    def _blame(self, life: Life, why: str, told: dict[str, Any], due: oracle.Due) -> None:
        shown = f"{told['colour']} {sorted(_codes(told))} until {told['until']} ({told['result']})"
        words = f"{due.colour} {sorted(due.codes)}"
        self.wrong.append(Wrong(str(self.world.today), life.city, why, shown, words, life.facts))


Said = tuple[str, frozenset[str], str | None, str | None]


def _said(told: dict[str, Any]) -> Said:
    """Give an answer's colour, reasons, last day and kind of code."""
    return told["colour"], _codes(told), told["until"], told["code"] and told["code"]["kind"]


def _stale(plain: dict[str, Any]) -> Said:
    """What a live code says that is out of date: so, but hiding neither a red nor a withdrawal."""
    colour, codes, until, _ = _said(plain)
    if "consent-withdrawn" in codes:
        return colour, codes, until, "stale"
    return ("red", codes | {STALE}, until, "stale") if colour == "red" else ("grey", codes | {STALE}, None, "stale")


def _as_due(told: dict[str, Any]) -> oracle.Due:
    return oracle.Due(told["colour"], _codes(told))


def _codes(told: dict[str, Any]) -> frozenset[str]:
    return frozenset(reason["code"] for reason in told["reasons"])


NOTHING = oracle.Due("-", frozenset())
"""Where no colour is at fault."""
