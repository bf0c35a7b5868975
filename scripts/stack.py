"""The deployed stack: its code uploaded, its template created or updated, its outputs and its clients.

`local(port)` gives the stack of this machine; the seed and the tests start from it.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib.rules import access
from scripts.phases import Refusal

ROOT = Path(__file__).resolve().parents[1]
NAME = "anxinma"
REGION = "us-east-1"
CODE_BUCKET = "deploy"
SENDER = "anxinma@demo.invalid"
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]

Clients = Callable[[str], Any]


class Stack(NamedTuple):
    """A stack on the local AWS, and how to reach it."""

    port: int
    outputs: dict[str, str]

    @property
    def gateway(self) -> str:
        """The emulator itself: AWS calls, hosted sign-in, mails at /_ministack/ses/messages."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """The city's origin when `host_header` is sent along: site, public paths and API."""
        return self.gateway

    @property
    def host_header(self) -> str:
        """The Host by which the local CDN knows the city."""
        return self.outputs["CdnDomain"]

    @property
    def browser_url(self) -> str:
        """The city's origin for a browser, which resolves *.localhost by itself."""
        return f"http://{self.host_header.split('.')[0]}.cloudfront.localhost:{self.port}"

    @property
    def api_url(self) -> str:
        """The staff API behind the origin (send `host_header`)."""
        return f"{self.base_url}/api"

    @property
    def direct_url(self) -> str:
        """The gateway's stage without the CDN before it: for many calls in a row, such as a seed's."""
        return f"{self.gateway}/_aws/execute-api/{self.outputs['RestAPIId']}/city"

    @property
    def auth(self) -> dict[str, str]:
        """What a client needs for signing in, as in .local/city.json."""
        return {
            "issuer": f"https://cognito-idp.{REGION}.amazonaws.com/{self.outputs['UserPoolId']}",
            "client_id": self.outputs["ClientId"],
            "token_endpoint": f"{self.gateway}/oauth2/token",
        }

    @property
    def environment(self) -> dict[str, str]:
        """The settings by which the product's own modules reach the emulator."""
        reached = {"AWS_ENDPOINT_URL": self.gateway, "AWS_DEFAULT_REGION": REGION}
        return reached | {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}

    def client(self, service: str) -> Any:
        """Give a client of a service, with the rights of the account's owner."""
        return local_clients(self.port)(service)


def local_clients(port: int) -> Clients:
    """Give what makes clients of the local AWS on a port."""

    def client(service: str) -> Any:
        # the stubs know one overload for each service's name, and this is any of them
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=f"http://127.0.0.1:{port}",
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - the emulator's fixed key
            config=Config(retries={"max_attempts": 2}, read_timeout=120),
        )

    return client


def local(port: int = 4566, name: str = NAME) -> Stack:
    """Give the stack that runs on this machine. Refusal when none does."""
    try:
        return Stack(port, outputs(local_clients(port)("cloudformation"), name))
    except Exception as error:
        raise Refusal(f"no city runs on port {port}; start it with: make up PORT={port}") from error


def outputs(cloudformation: Any, name: str) -> dict[str, str]:
    """Give a stack's outputs by name."""
    described = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    return {one["OutputKey"]: one["OutputValue"] for one in described.get("Outputs", [])}


def upload(s3: Any, bucket: str, build: Path) -> dict[str, Any]:
    """Upload the packages under the hash of their content; give the template that points there."""
    template: dict[str, Any] = json.loads((build / "sam.json").read_text(encoding="utf-8"))
    keys: dict[str, str] = {}
    for package in sorted(build.glob("*.zip")):
        body = package.read_bytes()
        key = f"{hashlib.sha256(body).hexdigest()}.zip"
        if not _exists(s3, bucket, key):
            s3.put_object(Bucket=bucket, Key=key, Body=body)
        keys[f"./{package.name}"] = f"s3://{bucket}/{key}"
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if properties.get("CodeUri") in keys:
            properties["CodeUri"] = keys[properties["CodeUri"]]
    return template


def _exists(s3: Any, bucket: str, key: str) -> bool:
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] in {403, 404}:
            return False
        raise
    return True


def put_template(s3: Any, bucket: str, template: Mapping[str, Any]) -> str:
    """Upload a template, which is too large to be sent along; give its key."""
    body = json.dumps(template, ensure_ascii=False).encode()
    key = f"{hashlib.sha256(body).hexdigest()}.json"
    s3.put_object(Bucket=bucket, Key=key, Body=body)
    return key


def parameter_list(parameters: Mapping[str, str]) -> list[dict[str, str]]:
    """Write parameters as CloudFormation wants them, in order of name."""
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in sorted(parameters.items())]


