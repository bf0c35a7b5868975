"""A deployment to AWS, up to the calls: what is refused, what is asked for, what the first administrator gets."""

import io
import json
import re

import pytest
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber

from scripts import deploy, stack
from scripts.phases import Refusal

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/x"
ASKED = {"STAGE": "prod", "REGION": "ap-east-1", "HOST": "code.example.cn", "CERTIFICATE": CERTIFICATE}
IN_CHINA = {
    "STAGE": "prod",
    "REGION": "cn-north-1",
    "HOST": "code.example.cn",
    "CERTIFICATE": "ASCAEXAMPLE",
    "ISSUERS": '[{"issuer": "https://id.example.cn", "audience": "staff"}]',
}
OUTPUTS = {
    "UserPoolId": "ap-east-1_x",
    "ClientId": "client",
    "SignInDomain": "anxinma-prod-123456789012",
    "WorkFunction": "work",
}


def chosen(given, before=None):
    """Choose for a stack that has the parameters of before, or is not there yet."""
    return deploy.choose(given, lambda choice: before or {})


@pytest.fixture
def stubbed(account):
    """Make one stubbed client of a service; a call that was not expected fails the test."""
    made = {}

    def client(service):
        if service not in made:
            real = account.client(service)
            made[service] = (real, Stubber(real))
            made[service][1].activate()
        return made[service][0]

    client.stub = lambda service: (client(service), made[service][1])[1]
    yield client
    [stub.assert_no_pending_responses() for _, stub in made.values()]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"HOST": ""}, "HOST is missing"),
        ({"HOST": "d123.cloudfront.net"}, "not a host name of the city's own"),
        ({"HOST": "localhost"}, "not a host name of the city's own"),
        ({"HOST": "https://code.example.cn"}, "not a host name of the city's own"),
        ({"STAGE": ""}, "STAGE is missing"),
        ({"STAGE": "local"}, "STAGE is missing or not one"),
        ({"REGION": "moon"}, "REGION is missing or not one"),
        ({"CERTIFICATE": ""}, "CERTIFICATE is missing"),
        ({"REGION": "cn-north-1"}, "ISSUERS is missing"),
        ({"ADMIN": "somebody"}, "ADMIN is not an e-mail address"),
        ({"KEYS": "one,two"}, "KEYS are three ids"),
        ({"SECOND_FACTOR": "police,burau"}, "SECOND_FACTOR names roles that nobody signs in with: burau"),
        ({"SECOND_FACTOR": "feed"}, "SECOND_FACTOR names roles that nobody signs in with: feed"),
        ({"SECOND_FACTOR": "none,police"}, "SECOND_FACTOR names roles that nobody signs in with: none"),
        ({"KEYS": "one,two,three", "ADMIN": "a@example.cn"}, "the accounts come with the backup"),
        ({"ISSUERS": "https://id.example.cn"}, "ISSUERS is not a JSON list"),
        ({"ISSUERS": "[]"}, "ISSUERS is not a JSON list"),
    ],
)
def test_a_deployment_that_is_not_whole_is_refused_with_the_reason(change, said):
    with pytest.raises(Refusal, match=said):
        chosen({**ASKED, **change})


def test_every_fault_is_named_at_once():
    with pytest.raises(Refusal) as refused:
        chosen({})

    assert [name in str(refused.value) for name in ("STAGE", "REGION", "HOST", "CERTIFICATE")] == [True] * 4


def test_the_parameters_are_those_asked_for():
    assert chosen({**ASKED, "WAF": "yes", "PROVINCE": "330000"}).parameters == {
        "Stage": "prod",
        "Host": "code.example.cn",
        "CertificateArn": CERTIFICATE,
        "WithWaf": "yes",
        "Province": "330000",
    }


def test_the_keys_of_a_backup_are_parameters_of_the_new_stack():
    given = chosen({**ASKED, "KEYS": "one,two,three"}).parameters

    assert [given[name] for name in deploy.HELD] == ["one", "two", "three"]


def test_a_later_deployment_keeps_the_keys_that_were_taken_over():
    held = dict.fromkeys(deploy.HELD, "x")

    later = chosen(ASKED, {"Stage": "prod", "LogDays": "7", **held})

    assert later.parameters == chosen(ASKED).parameters | held
    assert (later.restores, chosen({**ASKED, "KEYS": "one,two,three"}).restores) == (False, True)


