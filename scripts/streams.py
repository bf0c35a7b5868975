"""The local streams, which are dead after a restart: mappings are made again, all is projected anew.

Mappings keep an absolute position in streams whose records the emulator does not keep.
"""

import time
from collections.abc import Sequence
from typing import Any

from scripts import stack as stacks
from scripts.phases import Refusal
from scripts.reach import Reached
from scripts.stack import Stack

_CARRIED = (
    "BatchSize",
    "FilterCriteria",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "BisectBatchOnFunctionError",
    "DestinationConfig",
)


def mend(stack: Stack) -> int:
    """Delete and make again every mapping of a stream, from its first record on; give how many there were."""
    functions = stack.client("lambda")
    mappings = [one for one in functions.list_event_source_mappings()["EventSourceMappings"] if _is_stream(one)]
    for one in mappings:
        functions.delete_event_source_mapping(UUID=one["UUID"])
        functions.create_event_source_mapping(
            EventSourceArn=one["EventSourceArn"],
            FunctionName=one["FunctionArn"],
            StartingPosition="TRIM_HORIZON",
            **{name: one[name] for name in _CARRIED if one.get(name)},
        )
    return len(mappings)


def _is_stream(mapping: dict[str, Any]) -> bool:
    return ":dynamodb:" in mapping["EventSourceArn"]


def invoke(stack: Reached, function: str, event: dict[str, Any]) -> Any:
    """Call a function by the name of its output, such as ProjectFunction. Refusal when it fails."""
    return stacks.invoke(stack.client("lambda"), stack.outputs[function], event)


def reproject(stack: Reached, *, city: str = "", company: str = "", workers: Sequence[str] = ()) -> Any:
    """Have archives projected anew: some workers of a city, a company's, a city's, or every one.

    Records that were not read when the emulator stopped are gone: this brings what they would have brought.
    """
    if workers:
        return invoke(stack, "ProjectFunction", {"archives": [f"W#{city}#{worker}" for worker in workers]})
    return invoke(stack, "ProjectFunction", {"all": True, "city": city or None, "company": company or None})


def settle(stack: Reached, seconds: float = 60) -> bool:
    """Wait until the queues have been worked off; tell whether they were within the time."""
    return wait_until(lambda: not waiting(stack), seconds, every=0.5)


def finish(stack: Reached, patience: float = 360) -> None:
    """Wait until the queues have been worked off, however many messages there are; Refusal when for so many seconds
    there are no fewer."""
    left = waiting(stack)
    while left:
        before = left
        if not wait_until(lambda before=before: waiting(stack) < before, patience, every=0.5):
            raise Refusal(f"{left} messages wait, no fewer in {patience:g} s; see the functions' logs, then ask again")
        left = waiting(stack)


def waiting(stack: Reached) -> int:
    """Count the messages that wait in the queues or are being worked on."""
    sqs, counted = stack.client("sqs"), ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    urls = [url for name, url in stack.outputs.items() if name.endswith("QueueUrl")]
    asked = [sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(counted))["Attributes"] for url in urls]
    return sum(int(one[name]) for one in asked for name in counted)


def wait_until(check: Any, seconds: float = 20, every: float = 0.1) -> bool:
    """Ask until something holds; tell whether it did within the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if check():
            return True
        time.sleep(every)
    return False
