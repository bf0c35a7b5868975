"""The figures of a city, or of a province's cities (F1, F2): read off the counters, never off the archives."""

from dataclasses import dataclass
from datetime import date

from chalicelib.actions import counters as counting
from chalicelib.records import cities, counters, lists
from chalicelib.rules import figures
from chalicelib.rules.act import Act
from chalicelib.rules.city import City
from chalicelib.rules.company import STATE_NAMES
from chalicelib.rules.contribution import Counts, summed
from chalicelib.rules.figures import Figures, OfCompany


@dataclass(frozen=True, kw_only=True)
class OfCity:
    """The figures of a city; `counting` while it is being counted anew and figures of before are shown."""

    city: str
    name: str
    counting: bool
    figures: Figures


@dataclass(frozen=True, kw_only=True)
class NamedCompany(OfCompany):
    """The figures of a company with its name."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Stats:
    """What a role sees: its own city with the companies, or each city of the province and their sum, without."""

    day: date
    cities: tuple[OfCity, ...]
    sum: Figures
    companies: tuple[NamedCompany, ...]


def stats(act: Act) -> Stats:
    """Give the figures of the account's city, or of all cities to who is of none (the province's auditor)."""
    own = act.account.city
    ids = [own] if own else sorted(lists.ids("province", "city", "active", shards=1))
    served = [cities.fetch(id) for id in ids]
    counted = {city.id: _counted(city, act.on) for city in served}
    found = tuple(
        OfCity(city=city.id, name=city.name, counting=not whole, figures=figures.figures(counts, act.on))
        for city in served
        for counts, whole in (counted[city.id],)
    )
    total = figures.figures(summed(counts for counts, _ in counted.values()), act.on)
    return Stats(day=act.on, cities=found, sum=total, companies=_companies(own, counted[own][0], act.on) if own else ())


def _counted(city: City, on: date) -> tuple[Counts, bool]:
    """Read the counters of a city that are whole, and tell whether they are those that are written."""
    tally = counters.tally(city.id)
    whole = counting.is_whole(city.id, tally)
    generation = tally.generation if whole else tally.whole
    first, last = f"month#{figures.months(on)[0]}", f"days#{figures.last_day(on):%Y-%m}"
    return {
        **counters.read(city.id, generation, first="companies", last=last),
        **counters.read(city.id, generation, first=first, last="now"),
    }, whole


def _companies(city: str, counts: Counts, on: date) -> tuple[NamedCompany, ...]:
    """Name the companies that the counters know: those of a state that anybody may work in or have left."""
    briefs = [brief for state in STATE_NAMES for brief in lists.every(city, "company", state, shards=1)]
    names = {brief["id"]: brief["name"] for brief in briefs}
    found = figures.of_companies(counts, on)
    return tuple(NamedCompany(**vars(one), name=names[one.company]) for one in found if one.company in names)
