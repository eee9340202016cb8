"""How long the first page of a queue takes, and what it reads, where ten thousand complaints are open."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from adapters.items import packed
from desk.queues import PAGE
from tests.bench import lives
from tests.bench.dynamo import Units, counting
from tests.world import HANDLER, World

OPEN, MOST, TIMES = 10_000, 1.0, 5  # complaints; seconds that a page may take; tries, of which the middle one counts
PLACE = "/api/desk/complaints?queue=open"


class Page(NamedTuple):
    """A queue with so many open complaints: seconds of its first page, of the bare reading of it, and what it read."""

    open: int
    ours: float
    floor: float
    read: Units


def measured() -> list[Page]:
    """A queue that its first page all but holds, and a long one."""
    with lives.new_world() as world:
        return [_measured(world, length) for length in (PAGE + 1, OPEN)]


def fill(world: World, length: int) -> None:
    """Let so many complaints be open. Only those of the first page were filed: the others are copies of one of them,
    due after all the others.
    """
    there = len(list(world.items.query("work-by-queue", queue="open")))
    for _ in range(there, PAGE):
        world.submit()
    case = next(iter(world.items.query("work-by-queue", queue="open")))
    for number in range(max(there, PAGE), length):
        reference = f"COPY{number:07d}"
        copy = {**case, "PK": f"C#{reference}", "reference": reference, "due_sort": f"~{number:07d}#{reference}"}
        world.items.client.put_item(TableName=world.items.name, Item=packed(copy))


def _measured(world: World, length: int) -> Page:
    fill(world, length)
    desk, read = world.staff(HANDLER), Units(float)
    desk.get(PLACE)
    with counting(world.items.client, read):
        desk.get(PLACE)
    asked = {"IndexName": "work-by-queue", "Limit": PAGE + 1, "KeyConditionExpression": "queue = :open"}
    values = {"ExpressionAttributeValues": {":open": {"S": "open"}}}
    ours = sorted(_seconds(lambda: desk.get(PLACE)) for _ in range(TIMES))
    bare = sorted(
        _seconds(lambda: world.items.client.query(TableName=world.items.name, **asked, **values)) for _ in range(TIMES)
    )
    return Page(length, ours[TIMES // 2], bare[TIMES // 2], read)


def _seconds(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
