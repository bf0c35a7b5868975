"""The worker's consent (PIPL 13 to 17, 28 to 30): to which version of the texts, to what apart, given and withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Separate = Literal["photo", "health", "background"]
SEPARATE: tuple[Separate, ...] = ("photo", "health", "background")
"""What is consented to apart (PIPL 29); the close of the first paper names all three, so that is what it records."""
NEEDED: tuple[Separate, ...] = ("health", "background")
"""Without these no certificate can be given; without `photo` the code shows none (PIPL 16)."""
NAMES: dict[Separate, str] = {"photo": "展示照片", "health": "健康结论", "background": "治安核查结论"}


@dataclass(frozen=True, kw_only=True)
class Consent:
    """The worker's authorisation (信用信息授权书) and consents, as given and withdrawn.

    `text` is the version of the texts that was shown (words/consents.json), `separate` what was consented to apart,
    `at` the instant of the worker's last own decision: what was decided before it comes too late.
    """

    given_on: date | None = None
    withdrawn_on: date | None = None
    text: str | None = None
    file: str | None = None
    separate: tuple[Separate, ...] = SEPARATE
    at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether consent was given, and not withdrawn on that day or later (PIPL 15)."""
        if self.given_on is None:
            return False
        return self.withdrawn_on is None or self.withdrawn_on < self.given_on

    @property
    def withdrawn(self) -> date | None:
        """The day since which consent stands withdrawn, None while it does not."""
        return None if self.stands else self.withdrawn_on
