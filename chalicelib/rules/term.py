"""What a region sets about certificates beside their colours: how long they run, what takes two persons (C6, C8)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple


class Term(NamedTuple):
    """A region's terms. No `review_years` means no annual review (年审); `_early_` is how many days before it is due
    something may be done, `recheck_days_ahead` likewise for the yearly police check. `second_for` names the moves of a
    certificate that a second person has to confirm, within `second_working_days`. An appeal is decided within
    `appeal_working_days`; `appeal_flag` is whether the public is told of it meanwhile."""

    certificate_years: int
    review_years: int | None
    review_grace_days: int
    review_early_days: int
    renewal_early_days: int
    second_for: frozenset[str]
    second_working_days: int
    transfer_working_days: int
    appeal_working_days: int
    appeal_flag: bool
    recheck_days_ahead: int

    def until(self, issued_on: date) -> date:
        """Give the last day of a certificate: the day before the anniversary."""
        return _years_later(issued_on, self.certificate_years) - timedelta(days=1)

    def review_due(self, issued_on: date) -> date | None:
        """Give the last day for the review, grace included, or None."""
        if self.review_years is None:
            return None
        return _years_later(issued_on, self.review_years) + timedelta(days=self.review_grace_days)

    def next_review(self, due: date, on: date, until: date | None) -> date | None:
        """Give the last day for the review after the one that was due; the anniversary stays, however late it was done.

        None when the certificate ends before it, or the region reviews nothing.
        """
        following: date | None = due
        while following and following <= max(on, due):
            following = self.review_due(following - timedelta(days=self.review_grace_days))
        return following if following and (until is None or following <= until) else None


def term_from(told: Iterable[Mapping[str, Any]]) -> Term:
    """Lay terms over each other, the widest region's first (G1).

    A narrower region adds moves that take two persons; it drops one only where a wider one says that it may (C8).
    """
    laid: dict[str, Any] = {}
    for one in told:
        kept = frozenset() if laid.get("second_may_be_dropped", True) else laid["second_for"]
        laid = {**laid, **one, "second_for": kept | frozenset(one.get("second_for", laid.get("second_for", ())))}
    return Term(**{name: laid[name] for name in Term._fields})


def _years_later(day: date, years: int) -> date:
    """Give the same day some years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
