"""The worker's consent (PIPL 13 to 17, 28 to 30): to which version of the texts, to what apart, given and withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from chalicelib.rules.days import day_of
from chalicelib.rules.errors import NotAllowed

By = Literal["worker", "staff"]
Separate = Literal["photo", "health", "background"]
SEPARATE: tuple[Separate, ...] = ("photo", "health", "background")
"""What is consented to apart (PIPL 29); the close of the first paper names all three, so that is what it records."""
NEEDED: tuple[Separate, ...] = ("health", "background")
"""Without these no certificate can be given; without `photo` the code shows none (PIPL 16)."""
NAMES: dict[Separate, str] = {"photo": "展示照片", "health": "健康结论", "background": "安全核查结论"}


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The role and the instant in which staff recorded a withdrawal, and what it took the place of: the day and the
    maker of an earlier one, and the instant of the decision before it."""

    role: str
    at: datetime
    withdrawn_on: date | None = None
    withdrawn_by: By | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Consent:
    """The worker's authorisation (信用信息授权书) and consents, as given and withdrawn.

    `text` is the version of the texts that was shown (words/consents.json), `separate` what was consented to apart,
    `at` the instant of the last decision on the own page or withdrawal: what was decided before it comes too late.
    `given_by` and `withdrawn_by` tell who did: the worker on the own page, or staff who recorded it. While a withdrawal
    that staff recorded stands, `recorded` is how it came; `undone_at` is when such a one was last undone.
    """

    given_on: date | None = None
    withdrawn_on: date | None = None
    text: str | None = None
    file: str | None = None
    separate: tuple[Separate, ...] = SEPARATE
    at: datetime | None = None
    given_by: By | None = None
    withdrawn_by: By | None = None
    recorded: Recorded | None = None
    undone_at: datetime | None = None

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

    @property
    def taken_back(self) -> bool:
        """Whether the worker took it back in person; so reads a withdrawal of before it was kept who made it."""
        return self.withdrawn is not None and self.withdrawn_by != "staff"

    def outdates(self, at: datetime, *, give: bool) -> bool:
        """Tell whether a decision on the own page came too late, after a later one; a withdrawal goes before one that
        staff recorded."""
        late = self.at is not None and at < self.at
        return late and (give or self.withdrawn is None or self.taken_back)

    def needs_paper(self, separate: Collection[Separate]) -> bool:
        """Tell whether staff may give this only on a paper that the worker signed since (PIPL 14, 15): it undoes what
        the worker decided on the own page, the whole withdrawn or a part of it not agreed to."""
        return self.taken_back or (self.given_by == "worker" and not set(separate) <= set(self.separate))

    def withdrawn_of(self, day: date, role: str, at: datetime) -> "Consent":
        """Give the consent taken back as of a day, by the worker or as staff of a role recorded it at an instant."""
        by: By = "worker" if role == "worker" else "staff"
        was = Recorded(
            role=role, at=at, withdrawn_on=self.withdrawn_on, withdrawn_by=self.withdrawn_by, decided_at=self.at
        )
        told = None if by == "worker" else was if self.stands else self.recorded
        return replace(self, withdrawn_on=day, withdrawn_by=by, at=max(at, self.at or at), recorded=told)

    def undone(self, role: str, at: datetime) -> "Consent":
        """Give the consent as it was before staff recorded a withdrawal by mistake.

        NotAllowed but on the day it was recorded, and for whose role recorded it: what the worker decided is no
        mistake of staff, and later others have acted on it.
        """
        was = self.recorded
        if was is None or self.withdrawn is None or self.withdrawn_by != "staff":
            words = "没有可以撤销的撤回登记：撤回授权由本人作出的，请本人重新同意或重新签署授权书"
            raise NotAllowed(words, rule="nothing-to-undo")
        if day_of(was.at) != day_of(at):
            words = f"误登记只能在当天撤销，这次登记于 {day_of(was.at)}；请本人重新签署授权书后登记"
            raise NotAllowed(words, rule="not-the-same-day")
        if was.role != role:
            words = "请由登记撤回的同一角色撤销；不能办理的，请本人重新签署授权书后登记"
            raise NotAllowed(words, rule="not-who-recorded")
        return replace(
            self, withdrawn_on=was.withdrawn_on, withdrawn_by=was.withdrawn_by, at=was.decided_at, recorded=None,
            undone_at=at,
        )  # fmt: skip
