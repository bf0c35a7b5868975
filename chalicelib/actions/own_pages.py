"""What a worker's own page and a household's visit show of requests and views, projected from the row of the views.

Like a code it is a function of the register, read whole and written over a lower revision only (invariant 3). Details
lie in `codes` while the worker's consent lasts: ten minutes later the same projection writes the item without them.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from chalicelib.outside import clock, queues
from chalicelib.records import archives, codes, traces, views
from chalicelib.records.views import Latest
from chalicelib.rules import appeal
from chalicelib.rules.archive import Archive, open_application
from chalicelib.rules.days import day_of
from chalicelib.rules.distrust import believed
from chalicelib.rules.permission import ASKABLE, SHOWN, Permission

SHOWN_VIEWS = 30
KEPT = timedelta(days=2)


def project(key: str) -> bool:
    """Bring `own#` of an archive and `permission#` of its visits of today up to its views; `key` is the chain's.

    Says whether there is such an archive.
    """
    archive = archives.find(f"W{key.removeprefix('VIEW')}")
    if archive is None:
        return False
    head, now = views.find(key), clock.now()
    revision = head.revision + archive.revision  # of two that only grow: greater is later
    codes.put_newer(f"own#{archive.key}", revision, own=_written(own(archive, head.latest)))
    if archive.certificate is None and archive.phone_page and archive.phone_page.hash:
        codes.put_newer(f"applicant#{archive.phone_page.hash}", revision, archive=archive.key)
    visits = dict[str, Permission]()
    for one in head.latest.permissions.items:
        if now - one.asked_at < ASKABLE + KEPT:
            visits.setdefault(one.visit, one)
    for one in visits.values():
        told = {**_told(one), "details": _details(archive, one, now)}
        ends = one.until if told["details"] and one.until else now + KEPT
        codes.put_newer(
            f"permission#{one.visit}", revision, permission=_written(told),
            ttl=int(ends.timestamp()),
        )  # fmt: skip
    if any(one.until and one.until > now for one in visits.values()):
        queues.put("REPROJECT_QUEUE", [{"archives": [key]}], delay=int(SHOWN.total_seconds()))
    return True


def own(archive: Archive, latest: Latest) -> dict[str, Any]:
    """Give what the worker's own page tells beside the code: who looked at what, which households asked (D8), and what
    may be and was appealed (C8), how the latest application stands (G6), and the hash of the
    page's secret until there is a certificate, whose code the page then is; of somebody who was erased nothing."""
    if archive.worker.erased_on:
        return {
            "views": [], "permissions": [], "consent": _consent(archive), "appeals": {"open": [], "last": None},
            "application": None, "page": None,
        }  # fmt: skip
    seen = [{name: words for name, words in one.items() if name != "mark"} for one in latest.views[:SHOWN_VIEWS]]
    return {
        "views": seen,
        "permissions": [_told(one) for one in latest.permissions.items],
        "consent": _consent(archive),
        "appeals": appeal.told(archive),
        "application": _application(archive),
        "page": archive.phone_page.hash if archive.phone_page and archive.certificate is None else None,
    }


def _application(archive: Archive) -> dict[str, str | None] | None:
    """Tell of the latest application that was sent: {kind, state, submitted_on, due_on, waiting_since, closed_on}."""
    sent = [one for one in archive.applications if one.submitted_on]
    last = max(sent, key=lambda one: int(one.id.rpartition("-")[2]), default=None)
    if last is None:
        return None
    closed = None if last == open_application(archive) else day_of(last.steps[-1].at)
    days = {"submitted_on": last.submitted_on, "due_on": last.due_on, "waiting_since": last.waiting_since,
            "closed_on": closed}  # fmt: skip
    return {"kind": last.kind, "state": last.state} | {name: str(day) if day else None for name, day in days.items()}


def _consent(archive: Archive) -> dict[str, Any]:
    """Tell how the consent stands: {state: none, given or withdrawn, on, text, separate}."""
    given = archive.consent
    state = "given" if given.stands else "withdrawn" if given.given_on else "none"
    day = given.given_on if given.stands else given.withdrawn_on
    return {"state": state, "on": str(day) if day else None, "text": given.text, "separate": given.separate}


def _told(one: Permission) -> dict[str, Any]:
    """Tell of a request as the public function reads it: instants in RFC 3339 or null."""
    return {
        "visit": one.visit, "number": one.number, "entered_at": _instant(one.entered_at),
        "asked_at": _instant(one.asked_at), "state": one.state, "how": one.how,
        "answered_at": _instant(one.answered_at), "until": _instant(one.until),
    }  # fmt: skip


def _details(archive: Archive, one: Permission, now: datetime) -> dict[str, Any] | None:
    """Give the few details that the worker allowed to be seen (research B5.7), while it lasts; never a number, a phone
    or an address."""
    if one.until is None or now >= one.until or not archive.consent.stands:
        return None
    visit = traces.find(archive.key, f"visit#{one.visit}")
    if visit is None or visit.get("left_at"):
        return None
    on = day_of(now)
    exams = [one for one in believed(archive.exams) if one.start <= on <= one.until]
    policies = [one for one in believed(archive.insurances) if one.start <= on <= one.until]
    exam = max(exams, key=lambda one: one.until, default=None)
    policy = max(policies, key=lambda one: one.until, default=None)
    return {
        "name": archive.worker.name,
        "education": archive.worker.education,
        "exam": exam and {"category": exam.category, "from": str(exam.start), "until": str(exam.until)},
        "insurance": policy and {"issuer": policy.issuer, "from": str(policy.start), "until": str(policy.until)},
        "training": {"issuer": archive.training.issuer, "done_on": str(archive.training.done_on)}
        if archive.training.done_on and archive.training.distrust is None
        else None,
        "skills": [
            {"trade": skill.trade, "level": skill.level, "issuer": skill.issuer, "got_on": str(skill.got_on)}
            for skill in archive.skills
        ],
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _written(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
