"""Where a backup lies: a folder, or a bucket under a prefix (s3://bucket/prefix)."""

import os
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from scripts.phases import Refusal


class Folder:
    """A folder that its owner alone can read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, name: str, body: bytes) -> None:
        """Write a file whole or not at all."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = target.with_name(f"{target.name}.half")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)

    def get(self, name: str) -> bytes | None:
        """Read a file, or None."""
        path = self.path / name
        return path.read_bytes() if path.is_file() else None


class Bucket:
    """A bucket of S3, under a prefix."""

    def __init__(self, s3: Any, bucket: str, prefix: str) -> None:
        self.s3, self.bucket, self.prefix = s3, bucket, prefix

    def put(self, name: str, body: bytes) -> None:
        """Write an object, sealed by the bucket's own key."""
        key = f"{self.prefix}{name}"
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=body, ServerSideEncryption="AES256")

    def get(self, name: str) -> bytes | None:
        """Read an object, or None."""
        try:
            return bytes(self.s3.get_object(Bucket=self.bucket, Key=f"{self.prefix}{name}")["Body"].read())
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise


Place = Folder | Bucket


def named(text: str, s3: Any) -> Place:
    """Give the place that a text names. Refusal for an empty one."""
    if not text:
        raise Refusal("say where the backup lies: a folder, or s3://bucket/prefix")
    if text.startswith("s3://"):
        bucket, _, prefix = text.removeprefix("s3://").partition("/")
        return Bucket(s3, bucket, f"{prefix.rstrip('/')}/" if prefix else "")
    return Folder(Path(text).expanduser())
