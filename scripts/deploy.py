"""Deploy to a real AWS account, or with --plan show what that would change.

STAGE, REGION and HOST must be given; CERTIFICATE names the host's certificate, ADMIN the e-mail of the first
administrator. PROVINCE, ISSUERS, WAF, ALARMS, MAIL and SECOND_FACTOR set the template's parameters of like names. KEYS
are those of a backup that is to be restored into the new stack, which is then left empty. All of these but CERTIFICATE
and ADMIN stay as they are when a later deployment does not name them; ISSUERS, ALARMS and MAIL end with `none`.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError, WaiterError

from scripts import package, reach, stack, website
from scripts.phases import Refusal, phase, refuse

HELD = ("HeldKey", "HeldPublicKey", "HeldSigningKey")
OPTIONAL = {
    "Province": "PROVINCE", "Issuers": "ISSUERS", "WithWaf": "WAF", "AlarmMail": "ALARMS", "MailFrom": "MAIL",
    "SecondFactor": "SECOND_FACTOR",
}  # fmt: skip
"""Parameters of the template by the names under which they are asked for."""
KEPT = (*HELD, *OPTIONAL)
EMPTIED = ("Issuers", "AlarmMail", "MailFrom")
"""Those of them that `none` takes away."""
Clients = Callable[[str], Any]
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")
_NOT_A_CITYS = (".cloudfront.net", ".cloudfront.cn", ".amazonaws.com", ".amazonaws.com.cn", ".localhost", ".local")


class Choice(NamedTuple):
    """What was asked for, checked, with what an earlier deployment chose and this one does not name."""

    stage: str
    region: str
    host: str
    admin: str
    parameters: dict[str, str]
    restores: bool

    @property
    def name(self) -> str:
        """The stack's name."""
        return f"{stack.NAME}-{self.stage}"

    @property
    def in_china(self) -> bool:
        """Whether the region is one of AWS China's."""
        return self.region.startswith("cn-")


def choose(given: Mapping[str, str], before: Callable[[Choice], Mapping[str, str]]) -> Choice:
    """Check what was asked for; `before` gives the parameters of the stack as it is, none when there is none.

    Refusal that names everything that is missing or wrong.
    """
    stage, region, host = (given.get(name, "").strip() for name in ("STAGE", "REGION", "HOST"))
    choice = Choice(stage, region, host.lower(), given.get("ADMIN", "").strip(), {}, bool(_keys(given)))
    faults = list(_faults_of_place(choice))
    known = {} if faults else before(choice)
    parameters = {name: value for name, value in known.items() if name in KEPT}
    parameters |= {name: given[variable] for name, variable in OPTIONAL.items() if given.get(variable)}
    parameters |= {name: "" for name in EMPTIED if parameters.get(name) == "none"}
    parameters |= dict(zip(HELD, _keys(given), strict=False))
    faults += [*_faults(choice, given), *_faults_of_people(choice, parameters.get("Issuers", ""))]
    if faults:
        raise Refusal(
            "\n".join(faults) + "\nUsage: make deploy STAGE=prod REGION=ap-east-1 HOST=code.example.cn CERTIFICATE=…"
        )
    certificate = "ServerCertificateId" if choice.in_china else "CertificateArn"
    parameters |= {"Stage": stage, "Host": choice.host, certificate: given["CERTIFICATE"]}
    return choice._replace(parameters=parameters)


def _faults_of_place(choice: Choice) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,19}", choice.stage) or choice.stage == "local":
        yield "STAGE is missing or not one: small letters and digits, such as prod (local is this machine's: make up)"
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]", choice.region):
        yield "REGION is missing or not one, such as ap-east-1 or cn-north-1"


def _faults(choice: Choice, given: Mapping[str, str]) -> Iterator[str]:
    if not choice.host:
        yield "HOST is missing: QRs are printed for years, so they carry the city's own host name"
    elif not _HOST.fullmatch(choice.host) or choice.host.endswith(_NOT_A_CITYS):
        yield f"HOST {choice.host} is not a host name of the city's own"
    if not given.get("CERTIFICATE"):
        kind = (
            "the id of an IAM server certificate" if choice.in_china else "the ARN of an ACM certificate in us-east-1"
        )
        yield f"CERTIFICATE is missing: {kind} for HOST"
    if len(_keys(given)) not in (0, len(HELD)):
        yield "KEYS are three ids of keys, as the end of make backup and its manifest name them"
    if _keys(given) and choice.admin:
        yield "ADMIN is of no use with KEYS: the accounts come with the backup"
    if unknown := stack.not_roles(given.get("SECOND_FACTOR", "")):
        yield f"SECOND_FACTOR names roles that nobody signs in with: {', '.join(unknown)}"


