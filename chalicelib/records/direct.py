"""The calls that a whole city's codes wait for, by the check's own signed connection: rows of the register, a code.

A tenth of what they cost by PynamoDB (docs/decisions/0023). Items stay in the wire's form: `{"name": {"S": "text"}}`.
"""

from collections.abc import Mapping
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
    asked: dict[str, Any] = {
        "TableName": table, "ConsistentRead": True, "KeyConditionExpression": "pk = :pk AND begins_with(sk, :start)",
        "ExpressionAttributeValues": {":pk": {"S": key}, ":start": {"S": start}},
        "ProjectionExpression": names,
    }  # fmt: skip
    found: dict[str, Item] = {}
    while True:
        status, answer = _called("Query", asked)
        if status != 200:
            raise Unavailable(f"Query answered {status} {store.fault_in(answer)}")
        found.update((item["sk"]["S"], item) for item in answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return found
        asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def put(table: str, item: Item, condition: str, values: Mapping[str, Any]) -> Item | None:
    """Put an item in place of one that a condition holds for. None when it was put; else what lay there, if anything.

    Safe to send again where the condition still holds after it.
    """
    asked = {
        "TableName": table, "Item": item, "ConditionExpression": condition, "ExpressionAttributeValues": values,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }  # fmt: skip
    status, answer = _called("PutItem", asked)
    if status == 200:
        return None
    if store.fault_in(answer) != "ConditionalCheckFailedException":
        raise Unavailable(f"PutItem answered {status} {store.fault_in(answer)}")
    there: Item = answer.get("Item") or {}
    return there


def _called(operation: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    status, raw = store.called(operation, written(asked).encode(), _PATIENCE)
    return status, store.answer_in(raw)
