"""A small world in memory with one archive in Ningbo, its code projected, in this process."""

from datetime import datetime

import pytest

from chalicelib.actions import projection
from chalicelib.public import stack
from chalicelib.records import cities
from chalicelib.records.commit import Entry
from chalicelib.rules.city import City
from chalicelib.rules.days import SHANGHAI
from scripts import simulation_lives as lives
from scripts import simulation_phone as phone
from scripts.simulation_life import act
from scripts.simulation_world import World
from tests.conftest import forget

CITY = City(id="330200", name="宁波市", association="宁波市协会", hotline="81890")
NOON = datetime(2026, 11, 21, 12, tzinfo=SHANGHAI)


class Place:
    """One archive and what may be done to it; `ask` scans its code."""

    def __init__(self, world):
        self.world = world
        world.at = NOON
        self.city = self._set(CITY, CITY)
        world.prepare()
        self.life = lives.born(world, CITY.id)
        self.facts = self.life.facts

    def _set(self, before, after):
        by = act(self.world, CITY.id, "administrator")
        return cities.store(before, after, act=by, entry=Entry(action="city.set"))

    def decide(self, overrides, start, *, job=True):
        """The city decides, beside what has begun; its codes are computed anew, unless its `job` is stuck."""
        begun = [one for one in self.city.overrides if one["from"] <= str(self.world.today)][-1:]
        own = (*begun, {"from": str(start), "overrides": overrides})
        self.city = self._set(self.city, City(**{**vars(self.city), "overrides": own}))
        if job:
            self.world.reproject(CITY.id)

    def do(self, kind):
        """Let just this happen to the archive; its record waits in the stream."""
        done = lives.EVENTS[kind][1](self.world, self.life, self.facts)
        assert done is not None
        self.life.archive = done

    def deliver(self):
        """Deliver what waits; tell whether it went well."""
        return self.world.deliver(self.world.take())

    def _look_up(self):
        archive = self.life.archive
        return projection._look_up(archive, archive.certificate), ""

    def led_to(self):
        """Whether the look-up by number and surname leads to the code."""
        found = self.world.store.table("codes").get(self._look_up(), {})
        return found.get("token") == {"S": self.life.token}

    def lose_look_up(self):
        """Take the look-up away behind everybody's back."""
        del self.world.store.table("codes")[self._look_up()]

    def ask_of(self, process):
        """The answer of one running function."""
        self.world.process = process
        told = self.world.ask(self.life.token, same=True)
        return told["colour"], [reason["code"] for reason in told["reasons"]]

    def phone(self):
        """What the worker's phone holds once it has a page and has opened it."""
        if not self.life.page:
            self.do("phone page")
            self.deliver()
        _, told = self.world.request("GET", "/me/{secret}", self.life.page)
        return phone.opened(told)

    def ask(self, token=None):
        """The answer's colour and reasons."""
        told = self.world.ask(token or self.life.token)
        return told["colour"], [reason["code"] for reason in told["reasons"]]


@pytest.fixture
def place(monkeypatch):
    monkeypatch.setenv("ADDRESS", "https://code.example.cn")
    monkeypatch.delenv("CLOCK_OFFSET", raising=False)
    forget()
    stack.forget()
    world = World(seed=1, trouble=0)
    yield Place(world)
    world.leave()
    forget()
    stack.forget()


@pytest.fixture
def memory(monkeypatch):
    """No AWS, no moved clock, no cache of another test."""
    monkeypatch.setenv("ADDRESS", "https://code.example.cn")
    monkeypatch.delenv("CLOCK_OFFSET", raising=False)
    forget()
    yield
    forget()
