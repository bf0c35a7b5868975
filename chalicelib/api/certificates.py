"""Certificates by their number."""

from chalice.app import Blueprint

from chalicelib.actions import certificates as actions
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.api import shown
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import CertificateBrief
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive

certificates = Blueprint(__name__)


@certificates.route("/api/certificates", methods=["GET"], authorizer=staff)
@answered(may="certificate.list", lists=CertificateBrief)
def list_certificates(act: Act) -> Page:
    """GET the city's certificates in a state (`?state=`)."""
    told = asked(certificates)
    limit, after = page(act, told)
    return actions.listed(act.account, state=told.get("state", "active"), limit=limit, after=after)


@certificates.route("/api/certificates/{number}", methods=["GET"], authorizer=staff)
@answered(may="certificate.see", show=shown.held_certificate, by_role=True)
def get_certificate(act: Act, number: str) -> Archive:
    """GET one certificate with its code's address."""
    return actions.fetch(act.account, number)


@certificates.route("/api/certificates/{number}/{move}", methods=["POST"], authorizer=staff)
@answered(may="certificate.move", body=CertificateMove, show=shown.held_certificate, by_role=True)
def move_certificate(act: Act, form: CertificateMove, number: str, move: str) -> Archive:
    """POST a move with its legal basis: activate, suspend, resume, lose, replace, revoke; or review, renew."""
    return actions.move(act, number, move, form)
