"""S3: uploaded files and the ledger's locked copies."""

from functools import cache
from typing import Any

import boto3

from chalicelib import settings


def keep(key: str, body: bytes) -> None:
    """Keep a file in the uploads bucket."""
    _s3().put_object(Bucket=settings.required("UPLOADS_BUCKET"), Key=key, Body=body)


def read(key: str) -> bytes:
    """Read a file of the uploads bucket."""
    return bytes(_s3().get_object(Bucket=settings.required("UPLOADS_BUCKET"), Key=key)["Body"].read())


def drop(key: str) -> None:
    """Delete a file of the uploads bucket."""
    _s3().delete_object(Bucket=settings.required("UPLOADS_BUCKET"), Key=key)


def copy_to_ledger(key: str, body: bytes) -> None:
    """Copy a ledger entry to the locked bucket."""
    _s3().put_object(Bucket=settings.required("LEDGER_BUCKET"), Key=key, Body=body)


@cache
def _s3() -> Any:
    return boto3.client("s3")
