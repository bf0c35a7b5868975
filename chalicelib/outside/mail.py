"""E-mail through SES. Without a sender (template parameter MailFrom), and in China, there is none."""

from functools import cache
from typing import Any

import boto3
from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.rules.errors import Unavailable


def configured() -> bool:
    """Tell whether this stack sends e-mail."""
    return settings.optional("MAIL_FROM") is not None


def send(to: str, subject: str, text: str) -> None:
    """Send one plain e-mail; Unavailable, without the address that SES would name, when it is refused."""
    subject_and_body = {"Subject": _utf8(subject), "Body": {"Text": _utf8(text)}}
    try:
        _ses().send_email(
            Source=settings.required("MAIL_FROM"), Destination={"ToAddresses": [to]}, Message=subject_and_body
        )
    except ClientError as error:
        raise Unavailable(f"SES refused an e-mail: {error.response['Error']['Code']}") from None


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}


@cache
def _ses() -> Any:
    return boto3.client("ses")