def fingerprint(template: Mapping[str, Any], parameters: Mapping[str, str]) -> str:
    """Hash what would be deployed."""
    return hashlib.sha256(json.dumps([template, parameters], sort_keys=True).encode()).hexdigest()


def apply(cloudformation: Any, template_url: str, parameters: Mapping[str, str], mark: str, name: str = NAME) -> None:
    """Create or update the local stack and wait. Refusal that lists what failed.

    Nothing is done when the stack bears the mark of the same template and parameters already.
    """
    known = find(cloudformation, name)
    if known and mark in {tag["Value"] for tag in known.get("Tags", [])}:
        return
    if known and known["StackStatus"] in {
        "ROLLBACK_COMPLETE",
        "CREATE_FAILED",
        "DELETE_FAILED",
        "ROLLBACK_FAILED",
    }:
        cloudformation.delete_stack(StackName=name)
        _wait(cloudformation, name)
        known = None
    call = cloudformation.update_stack if known else cloudformation.create_stack
    call(
        StackName=name,
        TemplateURL=template_url,
        Parameters=parameter_list(parameters),
        Capabilities=CAPABILITIES,
        Tags=[{"Key": "fingerprint", "Value": mark}],
    )
    status = _wait(cloudformation, name)
    if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        why = "\n".join(failures(cloudformation, name)) or "  no cause was given; see the emulator's log"
        raise Refusal(f"the stack was not deployed ({status}):\n{why}\nTo start anew without its data: make forget up")


def find(cloudformation: Any, name: str) -> dict[str, Any] | None:
    """Describe a stack; None when there is none of the name."""
    try:
        found: dict[str, Any] = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return None
        raise
    return None if found["StackStatus"] == "DELETE_COMPLETE" else found


def _wait(cloudformation: Any, name: str) -> str:
    """Wait until a local stack is at rest; give its status."""
    while (stack := find(cloudformation, name)) and stack["StackStatus"].endswith("_IN_PROGRESS"):
        time.sleep(0.2)
    return stack["StackStatus"] if stack else "DELETE_COMPLETE"


def failures(cloudformation: Any, name: str) -> list[str]:
    """List what failed in a stack's last change, first cause first."""
    events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    failed = [one for one in events if "FAILED" in one["ResourceStatus"]]
    return [f"  {one['LogicalResourceId']}: {one.get('ResourceStatusReason', '')}" for one in reversed(failed)]


def invoke(functions: Any, name: str, event: dict[str, Any]) -> Any:
    """Call a function and give its answer. Refusal when it fails."""
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    body = answer["Payload"].read()
    if answer.get("FunctionError"):
        raise Refusal(f"{name} failed: {body.decode(errors='replace')[-2000:]}")
    return json.loads(body or "null")


def deploy_local(
    port: int, build: Path, clock_offset: int = 0, *, name: str = NAME, more: Mapping[str, str] | None = None
) -> Stack:
    """Deploy what was built on the local AWS; give the stack. `more` are further parameters of the template.

    A new stack is deployed twice: its address is the distribution's name, which only the first pass tells.
    """
    second = os.environ.get("SECOND_FACTOR", "")
    if unknown := not_roles(second):
        raise Refusal(f"SECOND_FACTOR names roles that nobody signs in with: {', '.join(unknown)}")
    client = local_clients(port)
    s3, cloudformation = client("s3"), client("cloudformation")
    s3.create_bucket(Bucket=CODE_BUCKET)
    client("ses").verify_email_identity(EmailAddress=SENDER)
    template = upload(s3, CODE_BUCKET, build)
    url = f"http://127.0.0.1:{port}/{CODE_BUCKET}/{put_template(s3, CODE_BUCKET, template)}"
    parameters = {"Stage": "local", "LocalPort": str(port), "ClockOffset": str(clock_offset), "LogDays": "7"}
    parameters |= {"LedgerDays": "1", "MailFrom": SENDER, "Address": _address(cloudformation, port, name)}
    parameters |= {"SecondFactor": second, **(more or {})}
    while True:
        apply(cloudformation, url, parameters, fingerprint(template, parameters), name)
        address = _address(cloudformation, port, name)
        if address == parameters["Address"]:
            return local(port, name)
        parameters["Address"] = address


def not_roles(text: str) -> list[str]:
    """Give what of a setting of roles (names with commas between, or `none`) names no role that people sign in with."""
    named = [] if text in ("", "none") else text.split(",")
    return sorted(set(named) - (access.EVERYONE - access.MACHINES))


def _address(cloudformation: Any, port: int, name: str) -> str:
    """Give the city's address, as the distribution's name makes it; empty before there is a distribution."""
    if not find(cloudformation, name):
        return ""
    known = outputs(cloudformation, name)
    return Stack(port, known).browser_url if "CdnDomain" in known else ""
