"""The clock of an application (C3): 7 working days for the whole process, a share of them for each step.

Pure. Days are Shanghai days; a limit counts from the day after. While the company has to mend something the clock
stands still, and says so; one extension may be given, with a reason that reaches company and worker.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from chalicelib.rules.archive import Application, Extension
from chalicelib.rules.deadlines import add_working_days, working_days_between
from chalicelib.rules.errors import Fault, Malformed, NotAllowed

WAITING = "returned"
CLOSED = frozenset({"done", "withdrawn", "refused"})
Urgency = Literal["none", "waiting", "in-time", "due", "late"]


class Limits(NamedTuple):
    """A region's limits in working days: the whole process, each step's share by state, the most of an extension,
    another card after a loss."""

    process_days: int
    shares: Mapping[str, int]
    extension_days: int
    reprint_days: int


def moved(before: Application, after: Application, on: date, limits: Limits) -> Application:
    """Set the clock of an application that has just come from one state into another on a day (C3)."""
    if after.state in CLOSED:
        return replace(after, step_due_on=None, waiting_since=None)
    if after.state == WAITING:
        return replace(after, step_due_on=None, waiting_since=on)
    running = _running(before, after, on, limits)
    if running.state == before.state or running.due_on is None:
        return running
    step, provisional = add_working_days(on, limits.shares[running.state])
    return replace(running, step_due_on=min(step, running.due_on), provisional=running.provisional or provisional)


def _running(before: Application, after: Application, on: date, limits: Limits) -> Application:
    """Start the clock with the first submission; after a return, go on by as many working days as it stood still."""
    if after.state == "draft":
        return after
    if after.due_on is None:
        due_on, provisional = add_working_days(on, limits.process_days)
        return replace(after, submitted_on=on, due_on=due_on, provisional=provisional)
    if before.waiting_since is None:
        return after
    due_on, provisional = add_working_days(after.due_on, working_days_between(before.waiting_since, on))
    return replace(after, due_on=due_on, waiting_since=None, provisional=after.provisional or provisional)


def extended(application: Application, days: int | None, on: date, limits: Limits, reason: str) -> Application:
    """Give an application more working days, once; NotAllowed the second time, Malformed for a wrong number (C3)."""
    if application.extension or application.due_on is None:
        raise NotAllowed("每份申请只能延长一次", rule="extended-already")
    if not days or not 1 <= days <= limits.extension_days:
        words = f"请填写延长的工作日数，1 至 {limits.extension_days} 天"
        raise Malformed(words, faults=(Fault("working_days", "out-of-range", words),))
    due_on, provisional = add_working_days(application.due_on, days)
    step = application.step_due_on and add_working_days(application.step_due_on, days)[0]
    extension = Extension(working_days=days, given_on=on, reason=reason)
    return replace(application, due_on=due_on, step_due_on=step, extension=extension,
                   provisional=application.provisional or provisional)  # fmt: skip


def urgency(application: Application, on: date) -> Urgency:
    """Tell how an application stands on a day: waiting for the company, in time, due within a working day,
    or late (C3).
    """
    due_on = application.step_due_on or application.due_on
    if application.waiting_since:
        return "waiting"
    if application.state in CLOSED or due_on is None:
        return "none"
    if on > due_on:
        return "late"
    return "due" if working_days_between(on, due_on) <= 1 else "in-time"
