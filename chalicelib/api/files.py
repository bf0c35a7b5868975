"""Evidence files of a worker: where to send one, taking it in, and seeing it."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.actions import files as actions
from chalicelib.actions.file_forms import NewFile, SentFile
from chalicelib.api import shown
from chalicelib.api.answered import answered
from chalicelib.api.answers import ShownFiles
from chalicelib.api.outcomes import AddressToSee, AddressToSend
from chalicelib.api.staff import staff
from chalicelib.rules.act import Act
from chalicelib.rules.file import File

files = Blueprint(__name__)


@files.route("/api/workers/{worker}/files", methods=["GET"], authorizer=staff)
@answered(may="file.see", answer=ShownFiles)
def list_files(act: Act, worker: str) -> dict[str, Any]:
    """GET a worker's files, and which of them were also used for another person."""
    told = actions.listed(act.account, worker)
    return {**told, "items": [shown.file(one) for one in told["items"]]}


@files.route("/api/workers/{worker}/files", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=NewFile, status=201, answer=AddressToSend)
def address_file(act: Act, form: NewFile, worker: str) -> dict[str, Any]:
    """POST what is to be sent; gives the form (`url`, `fields`) by which to send just that within ten minutes."""
    return actions.address(act, worker, form)


@files.route("/api/workers/{worker}/files/{file}/finish", methods=["POST"], authorizer=staff)
@answered(may="evidence.add", body=SentFile, show=shown.file, status=201)
def take_in_file(act: Act, form: SentFile, worker: str, file: str) -> File:
    """POST that a file has been sent; it is looked at and taken in, or refused with every fault."""
    return actions.take_in(act, worker, file, form)


@files.route("/api/workers/{worker}/files/{file}", methods=["GET"], authorizer=staff)
@answered(may="file.see", answer=AddressToSee)
def see_file(act: Act, worker: str, file: str) -> dict[str, str]:
    """GET an address at which a file can be seen for five minutes; that it was given stands in the ledger."""
    return actions.seen(act, worker, file)
