"""Workers and their evidence."""

from chalice.app import Blueprint

from chalicelib.actions import consents, evidence, identities, phone_pages
from chalicelib.actions import workers as actions
from chalicelib.actions.forms import (
    AmendedExam,
    AmendedInsurance,
    Conclusion,
    NewConsent,
    NewExam,
    NewIdentity,
    NewInsurance,
    NewTraining,
    NewWorker,
    Void,
    Withdrawal,
)
from chalicelib.actions.identity_forms import CorrectedDetails, CorrectedIdentity
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.actions.phone_pages import Made
from chalicelib.api import shown
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import WorkerBrief
from chalicelib.api.staff import staff
from chalicelib.records import shapes
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Fault

workers = Blueprint(__name__)


@workers.route("/api/workers", methods=["GET"], authorizer=staff)
@answered(may="worker.see", lists=WorkerBrief)
def list_workers(act: Act) -> Page:
    """GET a company's workers, or the city's by the state of their certificate (`?state=`, `none`: has none)."""
    told = asked(workers)
    limit, after = page(act, told)
    return actions.listed(act.account, state=told.get("state", "none"), limit=limit, after=after)


@workers.route("/api/workers", methods=["POST"], authorizer=staff)
@answered(may="worker.register", body=NewWorker, show=shown.archive, status=201)
def register_worker(act: Act, form: NewWorker) -> Archive:
    """POST a worker of the caller's company."""
    return actions.register(act, form)


@workers.route("/api/workers/{worker}", methods=["GET"], authorizer=staff)
@answered(may="worker.see", show=shown.worker, by_role=True)
def get_worker(act: Act, worker: str) -> Archive:
    """GET one archive."""
    return actions.fetch(act.account, worker)


@workers.route("/api/workers/{worker}/readiness", methods=["GET"], authorizer=staff)
@answered(may="readiness.see", show=shown.faults)
def get_readiness(act: Act, worker: str) -> tuple[Fault, ...]:
    """GET what is still missing before an application may be sent."""
    return actions.missing(actions.fetch(act.account, worker), act)


@workers.route("/api/workers/{worker}/exams", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=NewExam, show=shown.archive, status=201)
def add_exam(act: Act, form: NewExam, worker: str) -> Archive:
    """POST a health exam."""
    return evidence.add_exam(act, worker, form)


@workers.route("/api/workers/{worker}/exams/{exam}/amend", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=AmendedExam, show=shown.archive)
def amend_exam(act: Act, form: AmendedExam, worker: str, exam: str) -> Archive:
    """POST the right dates of an exam that was entered wrongly."""
    return evidence.amend_exam(act, worker, exam, form)


@workers.route("/api/workers/{worker}/insurances", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=NewInsurance, show=shown.archive, status=201)
def add_insurance(act: Act, form: NewInsurance, worker: str) -> Archive:
    """POST a liability policy."""
    return evidence.add_insurance(act, worker, form)


@workers.route("/api/workers/{worker}/insurances/{insurance}/amend", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=AmendedInsurance, show=shown.archive)
def amend_insurance(act: Act, form: AmendedInsurance, worker: str, insurance: str) -> Archive:
    """POST the right dates of a policy that was entered wrongly."""
    return evidence.amend_insurance(act, worker, insurance, form)


@workers.route("/api/workers/{worker}/exams/{exam}/void", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=Void, show=shown.archive)
def void_exam(act: Act, form: Void, worker: str, exam: str) -> Archive:
    """POST that an exam was never this worker's."""
    return evidence.void_exam(act, worker, exam, form)


@workers.route("/api/workers/{worker}/insurances/{insurance}/void", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=Void, show=shown.archive)
def void_insurance(act: Act, form: Void, worker: str, insurance: str) -> Archive:
    """POST that a policy was never this worker's."""
    return evidence.void_insurance(act, worker, insurance, form)


@workers.route("/api/workers/{worker}/training/void", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=Void, show=shown.archive)
def void_training(act: Act, form: Void, worker: str) -> Archive:
    """POST that a training was never done."""
    return evidence.void_training(act, worker, form)


@workers.route("/api/workers/{worker}/training", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=NewTraining, show=shown.archive, status=201)
def add_training(act: Act, form: NewTraining, worker: str) -> Archive:
    """POST the training that the certificate asks for."""
    return evidence.train(act, worker, form)


@workers.route("/api/workers/{worker}/consents", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=NewConsent, show=shown.archive, status=201)
def give_consent(act: Act, form: NewConsent, worker: str) -> Archive:
    """POST the signed authorisation (信用信息授权书)."""
    return evidence.consent(act, worker, form)


@workers.route("/api/workers/{worker}/consents/withdraw", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=Withdrawal, show=shown.archive)
def withdraw_consent(act: Act, form: Withdrawal, worker: str) -> Archive:
    """POST that the worker takes the consent back."""
    return evidence.withdraw_consent(act, worker, form)


@workers.route("/api/workers/{worker}/consents/undo", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=Void, show=shown.archive)
def undo_withdrawal(act: Act, form: Void, worker: str) -> Archive:
    """POST that a withdrawal was recorded by mistake, on the same day by the same role."""
    return consents.undo(act, worker, form)


@workers.route("/api/workers/{worker}/identity", methods=["POST"], authorizer=staff)
@answered(may="identity.verify", body=NewIdentity, show=shown.archive)
def verify_identity(act: Act, form: NewIdentity, worker: str) -> Archive:
    """POST that person and document were compared (人证合一)."""
    return evidence.verify_identity(act, worker, form)


@workers.route("/api/workers/{worker}/resident-id", methods=["POST"], authorizer=staff)
@answered(may="identity.correct", body=CorrectedIdentity, show=shown.archive)
def correct_identity(act: Act, form: CorrectedIdentity, worker: str) -> Archive:
    """POST the right number of a document that was mistyped, read from the original; the police check starts anew."""
    return identities.correct(act, worker, form)


@workers.route("/api/workers/{worker}/details", methods=["POST"], authorizer=staff)
@answered(may="worker.amend", body=CorrectedDetails, show=shown.archive)
def amend_worker(act: Act, form: CorrectedDetails, worker: str) -> Archive:
    """POST the right name, phone, address or service types, only what changes; another name is verified anew."""
    return identities.amend(act, worker, form)


@workers.route("/api/workers/{worker}/background", methods=["POST"], authorizer=staff)
@answered(may="background.conclude", body=Conclusion, show=shown.worker, by_role=True)
def conclude_background(act: Act, form: Conclusion, worker: str) -> Archive:
    """POST a police conclusion; a failed one turns the code red at once."""
    return evidence.conclude(act, worker, form)


@workers.route("/api/workers/{worker}/phone-page", methods=["POST"], authorizer=staff)
@answered(may="phone-page.make", body=NewPhonePage, show=shapes.plain, status=201)
def make_phone_page(act: Act, form: NewPhonePage, worker: str) -> Made:
    """POST a page for the worker's own phone (手机码) and PINs; both are told once, and those of before die."""
    return phone_pages.make(act, worker, form)
