"""Which colour a code has on a day, and why (A2, DESIGN 3). Each ground is a function, listed in `GROUNDS`.

Pure and light: the public check imports this. Days are Shanghai days and both ends of an interval count.
Texts are in `texts.py`, a region's choices in `policy.py`.
"""

from chalicelib.rules.evidence import CATEGORIES, DAY, LAPSED, WITHDRAWN, began, cover, needed_grade, shown, stop_from
from chalicelib.rules.evidence import Facts as Facts
from chalicelib.rules.evidence import facts_from as facts_from
from chalicelib.rules.evidence import with_stop as with_stop
from chalicelib.rules.light import TYPE_CHECKING, Any, Callable, IntEnum, Mapping, NamedTuple, date

if TYPE_CHECKING:
    from chalicelib.rules.policy import Policy


class Colour(IntEnum):
    """Ordered by loudness, so that `max` decides and an unknown (grey) can never be green."""

    GREEN = 0
    YELLOW = 1
    GREY = 2
    RED = 3


class Reason(NamedTuple):
    """Why not green; `since` is the first day of the stretch in which it has held, None when nobody says."""

    code: str
    group: str
    since: date | None


class Verdict(NamedTuple):
    """The colour of a day, every reason, loudest first, and `until`, its last day (None: no end in sight)."""

    colour: Colour
    reasons: tuple[Reason, ...]
    until: date | None


GROUPS = {
    "certificate-pending": "certificate", "certificate-suspended": "certificate",
    "certificate-lost": "certificate", "certificate-replaced": "certificate",
    "certificate-revoked": "certificate", "certificate-expired": "certificate",
    "review-overdue": "certificate", "consent-withdrawn": "unknown", "exam-missing": "unknown",
    "exam-lapsed": "paperwork", "exam-weak": "paperwork", "insurance-missing": "unknown",
    "insurance-lapsed": "paperwork", "insurance-no-third-party": "paperwork", "background-pending": "unknown",
    "background-failed": "safety", "recheck-overdue": "unknown", "identity-unverified": "unknown",
    "training-missing": "paperwork", "company-suspended": "certificate", "data-unavailable": "unknown",
    "code-stale": "unknown",
}  # fmt: skip
"""Every reason code with its group, in the contract's order."""

_ORDER = {code: place for place, code in enumerate(GROUPS)}
_EXAM = (None, "exam-missing", "exam-lapsed", "exam-weak")
_INSURANCE = (None, "insurance-missing", "insurance-lapsed", "insurance-no-third-party")
_LAPSED = _EXAM[LAPSED:] + _INSURANCE[LAPSED:]
_CHECKED = {
    "certificate-pending": ("certificate", "unknown"), "certificate-suspended": ("certificate", "failed"),
    "certificate-lost": ("certificate", "failed"), "certificate-replaced": ("certificate", "failed"),
    "certificate-revoked": ("certificate", "failed"), "certificate-expired": ("certificate", "lapsed"),
    "review-overdue": ("certificate", "lapsed"), "exam-missing": ("health_exam", "unknown"),
    "exam-lapsed": ("health_exam", "lapsed"), "exam-weak": ("health_exam", "lapsed"),
    "insurance-missing": ("insurance", "unknown"), "insurance-lapsed": ("insurance", "lapsed"),
    "insurance-no-third-party": ("insurance", "lapsed"), "background-pending": ("background", "unknown"),
    "background-failed": ("background", "failed"), "recheck-overdue": ("background", "lapsed"),
    "identity-unverified": ("identity", "unknown"), "training-missing": ("training", "unknown"),
}  # fmt: skip
_ALL_OK = dict.fromkeys((check for check, _ in _CHECKED.values()), "ok")


def verdict(facts: Facts, policy: "Policy", on: date) -> Verdict:
    """Give the colour of a day with its reasons, and the last day on which neither changes (A2, A3).

    `policy` is any version of a region's; the one in force on each day decides.
    """
    version = policy.at(on)
    standing = _codes(STANDING, facts, version, on)
    codes = _on_a_day(standing, facts, version, on)
    colour, loud = _loudness(codes, version)
    order = sorted(codes, key=lambda code: (-loud[code], _ORDER[code])) if codes else ()
    reasons = tuple([Reason(code, GROUPS[code], _since(code, facts, version, on)) for code in order])
    day = _turn(facts, policy, on)
    while day:
        then = policy.at(day)
        changed = _on_a_day(standing, facts, then, day)
        if changed != codes or (then is not version and _loudness(changed, then)[0] != colour):
            return Verdict(colour, reasons, day - DAY)
        day = _turn(facts, policy, day)
    return Verdict(colour, reasons, None)


