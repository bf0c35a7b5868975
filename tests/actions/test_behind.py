"""Bad news that no stop carries is never hidden by a record that was lost: the code is not believed until projected."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import evidence, projection
from chalicelib.actions.forms import AmendedInsurance, NewIdentity, NewInsurance, Void
from chalicelib.functions import verify
from chalicelib.records import archives, codes
from chalicelib.records.commit import Entry


def seen(archive):
    """What the public is told of an archive's code: (colour, codes of the reasons)."""
    told = verify.verify({
        "version": "2.0", "requestContext": {"http": {"method": "GET"}}, "httpMethod": "GET",
        "path": f"/v/{archive.certificate.token}", "resource": "/v/{token}", "headers": {"accept": "application/json"},
        "multiValueHeaders": {}, "queryStringParameters": None,
        "pathParameters": {"token": archive.certificate.token}, "body": None, "isBase64Encoded": False,
    }, None)  # fmt: skip
    answer = json.loads(told["body"])
    return answer["colour"], [one["code"] for one in answer["reasons"]]


@pytest.fixture
def archive(town):
    """A certified worker whose code is green."""
    made = town.certified()
    projection.project(made.key)
    assert seen(made) == ("green", [])
    return made


def doubted(town, archive):
    return evidence.verify_identity(
        town.act("association_clerk"), archive.id, NewIdentity(how="original", matches=False)
    )


def shortened(town, archive):
    one = archive.insurances[0]
    told = {"from": one.start, "until": town.today + timedelta(days=3), "third_party": True, "issuer": one.issuer}
    return evidence.amend_insurance(town.act("owner"), archive.id, one.id, AmendedInsurance(**told, why="录入有误"))


def voided(town, archive):
    return evidence.void_exam(town.act("association_clerk"), archive.id, archive.exams[0].id, Void(why="录入有误"))


def suspended(town, archive):
    after = replace(archive, binding=replace(archive.binding, state="suspended"))
    return archives.store(archive, after, act=town.act("association_manager"), entry=Entry(action="company.suspended"))


@pytest.mark.parametrize("worsened", [doubted, shortened, voided, suspended])
def test_what_became_worse_is_not_green_before_it_is_projected(town, archive, worsened):
    worsened(town, archive)

    assert seen(archive) == ("grey", ["data-unavailable"])


def test_what_was_projected_is_believed_again(town, archive):
    doubted(town, archive)
    projection.project(archive.key)

    assert seen(archive) == ("grey", ["identity-unverified"])


def test_good_news_leaves_a_code_as_it_is_until_it_is_projected(town, archive):
    end = archive.insurances[0].until
    renewal = {"from": end, "until": end + timedelta(days=365), "third_party": True, "issuer": "演示保险"}
    evidence.add_insurance(town.act("owner"), archive.id, NewInsurance(**renewal))

    assert seen(archive) == ("green", [])


def test_a_red_is_not_hidden_by_what_became_worse_since(town, archive):
    turned = town.turned(archive, "suspend", basis="conditions")
    projection.project(archive.key)
    doubted(town, turned)

    assert seen(archive)[0] == "red"
    assert codes.find(archive.certificate.token).stop_revision > turned.revision
