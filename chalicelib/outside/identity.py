"""The user pool: people are invited there; who they are to us is our own account record."""

from functools import cache
from typing import Any

import boto3
from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.rules.errors import Unavailable


def has_pool() -> bool:
    """Tell whether this stack has a user pool of its own."""
    return settings.optional("USER_POOL_ID") is not None


def invite(email: str) -> str:
    """Make a sign-in for an e-mail, which gets a first password by mail, or find the one it has; give `iss|sub`.

    The password is for one sign-in alone, at which the pool asks for one of the person's own. Unavailable, without
    the address that the pool might name, when it refuses.
    """
    pool = settings.required("USER_POOL_ID")
    try:
        known = _known(pool, email)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        raise Unavailable(f"登录邀请没有发出（{code}）；请核对邮箱，稍后重试") from None
    subject = next(one["Value"] for one in known if one["Name"] == "sub")
    return f"{settings.issuers()[0]['issuer']}|{subject}"


def _known(pool: str, email: str) -> list[dict[str, str]]:
    try:
        made: list[dict[str, str]] = _pool().admin_create_user(
            UserPoolId=pool,
            Username=email,
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
            DesiredDeliveryMediums=["EMAIL"],
        )["User"]["Attributes"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "UsernameExistsException":
            raise
        made = _pool().admin_get_user(UserPoolId=pool, Username=email)["UserAttributes"]
    return made


def sign_out(subject: str) -> None:
    """End every session of a person at the pool, so that no refresh token makes a new one; nothing to do for one of
    another issuer, or whom the pool does not know any more. Any other error is raised: the sessions may go on."""
    issuer, _, name = subject.rpartition("|")
    if not has_pool() or issuer != settings.issuers()[0]["issuer"]:
        return
    try:
        _pool().admin_user_global_sign_out(UserPoolId=settings.required("USER_POOL_ID"), Username=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "UserNotFoundException":
            raise


@cache
def _pool() -> Any:
    return boto3.client("cognito-idp")
