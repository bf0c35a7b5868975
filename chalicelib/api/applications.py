"""Applications, one by one and in batches of up to 100."""

from dataclasses import replace
from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import applications as actions
from chalicelib.actions.forms import Batch, Moving, NewApplication, OpenBatch
from chalicelib.api import replies, shown
from chalicelib.api.answered import answered, asked, page, shown_page
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Application, Archive
from chalicelib.rules.errors import Problem

applications = Blueprint(__name__)
Held = tuple[Archive, Application]


@applications.route("/api/applications", methods=["GET"], authorizer=staff)
@answered(may="application.see", show=shown_page, paged=True)
def list_applications(act: Act) -> Page:
    """GET a company's applications, or the city's in a state (`?state=`; closed ones by month, `done-2026-11`)."""
    told = asked(applications)
    limit, after = page(told)
    return actions.listed(act.account, state=told.get("state", "association_review"), limit=limit, after=after)


@applications.route("/api/applications", methods=["POST"], authorizer=staff)
@answered(may="application.open", body=NewApplication, show=shown.application, by_role=True, status=201)
def open_application(act: Act, form: NewApplication) -> Held:
    """POST an application for a worker, sent at once unless `submit` is false."""
    return actions.open_(act, form.worker, submit=form.submit)


@applications.route("/api/applications/{application}", methods=["GET"], authorizer=staff)
@answered(may="application.see", show=shown.application, by_role=True)
def get_application(act: Act, application: str) -> Held:
    """GET one application with its evidence, its history and the moves that the caller may make."""
    return actions.fetch(act.account, application)


@applications.route("/api/applications/{application}/{move}", methods=["POST"], authorizer=staff)
@answered(may="application.move", body=Moving, show=shown.application, by_role=True)
def move_application(act: Act, form: Moving, application: str, move: str) -> Held:
    """POST a move: submit, forward, accept, clear, authorise, produce, hand-over, return, refuse, withdraw."""
    return actions.move(act, application, move, form)


@applications.route("/api/batches/applications", methods=["POST"], authorizer=staff)
@answered(may="application.move", body=Batch)
def move_batch(act: Act, form: Batch) -> dict[str, Any]:
    """POST a move for up to 100 applications; each is its own transaction and has its own result."""
    results = actions.each(
        [(item.application, _moving(act, form.move, item)) for item in form.items]
    )  # fmt: skip
    return _results(results)


@applications.route("/api/batches/openings", methods=["POST"], authorizer=staff)
@answered(may="application.open", body=OpenBatch)
def open_batch(act: Act, form: OpenBatch) -> dict[str, Any]:
    """POST up to 100 workers to apply for; each is its own transaction and has its own result."""
    results = actions.each([(worker, _opening(act, worker)) for worker in form.workers])
    return _results(results)


def _moving(act: Act, move: str, item: Any) -> Any:
    part = replace(act.part(item.application), show=actions.brief)
    return lambda: actions.once(part, lambda: actions.move(part, item.application, move, item))


def _opening(act: Act, worker: str) -> Any:
    part = replace(act.part(worker), show=actions.brief)
    return lambda: actions.once(part, lambda: actions.open_(part, worker, submit=True))


def _results(results: list[tuple[str, Any]]) -> dict[str, Any]:
    told = [_result(name, result) for name, result in results]
    return {"done": sum("problem" not in one for one in told), "items": told}


def _result(name: str, result: Any) -> dict[str, Any]:
    if isinstance(result, Problem):
        return {"id": name, "problem": replies.shown(result)}
    return {"id": name, **result}
