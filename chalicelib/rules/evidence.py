"""The facts a colour follows from, read from the contract's JSON, and when evidence counts (B2, DESIGN 3).

Days are Shanghai days and both ends of an interval count. Light: the public check imports this.
"""

from chalicelib.rules.light import Any, Mapping, NamedTuple, date, timedelta


class Span(NamedTuple):
    """Evidence that counts `first` through `last`; `grade`: an exam's category, 1 for third-party cover."""

    first: date
    last: date
    grade: int


class Facts(NamedTuple):
    """What a colour follows from (contracts/facts.schema.json), read. `stop` is (code, since)."""

    state: str
    issued_on: date
    until: date | None
    review_due: date | None
    exams: tuple[Span, ...]
    insurances: tuple[Span, ...]
    background: str
    checked_on: date | None
    due_on: date | None
    given_on: date | None
    withdrawn_on: date | None
    identity: str
    training: str
    company: str
    stop: tuple[str, date] | None
    service_types: tuple[str, ...]


CATEGORIES = ("一般", "居家", "养老照护", "母婴照护")
"""Exam categories, weakest first; a grade is an index here (商服贸规函〔2020〕191号)."""

_STRICTEST = len(CATEGORIES) - 1

WITHDRAWN = "consent-withdrawn"
STOP_CODES = frozenset({
    "certificate-suspended", "certificate-lost", "certificate-replaced", "certificate-revoked",
    "certificate-expired", "background-failed", WITHDRAWN,
})  # fmt: skip
"""What a stop may say."""

HOLDS, MISSING, LAPSED, WEAK = range(4)
DAY = timedelta(days=1)
EXAM_DAYS = timedelta(days=365)
LAST_DAY = date(9999, 12, 30)
"""A later day is read as this one, so that every day has a next."""


def facts_from(told: Mapping[str, Any]) -> Facts:
    """Read facts in the contract's JSON (B2, DESIGN 3); KeyError, TypeError or ValueError when not whole."""
    certificate, background, consent = told["certificate"], told["background"], told["consent"]
    return Facts(
        certificate["state"], date.fromisoformat(certificate["issued_on"]), day_in(certificate["until"]),
        day_in(certificate["review_due"]),
        tuple([exam_in(one["category"], one["from"], one["until"]) for one in told["exams"]]),
        tuple([insurance_in(one["from"], one["until"], one["third_party"]) for one in told["insurances"]]),
        background["conclusion"], day_in(background["checked_on"]), day_in(background["due_on"]),
        day_in(consent["given_on"]), day_in(consent["withdrawn_on"]),
        told["identity"], told["training"], told["company"],
        stop_from(told["stop"]) if told["stop"] else None, tuple(told["service_types"]),
    )  # fmt: skip


def stop_from(told: Mapping[str, str]) -> tuple[str, date]:
    """Read a stop {"code", "since"} (DESIGN 2.2); ValueError for a code that cannot stop."""
    if told["code"] not in STOP_CODES:
        raise ValueError(f"{told['code']} cannot stop a code")
    return told["code"], date.fromisoformat(told["since"])


def with_stop(facts: Facts, stop: Mapping[str, str]) -> Facts:
    """Add a stop {"code", "since"} set by hand (DESIGN 2.2); ValueError for a code that cannot stop."""
    return facts._replace(stop=stop_from(stop))


def needed_grade(grades: Mapping[str, int], service_types: tuple[str, ...]) -> int:
    """Give the exam grade that the strictest service needs; an unlisted one, the highest (DESIGN 3)."""
    need = 0
    for service in service_types:
        grade = grades.get(service, _STRICTEST)
        if grade > need:
            need = grade
    return need


def cover(spans: tuple[Span, ...], need: int, on: date) -> int:
    """Tell whether evidence HOLDS on a day, is MISSING (never recorded), LAPSED, or only too WEAK (B2)."""
    found = LAPSED if spans else MISSING
    for first, last, grade in spans:
        if first <= on <= last:
            if grade >= need:
                return HOLDS
            found = WEAK
    return found


def began(spans: tuple[Span, ...], need: int, on: date) -> date | None:
    """Give the first day of the stretch through `on` with the cover of `on`; None without one (A4)."""
    now = cover(spans, need, on)
    edges = {day for span in spans for day in (span.first, span.last + DAY) if day <= on}
    changes = (day for day in sorted(edges, reverse=True) if cover(spans, need, day - DAY) != now)
    return next(changes, None)


def shown(spans: tuple[Span, ...], need: int, on: date) -> tuple[date | None, int | None]:
    """Give last day and grade to show: of unbroken cover through renewals, else of what last counted (A4)."""
    good = [span for span in spans if span[0] <= on <= span[1] and span[2] >= need]
    if not good:
        past = [span for span in spans if span.first <= on and span.first <= span.last]
        latest = max(past, key=lambda span: span.last, default=None)
        return (latest.last, latest.grade) if latest else (None, None)
    best = good[0] if len(good) == 1 else max(good, key=lambda span: span.last)
    last = best.last
    if len(spans) > 1:
        for span in sorted(spans):
            if span.grade >= need and span.first <= last + DAY:
                last = max(last, span.last)
    return last, best.grade


def exam_in(category: str, first: str, until: str) -> Span:
    """Read an exam; it counts through the 365th day after it at most, whatever its paper says (B2)."""
    start, last = date.fromisoformat(first), date.fromisoformat(until)
    longest = start + EXAM_DAYS
    return Span(start, last if last < longest else longest, CATEGORIES.index(category))


def insurance_in(first: str, until: str, third_party: bool) -> Span:
    """Read an insurance; its grade says whether it covers third parties (B2)."""
    last = date.fromisoformat(until)
    return Span(date.fromisoformat(first), last if last < LAST_DAY else LAST_DAY, int(third_party))


def day_in(text: str | None) -> date | None:
    """Read a day that may be absent; one after LAST_DAY is read as that (A2)."""
    if not text:
        return None
    day = date.fromisoformat(text)
    return day if day < LAST_DAY else LAST_DAY