@pytest.mark.parametrize(
    ("name", "variable", "other", "then"),
    [
        ("SecondFactor", "SECOND_FACTOR", "none", "none"),
        ("WithWaf", "WAF", "no", "no"),
        ("AlarmMail", "ALARMS", "a@city.gov.cn", "a@city.gov.cn"),
        ("AlarmMail", "ALARMS", "none", ""),
        ("MailFrom", "MAIL", "none", ""),
        ("Issuers", "ISSUERS", "none", ""),
    ],
)
def test_a_later_deployment_keeps_what_was_chosen_unless_it_says_otherwise(name, variable, other, then):
    before = {name: IN_CHINA["ISSUERS"]}

    assert chosen(ASKED, before).parameters[name] == before[name]
    assert chosen(ASKED | {variable: other}, before).parameters[name] == then


def test_a_later_deployment_in_china_signs_in_at_the_issuer_of_before():
    asked = {key: value for key, value in IN_CHINA.items() if key != "ISSUERS"}
    before = {"Issuers": IN_CHINA["ISSUERS"]}

    later = chosen(asked | {"ADMIN": "https://id.example.cn|a"}, before)

    assert deploy.sign_in(later, {}) == {"issuer": "https://id.example.cn", "client_id": "staff"}


def test_china_cannot_be_left_without_an_issuer():
    with pytest.raises(Refusal, match="ISSUERS is missing"):
        chosen(IN_CHINA | {"ISSUERS": "none"}, {"Issuers": IN_CHINA["ISSUERS"]})


def test_the_parameters_of_before_are_read_from_the_stack():
    known = {"Parameters": [{"ParameterKey": "MailFrom", "ParameterValue": "a@city.gov.cn"}]}

    assert deploy.parameters_of(known) == {"MailFrom": "a@city.gov.cn"}
    assert deploy.parameters_of(None) == deploy.parameters_of({}) == {}


@pytest.mark.parametrize("roles", ["", "none", "police,bureau", "company_owner"])
def test_roles_that_people_sign_in_with_may_need_a_second_factor(roles):
    assert chosen(ASKED | {"SECOND_FACTOR": roles}).parameters.get("SecondFactor", "") == roles


def test_china_gets_its_own_kind_of_certificate_and_of_address():
    choice = chosen(IN_CHINA)

    assert choice.parameters["ServerCertificateId"] == "ASCAEXAMPLE"
    assert deploy.template_url(choice, "b", "k.json") == "https://b.s3.cn-north-1.amazonaws.com.cn/k.json"


def test_every_parameter_that_is_passed_is_one_of_the_template(template):
    given = {**ASKED, "ADMIN": "https://id.example.cn|a", "WAF": "yes", "PROVINCE": "x", "ISSUERS": IN_CHINA["ISSUERS"]}
    given |= {"ALARMS": "b@example.cn"}
    passed = set(chosen(given).parameters) | set(chosen(IN_CHINA).parameters)

    assert passed <= set(template["Parameters"])


def test_a_new_stack_is_created_by_a_change_set_that_is_shown(stubbed):
    choice = chosen(ASKED)
    names = {"StackName": "anxinma-prod", "ChangeSetName": "next"}
    cloudformation = stubbed.stub("cloudformation")
    cloudformation.add_client_error("describe_stacks", "ValidationError")
    cloudformation.add_response(
        "create_change_set",
        {},
        {
            **names,
            "ChangeSetType": "CREATE",
            "TemplateURL": "https://t",
            "Parameters": stack.parameter_list(choice.parameters),
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        },
    )
    cloudformation.add_response("describe_change_set", {"Status": "CREATE_COMPLETE"}, names)
    change = {"Action": "Add", "ResourceType": "AWS::DynamoDB::Table", "LogicalResourceId": "Register"}
    cloudformation.add_response("describe_change_set", {"Changes": [{"ResourceChange": change}]}, names)

    shown = deploy.change_set(stubbed("cloudformation"), choice, "https://t")

    assert [line.split() for line in shown] == [["add", "AWS::DynamoDB::Table", "Register"]]


def test_a_change_that_would_lose_data_says_so():
    change = {"Action": "Modify", "ResourceType": "AWS::DynamoDB::Table", "LogicalResourceId": "Register"}

    assert "REPLACED" in deploy._told({**change, "Replacement": "True"})
    assert "REPLACED" not in deploy._told({**change, "Replacement": "False"})


