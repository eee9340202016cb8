"""Counts what calls of DynamoDB cost, by AWS's rules of sizing: moto's own figures are not those of AWS."""

import math
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from tests.world import RESOURCES

Image = dict[str, Any]
Units = defaultdict[str, float]  # how much of what
INDEXES = RESOURCES["Table"]["Properties"]["GlobalSecondaryIndexes"]
READ, WRITTEN = 4096, 1024  # bytes of a unit
SETTINGS = {"S": "SETTINGS"}


@contextmanager
def counting(client: Any, units: Units) -> Iterator[None]:
    """Count the calls of a client, and the units that they take. Writes to the table of keys are not seen.

    Readings of settings are left out: the tests' world reads them at every turn, a warm function every twenty seconds.
    """
    seen = len(_stream())

    def asked(params: Any, context: Any, **_: Any) -> None:
        context["asked"] = params

    def answered(parsed: Any, model: Any, context: Any, **_: Any) -> None:
        nonlocal seen
        if context["asked"].get("Key", {}).get("PK") == SETTINGS:
            return
        units["calls of DynamoDB"] += 1
        units["read units"] += _read(model.name, context["asked"], parsed)
        records, seen = _stream()[seen:], len(_stream())
        twice = 2 if model.name == "TransactWriteItems" else 1
        units["write units"] += sum(written(one.to_json()["dynamodb"], twice) for one in records)

    client.meta.events.register("before-parameter-build.dynamodb", asked)
    client.meta.events.register("after-call.dynamodb", answered)
    try:
        yield
    finally:
        client.meta.events.unregister("before-parameter-build.dynamodb", asked)
        client.meta.events.unregister("after-call.dynamodb", answered)


def _stream() -> list[Any]:
    return list(dynamodb_backends[DEFAULT_ACCOUNT_ID]["eu-central-1"].get_table("Table").stream_shard.items)  # type: ignore[union-attr]


def _read(operation: str, asked: Image, answer: Image) -> float:
    """Read units: half of one for four kilobytes, unless the newest state was asked for."""
    share = 1.0 if asked.get("ConsistentRead") else 0.5
    match operation:
        case "GetItem":
            return share * _blocks(size(answer.get("Item", {})), READ)
        case "Query":
            return share * _blocks(sum(map(size, answer.get("Items", ()))), READ)
        case "BatchGetItem":
            return sum(share * _blocks(size(item), READ) for found in answer["Responses"].values() for item in found)
        case _:
            return 0


def written(record: Image, twice: int) -> float:
    """Write units of one change: the larger of the two images, and each index by what changes in it."""
    old, new = record.get("OldImage", {}), record.get("NewImage", {})
    units: float = twice * _blocks(max(size(old), size(new)), WRITTEN)
    for index in INDEXES:
        keys = [key["AttributeName"] for key in index["KeySchema"]]
        before, after = (projected(image, index) for image in (old, new))
        if before and after and all(before[key] == after[key] for key in keys):
            units += _blocks(max(size(before), size(after)), WRITTEN) if before != after else 0
        else:
            units += sum(_blocks(size(image), WRITTEN) for image in (before, after) if image)
    return units


def projected(image: Image, index: Image) -> Image:
    """What an index keeps of an item; nothing of one that lacks its keys."""
    keys = [key["AttributeName"] for key in index["KeySchema"]]
    if not all(key in image for key in keys):
        return {}
    kept = {"PK", "SK", *keys, *index["Projection"].get("NonKeyAttributes", ())}
    return {name: value for name, value in image.items() if name in kept}


def size(item: Image) -> int:
    """The bytes of an item in DynamoDB's JSON, names and values."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(typed: Image) -> int:
    ((kind, value),) = typed.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return len(Decimal(value).as_tuple().digits) // 2 + 2
        case "B":
            return len(value if isinstance(value, bytes) else b64decode(value))
        case "L":
            return 3 + sum(1 + _value(one) for one in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value(one) for name, one in value.items())
        case _:
            return 1


def _blocks(size_: int, block: int) -> int:
    return max(1, math.ceil(size_ / block))
