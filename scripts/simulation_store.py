"""DynamoDB in memory, below PynamoDB and below the check's own reader: keys, conditions, transactions, indexes.

What the product asks for is answered as DynamoDB answers it: PynamoDB's own expressions are evaluated, a transaction
is whole or nothing, an index lists only what has its key. What it does not know it refuses loudly.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

Item = dict[str, dict[str, Any]]
Key = tuple[str, str]
Test = Callable[[Item, dict[str, str], dict[str, Any]], bool]
INDEXES = {"listed": "list_key", "owned": "owner_key", "turning": "turn"}
SORTS = {"listed": "list_sort", "owned": "owner_sort", "turning": "pk"}


class Store:
    """Tables by name. `watch` is told of every write before it is made, and may raise or swallow it."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[Key, Item]] = {}
        self.partitions: dict[tuple[str, str], set[Key]] = {}
        self.indexed: dict[tuple[str, str, str], set[Key]] = {}
        self.watch: Callable[[str, dict[str, Any]], None] = lambda operation, asked: None
        self.changed: Callable[[str, Item], None] = lambda table, item: None

    def _make_api_call(self, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Stand where botocore's client stands; the name is botocore's."""
        if operation in {"PutItem", "TransactWriteItems"}:
            self.watch(operation, asked)
        return self.call(operation, asked)

    def call(self, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer one call; ClientError where a condition does not hold."""
        if operation == "GetItem":
            found = self.table(asked["TableName"]).get(_key(asked["Key"]))
            return {"Item": dict(found)} if found is not None else {}
        if operation == "Query":
            return self._queried(asked)
        if operation in {"PutItem", "DeleteItem"}:
            kind = operation.removesuffix("Item")
            if not self._holds(kind, asked):
                there = self.table(asked["TableName"]).get(_key(asked.get("Item") or asked["Key"]))
                raise _fault("ConditionalCheckFailedException", operation, there=there)
            self._apply(kind, asked)
            return {}
        if operation == "TransactWriteItems":
            return self._transacted(asked)
        raise NotImplementedError(operation)

    def exchange(self, operation: str, body: bytes) -> tuple[int, bytes]:
        """Answer one call as it comes over the wire: a status and JSON, binary values as text."""
        asked = json.loads(body)
        if "Item" in asked:
            asked["Item"] = {name: _read(value) for name, value in asked["Item"].items()}
        try:
            told = self._make_api_call(operation, asked)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            told = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "Item": error.response.get("Item", {})}
            return (500 if code == "InternalServerError" else 400), _json(told)
        return 200, _json(told)

    def wire(self, table: str, pk: str) -> Item | None:
        """Give an item as the wire writes it, with binary values as text."""
        found = self.table(table).get((pk, ""))
        return None if found is None else {name: _written(value) for name, value in found.items()}

    def table(self, name: str) -> dict[Key, Item]:
        """Give the items of a table."""
        return self.tables.setdefault(name, {})

    def _transacted(self, asked: dict[str, Any]) -> dict[str, Any]:
        writes = [next(iter(one.items())) for one in asked["TransactItems"]]
        held = [self._holds(kind, one) for kind, one in writes]
        if not all(held):
            reasons = [{"Code": "None" if well else "ConditionalCheckFailed"} for well in held]
            raise _fault("TransactionCanceledException", "TransactWriteItems", reasons)
        for kind, one in writes:
            self._apply(kind, one)
        return {}

    def _holds(self, kind: str, asked: dict[str, Any]) -> bool:
        expression = asked.get("ConditionExpression")
        if not expression:
            return True
        before = self.table(asked["TableName"]).get(_key(asked.get("Item") or asked["Key"]), {})
        names, values = asked.get("ExpressionAttributeNames", {}), asked.get("ExpressionAttributeValues", {})
        return compiled(expression)(before, names, values)

    def _apply(self, kind: str, asked: dict[str, Any]) -> None:
        if kind == "ConditionCheck":
            return
        table, key = asked["TableName"], _key(asked.get("Item") or asked["Key"])
        before = self.table(table).get(key)
        if kind == "Delete":
            after = None
        elif kind == "Put":
            after = dict(asked["Item"])
        elif kind == "Update":
            after = _updated({**asked["Key"], **(before or {})}, asked)
        else:
            raise NotImplementedError(kind)
        self._keep(table, key, before, after)

    def _keep(self, table: str, key: Key, before: Item | None, after: Item | None) -> None:
        for index, attribute in INDEXES.items():
            if before and attribute in before:
                self.indexed[table, index, before[attribute]["S"]].discard(key)
            if after and attribute in after:
                self.indexed.setdefault((table, index, after[attribute]["S"]), set()).add(key)
        if after is None:
            self.table(table).pop(key, None)
            self.partitions.get((table, key[0]), set()).discard(key)
            return
        self.table(table)[key] = after
        self.partitions.setdefault((table, key[0]), set()).add(key)
        self.changed(table, after)

    def _queried(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer a query in one page: the partition's or the index key's items, filtered by the key condition."""
        if "FilterExpression" in asked:
            raise NotImplementedError("FilterExpression")
        table, index = asked["TableName"], asked.get("IndexName")
        names, values = asked.get("ExpressionAttributeNames", {}), asked["ExpressionAttributeValues"]
        condition = asked["KeyConditionExpression"]
        first = values[re.findall(r":\w+", condition)[0]]["S"]
        keys = self.indexed.get((table, index, first)) if index else self.partitions.get((table, first))
        sort = SORTS.get(index or "", "sk")
        rows = sorted([self.table(table)[key] for key in keys or ()], key=lambda row: row[sort]["S"])
        if not asked.get("ScanIndexForward", True):
            rows.reverse()
        started = asked.get("ExclusiveStartKey")
        if started:
            rows = rows[[_key(row) for row in rows].index(_key(started)) + 1 :]
        test = compiled(condition)
        matching = (row for row in rows if test(row, names, values))
        page = list(islice(matching, asked.get("Limit")))
        more = {"LastEvaluatedKey": _last(page[-1], index)} if page and any(matching) else {}
        return {"Items": [dict(row) for row in page], "Count": len(page), "ScannedCount": len(page), **more}


@cache
def compiled(expression: str) -> Test:
    """Read a condition once: comparisons and functions joined by AND, OR, NOT and brackets."""
    tokens = re.findall(r"\(|\)|,|<>|<=|>=|=|<|>|[#:]\w+|\w+", expression)
    test, rest = _either(tokens)
    if rest:
        raise NotImplementedError(f"in a condition: {rest}")
    return test


def _either(tokens: list[str]) -> tuple[Test, list[str]]:
    one, tokens = _both(tokens)
    tests = [one]
    while tokens and tokens[0] == "OR":
        one, tokens = _both(tokens[1:])
        tests.append(one)
    return (lambda item, names, values: any(test(item, names, values) for test in tests)), tokens


def _both(tokens: list[str]) -> tuple[Test, list[str]]:
    one, tokens = _single(tokens)
    tests = [one]
    while tokens and tokens[0] == "AND":
        one, tokens = _single(tokens[1:])
        tests.append(one)
    return (lambda item, names, values: all(test(item, names, values) for test in tests)), tokens


def _single(tokens: list[str]) -> tuple[Test, list[str]]:
    head = tokens[0]
    if head == "NOT":
        inner, rest = _single(tokens[1:])
        return (lambda item, names, values: not inner(item, names, values)), rest
    if head == "(":
        inner, rest = _either(tokens[1:])
        return inner, rest[1:]
    if head in ("attribute_not_exists", "attribute_exists"):
        wanted, name = head == "attribute_exists", tokens[2]
        return (lambda item, names, values: (names.get(name, name) in item) is wanted), tokens[4:]
    if head == "begins_with":
        name, start = tokens[2], tokens[4]
        return (lambda item, names, values: _starts(item, names.get(name, name), values[start])), tokens[6:]
    name, sign, value = tokens[:3]
    return (lambda item, names, values: _compared(item.get(names.get(name, name)), sign, values[value])), tokens[3:]


def _starts(item: Item, name: str, start: dict[str, Any]) -> bool:
    return name in item and str(item[name]["S"]).startswith(start["S"])


def _compared(left: dict[str, Any] | None, sign: str, right: dict[str, Any]) -> bool:
    if left is None or left.keys() != right.keys():
        return sign == "<>"
    (kind,) = left
    one, two = (float(left[kind]), float(right[kind])) if kind == "N" else (left[kind], right[kind])
    signs = {"=": one == two, "<>": one != two}
    if sign in signs:
        return bool(signs[sign])
    return bool({"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}[sign])


def _updated(item: Item, asked: dict[str, Any]) -> Item:
    names, values = asked.get("ExpressionAttributeNames", {}), asked["ExpressionAttributeValues"]
    expression = asked["UpdateExpression"]
    if not expression.startswith("SET ") or re.search(r"\b(REMOVE|ADD|DELETE)\b|[-+(]", expression):
        raise NotImplementedError(expression)
    for name, value in _assignments(expression):
        item[names.get(name, name)] = values[value]
    return item


def _assignments(expression: str) -> Iterator[tuple[str, str]]:
    for part in expression.removeprefix("SET ").split(","):
        name, value = part.split("=")
        yield name.strip(), value.strip()


def _key(item: Item) -> Key:
    return item["pk"]["S"], item["sk"]["S"] if "sk" in item else ""


def _last(row: Item, index: str | None) -> Item:
    names = ("pk", "sk", INDEXES.get(index or "", ""), SORTS.get(index or "", ""))
    return {name: row[name] for name in names if name in row}


def _written(value: dict[str, Any]) -> dict[str, Any]:
    return {"B": b64encode(value["B"]).decode()} if "B" in value else value


def _read(value: dict[str, Any]) -> dict[str, Any]:
    return {"B": b64decode(value["B"])} if "B" in value else value


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, default=lambda octets: b64encode(octets).decode()).encode()


def _fault(
    code: str, operation: str, reasons: list[dict[str, str]] | None = None, *, there: Item | None = None
) -> ClientError:
    error = {"Code": code, "Message": "simulated"}
    told: Any = {"Error": error, "CancellationReasons": reasons or [], "Item": there or {}}
    return ClientError(told, operation)


def broken(operation: str) -> ClientError:
    """Make the fault of a store that is down for a moment."""
    return _fault("InternalServerError", operation)
