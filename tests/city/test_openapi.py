"""What the description promises, asked of the deployed API with what it describes and with what it does not."""

import json
from pathlib import Path

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

PROBLEM = json.loads((Path(__file__).resolve().parents[2] / "contracts" / "problem.schema.json").read_text())
KEPT = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
WHO = ("association_manager", "association_manager", "owner0", "police", None)
PROFILE = settings(
    max_examples=3, derandomize=True, deadline=None, database=None, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="session")
def known(people):
    """Names in paths that stand for something there: a worker on the way, and one with a certificate."""
    worker = people.worker("association_review")
    certified = people.worker("done")
    return {
        "worker": worker["id"], "application": worker["applications"][-1]["id"],
        "number": certified["certificate"]["number"], "revision": worker["revision"],
    }  # fmt: skip


@pytest.fixture(scope="session")
def described(people):
    """Every operation of the description."""
    document = people.ask(None, "GET", "/openapi.json")[2]
    operations = schemathesis.openapi.from_dict(document).get_all_operations()
    return [one.ok() for one in operations]


def asked(people, operation, known):
    """Ask one operation some times, by somebody or nobody, as it is described and otherwise; give the statuses."""
    statuses = []
    modes = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

    @PROFILE
    @given(who=st.sampled_from(WHO), case=modes, real=st.booleans())
    def ask(who, case, real):
        token = {"Authorization": f"Bearer {people._tokens[who]}"} if who else {}
        if real:
            case.path_parameters.update({name: known[name] for name in known.keys() & case.path_parameters.keys()})
        if real and isinstance(case.body, dict) and "revision" in case.body:
            case.body["revision"] = known["revision"]
        answer = case.call(base_url=people.stack.direct_url, headers=token, timeout=30)
        statuses.append(answer.status_code)
        case.validate_response(answer, checks=KEPT)
        if answer.status_code >= 400:
            jsonschema.validate(answer.json(), PROBLEM)

    ask()
    return statuses


def test_no_request_is_a_defect_and_every_refusal_a_problem(people, known, described):
    statuses = {one.label: asked(people, one, known) for one in described}

    assert len(statuses) > 60
    assert {200, 400, 401, 403, 404} <= {status for some in statuses.values() for status in some}