def _faults_of_people(choice: Choice, issuers: str) -> Iterator[str]:
    """Tell what is wrong about who signs in, by the issuers that the stack will have."""
    if choice.in_china and not issuers:
        yield "ISSUERS is missing: AWS China has no user pools, so say who signs the staff's tokens (JSON list)"
    if issuers:
        try:
            website.first_issuer(issuers)
        except Refusal as refusal:
            yield str(refusal)
    if choice.admin and issuers and "|" not in choice.admin:
        yield "ADMIN must be iss|sub, whom the tokens of your own issuer name: nobody can be invited there by mail"
    if choice.admin and not issuers and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", choice.admin):
        yield "ADMIN is not an e-mail address"


def _keys(given: Mapping[str, str]) -> list[str]:
    return [id for id in given.get("KEYS", "").split(",") if id]


def code_bucket(client: Clients, region: str) -> str:
    """Give the account's bucket for code, made when it is not there."""
    account = client("sts").get_caller_identity()["Account"]
    name, s3 = f"{stack.NAME}-code-{account}-{region}", client("s3")
    try:
        s3.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=name, **place)
        closed = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(closed, True))
    return name


def template_url(choice: Choice, bucket: str, key: str) -> str:
    """Write the address at which CloudFormation reads the template."""
    suffix = "amazonaws.com.cn" if choice.in_china else "amazonaws.com"
    return f"https://{bucket}.s3.{choice.region}.{suffix}/{key}"


def change_set(cloudformation: Any, choice: Choice, url: str) -> list[str] | None:
    """Prepare the change set `next` and list its changes; None when there is nothing to change."""
    known = stack.find(cloudformation, choice.name)
    status = known["StackStatus"] if known else "REVIEW_IN_PROGRESS"
    if status == "ROLLBACK_COMPLETE":
        raise Refusal(
            f"the first deployment of {choice.name} failed and was rolled back; delete that stack in the console, "
            "then deploy again (nothing of the city was in it yet)"
        )
    kind = "CREATE" if status == "REVIEW_IN_PROGRESS" else "UPDATE"
    names = {"StackName": choice.name, "ChangeSetName": "next"}
    cloudformation.create_change_set(
        **names,
        ChangeSetType=kind,
        TemplateURL=url,
        Parameters=stack.parameter_list(choice.parameters),
        Capabilities=stack.CAPABILITIES,
    )
    try:
        cloudformation.get_waiter("change_set_create_complete").wait(**names, WaiterConfig={"Delay": 3})
    except WaiterError as error:
        reason = cloudformation.describe_change_set(**names).get("StatusReason", "")
        cloudformation.delete_change_set(**names)
        if "didn't contain changes" in reason or "No updates are to be performed" in reason:
            return None
        raise Refusal(f"the change set was refused: {reason}") from error
    pages = cloudformation.get_paginator("describe_change_set").paginate(**names)
    return [_told(one["ResourceChange"]) for page in pages for one in page["Changes"]]


def _told(change: Mapping[str, Any]) -> str:
    replaced = " (REPLACED: its data does not come along)" if change.get("Replacement") == "True" else ""
    return f"  {change['Action'].lower():<8} {change['ResourceType']:<40} {change['LogicalResourceId']}{replaced}"


def execute(cloudformation: Any, choice: Choice, pause: float = 5) -> None:
    """Carry the change set out and wait. Refusal that lists what failed."""
    cloudformation.execute_change_set(StackName=choice.name, ChangeSetName="next")
    while True:
        time.sleep(pause)
        known = stack.find(cloudformation, choice.name)
        status = known["StackStatus"] if known else "DELETE_COMPLETE"
        if not status.endswith("_IN_PROGRESS"):
            break
    if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        failed = "\n".join(stack.failures(cloudformation, choice.name))
        raise Refusal(f"the deployment failed ({status}):\n{failed}")


def sign_in(choice: Choice, outputs: Mapping[str, str]) -> dict[str, str]:
    """Tell the pages where to sign in: the stack's own pool, or the first issuer given."""
    if "UserPoolId" in outputs:
        issuer = f"https://cognito-idp.{choice.region}.amazonaws.com/{outputs['UserPoolId']}"
        pages = f"https://{outputs['SignInDomain']}.auth.{choice.region}.amazoncognito.com"
        return website.cognito(issuer, outputs["ClientId"], pages)
    first = website.first_issuer(choice.parameters["Issuers"])
    return {"issuer": first["issuer"], "client_id": first["audience"]}