def test_nothing_to_change_is_no_failure(stubbed):
    names = {"StackName": "anxinma-prod", "ChangeSetName": "next"}
    none = {"Status": "FAILED", "StatusReason": "The submitted information didn't contain changes."}
    cloudformation = stubbed.stub("cloudformation")
    there = {"StackName": "anxinma-prod", "StackStatus": "UPDATE_COMPLETE", "CreationTime": "2026-11-21"}
    cloudformation.add_response("describe_stacks", {"Stacks": [there]}, {"StackName": "anxinma-prod"})
    cloudformation.add_response("create_change_set", {}, {**names, **dict.fromkeys(
        ("ChangeSetType", "TemplateURL", "Parameters", "Capabilities"), ANY)})  # fmt: skip
    cloudformation.add_response("describe_change_set", none, names)
    cloudformation.add_response("describe_change_set", none, names)
    cloudformation.add_response("delete_change_set", {}, names)

    assert deploy.change_set(stubbed("cloudformation"), chosen(ASKED), "https://t") is None


def test_a_deployment_that_failed_lists_the_causes(stubbed):
    choice = chosen(ASKED)
    failed = {"StackName": "anxinma-prod", "StackStatus": "UPDATE_ROLLBACK_COMPLETE", "CreationTime": "2026-11-21"}
    event = {
        "StackId": "s", "EventId": "e", "StackName": "anxinma-prod", "Timestamp": "2026-11-21",
        "LogicalResourceId": "Cdn", "ResourceStatus": "UPDATE_FAILED", "ResourceStatusReason": "no certificate",
    }  # fmt: skip
    cloudformation = stubbed.stub("cloudformation")
    cloudformation.add_response("execute_change_set", {}, {"StackName": "anxinma-prod", "ChangeSetName": "next"})
    cloudformation.add_response("describe_stacks", {"Stacks": [failed]}, {"StackName": "anxinma-prod"})
    cloudformation.add_response("describe_stack_events", {"StackEvents": [event]}, {"StackName": "anxinma-prod"})

    with pytest.raises(Refusal, match="Cdn: no certificate"):
        deploy.execute(stubbed("cloudformation"), choice, pause=0)


@pytest.mark.parametrize(
    ("issuers", "admin", "fault"),
    [
        (IN_CHINA["ISSUERS"], "clerk@example.cn", "iss|sub"),
        ("", "https://issuer|sub", "e-mail"),
        ("", "nobody", "e-mail"),
    ],
)
def test_the_administrator_is_named_as_the_issuer_names_people(issuers, admin, fault):
    with pytest.raises(Refusal, match=re.escape(fault)):
        chosen(ASKED | {"ISSUERS": issuers, "ADMIN": admin})


def test_the_first_administrator_is_invited_by_mail_and_gets_an_account(stubbed):
    choice = chosen({**ASKED, "ADMIN": "first@example.cn"})
    user = {"Username": "u", "Attributes": [{"Name": "sub", "Value": "the-sub"}]}
    invited = {
        "UserPoolId": "ap-east-1_x",
        "Username": "first@example.cn",
        "UserAttributes": [
            {"Name": "email", "Value": "first@example.cn"},
            {"Name": "email_verified", "Value": "true"},
        ],
        "DesiredDeliveryMediums": ["EMAIL"],
    }
    subject = "https://cognito-idp.ap-east-1.amazonaws.com/ap-east-1_x|the-sub"
    event = {"administrator": {"subject": subject, "name": "first@example.cn", "email": "first@example.cn"}}
    stubbed.stub("cognito-idp").add_response("admin_create_user", {"User": user}, invited)
    body = b'{"made": true}'
    stubbed.stub("lambda").add_response(
        "invoke",
        {"Payload": StreamingBody(io.BytesIO(body), len(body))},
        {"FunctionName": "work", "Payload": json.dumps(event).encode()},
    )

    deploy.first_administrator(stubbed, choice, OUTPUTS)


def test_the_code_bucket_is_made_in_the_region_and_closed(stubbed):
    name = "anxinma-code-123456789012-ap-east-1"
    stubbed.stub("sts").add_response("get_caller_identity", {"Account": "123456789012"})
    s3 = stubbed.stub("s3")
    s3.add_client_error("head_bucket", "404", http_status_code=404)
    place = {"LocationConstraint": "ap-east-1"}
    s3.add_response("create_bucket", {}, {"Bucket": name, "CreateBucketConfiguration": place})
    s3.add_response("put_public_access_block", {}, {"Bucket": name, "PublicAccessBlockConfiguration": ANY})

    assert deploy.code_bucket(stubbed, "ap-east-1") == name


def test_the_pages_sign_in_at_the_pool_or_at_the_issuer_given():
    china = chosen(IN_CHINA)

    assert deploy.sign_in(chosen(ASKED), OUTPUTS)["authorization_endpoint"] == (
        "https://anxinma-prod-123456789012.auth.ap-east-1.amazoncognito.com/oauth2/authorize"
    )
    assert deploy.sign_in(china, {}) == {"issuer": "https://id.example.cn", "client_id": "staff"}
