"""Annual review (年审) and renewal of a certificate (C6): `EVENTS` says who may when, and what it writes.

Events, not states: the state, the number and the token stay, so card and phone go on as they are.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.rules.access import ASSOCIATION
from chalicelib.rules.archive import Archive, Certificate
from chalicelib.rules.certificate import DECIDERS, STATE_NAMES
from chalicelib.rules.errors import NotAllowed, NotPermitted, Refusal
from chalicelib.rules.term import Term

IN_FORCE = frozenset({"issued", "active"})


class Event(NamedTuple):
    """One event, as clerks call it: who may; until which day it is asked for, how many days early it may be done, and
    whether it may be done late; the certificate afterwards."""

    name: str
    roles: frozenset[str]
    due: Callable[[Certificate], date | None]
    early: Callable[[Term], int]
    late: bool
    after: Callable[[Certificate, Term, date], Certificate]

    def refusal(self, archive: Archive, term: Term, role: str, on: date) -> Refusal | None:
        """Say why the event cannot be now, or None (C6)."""
        certificate, due = archive.held, self.due(archive.held)
        if role not in self.roles:
            return NotPermitted(f"您的角色不能办理“{self.name}”", rule="role-may-not-move")
        if certificate.state not in IN_FORCE:
            words = f"证书现在是“{STATE_NAMES[certificate.state]}”，不能办理“{self.name}”"
            return NotAllowed(words, rule="move-not-from-here")
        if due is None:
            return NotAllowed(f"这张证书不需要“{self.name}”", rule="not-due")
        first = due - timedelta(days=self.early(term))
        if on < first:
            return NotAllowed(f"“{self.name}”自 {first} 起可以办理（{due} 前办妥）", rule="not-due-yet")
        if (certificate.until and certificate.until < on) or (not self.late and due < on):
            return NotAllowed("证书已经到期：请由企业重新申请", rule="too-late")
        return None

    def done(self, archive: Archive, term: Term, *, role: str, on: date) -> Archive:
        """Give the archive after the event; NotPermitted or NotAllowed when it cannot be now (C6)."""
        if refusal := self.refusal(archive, term, role, on):
            raise refusal
        return replace(archive, certificate=self.after(archive.held, term, on))


def reviewed(certificate: Certificate, term: Term, on: date) -> Certificate:
    """Give the certificate after its review: the next is due a period on, counted from the day that was due (C6)."""
    due = certificate.review_due
    return replace(certificate, review_due=term.next_review(due, on, certificate.until) if due else None)


def renewed(certificate: Certificate, term: Term, on: date) -> Certificate:
    """Give the certificate for its next term, which follows the old one without a gap; a review is due in it (C6)."""
    begins = (certificate.until or on) + timedelta(days=1)
    until = term.until(begins)
    due = certificate.review_due or term.review_due(begins)
    return replace(certificate, until=until, review_due=due if due and due <= until else None)


EVENTS: dict[str, Event] = {
    "review": Event(
        "年审", ASSOCIATION, due=lambda one: one.review_due, early=lambda term: term.review_early_days, late=True,
        after=reviewed,
    ),
    "renew": Event(
        "续期", DECIDERS, due=lambda one: one.until, early=lambda term: term.renewal_early_days, late=False,
        after=renewed,
    ),
}  # fmt: skip
