"""Applications, one by one; many at once are api/batches.py."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import applications as actions
from chalicelib.actions import files
from chalicelib.actions.forms import Moving, NewApplication
from chalicelib.api import shown
from chalicelib.api.answered import answered, asked, day, page
from chalicelib.api.answers import OpenedApplication
from chalicelib.api.briefs import ApplicationBrief
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Application, Archive

applications = Blueprint(__name__)
Held = tuple[Archive, Application]


@applications.route("/api/applications", methods=["GET"], authorizer=staff)
@answered(may="application.see", lists=ApplicationBrief, filters=("company", "due"))
def list_applications(act: Act) -> Page:
    """GET a company's applications, or a city's in a state (`?state=`; its closed ones by month, `done-2026-11`); of
    either those due on a day or before (`?due=`), of a city's one company's (`?company=`; its closed ones in one list).
    """
    told = asked(applications)
    limit, after = page(act, told)
    company, due = told.get("company") or None, day(told, "due")
    return actions.listed(act.account, state=told.get("state"), limit=limit, after=after, company=company, due=due)


@applications.route("/api/applications", methods=["POST"], authorizer=staff)
@answered(may="application.open", body=NewApplication, show=shown.application, by_role=True, status=201)
def open_application(act: Act, form: NewApplication) -> Held:
    """POST an application for a worker, sent at once unless `submit` is false."""
    return actions.open_(act, form.worker, submit=form.submit)


@applications.route("/api/applications/{application}", methods=["GET"], authorizer=staff)
@answered(may="application.see", answer=OpenedApplication)
def get_application(act: Act, application: str) -> dict[str, Any]:
    """GET one application with its evidence, its history, the moves that the caller may make, and which of the
    worker's files were also used for another person."""
    held = actions.fetch(act.account, application)
    return {**shown.application(held, act.account), "duplicates": files.duplicates(act.account, held[0])}


@applications.route("/api/applications/{application}/{move}", methods=["POST"], authorizer=staff)
@answered(may="application.move", body=Moving, show=shown.application, by_role=True)
def move_application(act: Act, form: Moving, application: str, move: str) -> Held:
    """POST a move: submit, forward, accept, clear, authorise, produce, hand-over, return, refuse, withdraw."""
    return actions.move(act, application, move, form)
