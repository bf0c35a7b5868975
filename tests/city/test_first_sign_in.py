"""Whoever is invited, the first administrator before all, has to replace the password that was mailed."""

import json
import re
import urllib.request

import pytest

from scripts import deploy
from scripts.http_client import Client
from scripts.merge_infra import ROOT

EMAIL, OWN = "first@demo.invalid", "Chosen-By-Oneself-1a"


@pytest.fixture(scope="module")
def mailed(people):
    """The password that the first administrator of a deployment is mailed."""
    choice = deploy.Choice("local", "us-east-1", "code.example.cn", EMAIL, {}, restores=False)
    outputs = {**people.stack.outputs, "SignInDomain": "sign-in"}
    deploy.first_administrator(people.stack.client, choice, outputs)
    with urllib.request.urlopen(f"{people.stack.gateway}/_ministack/ses/messages") as answer:
        kept = json.loads(answer.read())["messages"]
    [mail] = [one for account in kept.values() for one in account if EMAIL in one["To"]]
    return re.search(r"temporary password is (\S+)\.", mail["BodyText"] + mail["BodyHtml"]).group(1)


def sign_in(people, password):
    return people.stack.client("cognito-idp").initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH", ClientId=people.stack.auth["client_id"],
        AuthParameters={"USERNAME": EMAIL, "PASSWORD": password},
    )  # fmt: skip


def test_the_mailed_password_gives_no_token_but_a_demand_for_a_new_one(people, mailed):
    first = sign_in(people, mailed)

    assert first["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert "AuthenticationResult" not in first


def test_with_a_password_of_their_own_they_are_the_administrator_and_the_mailed_one_is_none(people, mailed):
    pool = people.stack.client("cognito-idp")
    told = pool.respond_to_auth_challenge(
        ClientId=people.stack.auth["client_id"], ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=sign_in(people, mailed)["Session"], ChallengeResponses={"USERNAME": EMAIL, "NEW_PASSWORD": OWN},
    )["AuthenticationResult"]  # fmt: skip
    own = Client(people.stack.direct_url, token=told["AccessToken"]).get("/api/me")

    assert own["role"] == "administrator"
    assert "AuthenticationResult" in sign_in(people, OWN)
    with pytest.raises(pool.exceptions.NotAuthorizedException):
        sign_in(people, mailed)


def test_no_code_of_the_product_or_of_a_deployment_makes_a_mailed_password_lasting():
    files = [*(ROOT / "chalicelib").rglob("*.py"), ROOT / "scripts" / "deploy.py", ROOT / "scripts" / "restore.py"]

    assert [path.name for path in files if "admin_set_user_password" in path.read_text(encoding="utf-8")] == []
