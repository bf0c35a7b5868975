"""Schooling and certificates of skill."""

from chalice.app import Blueprint

from chalicelib.actions import skills as actions
from chalicelib.actions.forms import Void
from chalicelib.actions.skill_forms import NewSkill, Schooling
from chalicelib.api import shown
from chalicelib.api.answered import answered
from chalicelib.api.staff import staff
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive

skills = Blueprint(__name__)


@skills.route("/api/workers/{worker}/education", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=Schooling, show=shown.archive)
def set_education(act: Act, form: Schooling, worker: str) -> Archive:
    """POST the worker's schooling."""
    return actions.school(act, worker, form)


@skills.route("/api/workers/{worker}/skills", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=NewSkill, show=shown.archive, status=201)
def add_skill(act: Act, form: NewSkill, worker: str) -> Archive:
    """POST a certificate of skill."""
    return actions.add(act, worker, form)


@skills.route("/api/workers/{worker}/skills/{skill}/void", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=Void, show=shown.archive)
def void_skill(act: Act, form: Void, worker: str, skill: str) -> Archive:
    """POST why a certificate of skill was never this worker's."""
    return actions.void(act, worker, skill, form)
