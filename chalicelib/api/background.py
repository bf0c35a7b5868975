"""Background batches for the police, their conclusions, and the yearly checks with their proof (C4)."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import background as actions
from chalicelib.actions import batch_files, conclusions
from chalicelib.actions.background_forms import Closing, Conclusions, NewBackgroundBatch
from chalicelib.actions.forms import Form
from chalicelib.api import shown
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import BackgroundBatchBrief, CheckProof, RecheckBrief
from chalicelib.api.outcomes import AddressOfBatch, Import
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act
from chalicelib.rules.background import BackgroundBatch

background = Blueprint(__name__)


@background.route("/api/background-batches", methods=["GET"], authorizer=staff)
@answered(may="background.see", lists=BackgroundBatchBrief)
def list_background_batches(act: Act) -> Page:
    """GET the city's batches in a state (`?state=`: making, ready, concluded, closed)."""
    told = asked(background)
    limit, after = page(act, told)
    return actions.listed(act.account, state=told.get("state", "ready"), limit=limit, after=after)


@background.route("/api/background-batches", methods=["POST"], authorizer=staff)
@answered(may="background.send", body=NewBackgroundBatch, show=shown.new_background_batch, status=202)
def make_background_batch(act: Act, form: NewBackgroundBatch) -> tuple[BackgroundBatch, str]:
    """POST a batch of those who wait for the police; its file's password is told in this answer alone."""
    return actions.make(act, form)


@background.route("/api/background-batches/{batch}", methods=["GET"], authorizer=staff)
@answered(may="background.see", show=shown.background_batch)
def get_background_batch(act: Act, batch: str) -> BackgroundBatch:
    """GET one batch: how many people, and how many without a conclusion."""
    return actions.fetch(act.account, batch)


@background.route("/api/background-batches/{batch}/file", methods=["POST"], authorizer=staff)
@answered(may="background.file", body=Form, answer=AddressOfBatch)
def hand_out_background_batch(act: Act, form: Form, batch: str) -> dict[str, Any]:
    """POST to get an address of the sealed file that holds for two minutes; each is counted and told to each worker."""
    return batch_files.hand_out(act, batch)


@background.route("/api/background-batches/{batch}/conclusions", methods=["POST"], authorizer=staff)
@answered(may="background.conclude", body=Conclusions, status=202, answer=Import)
def import_conclusions(act: Act, form: Conclusions, batch: str) -> dict[str, Any]:
    """POST the returned file; every fault of every row is named first. Its progress is `GET /api/imports/{id}`."""
    return conclusions.begin(act, batch, form)


@background.route("/api/background-batches/{batch}/close", methods=["POST"], authorizer=staff)
@answered(may="background.send", body=Closing, show=shown.background_batch)
def close_background_batch(act: Act, form: Closing, batch: str) -> BackgroundBatch:
    """POST that a batch ends before everybody is concluded on; its file is purged."""
    return actions.close(act, batch, form)


@background.route("/api/rechecks", methods=["GET"], authorizer=staff)
@answered(may="recheck.see", lists=RecheckBrief)
def list_rechecks(act: Act) -> Page:
    """GET whose yearly check falls due, by day: a company's workers, or the city's of a month (`?state=2026-12`)."""
    told = asked(background)
    limit, after = page(act, told)
    return actions.rechecks(act, month=told.get("state"), limit=limit, after=after)


@background.route("/api/companies/{company}/recheck-proof", methods=["GET"], authorizer=staff)
@answered(may="company.see", lists=CheckProof)
def get_recheck_proof(act: Act, company: str) -> Page:
    """GET who of a company was checked when in a year (`?state=2026`), with what conclusion: the employer's proof."""
    told = asked(background)
    limit, after = page(act, told)
    return actions.proof(act, company, year=told.get("state"), limit=limit, after=after)
