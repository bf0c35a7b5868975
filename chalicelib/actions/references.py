"""The numbers of evidence papers, a health certificate's or a policy's: each sealed for its own paper (invariant 7).

A number that was written before they were sealed lies as plain text; it opens as it is, and a rotation seals it.
"""

from dataclasses import replace
from typing import Any, TypeVar

from chalicelib.actions import secrets
from chalicelib.actions.forms import NewExam, NewInsurance
from chalicelib.outside import sealing
from chalicelib.rules.archive import Archive, Exam, Insurance

Paper = TypeVar("Paper", Exam, Insurance)


def put_on(archive: Archive, paper: Paper, form: NewExam | NewInsurance, old: Paper | None) -> Paper:
    """Give a paper with the number that was sent, sealed. Amended, it keeps the number of the `old` one unless another
    or none (`null`) was sent."""
    if form.reference:
        return replace(paper, reference=_sealed(archive, paper, form.reference))
    if old and "reference" not in form.model_fields_set:
        return replace(paper, reference=old.reference)
    return paper


def opened(archive: Archive, paper: Exam | Insurance) -> str:
    """Open a paper's number, `""` when it has none: a reveal, which the caller puts into the ledger with its purpose.

    Unavailable when it was damaged, or sealed for another paper or archive."""
    told = paper.reference or ""
    return secrets.reveal(archive.city, _place(archive, paper), told) if sealing.is_sealed(told) else told


def resealed(archive: Archive) -> dict[str, Any]:
    """Give the exams and the insurances among which an old key sealed a number, or none did, with such sealed anew."""
    exams = tuple(_anew(archive, one) for one in archive.exams)
    insurances = tuple(_anew(archive, one) for one in archive.insurances)
    found: dict[str, Any] = {"exams": exams, "insurances": insurances}
    return {name: papers for name, papers in found.items() if papers != getattr(archive, name)}


def _anew(archive: Archive, paper: Paper) -> Paper:
    told = paper.reference
    if not told or (sealing.is_sealed(told) and not secrets.is_old(archive.city, told)):
        return paper
    return replace(paper, reference=_sealed(archive, paper, opened(archive, paper)))


def _sealed(archive: Archive, paper: Exam | Insurance, text: str) -> str:
    return secrets.seal(archive.city, _place(archive, paper), text)


def _place(archive: Archive, paper: Exam | Insurance) -> str:
    noun = "exam" if isinstance(paper, Exam) else "insurance"
    return f"{archive.key}|{noun}|{paper.id}|reference"