def first_administrator(client: Clients, choice: Choice, outputs: Mapping[str, str]) -> None:
    """Invite the first administrator, who gets a temporary password by mail, and make the account record."""
    pool, cognito = outputs["UserPoolId"], client("cognito-idp")
    try:
        attributes = cognito.admin_create_user(
            UserPoolId=pool,
            Username=choice.admin,
            UserAttributes=[{"Name": "email", "Value": choice.admin}, {"Name": "email_verified", "Value": "true"}],
            DesiredDeliveryMediums=["EMAIL"],
        )["User"]["Attributes"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "UsernameExistsException":
            raise
        attributes = cognito.admin_get_user(UserPoolId=pool, Username=choice.admin)["UserAttributes"]
    subject = next(one["Value"] for one in attributes if one["Name"] == "sub")
    issuer = sign_in(choice, outputs)["issuer"]
    event = {"administrator": {"subject": f"{issuer}|{subject}", "name": choice.admin, "email": choice.admin}}
    stack.invoke(client("lambda"), outputs["WorkFunction"], event)


def deploy(client: Clients, choice: Choice, build: Path, *, plan: bool) -> None:
    """Upload, show what changes, and unless it is only a plan carry it out and bring the city's address to life."""
    s3, cloudformation = client("s3"), client("cloudformation")
    with phase("uploading the packages"):
        bucket = code_bucket(client, choice.region)
        key = stack.put_template(s3, bucket, stack.upload(s3, bucket, build))
    with phase("asking what would change"):
        changes = change_set(cloudformation, choice, template_url(choice, bucket, key))
    print("\n".join(changes or ["  nothing changes"]))
    if plan:
        if changes:
            cloudformation.delete_change_set(StackName=choice.name, ChangeSetName="next")
        return
    if changes:
        with phase("changing the stack"):
            execute(cloudformation, choice)
    outputs = stack.outputs(cloudformation, choice.name)
    with phase("uploading the site"):
        settings = website.config(stage=choice.stage, address=f"https://{choice.host}", auth=sign_in(choice, outputs))
        website.upload(s3, outputs["SiteBucketName"], settings)
    if choice.restores:
        print("\n  the stack is left empty; now: make restore FROM=…")
        return
    with phase("preparing the public check"):
        stack.invoke(client("lambda"), outputs["ProjectFunction"], {"prepare": True})
        stack.invoke(client("lambda"), outputs["ReactFunction"], {"status_lists": True})
    if choice.admin and "UserPoolId" in outputs:
        with phase(f"inviting {choice.admin}"):
            first_administrator(client, choice, outputs)
    elif choice.admin:
        told = {"administrator": {"subject": choice.admin, "name": "系统管理员"}}
        stack.invoke(client("lambda"), outputs["WorkFunction"], told)
    print(f"\n  city   https://{choice.host}/\n  admin  https://{choice.host}/admin/")
    print(f"  DNS    point {choice.host} at {outputs.get('CdnDomain', 'your CDN')}")


def before(choice: Choice) -> dict[str, str]:
    """Give the parameters of the stack as an earlier deployment left it."""
    return parameters_of(stack.find(reach.OnAws(choice.region, {}).client("cloudformation"), choice.name))


def parameters_of(known: Mapping[str, Any] | None) -> dict[str, str]:
    """Give the parameters of a stack as CloudFormation describes it."""
    return {one["ParameterKey"]: one["ParameterValue"] for one in (known or {}).get("Parameters", [])}


def main() -> int:
    """Deploy or plan by the environment's variables; give the exit status."""
    try:
        choice = choose(os.environ, before)
        client = reach.OnAws(choice.region, {}).client
        with phase("packaging the functions"):
            build = package.build()
        with phase("building the site"):
            website.build()
        deploy(client, choice, build, plan="--plan" in sys.argv)
    except (Refusal, RuntimeError) as error:
        return refuse(Refusal(str(error)))
    except (BotoCoreError, ClientError) as error:
        return refuse(Refusal(f"AWS refused: {error}\nSign in to the account first (aws configure, or AWS_PROFILE)."))
    return 0


if __name__ == "__main__":
    sys.exit(main())
