"""Companies of a city."""

from chalice.app import Blueprint

from chalicelib.actions import companies as actions
from chalicelib.actions.company_forms import Announcement, Details
from chalicelib.actions.forms import Grounds, NewCompany, Purpose
from chalicelib.api import shown
from chalicelib.api.answered import answered, asked, page
from chalicelib.api.briefs import CompanyBrief
from chalicelib.api.outcomes import Contact
from chalicelib.api.staff import staff
from chalicelib.records.lists import Page
from chalicelib.rules.act import Act
from chalicelib.rules.company import Company

companies = Blueprint(__name__)


@companies.route("/api/companies", methods=["GET"], authorizer=staff)
@answered(may="company.list", lists=CompanyBrief)
def list_companies(act: Act) -> Page:
    """GET the city's companies in a state (`?state=asked|active|suspended|closed`), or those with a change to report
    (`?state=changing`)."""
    told = asked(companies)
    limit, after = page(act, told)
    return actions.listed(act.account, state=told.get("state", "active"), limit=limit, after=after)


@companies.route("/api/companies", methods=["POST"], authorizer=staff)
@answered(may="company.register", body=NewCompany, show=shown.company, status=201)
def register_company(act: Act, form: NewCompany) -> Company:
    """POST a company of the caller's city."""
    return actions.register(act, form)


@companies.route("/api/companies/{company}", methods=["GET"], authorizer=staff)
@answered(may="company.see", show=shown.company)
def get_company(act: Act, company: str) -> Company:
    """GET one company."""
    return actions.fetch(act.account, company)


@companies.route("/api/companies/{company}/details", methods=["POST"], authorizer=staff)
@answered(may="company.amend", body=Details, show=shown.company)
def amend_company(act: Act, form: Details, company: str) -> Company:
    """POST what changed of a company, since when; the answer's `reported_late` counts the days past its fifteen."""
    return actions.amend(act, company, form)


@companies.route("/api/companies/{company}/changes", methods=["POST"], authorizer=staff)
@answered(may="company.announce", body=Announcement, show=shown.company)
def announce_change(act: Act, form: Announcement, company: str) -> Company:
    """POST that something registered of a company has changed; it is to be registered within its fifteen days."""
    return actions.announce(act, company, form)


@companies.route("/api/companies/{company}/contact", methods=["POST"], authorizer=staff)
@answered(may="company.decide", body=Purpose, answer=Contact)
def see_contact(act: Act, form: Purpose, company: str) -> dict[str, str]:
    """POST a purpose to see who asked for a company; the ledger keeps that it was seen, and why."""
    return actions.contact(act, company, form)


@companies.route("/api/companies/{company}/{move}", methods=["POST"], authorizer=staff)
@answered(may="company.decide", body=Grounds, show=shown.company)
def move_company(act: Act, form: Grounds, company: str, move: str) -> Company:
    """POST a decision on a company: confirm, refuse, suspend, resume, close."""
    return actions.move(act, company, move, form)
