"""DynamoDB as plain dictionaries: the four verbs that everything else is built from.

Attributes that are None are left out when an item is put, and removed when it is updated. Names always go through
placeholders.
"""

import random
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

from complaints.refusals import OutOfDate

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]
T = TypeVar("T")
ABSENT = "attribute_not_exists(PK)"
_pack, _unpack = TypeSerializer().serialize, TypeDeserializer().deserialize


class Items:
    """One table."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self.client = client
        self.name = name

    def get(self, key: Item, *, consistent: bool = True) -> Item | None:
        """One item, or None."""
        answer = self.client.get_item(TableName=self.name, Key=packed(key), ConsistentRead=consistent)
        return unpacked(answer["Item"]) if "Item" in answer else None

    def many(self, keys: Iterable[Item]) -> list[Item]:
        """Those of up to 100 items that are there, in any order and not always the newest state. One round trip."""
        found: list[Item] = []
        wanted: Any = {self.name: {"Keys": [packed(key) for key in keys]}}
        while wanted:
            answer = self.client.batch_get_item(RequestItems=wanted)
            found += map(unpacked, answer["Responses"].get(self.name, []))
            wanted = answer.get("UnprocessedKeys")
        return found

    def query(
        self,
        index: str | None = None,
        *,
        matching: tuple[str, Item] | None = None,
        forward: bool = True,
        consistent: bool = False,
        first: int | None = None,
        **keys: Any,
    ) -> Iterable[Item]:
        """The items whose keys equal `keys`, in order; a key given as ("<", value), (">", value) or
        ("begins_with", value) is compared so.

        `matching` is a filter expression with its values. Pages follow each other until the caller stops: each is a
        megabyte, but for one of the `first` few items where the caller will mostly need no more.
        """
        conditions, values = [], {}
        for name, wanted in keys.items():
            comparison, value = wanted if isinstance(wanted, tuple) else ("=", wanted)
            plain = f"#{name} {comparison} :{name}"
            conditions.append(plain if comparison != "begins_with" else f"begins_with(#{name}, :{name})")
            values[f":{name}"] = value
        asked: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": " AND ".join(conditions),
            "ScanIndexForward": forward,
            "ConsistentRead": consistent,
            "ExpressionAttributeNames": {f"#{name}": name for name in keys},
        }
        if matching:
            asked["FilterExpression"], more = matching
            values |= more
        if index:
            asked["IndexName"] = index
        if first:
            asked["Limit"] = first
        asked["ExpressionAttributeValues"] = packed(values)
        while True:
            answer = self.client.query(**asked)
            yield from map(unpacked, answer["Items"])
            asked.pop("Limit", None)
            if "LastEvaluatedKey" not in answer:
                return
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def delete(self, key: Item) -> None:
        """Delete an item. One that is not there is no error."""
        self.client.delete_item(TableName=self.name, Key=packed(key))

    def put(self, item: Item) -> bool:
        """Put an item unless it is there; whether it was put."""
        return (
            self._unless_refused(
                lambda: self.client.put_item(TableName=self.name, Item=packed(item), ConditionExpression=ABSENT)
            )
            is not None
        )

    def update(self, key: Item, sets: Item, *, when: dict[str, Any]) -> Item | None:
        """Set attributes while `when` holds; the item as it is then, or None if it does not hold.

        `when` maps attribute names to a required value, to a tuple of values of which one is required, or to None
        for an attribute that must be absent.
        """
        change = self.change(key, sets, when)
        answer = self._unless_refused(lambda: self.client.update_item(**change, ReturnValues="ALL_NEW"))
        return unpacked(answer["Attributes"]) if answer is not None else None

    def change(self, key: Item, sets: Item, when: dict[str, Any]) -> Any:
        """The same as a member of a transaction."""
        values = {name: value for name, value in sets.items() if value is not None}
        removed = [name for name, value in sets.items() if value is None]
        expression = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        if removed:
            expression += " REMOVE " + ", ".join(f"#{name}" for name in removed)
        holds: list[str] = []
        required: Item = {}
        for name, allowed in when.items():
            if allowed is None:
                holds.append(f"attribute_not_exists(#{name})")
                continue
            options = allowed if isinstance(allowed, tuple) else (allowed,)
            places = {f":{name}_{n}": option for n, option in enumerate(options)}
            holds.append(f"#{name} IN ({', '.join(places)})")
            required |= places
        return {
            "TableName": self.name,
            "Key": packed(key),
            "UpdateExpression": expression,
            "ConditionExpression": " AND ".join(holds),
            "ExpressionAttributeNames": {f"#{name}": name for name in {**sets, **when}},
            "ExpressionAttributeValues": packed({**{f":{name}": value for name, value in values.items()}, **required}),
        }

    def putting(self, item: Item) -> Any:
        """A put of a new item as a member of a transaction."""
        return {"Put": {"TableName": self.name, "Item": packed(item), "ConditionExpression": ABSENT}}

    def transact(self, writes: list[Any]) -> None:
        """All or nothing. Raises OutOfDate if a condition refused; a conflict with another one is tried again."""
        for attempt in range(5):
            try:
                self.client.transact_write_items(TransactItems=writes)
            except self.client.exceptions.TransactionCanceledException as error:
                reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", [])} - {
                    "None",
                    None,
                }
                if reasons == {"ConditionalCheckFailed"}:
                    raise OutOfDate from None
                if not reasons <= {"TransactionConflict", "ConditionalCheckFailed"}:
                    raise
                wait(attempt)
            else:
                return
        raise OutOfDate

    @staticmethod
    def _unless_refused(call: Any) -> Any:
        try:
            return call()
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return None
            raise


def hundreds(many: Iterable[T]) -> Iterable[list[T]]:
    """Many things in lists of a hundred: as much as one read may ask for."""
    rest = iter(many)
    while some := list(islice(rest, 100)):
        yield some


def packed(item: Item) -> Any:
    """A dictionary as DynamoDB takes it."""
    return {name: _pack(value) for name, value in item.items() if value is not None}


def unpacked(item: Any) -> Item:
    """A dictionary as people take it; binary values are bytes."""
    plain = {name: _unpack(value) for name, value in item.items()}
    return {name: bytes(cast(Any, value)) if isinstance(value, Binary) else value for name, value in plain.items()}


def iso(moment: datetime) -> str:
    """A moment that sorts as text: UTC, whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def wait(attempt: int) -> None:
    """A moment's patience, longer and more random with each attempt."""
    time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, not a secret
