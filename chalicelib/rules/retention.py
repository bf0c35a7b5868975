"""How long what is kept (B9): what of an archive, a report, a company has no purpose left on a day, and whether an
archive may be erased.

The periods with their source clauses are data (policies/retention.json).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.rules.archive import Application, Archive, Training, numbered, open_application
from chalicelib.rules.certificate import over
from chalicelib.rules.check import Background
from chalicelib.rules.company import Company
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.report import Report

ENDED = frozenset({"revoked", "expired"})
GONE = "（已删除）"
AT_ONCE = 10
"""Papers of each kind that one transaction takes out of an archive."""


class Retention(NamedTuple):
    """Days after which papers of who has no certificate, of whose certificate ended, drafts, words and phone of a
    report that was closed, and people of a company that was refused or closed have no purpose left; years after which
    what speaks against a worker drops."""

    unfinished_days: int
    ended_days: int
    draft_days: int
    report_days: int
    refused_company_days: int
    closed_company_days: int
    negative_years: int

    def oldest(self, on: date) -> date:
        """Give the first day of which something against a worker still counts on a day (征信业管理条例 16)."""
        return on.replace(year=on.year - self.negative_years, day=min(on.day, 28))


@dataclass(frozen=True, kw_only=True)
class Due:
    """What is to go: the archive without it, how much of each kind, and files that were taken in before a day."""

    archive: Archive
    counts: dict[str, int]
    files_before: date | None


def due(archive: Archive, retention: Retention, on: date, newest: date | None = None) -> Due:
    """Tell what of an archive has no purpose left on a day; `counts` is empty when all of it has. `newest` is the day
    on which its latest scan was taken in, from which those of who never applied count."""
    oldest = retention.oldest(on)
    applications = [one for one in archive.applications if not _spent(one, retention, oldest, on)]
    checks = tuple(one for one in archive.checks if one.conclusion == "passed" or one.checked_on >= oldest)
    appeals = tuple(one for one in archive.appeals if one.state == "filed" or (one.decided_on or on) >= oldest)
    failed = archive.background.conclusion == "failed" and (archive.background.checked_on or on) < oldest
    stop = archive.stop
    worded = stop is not None and stop.ground != GONE and stop.since < oldest
    left = replace(
        archive, applications=tuple(applications), checks=checks, appeals=appeals,
        background=Background() if failed else archive.background,
        stop=replace(stop, ground=GONE) if stop and worded else stop,
    )  # fmt: skip
    dropped = max(len(archive.checks) - len(checks), failed)  # the check that counts stands among the others too
    counts = {
        "applications": len(archive.applications) - len(applications),
        "negatives": dropped + len(archive.appeals) - len(appeals),
        "stops": int(worded),
    }
    counts = {what: count for what, count in counts.items() if count}
    if counts:
        left = replace(left, numbered=numbered(archive))
    return Due(archive=left, counts=counts, files_before=_files_before(archive, retention, on, newest))


def report_left(report: Report, retention: Retention, on: date) -> Report:
    """Give a report as it is to be on a day (B9): closed for long without the household's words, phone and what staff
    wrote, after years without whom it was about. The same when nothing of it is to go."""
    if report.decided_on is None or report.decided_on >= on - timedelta(days=retention.report_days):
        return report
    bare = replace(report, note="", phone=None, reason=GONE)
    return replace(bare, worker=None, token="") if report.decided_on < retention.oldest(on) else bare


def company_left(company: Company, retention: Retention, on: date) -> Company:
    """Give a company as it is to be on a day (B9): refused or closed for long without the people of it."""
    days = {"refused": retention.refused_company_days, "closed": retention.closed_company_days}
    if company.state not in days or company.since >= on - timedelta(days=days[company.state]):
        return company
    return replace(company, contact=None, phone=None, email=None, representative=None)


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
    """Give an archive with the person taken out of it: certificate number, dates, police conclusions and steps stay.

    Papers beyond what one transaction takes are left to the next turn; of an archive without any it changes nothing.
    """
    worker = replace(
        archive.worker, name=GONE, masked_name="***", resident_id="", identity_hash="", phone=None, address=None,
        identity="unverified", photo=None, education=None, erased_on=on,
    )  # fmt: skip
    bare = tuple(
        replace(
            one, steps=tuple(replace(step, note=None) for step in one.steps),
            extension=replace(one.extension, reason=GONE) if one.extension else None,
        ) for one in archive.applications
    )  # fmt: skip
    appeals = tuple(replace(one, statement=GONE, reason=None) for one in archive.appeals)
    return replace(
        archive, worker=worker, exams=archive.exams[AT_ONCE:], insurances=archive.insurances[AT_ONCE:],
        skills=archive.skills[AT_ONCE:], training=Training(), phone_page=None,
        consent=replace(archive.consent, file=None), applications=bare, appeals=appeals,
        background=replace(archive.background, batch=None),
        stop=replace(archive.stop, ground=GONE) if archive.stop else None,
    )  # fmt: skip


def _spent(one: Application, retention: Retention, oldest: date, on: date) -> bool:
    """Tell whether an application has no purpose left: a draft nobody sent, or a no of years ago."""
    if one.state == "draft":
        return one.opened_on < on - timedelta(days=retention.draft_days)
    return one.state in ("refused", "withdrawn") and _closed_on(one) < oldest


def _files_before(archive: Archive, retention: Retention, on: date, newest: date | None) -> date | None:
    """Give the day before which scans were taken in that have no purpose left: no certificate came of them, or it ended
    long ago. None while something is under way."""
    held, closed = archive.certificate, [_closed_on(one) for one in archive.applications]
    if open_application(archive) or any(one.state == "filed" for one in archive.appeals):
        return None
    if held is None:
        ended, days = max(closed, default=newest or on), retention.unfinished_days
    elif over(held, on):
        last = max(held.issued_on, held.until or held.issued_on, *closed)
        ended, days = archive.stop.since if archive.stop else last, retention.ended_days
    else:
        return None
    before = on - timedelta(days=days)
    return before if ended < before else None


def _closed_on(one: Application) -> date:
    return day_of(one.steps[-1].at) if one.steps else one.opened_on
