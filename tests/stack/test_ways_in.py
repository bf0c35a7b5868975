"""The packaged template: paths, the CDN, sign-in, and what each partition gets."""

import json

import pytest

from scripts.render import rendered
from tests.stack import rights
from tests.stack.rights import CHINA, ISSUERS, PROD, properties

PUBLIC = {
    "/v/{token}": {"get"},
    "/V/{token}": {"get"},
    "/v/{token}/visits": {"post"},
    "/V/{token}/visits": {"post"},
    "/v/{token}/reports": {"post"},
    "/V/{token}/reports": {"post"},
    "/visits/{secret}": {"get", "post"},
    "/me/{secret}": {"get", "post"},
    "/lookup": {"get"},
    "/keys": {"get"},
    "/status-list/{city}": {"get"},
    "/requests": {"get", "post"},
}
BEHAVIOURS = {
    "/api/*",
    "/openapi.json",
    "/v/*",
    "/V/*",
    "/lookup",
    "/visits/*",
    "/me/*",
    "/keys",
    "/status-list/*",
    "/requests",
}


def paths(shown):
    return properties(shown, "RestAPI")["DefinitionBody"]["paths"]


def target(method):
    return method["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]


def test_the_public_paths_lead_to_verify_and_ask_for_no_token(prod):
    public = {path: methods for path, methods in paths(prod).items() if path in PUBLIC}

    assert {path: set(methods) for path, methods in public.items()} == PUBLIC
    assert {"${Verify.Arn}" in target(one) for methods in public.values() for one in methods.values()} == {True}
    assert [one for methods in public.values() for one in methods.values() if "security" in one] == []


def test_every_other_path_is_the_staffs_and_asks_for_a_token(prod):
    staff = {path: methods for path, methods in paths(prod).items() if path not in PUBLIC}
    staff.pop("/openapi.json", None)

    assert [path for path in staff if not path.startswith("/api/")] == []
    assert {json.dumps(one["security"]) for methods in staff.values() for one in methods.values()} == {
        '[{"staff": []}]'
    }
    assert {"${APIHandler.Arn}" in target(one) for methods in staff.values() for one in methods.values()} == {True}


def test_the_cdn_sends_every_path_of_the_api_to_the_api_and_the_rest_to_the_site(prod):
    cdn = properties(prod, "Cdn")["DistributionConfig"]

    assert {one["PathPattern"] for one in cdn["CacheBehaviors"]} == BEHAVIOURS
    assert {one["TargetOriginId"] for one in cdn["CacheBehaviors"]} == {"api"}
    assert cdn["DefaultCacheBehavior"]["TargetOriginId"] == "site"
    assert cdn["DefaultRootObject"] == "index.html"


def test_the_cdn_never_puts_a_page_in_place_of_a_refusal(prod):
    assert "CustomErrorResponses" not in properties(prod, "Cdn")["DistributionConfig"]


def test_the_cdn_answers_for_the_citys_own_host(prod):
    cdn = properties(prod, "Cdn")["DistributionConfig"]

    assert cdn["Aliases"] == ["code.example.cn"]
    assert cdn["Origins"][1]["OriginPath"] == "/city"
    assert rights.settings(prod, "APIHandler")["ADDRESS"] == "https://code.example.cn"


def test_the_api_is_throttled_on_aws_and_not_locally(prod, local):
    assert properties(prod, "RestAPI")["MethodSettings"][0]["ThrottlingRateLimit"] == "500"
    assert "ThrottlingRateLimit" not in properties(local, "RestAPI")["MethodSettings"][0]


def test_the_gateway_logs_no_bodies_and_no_paths(prod):
    api = properties(prod, "RestAPI")

    assert api["MethodSettings"][0]["DataTraceEnabled"] is False
    assert "AccessLogSetting" not in api


def test_the_pool_takes_passwords_directly_on_the_local_stack_alone(prod, local):
    assert "ALLOW_USER_PASSWORD_AUTH" in properties(local, "Client")["ExplicitAuthFlows"]
    assert "ALLOW_USER_PASSWORD_AUTH" not in properties(prod, "Client")["ExplicitAuthFlows"]


def test_the_site_signs_in_by_the_code_flow_without_a_secret(prod):
    client = properties(prod, "Client")

    assert client["AllowedOAuthFlows"] == ["code"]
    assert client["GenerateSecret"] is False
    assert "https://code.example.cn/admin/" in client["CallbackURLs"]


def test_nobody_signs_himself_up(prod):
    assert properties(prod, "UserPool")["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}


def test_the_authorizer_trusts_the_pools_access_tokens(prod):
    issuers = rights.settings(prod, "Staff")["ISSUERS"]["Fn::Sub"]

    assert '"token_use": "access"' in json.dumps(issuers).replace('\\"', '"')


def test_issuers_that_are_given_replace_the_pool(template):
    shown = rendered(template, {**PROD, "Issuers": ISSUERS})

    assert "UserPool" not in shown["Resources"]
    assert rights.settings(shown, "Staff")["ISSUERS"] == ISSUERS


def test_china_has_no_user_pool_and_trusts_the_issuers_given(china):
    kinds = {one["Type"] for one in china["Resources"].values()}

    assert [kind for kind in kinds if kind.startswith("AWS::Cognito")] == []
    assert rights.settings(china, "Staff")["ISSUERS"] == ISSUERS
    assert "cognito-idp" not in json.dumps(china)


def test_china_names_no_other_partition(china):
    text = json.dumps(china)

    assert "arn:aws:" not in text
    assert ".amazonaws.com/" not in text
    assert ".amazonaws.com.cn" in text


def test_china_gets_the_older_forms_at_the_cdn(prod, china):
    kinds = {one["Type"] for one in china["Resources"].values()}
    cdn = properties(china, "Cdn")["DistributionConfig"]

    assert kinds.isdisjoint({"AWS::CloudFront::OriginAccessControl", "AWS::CloudFront::ResponseHeadersPolicy"})
    assert "AWS::CloudFront::CloudFrontOriginAccessIdentity" in kinds
    assert "CachePolicyId" not in json.dumps(cdn)
    assert "ForwardedValues" not in json.dumps(properties(prod, "Cdn"))
    assert cdn["ViewerCertificate"]["IamCertificateId"] == "ASCA"


@pytest.mark.parametrize("stack", ["prod", "china", "local"])
def test_the_api_is_regional_and_no_code_runs_at_the_edge(request, stack):
    shown = request.getfixturevalue(stack)

    assert properties(shown, "RestAPI")["EndpointConfiguration"] == "REGIONAL"
    assert rights.of_type(shown, "AWS::CloudFront::Function") == {}


def test_a_stack_mails_only_when_it_has_a_sender(template, china, prod):
    sender = rendered(template, {**PROD, "MailFrom": "anxinma@example.gov.cn"})

    assert "ses:SendEmail" in {action for action, _ in rights.grants(sender, "Send")}
    assert "ses:SendEmail" not in {action for one in (prod, china) for action, _ in rights.grants(one, "Send")}


def test_a_web_acl_is_there_only_when_asked_for_and_is_regional(template, prod):
    asked = rendered(template, {**PROD, "WithWaf": "yes"})

    assert rights.of_type(prod, "AWS::WAFv2::WebACL") == {}
    assert properties(asked, "Waf")["Scope"] == "REGIONAL"
    assert properties(asked, "WafBeforeApi")["ResourceArn"]["Fn::Sub"].endswith("/stages/city")


def counted(shown):
    """How the web ACL counts: (by what, in which header, whose requests), rule by rule."""
    limits = [one["Statement"]["RateBasedStatement"] for one in properties(shown, "Waf")["Rules"]]
    return [
        (one["AggregateKeyType"], one.get("ForwardedIPConfig", {}).get("HeaderName"), one["ScopeDownStatement"])
        for one in limits
    ]


MARKED = {
    "ByteMatchStatement": {
        "FieldToMatch": {"SingleHeader": {"Name": "x-by-cdn"}},
        "SearchString": {"Ref": "AWS::StackId"},
        "PositionalConstraint": "EXACTLY",
        "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
    }
}
STRAIGHT = ("IP", None, {"NotStatement": {"Statement": MARKED}})


def test_who_comes_by_the_cdn_is_counted_by_the_address_it_tells_and_who_does_not_by_his_own(template):
    asked = rendered(template, {**PROD, "WithWaf": "yes"})
    origin = properties(asked, "Cdn")["DistributionConfig"]["Origins"][1]

    assert counted(asked) == [STRAIGHT, ("FORWARDED_IP", "X-Viewer-Address", MARKED)]
    assert origin["OriginCustomHeaders"] == [{"HeaderName": "X-By-Cdn", "HeaderValue": {"Ref": "AWS::StackId"}}]


def test_every_path_of_the_api_tells_the_web_acl_the_address_that_called(template):
    asked = rendered(template, {**PROD, "WithWaf": "yes"})
    behaviours = properties(asked, "Cdn")["DistributionConfig"]["CacheBehaviors"]
    code = properties(asked, "ViewerAddress")["FunctionCode"]
    sends_all_headers, sends_one = "b689b0a8-53d0-40ab-baf2-68738e2966ac", {"Ref": "ViewerAddressAlone"}

    assert {json.dumps(one["FunctionAssociations"]) for one in behaviours} == {
        '[{"EventType": "viewer-request", "FunctionARN": {"Fn::GetAtt": ["ViewerAddress", "FunctionARN"]}}]'
    }
    assert [one for one in behaviours if one["OriginRequestPolicyId"] not in (sends_all_headers, sends_one)] == []
    assert "headers['x-viewer-address'] = {value: event.viewer.ip}" in code


def test_in_china_a_web_acl_counts_by_the_header_that_its_cdn_writes(template):
    asked = rendered(template, {**CHINA, "WithWaf": "yes"}, partition="aws-cn", region="cn-north-1")

    assert counted(asked) == [STRAIGHT, ("FORWARDED_IP", "X-Forwarded-For", MARKED)]
    assert rights.of_type(asked, "AWS::CloudFront::Function") == {}


def test_without_a_cdn_a_web_acl_counts_everybody_by_his_own_address(template):
    assert counted(rendered(template, {**PROD, "WithWaf": "yes", "WithCdn": "no"})) == [STRAIGHT]


def test_room_for_checks_is_reserved_only_when_asked_for(template, prod):
    asked = rendered(template, {**PROD, "ReservedChecks": "50"})

    assert "ReservedConcurrentExecutions" not in properties(prod, "Verify")
    assert properties(asked, "Verify")["ReservedConcurrentExecutions"] == "50"


def test_without_a_cdn_there_is_none_and_the_api_remains(template):
    shown = rendered(template, {**PROD, "WithCdn": "no"})

    assert rights.of_type(shown, "AWS::CloudFront::Distribution") == {}
    assert "CdnDomain" not in shown["Outputs"]


def test_who_decides_signs_in_with_a_second_factor_everywhere_but_on_the_local_stack(template, prod, china, local):
    roles = {name: rights.settings(one, "APIHandler")["SECOND_FACTOR"] for name, one in
             {"prod": prod, "china": china, "local": local}.items()}  # fmt: skip
    asked = rendered(template, {**rights.LOCAL, "SecondFactor": "police"})

    assert set(roles["prod"].split(",")) == {
        "administrator", "association_manager", "association_clerk", "bureau", "police",
    }  # fmt: skip
    assert roles["china"] == roles["prod"]
    assert roles["local"] == "none"
    assert rights.settings(asked, "APIHandler")["SECOND_FACTOR"] == "police"


def test_tokens_of_a_sign_in_live_as_long_as_it_counts_and_each_a_quarter_of_an_hour(prod):
    client = properties(prod, "Client")

    assert client["AccessTokenValidity"] == 15
    assert client["RefreshTokenValidity"] == rights.settings(prod, "APIHandler")["SESSION_HOURS"]
    assert client["EnableTokenRevocation"] is True


@pytest.mark.parametrize("kind", ["THROTTLED", "REQUEST_TOO_LARGE", "MISSING_AUTHENTICATION_TOKEN", "DEFAULT_5XX"])
def test_the_gateway_s_own_refusals_are_problems_with_a_remedy(prod, kind):
    told = properties(prod, "RestAPI")["DefinitionBody"]["x-amazon-apigateway-gateway-responses"][kind]
    problem = json.loads(told["responseTemplates"]["application/json"])

    assert told["responseParameters"]["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
    assert str(problem["status"]) == told["statusCode"]
    assert "；" in problem["detail"]
