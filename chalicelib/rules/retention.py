"""How long what is kept (B9): what of an archive has no purpose left on a day, and whether an archive may be erased.

The periods with their source clauses are data (policies/retention.json).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.rules.archive import Application, Archive, Training, open_application
from chalicelib.rules.check import Background
from chalicelib.rules.errors import NotAllowed

CLOSED = frozenset({"done", "withdrawn", "refused"})
ENDED = frozenset({"revoked", "expired"})
GONE = "（已删除）"


class Retention(NamedTuple):
    """Days after which papers of who has no certificate, of whose certificate ended, and drafts have no purpose left;
    years after which what speaks against a worker drops."""

    unfinished_days: int
    ended_days: int
    draft_days: int
    negative_years: int


@dataclass(frozen=True, kw_only=True)
class Due:
    """What is to go: the archive without it, how much of each kind, and whether the files' contents go too."""

    archive: Archive
    counts: dict[str, int]
    files: bool


def due(archive: Archive, retention: Retention, on: date) -> Due:
    """Tell what of an archive has no purpose left on a day; `counts` is empty when all of it has."""
    oldest = on.replace(year=on.year - retention.negative_years, day=min(on.day, 28))
    applications = [one for one in archive.applications if not _spent(one, retention, oldest, on)]
    checks = tuple(one for one in archive.checks if one.conclusion == "passed" or one.checked_on >= oldest)
    appeals = tuple(one for one in archive.appeals if one.state == "filed" or (one.decided_on or on) >= oldest)
    failed = archive.background.conclusion == "failed" and (archive.background.checked_on or on) < oldest
    left = replace(
        archive, applications=tuple(applications), checks=checks, appeals=appeals,
        background=Background() if failed else archive.background,
    )  # fmt: skip
    counts = {
        "applications": len(archive.applications) - len(applications),
        "negatives": len(archive.checks) - len(checks) + len(archive.appeals) - len(appeals) + failed,
    }
    counts = {what: count for what, count in counts.items() if count}
    return Due(archive=left, counts=counts, files=_idle(archive, retention, on))


def erasable(archive: Archive) -> None:
    """Refuse to erase what is still needed: NotAllowed names every reason (PIPL 47)."""
    reasons = []
    if archive.certificate and archive.certificate.state not in ENDED:
        reasons.append("证书尚未注销：请先按本人申请办理注销")
    if open_application(archive):
        reasons.append("有申请正在办理：请先撤回")
    if any(one.state == "filed" for one in archive.appeals):
        reasons.append("有申诉正在办理：请先办结")
    if archive.transfer or archive.proposal:
        reasons.append("有变更或待确认事项：请先办结")
    if archive.worker.erased_on:
        reasons.append("已经删除过")
    if reasons:
        raise NotAllowed("现在不能删除：" + "；".join(reasons), rule="not-erasable")


def erased(archive: Archive, on: date) -> Archive:
    """Give an archive with the person taken out of it: certificate number, dates, police conclusions and steps stay."""
    worker = replace(
        archive.worker, name=GONE, masked_name="***", resident_id="", identity_hash="", phone=None, address=None,
        identity="unverified", photo=None, education=None, erased_on=on,
    )  # fmt: skip
    bare = tuple(
        replace(one, steps=tuple(replace(step, note=None) for step in one.steps)) for one in archive.applications
    )
    appeals = tuple(replace(one, statement=GONE, reason=None) for one in archive.appeals)
    return replace(
        archive, worker=worker, exams=(), insurances=(), skills=(), training=Training(), phone_page=None,
        consent=replace(archive.consent, file=None), applications=bare, appeals=appeals,
    )  # fmt: skip


def _spent(one: Application, retention: Retention, oldest: date, on: date) -> bool:
    """Tell whether an application has no purpose left: a draft nobody sent, or a no of years ago."""
    if one.state == "draft":
        return one.opened_on < on - timedelta(days=retention.draft_days)
    return one.state in ("refused", "withdrawn") and _closed_on(one) < oldest


def _idle(archive: Archive, retention: Retention, on: date) -> bool:
    """Tell whether the papers' scans have no purpose left: no certificate came of them, or it ended long ago."""
    if open_application(archive) or any(one.state == "filed" for one in archive.appeals):
        return False
    closed = [_closed_on(one) for one in archive.applications if one.state in CLOSED]
    if archive.certificate is None:
        return bool(closed) and max(closed) < on - timedelta(days=retention.unfinished_days)
    if archive.certificate.state not in ENDED:
        return False
    last = max([archive.certificate.issued_on, archive.certificate.until or archive.certificate.issued_on, *closed])
    since = archive.stop.since if archive.stop else last
    return since < on - timedelta(days=retention.ended_days)


def _closed_on(one: Application) -> date:
    return one.steps[-1].at.date() if one.steps else one.opened_on
