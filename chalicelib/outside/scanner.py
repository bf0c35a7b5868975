"""The virus scanner: a function of the city's own choice, named by the setting SCANNER, called once for each file.

It is given `{"bucket", "key"}` and answers `{"verdict": "clean"}` or `{"verdict": "infected"}`. Where none is named
the answer is `not-scanned`, and that is what stands beside the file.
"""

import json

import boto3
from botocore.config import Config

from chalicelib import settings
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.file import Scan

_QUICK = Config(read_timeout=15, retries={"max_attempts": 0})


def scan(key: str) -> Scan:
    """Have a file of the uploads bucket scanned; Unavailable when the scanner gives no verdict."""
    name = settings.optional("SCANNER")
    if not name:
        return "not-scanned"
    asked = json.dumps({"bucket": settings.required("UPLOADS_BUCKET"), "key": key}).encode()
    answer = boto3.client("lambda", config=_QUICK).invoke(FunctionName=name, Payload=asked)
    told = answer["Payload"].read()
    verdict = None if answer.get("FunctionError") else json.loads(told or "{}").get("verdict")
    if verdict not in ("clean", "infected"):
        raise Unavailable("病毒扫描暂时不可用，文件未登记；请稍后重试")
    return "clean" if verdict == "clean" else "infected"