def stopped(stop: Mapping[str, str]) -> Verdict:
    """Judge a code of which only its stop is known (CONTRACTS, Keys): red, or grey for withdrawn consent."""
    code, since = stop_from(stop)
    colour = Colour.GREY if code == WITHDRAWN else Colour.RED
    return Verdict(colour, (Reason(code, GROUPS[code], _told(code, since)),), None)


def with_stale_code(found: Verdict) -> Verdict:
    """Say that the live code is out of date (A6): grey, but it hides neither a red nor withdrawn consent."""
    if any(reason.code == WITHDRAWN for reason in found.reasons):
        return found
    stale = Reason("code-stale", GROUPS["code-stale"], None)
    if found.colour is Colour.RED:
        return Verdict(found.colour, (*found.reasons, stale), found.until)
    return Verdict(Colour.GREY, (stale, *found.reasons), None)


# the answer when facts cannot be had (DESIGN 2.1)
UNAVAILABLE = Verdict(Colour.GREY, (Reason("data-unavailable", "unknown", None),), None)


def checks(facts: Facts, policy: "Policy", on: date, found: Verdict) -> dict[str, dict[str, Any]] | None:
    """Give the answer's `checks` (contracts/check.schema.json) under the verdict `found` on that day.

    None without consent to show them (A4).
    """
    if not consented(facts, on):
        return None
    # the loudest reason of a check decides its state, so it is told last
    states = _ALL_OK | dict([_CHECKED[code] for code, _, _ in found.reasons[::-1] if code in _CHECKED])
    exam_until, grade = shown(facts.exams, needed_grade(policy.at(on).grades, facts.service_types), on)
    category = None if grade is None else CATEGORIES[grade]
    insured_until, insured = shown(facts.insurances, 1, on)
    third_party = None if insured is None else bool(insured)
    return {
        "certificate": {"state": states["certificate"], "until": _text(facts.until)},
        "identity": {"state": states["identity"]},
        "health_exam": {"state": states["health_exam"], "until": _text(exam_until), "category": category},
        "insurance": {"state": states["insurance"], "until": _text(insured_until), "third_party": third_party},
        "background": {
            "state": states["background"],
            "checked_on": _text(facts.checked_on) if states["background"] in ("ok", "lapsed") else None,
        },
        "training": {"state": states["training"]},
    }


def withdrawn(facts: Facts, on: date) -> bool:
    """Tell whether consent stands withdrawn; only giving it again on a later day lifts that (PIPL 15).

    A stop that says so is newer than the facts beside it.
    """
    if facts.stop and facts.stop[0] == WITHDRAWN:
        return True
    if facts.withdrawn_on is None or facts.withdrawn_on > on:
        return False
    return facts.given_on is None or not facts.withdrawn_on < facts.given_on <= on


def consented(facts: Facts, on: date) -> bool:
    """Tell whether holder and checks may be shown: consent was given and does not stand withdrawn (A4)."""
    return facts.given_on is not None and facts.given_on <= on and not withdrawn(facts, on)


def not_in_force(facts: Facts, policy: "Policy", on: date) -> str | None:
    """A certificate that is suspended, lost, replaced, revoked or expired is not in force (A2, C6)."""
    return None if facts.state in ("issued", "active") else f"certificate-{facts.state}"


def pending(facts: Facts, policy: "Policy", on: date) -> str | None:
    """A certificate not yet issued, or not activated where the region asks for it, is pending (A2, C6)."""
    inactive = facts.state == "issued" and policy.activation_required
    return "certificate-pending" if inactive or facts.issued_on > on else None


def expired(facts: Facts, policy: "Policy", on: date) -> str | None:
    """A certificate has expired on the day after its last (A2, C6)."""
    return "certificate-expired" if facts.until and facts.until < on else None


def unreviewed(facts: Facts, policy: "Policy", on: date) -> str | None:
    """The annual review (年审) is overdue on the day after it was due (C6, S1 2)."""
    return "review-overdue" if facts.review_due and facts.review_due < on else None


def unconsented(facts: Facts, policy: "Policy", on: date) -> str | None:
    """Consent that was never given by this day leaves the code unknown (S0 四, PIPL 13)."""
    return None if facts.given_on and facts.given_on <= on else WITHDRAWN


def unexamined(facts: Facts, policy: "Policy", on: date) -> str | None:
    """The health exam must hold today, in the highest category any service type needs (A2, B2)."""
    return _EXAM[cover(facts.exams, needed_grade(policy.grades, facts.service_types), on)]


