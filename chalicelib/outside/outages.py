"""Whether something failed for now: a service is busy, away or out of reach, and the same request may be sent again.

What is not named here is a defect of ours or of the deployment, and is not told as something that passes.
"""

from collections.abc import Iterator

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

PASSING = frozenset(
    {
        "InternalServerError", "InternalFailure", "InternalError", "InternalErrorException",
        "ServiceUnavailable", "RequestTimeout",
        "Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "RequestLimitExceeded",
        "ProvisionedThroughputExceededException", "LimitExceededException", "SlowDown", "RequestThrottled",
        "TransactionConflictException", "TransactionInProgressException",
        "KMSInternalException", "KeyUnavailableException", "DependencyTimeoutException",
        # a key that somebody switched off: nothing is lost, and an administrator switches it on again
        "DisabledException", "KMSInvalidStateException",
    }
)  # fmt: skip
"""Codes of errors by which AWS says that it is not the request that is wrong."""


def is_one(error: BaseException) -> bool:
    """Tell whether an exception, or what it came of, is an outage."""
    return any(_passes(one) for one in _chain(error))


def _passes(error: BaseException) -> bool:
    if isinstance(error, ConnectionError | HTTPClientError):
        return True
    if not isinstance(error, ClientError):
        return False
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500 or error.response.get("Error", {}).get("Code") in PASSING


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Give an exception and what it came of: PynamoDB keeps botocore's as its `cause`."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, getattr(one, "cause", None)]
