"""Reading a rendered template: which function may do what, with which settings."""

import json

PROD = {"Stage": "prod", "Host": "code.example.cn", "CertificateArn": "arn:aws:acm:us-east-1:1:certificate/x"}
ISSUERS = '[{"issuer": "https://id.example.cn", "audience": "staff"}]'
CHINA = {"Stage": "prod", "Host": "code.example.cn", "ServerCertificateId": "ASCA", "Issuers": ISSUERS}
LOCAL = {"Stage": "local", "ClockOffset": "60", "Address": "http://x.cloudfront.localhost:4566"}
FUNCTIONS = ("APIHandler", "Staff", "Verify", "Project", "Receive", "React", "Sweep", "Work", "Send")


def properties(shown, name):
    """Give the properties of a resource."""
    return shown["Resources"][name]["Properties"]


def of_type(shown, kind):
    """Give the resources of a type by name."""
    return {name: one for name, one in shown["Resources"].items() if one["Type"] == kind}


def functions(shown):
    """Give the functions by name."""
    return of_type(shown, "AWS::Serverless::Function")


def statements(shown, function):
    """Give the statements of a function's role."""
    role = shown["Resources"][function]["Properties"]["Role"]["Fn::GetAtt"][0]
    policies = shown["Resources"][role]["Properties"]["Policies"]
    return [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]


def grants(shown, function):
    """Give what a function may do, as pairs of an action and the text of a resource."""
    return {
        (action, _name(resource))
        for one in statements(shown, function)
        for action in _listed(one["Action"])
        for resource in _listed(one.get("Resource", {"not": one.get("NotResource")}))
    }


def actions_on(shown, function, resource):
    """Give the actions that a function may take on a resource or what lies under it; its stream is not that."""
    return {action for action, name in grants(shown, function) if name.split("/")[0] == resource}


def settings(shown, function):
    """Give the settings of a function."""
    return shown["Resources"][function]["Properties"]["Environment"]["Variables"]


def _listed(value):
    return value if isinstance(value, list) else [value]


def _name(resource):
    """Name a resource shortly: Register for its ARN, Register/index/* for its indexes, Register:StreamArn."""
    if isinstance(resource, str):
        return resource
    if "Fn::GetAtt" in resource:
        logical, attribute = resource["Fn::GetAtt"]
        return logical if attribute == "Arn" else f"{logical}:{attribute}"
    if "Fn::Sub" in resource:
        return resource["Fn::Sub"].replace("${", "").replace(".Arn}", "")
    return json.dumps(resource)
