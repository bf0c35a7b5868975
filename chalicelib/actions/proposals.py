"""Proposals (C8): what one person asked for and a second confirms, refuses, or the first takes back."""

from chalicelib.actions import certificates
from chalicelib.actions.forms import Grounds
from chalicelib.outside import clock
from chalicelib.records import archive_rows, archives, lists
from chalicelib.records.commit import Entry
from chalicelib.records.lists import Page
from chalicelib.rules import access, proposal
from chalicelib.rules.account import Account
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Malformed, Missing


def decide(act: Act, number: str, decision: str, form: Grounds) -> Archive:
    """Confirm, refuse or withdraw what waits on a certificate, on the revision that was looked at (C8)."""
    if decision not in proposal.DECISION_NAMES:
        raise Missing("没有这一步")
    before = certificates.looked_at(act.account, number, form.revision)
    after = proposal.decided(before, decision, by=act.account, on=act.on, at=act.at)
    waiting = before.proposal
    note = {"move": waiting.move, "basis": waiting.basis, "proposed_by": waiting.by} if waiting else None
    entry = Entry(action=f"proposal.{decision}", ground=form.ground, note=note)
    return archives.store(before, after, act=act, entry=entry, stops=certificates.turning(before, after))


def listed(account: Account, *, move: str, limit: int, after: str | None) -> Page:
    """List what waits in the city for a second person, by its move, the most overdue first."""
    if move not in proposal.SECONDS:
        raise Malformed(f"没有这个状态的列表；可用：{'、'.join(proposal.SECONDS)}")
    city, today = access.city_of(account), str(clock.today())
    page = lists.by_state(city, "proposal", move, shards=archive_rows.QUEUE_SHARDS, limit=limit, after=after)
    return page._replace(items=[{**one, "overdue": one["due_on"] < today} for one in page.items])
