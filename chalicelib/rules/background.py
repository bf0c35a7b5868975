"""Background batches (C4): who is sent to the police together; and when a certified worker is due to be checked anew.

Pure. A person is in a batch while the archive's `background.batch` names it; a conclusion takes the name away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.rules.archive import Archive, numbered, open_application
from chalicelib.rules.check import Background, Check
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.reminder import IN_LIFE

BatchState = Literal["making", "ready", "concluded", "closed"]
OPEN = frozenset({"making", "ready"})
MOST = 500
"""People in a batch: as many as one run of `work` seals and one file of the police holds."""
RECHECK_DAYS = 365
"""A passed check is due again within a year (未成年人保护法 62)."""


@dataclass(frozen=True, kw_only=True)
class BackgroundBatch:
    """One sending: `members` are archives in the order of the file's rows, `left` counts those without a conclusion.

    `downloads` counts how often the file was fetched; `file` is None once it was purged.
    """

    city: str
    id: str
    state: BatchState
    by: str
    at: datetime
    members: tuple[str, ...]
    left: int
    file: str | None = None
    downloads: int = 0
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The batch's partition key."""
        return f"B#{self.city}#{self.id}"

    def reference(self, row: int) -> str:
        """Give the reference of a row, counted from 1: what the police send back beside the conclusion."""
        return f"{self.id}-{row:03d}"

    def member(self, reference: str) -> str | None:
        """Give the archive that a reference stands for, or None when it is of no row of this batch."""
        rows = {self.reference(row): member for row, member in enumerate(self.members, 1)}
        return rows.get(reference.strip().upper())


def recheck_due(archive: Archive) -> date | None:
    """Give the day by which a worker with a certificate in life is to be checked anew; None when nothing runs."""
    if archive.certificate is None or archive.certificate.state not in IN_LIFE:
        return None
    return archive.background.due_on if archive.background.conclusion == "passed" else None


def waits(archive: Archive, until: date) -> bool:
    """Tell whether the police are to be asked: an application stands there, or a re-check falls due through `until`."""
    under_way, due_on = open_application(archive), recheck_due(archive)
    if not archive.consent.stands:
        return False
    return bool(under_way and under_way.state == "background") or (due_on is not None and due_on <= until)


def concluded(archive: Archive, conclusion: Literal["passed", "failed", "pending"], checked_on: date) -> Archive:
    """Give the archive with a conclusion of the police: the one that counts, and one more in the proof (C4).

    The last word counts, but not against a failed check of a later day: NotAllowed. A failed check itself counts
    however late it comes, since a red ground is never hidden; of two the later day stays.
    """
    failed = max((one.checked_on for one in archive.checks if one.conclusion == "failed"), default=checked_on)
    if conclusion == "failed":
        told = Background(conclusion="failed", checked_on=max(failed, checked_on))
    elif checked_on < failed:
        words = f"已登记 {failed} 的核查未通过；更早的核查不能作为依据，请核对核查日期或重新核查"
        raise NotAllowed(words, rule="later-check-stands")
    else:
        due_on = checked_on + timedelta(days=RECHECK_DAYS) if conclusion == "passed" else None
        told = Background(conclusion=conclusion, checked_on=checked_on, due_on=due_on)
    after = replace(archive, background=told)
    if conclusion == "pending":
        return after
    id, company = f"{numbered(archive).checks + 1:03d}", archive.binding.company
    check = Check(id=id, company=company, conclusion=conclusion, checked_on=checked_on)
    return replace(after, checks=(*archive.checks, check))


def months(first: date, last: date) -> Iterable[str]:
    """Give the months from a day to a day, both included, as `2026-11`."""
    counted = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in counted]
