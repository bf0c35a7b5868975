"""Facts as one line of text, as a code's item keeps them: the contract's facts, in fewer bytes and quicker to read.

`|` stands between fields, `;` between several of a kind and a space within one; what is null is empty. In front
stands the form, so that another form is never taken for this one. Light: the public check imports this.
"""

from chalicelib.rules.evidence import Facts, Span, day_in, exam_in, facts_from, insurance_in, stop_from
from chalicelib.rules.light import Any, Mapping, date

_FORM = "1"
_THIRD_PARTY = {"0": False, "1": True}


def line_of(told: Mapping[str, Any]) -> str:
    """Write facts (contracts/facts.schema.json) as a line (A2); ValueError where a line cannot say the same."""
    certificate, background, consent, stop = told["certificate"], told["background"], told["consent"], told["stop"]
    fields = (
        _FORM,
        certificate["state"], certificate["issued_on"], certificate["until"], certificate["review_due"],
        ";".join([f"{one['category']} {one['from']} {one['until']}" for one in told["exams"]]),
        ";".join([f"{int(one['third_party'])} {one['from']} {one['until']}" for one in told["insurances"]]),
        background["conclusion"], background["checked_on"], background["due_on"],
        consent["given_on"], consent["withdrawn_on"],
        told["identity"], told["training"], told["company"],
        f"{stop['code']} {stop['since']}" if stop else None,
        ";".join(told["service_types"]),
    )  # fmt: skip
    line = "|".join([field or "" for field in fields])
    if facts_in(line) != facts_from(told):
        raise ValueError("these facts are more than a line can say")
    return line


def facts_in(line: str) -> Facts:
    """Read facts from a line (A2); ValueError, TypeError or KeyError when it is not whole."""
    (
        form, state, issued_on, until, review_due, exams, insurances, conclusion, checked_on, due_on,
        given_on, withdrawn_on, identity, training, company, stop, services,
    ) = line.split("|")  # fmt: skip
    if form != _FORM:
        raise ValueError("facts in another form")
    return Facts(
        state, date.fromisoformat(issued_on), day_in(until), day_in(review_due),
        tuple([exam_in(*one.split(" ")) for one in exams.split(";")]) if exams else (),
        tuple([_insurance(*one.split(" ")) for one in insurances.split(";")]) if insurances else (),
        conclusion, day_in(checked_on), day_in(due_on), day_in(given_on), day_in(withdrawn_on),
        identity, training, company, _stop(*stop.split(" ")) if stop else None,
        tuple(services.split(";")) if services else (),
    )  # fmt: skip


def _insurance(third_party: str, first: str, until: str) -> Span:
    return insurance_in(first, until, _THIRD_PARTY[third_party])


def _stop(code: str, since: str) -> tuple[str, date]:
    return stop_from({"code": code, "since": since})
