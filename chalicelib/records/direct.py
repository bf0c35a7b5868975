"""The calls that a whole city's codes wait for, by the check's own signed connection: rows of the register, a code.

A tenth of what they cost by PynamoDB (docs/decisions/0023). Items stay in the wire's form: `{"name": {"S": "text"}}`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.public import store
from chalicelib.public.store import Item
from chalicelib.records.tables import Patience
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.json_text import written

WHOLE = "sk,body,revision,head"
"""What an archive or a city is made of; its rows hold as much again for the lists that they stand in."""

_PATIENCE = (float(Patience.connect_timeout_seconds), float(Patience.read_timeout_seconds))


def rows(table: str, key: str, start: str, names: str) -> dict[str, Item]:
    """Read the rows of a partition whose sort key begins so, strongly consistent, page by page; by their sort key.

    `names` are the attributes to give, `sk` among them, with commas between.
    """
    asked = _query(table, key, start, names)
    found: dict[str, Item] = {}
    while True:
        status, answer = _called("Query", asked)
        if status != 200:
            raise Unavailable(f"Query answered {status} {store.fault_in(answer)}")
        found.update((item["sk"]["S"], item) for item in answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return found
        asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def rows_together(table: str, keys: Sequence[str], start: str, names: str) -> dict[str, dict[str, Item]]:
    """Read the rows of several partitions at once, as `rows` does; by their keys. What did not come well, or not whole,
    is left out: whoever wants it reads it alone, and meets what is wrong."""
    answers = _called_together("Query", [_query(table, key, start, names) for key in keys])
    return {
        key: {item["sk"]["S"]: item for item in answer["Items"]}
        for key, answer in zip(keys, answers, strict=False)
        if answer and "LastEvaluatedKey" not in answer
    }


def put_together(table: str, puts: Sequence[tuple[Item, str, Mapping[str, Any]]]) -> list[bool]:
    """Put several items at once, each with its condition and values as `put` takes them; tell which are known to have
    been put. Another one may have been too: it is to be put alone."""
    answers = _called_together("PutItem", [_put(table, *one) for one in puts])
    return [answer is not None for answer in answers]


def put(table: str, item: Item, condition: str, values: Mapping[str, Any]) -> Item | None:
    """Put an item in place of one that a condition holds for. None when it was put; else what lay there, if anything.

    Safe to send again where the condition still holds after it.
    """
    status, answer = _called("PutItem", _put(table, item, condition, values))
    if status == 200:
        return None
    if store.fault_in(answer) != "ConditionalCheckFailedException":
        raise Unavailable(f"PutItem answered {status} {store.fault_in(answer)}")
    there: Item = answer.get("Item") or {}
    return there


def _query(table: str, key: str, start: str, names: str) -> dict[str, Any]:
    return {
        "TableName": table, "ConsistentRead": True, "KeyConditionExpression": "pk = :pk AND begins_with(sk, :start)",
        "ExpressionAttributeValues": {":pk": {"S": key}, ":start": {"S": start}},
        "ProjectionExpression": names,
    }  # fmt: skip


def _put(table: str, item: Item, condition: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "TableName": table, "Item": item, "ConditionExpression": condition, "ExpressionAttributeValues": values,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }  # fmt: skip


def _called_together(operation: str, all_asked: Sequence[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """Send all, each on a connection of its own, then receive all; None of what did not come, and of all after it."""
    answers: list[dict[str, Any] | None] = [None] * len(all_asked)
    try:
        under_way = [store.sent(operation, written(asked).encode(), _PATIENCE) for asked in all_asked]
        for place, connection in enumerate(under_way):
            status, raw = connection.received(_PATIENCE[1])
            answers[place] = store.answer_in(raw) if status == 200 else None
    except (OSError, ValueError, Unavailable):
        pass  # who asked asks for each alone then, which tries again and tells what is wrong
    return answers


def _called(operation: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    status, raw = store.called(operation, written(asked).encode(), _PATIENCE)
    return status, store.answer_in(raw)
