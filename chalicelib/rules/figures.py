"""The figures of a city on a day, from the sum of what its archives contribute (F1): pure, and the same for any sum."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.rules.application import RETURN_REASONS
from chalicelib.rules.contribution import ENDS, LEAVES, Counts

WEEKS = 26
MONTHS = 12
COLOURS = ("green", "yellow", "red", "grey")
STATES = ("issued", "active", "suspended", "lost", "replaced", "revoked", "expired")
STEPS = ("draft", "returned", "company_review", "association_review", "background", "authorisation", "production",
         "handover")  # fmt: skip
ENDING = ("exam", "insurance", "background", "review", "certificate")


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """Applications that are at a step today, and how many of them are past their day."""

    step: str
    open: int
    late: int


@dataclass(frozen=True, kw_only=True)
class Week:
    """What is to be expected of a week that begins on a Monday, if nobody does anything: how many codes stop being
    green, and what ends, by kind."""

    week: date
    leaves_green: int
    ends: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Month:
    """What was decided in a month, reprints included; returns and refusals by reason."""

    month: str
    submitted: int
    in_time: int
    late: int
    returned: dict[str, int]
    refused: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class OfCompany:
    """A company's workers and holders today, and what was decided for it in the months that are shown."""

    company: str
    workers: int
    holders: int
    returned: int
    refused: int
    in_time: int
    late: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A city's figures of a day. `holders` have a certificate in force, `shown` are those of them for whom a household
    confirmed an entry in the last 30 days; `holding_rate` (持证率) and `showing_rate` (亮证率) are shares from 0 to 1,
    None where nobody could have one."""

    workers: int
    holders: int
    shown: int
    holding_rate: float | None
    showing_rate: float | None
    colours: dict[str, int]
    certificates: dict[str, int]
    services: dict[str, int]
    backlog: tuple[Backlog, ...]
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]


def figures(counted: Counts, on: date) -> Figures:
    """Read a city's figures of a day off the sum of its contributions; of a later month nothing is told."""
    total = _standing(counted, on)
    workers, holders, shown = total["workers"], total["holders"], total["shown"]
    return Figures(
        workers=workers, holders=holders, shown=shown,
        holding_rate=_share(holders, workers), showing_rate=_share(shown, holders),
        colours={name: total[f"colour {name}"] for name in COLOURS},
        certificates={name: total[f"certificate {name}"] for name in STATES},
        services=_under("service", total),
        backlog=tuple(Backlog(step=step, open=total[f"step {step}"], late=total[f"late {step}"]) for step in STEPS),
        weeks=_weeks(counted, on),
        months=tuple(_month(counted, month) for month in months(on)),
    )  # fmt: skip


def of_companies(counted: Counts, on: date) -> tuple[OfCompany, ...]:
    """Give the figures of each company that has any, those with the most workers first (F2)."""
    total = _standing(counted, on)
    for month in months(on):
        total.update({name: by for name, by in counted.get(f"month#{month}", {}).items() if "@" in name})
    ids = sorted({name.partition("@")[2] for name, by in total.items() if "@" in name and by})
    names = [name for name in OfCompany.__annotations__ if name != "company"]
    found = [OfCompany(company=id, **{name: total[f"{name} @{id}"] for name in names}) for id in ids]
    return tuple(sorted(found, key=lambda one: (-one.workers, one.company)))


def months(on: date) -> list[str]:
    """Name the months that are shown, the present one last."""
    last = on.year * 12 + on.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(last - MONTHS + 1, last + 1)]


def last_day(on: date) -> date:
    """Give the last day that the forecast of a day looks at."""
    return _monday(on) + timedelta(weeks=WEEKS, days=-1)


def _standing(counted: Counts, on: date) -> Counter[str]:
    """Add up what holds on a day: what was so when it was counted, and what turned since by itself."""
    total = Counter({**counted.get("now", {}), **counted.get("companies", {})})
    for day, name, by in _days(counted):
        if day <= on and name != LEAVES and not name.startswith(f"{ENDS} "):
            total[name] += by
    return total


def _weeks(counted: Counts, on: date) -> tuple[Week, ...]:
    mondays = [_monday(on) + timedelta(weeks=place) for place in range(WEEKS)]
    found = {monday: Counter[str]() for monday in mondays}
    for day, name, by in _days(counted):
        if on <= day and _monday(day) in found:
            found[_monday(day)][name] += by
    return tuple(
        Week(week=monday, leaves_green=told[LEAVES], ends={what: told[f"{ENDS} {what}"] for what in ENDING})
        for monday, told in found.items()
    )


def _month(counted: Counts, month: str) -> Month:
    found = Counter(counted.get(f"month#{month}", {}))
    return Month(
        month=month, submitted=found["submitted"], in_time=found["in_time"], late=found["late"],
        returned=_reasons("returned", found), refused=_reasons("refused", found),
    )  # fmt: skip


def _reasons(told: str, found: Mapping[str, int]) -> dict[str, int]:
    return {reason: by for reason in RETURN_REASONS if (by := found.get(f"{told} {reason}", 0))}


def _under(kind: str, total: Mapping[str, int]) -> dict[str, int]:
    named = {name.removeprefix(f"{kind} "): by for name, by in total.items() if by and name.startswith(f"{kind} ")}
    return dict(sorted(named.items(), key=lambda one: (-one[1], one[0])))


def _days(counted: Counts) -> Iterable[tuple[date, str, int]]:
    for family, names in counted.items():
        if family.startswith("days#"):
            for name, by in names.items():
                day, _, what = name.partition(" ")
                yield date.fromisoformat(f"{family[5:]}-{day}"), what, by


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