def uninsured(facts: Facts, policy: "Policy", on: date) -> str | None:
    """The insurance must hold today and contain third-party liability (A2, B2, S0 四)."""
    return _INSURANCE[cover(facts.insurances, 1, on)]


def unsafe(facts: Facts, policy: "Policy", on: date) -> str | None:
    """The police check must have been passed; none, or one still running, is unknown (A2, C4)."""
    if facts.background == "passed":
        return None
    return "background-failed" if facts.background == "failed" else "background-pending"


def unchecked(facts: Facts, policy: "Policy", on: date) -> str | None:
    """A police check that was passed is known from its day on; one without a day never (A2, C4)."""
    known = facts.background != "passed" or (facts.checked_on and facts.checked_on <= on)
    return None if known else "background-pending"


def unchecked_again(facts: Facts, policy: "Policy", on: date) -> str | None:
    """A passed police check must be repeated by its day (C4, 未成年人保护法 62)."""
    overdue = facts.background == "passed" and facts.due_on and facts.due_on < on
    return "recheck-overdue" if overdue else None


def unverified(facts: Facts, policy: "Policy", on: date) -> str | None:
    """The identity must have been verified (S0 四, B2)."""
    return None if facts.identity == "verified" else "identity-unverified"


def untrained(facts: Facts, policy: "Policy", on: date) -> str | None:
    """Training must be done where it is required (S0 四, E1)."""
    return None if facts.training in ("done", "not_required") else "training-missing"


def unbacked(facts: Facts, policy: "Policy", on: date) -> str | None:
    """The company that answers for the worker must be active (B3, C7)."""
    return None if facts.company == "active" else "company-suspended"


def halted(facts: Facts, policy: "Policy", on: date) -> str | None:
    """A stop set by hand holds on every day, whatever the rest says (DESIGN 2.2)."""
    return facts.stop[0] if facts.stop else None


STANDING = (not_in_force, unsafe, unverified, untrained, unbacked, halted)
"""Grounds that no day and no policy changes."""

DATED = (pending, expired, unreviewed, unconsented, unexamined, uninsured, unchecked, unchecked_again)
"""Grounds that come and go with the days."""

GROUNDS = STANDING + DATED
"""The whole truth: whatever keeps a code from green is one of these, or withdrawn consent."""


def _codes(grounds: tuple[Callable[..., str | None], ...], facts: Facts, policy: "Policy", on: date) -> set[str]:
    return {code for ground in grounds if (code := ground(facts, policy, on))}


def _on_a_day(standing: set[str], facts: Facts, policy: "Policy", on: date) -> set[str]:
    """Give every code of a day under one version: withdrawn consent alone, else whatever holds."""
    if withdrawn(facts, on):
        return {WITHDRAWN}
    return standing | _codes(DATED, facts, policy, on)


def _loudness(codes: set[str], policy: "Policy") -> tuple[Colour, dict[str, Colour]]:
    """Give the colour of codes under one version, and each code's own; exam and insurance may be worse together."""
    if not codes:
        return Colour.GREEN, {}
    loud = {code: policy.colours[code] for code in codes}
    pair = [code for code in codes if code in _LAPSED]
    if len(pair) > 1:
        loud.update((code, max(loud[code], policy.colours["both-lapsed"])) for code in pair)
    return max(loud.values()), loud


def _turn(facts: Facts, policy: "Policy", on: date) -> date | None:
    """Give the next day on which any ground may begin or end, None when there is none."""
    spans = facts.exams + facts.insurances
    firsts = [facts.issued_on, facts.given_on, facts.withdrawn_on, facts.checked_on, *[span.first for span in spans]]
    lasts = [facts.until, facts.review_due, facts.due_on, *[span.last for span in spans]]
    while policy.following:
        policy = policy.following
        firsts.append(policy.first)
    turns = [day for day in firsts if day and day > on]
    turns += [day + DAY for day in lasts if day and day >= on]
    return min(turns, default=None)


def _since(code: str, facts: Facts, policy: "Policy", on: date) -> date | None:
    if facts.stop and facts.stop[0] == code:
        return _told(code, facts.stop[1])
    if code in _EXAM:
        return began(facts.exams, needed_grade(policy.grades, facts.service_types), on)
    if code in _INSURANCE:
        return began(facts.insurances, 1, on)
    if code == WITHDRAWN:
        return facts.withdrawn_on if withdrawn(facts, on) else None
    ends = {"certificate-expired": facts.until, "review-overdue": facts.review_due, "recheck-overdue": facts.due_on}
    day = ends.get(code)
    return day + DAY if day and day < on else None


def _told(code: str, since: date) -> date | None:
    # of a safety ground the public learns no more than that it stands
    return None if GROUPS[code] == "safety" else since


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
