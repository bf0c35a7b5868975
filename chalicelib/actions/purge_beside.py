"""What has no purpose left beside the archives of a city (B9): words and phones of reports that were closed, people of
companies that were refused or closed. Each is one decision in its own ledger chain; what stands there stays.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from chalicelib.actions import batches, purge
from chalicelib.outside import retention
from chalicelib.records import archives, companies, lists, purges, reports
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.retention import company_left, report_left

REPORTS, COMPANIES = ("settled", "dismissed"), ("refused", "closed")
"""The states in which something may be to go."""


def run(act: Act, city: str, run: str) -> dict[str, int]:
    """Purge it and keep the report; safe to repeat, and a repeat tells the same. Gives how much of each kind went."""
    keys = list(_keys(act, city))
    results = batches.each(replace(act, key=f"purge/{run}"), keys, partial(one, dry=False), dict)
    total = purge.sum_of(purge.told(result) for _, result in results)
    purges.keep(city, run, "beside", total)
    return total


def dry_run(act: Act, city: str) -> dict[str, int]:
    """Tell what would go."""
    return purge.sum_of(one(act, key, dry=True) for key in _keys(act, city))


def one(act: Act, key: str, *, dry: bool) -> dict[str, int]:
    """Purge one report or company, or tell what would go; Clash when it changed meanwhile."""
    kind, city, id = key.split("#")
    return (_report if kind == "REPORT" else _company)(act, city, id, dry=dry)


def _keys(act: Act, city: str) -> Iterator[str]:
    """Name what may be due: it is looked at once more by itself."""
    latest = str(act.on - timedelta(days=retention.periods().report_days))
    for state in REPORTS:
        found = lists.between(city, "report", state, "0", latest, shards=reports.SHARDS)
        yield from (f"REPORT#{city}#{told['id']}" for told in found)
    for state in COMPANIES:
        yield from (f"C#{city}#{id}" for id in lists.ids(city, "company", state, shards=1))


def _report(act: Act, city: str, id: str, *, dry: bool) -> dict[str, int]:
    before = reports.fetch(city, id)
    after = report_left(before, retention.periods(), act.on)
    counts = {"reports": 1} if after != before else {}
    if counts and not dry:
        about = archives.find(f"W#{city}#{after.worker}") if after.worker else None
        entry = Entry(action="report.purge", note=counts)
        reports.store(before, after, act=replace(act, show=lambda _: counts), entry=entry, about=about)
    return counts


def _company(act: Act, city: str, id: str, *, dry: bool) -> dict[str, int]:
    before = companies.fetch(city, id)
    after = company_left(before, retention.periods(), act.on)
    counts = {"companies": 1} if after != before else {}
    if counts and not dry:
        entry = Entry(action="company.purge", note=counts)
        companies.store(before, after, act=replace(act, show=lambda _: counts), entry=entry)
    return counts
