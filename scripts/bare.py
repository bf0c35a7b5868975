"""A stack without a deployment: tables, keys, queues and buckets, for actions that are called directly."""

import uuid
from collections.abc import Callable
from typing import Any

from scripts.merge_infra import ROOT, load

TABLES = {
    "REGISTER_TABLE": "Register",
    "CODES_TABLE": "Codes",
    "INBOX_TABLE": "Inbox",
    "LEDGER_TABLE": "Ledger",
}
NAMES = {name: logical.lower() for name, logical in TABLES.items()}
"""Each table's setting with the name it has on a stack of this kind."""
QUEUES = ("REPROJECT_QUEUE", "RERECEIVE_QUEUE", "REREACT_QUEUE", "WORK_QUEUE", "SEND_QUEUE")
BUCKETS = ("UPLOADS_BUCKET", "LEDGER_BUCKET")
KEYS: dict[str, dict[str, str]] = {
    "KEY_ID": {},
    "PUBLIC_KEY_ID": {"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"},
    "SIGNING_KEY_ID": {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"},
}
SETTINGS = {
    "ADDRESS": "https://code.example.cn", "PROVINCE": "default", "STAGE": "local", "LOCAL": "1", "ISSUERS": "[]",
}  # fmt: skip
_NOT_FOR_CREATION = {
    "DeletionProtectionEnabled",
    "PointInTimeRecoverySpecification",
    "StreamSpecification",
    "TimeToLiveSpecification",
    "SSESpecification",
}


def services(aws: Callable[[str], Any]) -> dict[str, str]:
    """Make keys, queues and buckets by clients of the local AWS; give the settings that name them."""
    settings = {name: aws("kms").create_key(**made)["KeyMetadata"]["KeyId"] for name, made in KEYS.items()}
    settings |= {name: aws("sqs").create_queue(QueueName=name.lower())["QueueUrl"] for name in QUEUES}
    settings |= {name: f"{name.lower().replace('_', '-')}-{uuid.uuid4().hex[:8]}" for name in BUCKETS}
    for name in BUCKETS:
        aws("s3").create_bucket(Bucket=settings[name])
    return settings


def create_tables(dynamodb: Any, suffix: str = "") -> None:
    """Create the tables of infra/tables.yaml under their names here, and a suffix."""
    described = load(ROOT / "infra" / "tables.yaml")["Resources"]
    for name, logical in TABLES.items():
        properties = described[logical]["Properties"]
        kept = {key: value for key, value in properties.items() if key not in _NOT_FOR_CREATION}
        dynamodb.create_table(TableName=NAMES[name] + suffix, **kept)
