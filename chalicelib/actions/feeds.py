"""Results from who made them (B2): a hospital's exams, an insurer's policies, taken in as the association would."""

from typing import NamedTuple

from pydantic import ValidationError
from typing_extensions import TypedDict

from chalicelib.actions import certificates, evidence, faults, workers
from chalicelib.actions.client_forms import FedExam, FedInsurance
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Malformed, Missing


class Fed(NamedTuple):
    """A result that was taken in."""


class FedResult(TypedDict):
    """What a feed is told: that its result is recorded, and nothing of whose archive it is in."""

    recorded: bool


def exam(act: Act, form: FedExam) -> Fed:
    """Take an exam in for a worker of the client's city; Missing when there is no such worker."""
    try:
        told = form.exam(act.account.name)
    except ValidationError as error:
        raise _faulty(error) from None
    evidence.add_exam(act, _whose(act, form.certificate, form.resident_id), told)
    return Fed()


def insurance(act: Act, form: FedInsurance) -> Fed:
    """Take a policy in for a worker of the client's city; Missing when there is no such worker."""
    try:
        told = form.insurance(act.account.name)
    except ValidationError as error:
        raise _faulty(error) from None
    evidence.add_insurance(act, _whose(act, form.certificate, form.resident_id), told)
    return Fed()


def shown(result: Fed | Archive) -> FedResult:
    """Show what came of it: the archive that a repeat would be shown is none of a feed's business."""
    return {"recorded": True}


def _whose(act: Act, certificate: str | None, resident_id: str | None) -> str:
    if certificate is not None:
        return certificates.fetch(act.account, certificate).id
    key = workers.key_of(resident_id or "")
    if key is None or key.split("#")[1] != act.account.city:
        raise Missing
    return key.split("#")[2]


def _faulty(error: ValidationError) -> Malformed:
    found = tuple(faults.of(error))
    return Malformed(f"提交的内容有 {len(found)} 处错误", faults=found)
