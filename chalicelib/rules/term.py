"""For how long a certificate is issued, and when it is to be reviewed (C6)."""

from datetime import date, timedelta
from typing import NamedTuple


class Term(NamedTuple):
    """A region's terms in years; no `review_years` means no annual review (年审)."""

    certificate_years: int
    review_years: int | None

    def until(self, issued_on: date) -> date:
        """Give the last day of a certificate: the day before the anniversary."""
        return _years_later(issued_on, self.certificate_years) - timedelta(days=1)

    def review_due(self, issued_on: date) -> date | None:
        """Give the day by which the review is due, or None."""
        return _years_later(issued_on, self.review_years) if self.review_years else None


def _years_later(day: date, years: int) -> date:
    """Give the same day some years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
