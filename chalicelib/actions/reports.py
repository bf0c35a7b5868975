"""Reports of codes (A8): taken in from the public once, told to company and association, looked into and closed."""

import json
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from typing import Any

from chalicelib.actions import faults, notices
from chalicelib.actions.forms import Grounds
from chalicelib.records import archives, lists, reports
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access
from chalicelib.rules import report as rules
from chalicelib.rules.account import Account
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Clash, Missing
from chalicelib.rules.report import Report

Held = tuple[Report, Archive | None]
NOWHERE = "province"
"""Where a report of a code that nobody issued lies in a province of several cities."""


def receive(item: dict[str, Any]) -> None:
    """Keep a report, for the association of the code's city; of an unknown code for the only city there is, else for
    the province. Safe to repeat."""
    told, at = json.loads(item["body"]), datetime.fromisoformat(item["at"])
    archive = archives.find(item["archive"]) if item.get("archive") else None
    # the nonce itself also leads to the household's visit, so that it is not what staff name the report by
    id = sha256(item["pk"].encode()).hexdigest()[:20]
    new = Report(
        city=item.get("city") or _only_city(), id=id, worker=archive.id if archive else None, token=item["token"],
        kind=told["kind"], note=told.get("note") or "", phone=told.get("phone"), at=at,
    )  # fmt: skip
    act = Act(account=SYSTEM, at=at, on=day_of(at))
    with suppress(Clash):  # it is here already; the notice below may not be
        reports.store(new, new, act=act, entry=Entry(action="report.receive", note={"kind": new.kind}), about=archive)
    fields = {"name": archive.worker.masked_name if archive else "查无此码", "kind": rules.KIND_NAMES[new.kind]}
    if new.city == NOWHERE:
        return  # no association has it: the province's auditor sees it in the list
    company = archive.binding.company if archive else ""
    template = "report-filed" if company else "report-unknown"
    notices.tell(new.key, template, "filed", fields, company=company, at=at)


def listed(account: Account, *, state: str, limit: int, after: str | None) -> Page:
    """List the reports of the caller's city in a state, oldest first."""
    city = _city(account)
    faults.ask_for_one_of("state", state, rules.STATE_NAMES)
    return lists.by_state(city, "report", state, shards=reports.SHARDS, limit=limit, after=after)


def fetch(account: Account, id: str) -> Held:
    """Read a report, with the archive it is about; Missing for another city's."""
    report = reports.fetch(_city(account), id)
    return report, _about(report)


def move(act: Act, id: str, name: str, form: Grounds) -> Held:
    """Say what came of a report, on the revision that was looked at."""
    if name not in rules.MOVES:
        raise Missing("没有这一步")
    before, archive = fetch(act.account, id)
    if before.revision != form.revision:
        raise Clash("这份举报在您查看之后有改动；请刷新、重新核对后再操作", rule="changed-meanwhile")
    after = rules.decided(before, name, by=act.account, on=act.on, reason=form.ground)
    entry = Entry(action=f"report.{name}", ground=form.ground)
    return reports.store(before, after, act=act, entry=entry, about=archive), archive


def _city(account: Account) -> str:
    return NOWHERE if account.role == "province_auditor" else access.city_of(account)


def _about(report: Report) -> Archive | None:
    return archives.find(f"W#{report.city}#{report.worker}") if report.worker else None


def _only_city() -> str:
    found = list(lists.ids("province", "city", "active", shards=1))
    return found[0] if len(found) == 1 else NOWHERE
