"""The composition root: names the app and plugs its parts in. No logic."""

from chalice.app import Chalice

from chalicelib.api.accounts import accounts
from chalicelib.api.appeals import appeals
from chalicelib.api.applications import applications
from chalicelib.api.background import background
from chalicelib.api.batches import batches
from chalicelib.api.bulk_stops import bulk_stops
from chalicelib.api.card_batches import card_batches
from chalicelib.api.cards import cards
from chalicelib.api.certificates import certificates
from chalicelib.api.cities import cities
from chalicelib.api.clients import clients
from chalicelib.api.companies import companies
from chalicelib.api.ends import ends
from chalicelib.api.factors import factors
from chalicelib.api.files import files
from chalicelib.api.imports import imports
from chalicelib.api.notices import notices
from chalicelib.api.openapi import description
from chalicelib.api.proposals import proposals
from chalicelib.api.reports import reports
from chalicelib.api.reveals import reveals
from chalicelib.api.rights_of_workers import rights_of_workers
from chalicelib.api.skills import skills
from chalicelib.api.staff import authorizers
from chalicelib.api.stats import stats
from chalicelib.api.transfers import transfers
from chalicelib.api.workers import workers
from chalicelib.functions.project import functions as project
from chalicelib.functions.react import functions as react
from chalicelib.functions.receive import functions as receive
from chalicelib.functions.send import functions as send
from chalicelib.functions.sweep import functions as sweep
from chalicelib.functions.work import functions as work

app = Chalice(app_name="anxinma")
PARTS = (
    authorizers,
    description,
    accounts,
    factors,
    clients,
    cities,
    companies,
    workers,
    reveals,
    rights_of_workers,
    skills,
    files,
    applications,
    batches,
    background,
    ends,
    certificates,
    proposals,
    bulk_stops,
    transfers,
    appeals,
    reports,
    imports,
    notices,
    card_batches,
    cards,
    stats,
    project,
    receive,
    react,
    sweep,
    work,
    send,
)
for part in PARTS:
    app.register_blueprint(part)
for methods in app.routes.values():
    for route in methods.values():
        route.content_types = ["*/*"]  # a body is read as JSON whatever it is called; what is none is told as a problem
