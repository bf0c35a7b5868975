"""What the colour follows from, taken out of an archive (contracts/facts.schema.json). No name, number or place."""

from typing import Any

from chalicelib.rules.archive import Archive, Certificate
from chalicelib.rules.distrust import believed


def facts_of(archive: Archive) -> dict[str, Any]:
    """Give the facts of an archive that holds a certificate, as the contract's JSON."""
    return {
        "certificate": _certificate(archive.held),
        "exams": [
            {"category": one.category, "from": str(one.start), "until": str(one.until)}
            for one in believed(archive.exams)
        ],
        "insurances": [
            {"from": str(one.start), "until": str(one.until), "third_party": one.third_party}
            for one in believed(archive.insurances)
        ],
        "background": {
            "conclusion": archive.background.conclusion,
            "checked_on": _day(archive.background.checked_on),
            "due_on": _day(archive.background.due_on),
        },
        "consent": {
            "given_on": _day(archive.consent.given_on),
            "withdrawn_on": _day(archive.consent.withdrawn_on),
        },
        "identity": archive.worker.identity,
        "training": archive.training.standing,
        "company": archive.binding.state,
        "stop": {"code": archive.stop.code, "since": str(archive.stop.since)} if archive.stop else None,
        "service_types": list(archive.worker.service_types),
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "state": certificate.state,
        "issued_on": str(certificate.issued_on),
        "until": _day(certificate.until),
        "review_due": _day(certificate.review_due),
    }


def _day(day: Any) -> str | None:
    return str(day) if day else None
