"""S3: uploaded files, the short-lived addresses they are sent to and seen at, and the ledger's locked copies."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib import settings

# the bucket's own regional name, as the site's content policy knows it
_REGIONAL = Config(
    signature_version="s3v4", s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"}
)
READERS = 8
"""Files of the ledger that are read at a time."""


class Sent(NamedTuple):
    """What somebody sent to an address: its size, and what was declared of it when the address was made."""

    size: int
    declared: dict[str, str]


def keep(key: str, body: bytes, *, type: str = "application/octet-stream") -> None:
    """Keep a file in the uploads bucket."""
    _s3().put_object(Bucket=settings.required("UPLOADS_BUCKET"), Key=key, Body=body, ContentType=type)


def address_to_send(key: str, *, type: str, size: int, declared: dict[str, str], seconds: int) -> dict[str, Any]:
    """Give `{url, fields}` of a form by which a browser may send just this: key, type, size and what is declared."""
    fields = {"Content-Type": type, **{f"x-amz-meta-{name}": value for name, value in declared.items()}}
    conditions = [{name: value} for name, value in fields.items()]
    made: dict[str, Any] = _s3().generate_presigned_post(
        settings.required("UPLOADS_BUCKET"), key, Fields=fields, ExpiresIn=seconds,
        Conditions=[*conditions, ["content-length-range", size, size]],
    )  # fmt: skip
    return made


def address_to_see(key: str, *, type: str, seconds: int) -> str:
    """Give an address at which a file can be seen for a while, always as the type that it was taken for."""
    asked = {"Bucket": settings.required("UPLOADS_BUCKET"), "Key": key, "ResponseContentType": type}
    asked["ResponseContentDisposition"] = "inline"
    return str(_s3().generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds))


def sent(key: str) -> Sent | None:
    """Tell what was sent to a key, without reading it; None when nothing was."""
    try:
        head = _s3().head_object(Bucket=settings.required("UPLOADS_BUCKET"), Key=key)
    except ClientError as error:
        # without the right to list a bucket, what is not there is 403
        if error.response["ResponseMetadata"]["HTTPStatusCode"] in (403, 404):
            return None
        raise
    return Sent(int(head["ContentLength"]), dict(head["Metadata"]))


def read(key: str) -> bytes:
    """Read a file of the uploads bucket."""
    return bytes(_s3().get_object(Bucket=settings.required("UPLOADS_BUCKET"), Key=key)["Body"].read())


def drop(key: str) -> None:
    """Delete a file of the uploads bucket."""
    _s3().delete_object(Bucket=settings.required("UPLOADS_BUCKET"), Key=key)


def address_to_fetch(key: str, *, name: str, seconds: int) -> str:
    """Give an address that hands out a file of the uploads bucket, as `name`, for some seconds."""
    asked = {
        "Bucket": settings.required("UPLOADS_BUCKET"),
        "Key": key,
        "ResponseContentDisposition": f'attachment; filename="{name}"',
    }
    return str(_s3().generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds))


def copy_to_ledger(key: str, body: bytes) -> None:
    """Copy ledger entries, or keep a root of them, in the locked bucket."""
    _s3().put_object(Bucket=settings.required("LEDGER_BUCKET"), Key=key, Body=body)


def list_ledger(prefix: str) -> list[str]:
    """Name what the locked bucket keeps under a prefix, in order."""
    pages = _s3().get_paginator("list_objects_v2").paginate(Bucket=settings.required("LEDGER_BUCKET"), Prefix=prefix)
    return [one["Key"] for page in pages for one in page.get("Contents", [])]


def list_ledger_folders(prefix: str) -> list[str]:
    """Name the folders that the locked bucket has right under a prefix, in order, also of what a delete mark hides."""
    asked = {"Bucket": settings.required("LEDGER_BUCKET"), "Prefix": prefix, "Delimiter": "/"}
    pages = _s3().get_paginator("list_object_versions").paginate(**asked)
    return [one["Prefix"] for page in pages for one in page.get("CommonPrefixes", [])]


def first_of_ledger(prefix: str) -> Iterator[bytes]:
    """Read what the locked bucket kept first under each key of a prefix, several at a time, in the order of the keys:
    no later version or delete mark hides it."""
    bucket = settings.required("LEDGER_BUCKET")
    pages = _s3().get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix)
    # a key's versions come newest first
    first = {one["Key"]: one["VersionId"] for page in pages for one in page.get("Versions", [])}

    def content(one: tuple[str, str]) -> bytes:
        return bytes(_s3().get_object(Bucket=bucket, Key=one[0], VersionId=one[1])["Body"].read())

    with ThreadPoolExecutor(READERS) as readers:
        yield from readers.map(content, sorted(first.items()))


@cache
def _s3() -> Any:
    return boto3.client("s3", config=_REGIONAL)
