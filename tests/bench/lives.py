"""Lives of complaints, lived twice: with timers and without. What is more in the first is what the timers cause.

Counted at the client of DynamoDB, in the table's stream, and where the world of the tests calls a function.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from datetime import date, timedelta
from io import StringIO
from typing import Any, NamedTuple
from unittest.mock import patch

from moto import mock_aws

import tests.world
from complaints.rules import Organisation
from tests.bench import dynamo
from tests.bench.dynamo import Units
from tests.dates import MON_2_MAR, MON_9_MAR, TUE_3_MAR, at
from tests.journeys.steps import APPROVAL, ASSESSMENT, PROPOSAL, proposal
from tests.world import HANDLER, LEAD, World

STREAM = ("outbox", "insight")  # these read the table's stream; all others have a queue
THREE_POINTS = {
    **ASSESSMENT,
    "points": [
        {"title": f"Konu {n}", "category": 3, "pack": pack}
        for n, pack in enumerate(("TR-BANKA", "TR-SIGORTA", "ISO-BASE"), 1)
    ],
}
FINDING = {"finding": "not_upheld", "reasons": "Kayıtlarda bir hata yok.", "no_remedy_reason": "Gerek yok."}
THREE_FINDINGS = {
    "cause": "UNK",
    "improvement_needed": False,
    "no_conflict": True,
    "points": [{"number": n, **FINDING} for n in (1, 2, 3)],
}


class Life(NamedTuple):
    """How one complaint goes, from its receipt to the day on which its last timer has fired."""

    name: str
    goes: Callable[[World], None]
    organisation: Organisation = Organisation()


# --- three lives -----------------------------------------------------------------------------------------------------


def in_time(world: World) -> None:
    """Assessed the next day, decided after a week, put right."""
    receipt = _submitted(world)
    _investigated(world, receipt["reference"], ASSESSMENT)
    _days(world, MON_9_MAR)
    world.move(HANDLER, receipt["reference"], "propose", PROPOSAL)
    world.move(LEAD, receipt["reference"], "approve", APPROVAL)
    _accepted(world, receipt)
    _days(world, date(2026, 3, 12))
    world.finishes(HANDLER, receipt["reference"], "remedy-1")
    world.move(LEAD, receipt["reference"], "verify", {"words": "Yeni fırın takıldı."})
    _days(world, date(2026, 4, 30))


def three_points(world: World) -> None:
    """The same with three points under three packs, none of them upheld."""
    receipt = _submitted(world)
    _investigated(world, receipt["reference"], THREE_POINTS)
    _days(world, MON_9_MAR)
    world.move(HANDLER, receipt["reference"], "propose", THREE_FINDINGS)
    world.move(LEAD, receipt["reference"], "approve", APPROVAL)
    _accepted(world, receipt)
    _days(world, date(2026, 4, 30))


def overdue(world: World) -> None:
    """Taken up at once, and then answered on 20 April instead of 31 March."""
    receipt = _submitted(world)
    _investigated(world, receipt["reference"], ASSESSMENT)
    _days(world, date(2026, 4, 20))
    world.move(HANDLER, receipt["reference"], "propose", proposal(date(2026, 5, 4)))
    world.move(LEAD, receipt["reference"], "approve", {**APPROVAL, "late_reason": "Parça geç geldi."})
    _accepted(world, receipt)
    _days(world, date(2026, 4, 28))
    world.finishes(HANDLER, receipt["reference"], "remedy-1")
    world.move(LEAD, receipt["reference"], "verify", {"words": "Yeni fırın takıldı."})
    _days(world, date(2026, 5, 29))


LIVES = (
    Life("in time", in_time),
    Life("three packs", three_points, Organisation(packs=("ISO-BASE", "TR-BANKA", "TR-SIGORTA"))),
    Life("overdue", overdue),
)


def _submitted(world: World) -> dict[str, Any]:
    receipt = world.submit()
    world.settle()
    return receipt


def _investigated(world: World, reference: str, assessment: dict[str, Any]) -> None:
    _days(world, TUE_3_MAR)
    world.move(HANDLER, reference, "assess", assessment)
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})


def _accepted(world: World, receipt: dict[str, Any]) -> None:
    headers, _ = world.open(receipt)
    answer = world.public.post("/api/public/track/acts/accept", json={}, headers=headers)
    assert answer.status_code == 200, answer.text
    world.settle()


def _days(world: World, until: date) -> None:
    """Day by day: what falls due does, and staff are told at a quarter past nine and a quarter past two."""
    day = world.now.date()
    while day < until:
        day += timedelta(days=1)
        for hour in (6, 11):
            world.wind(at(day, hour, 15))
            world.digest()


# --- counting --------------------------------------------------------------------------------------------------------


def timers_of(life: Life) -> tuple[Units, Units]:
    """What the timers of a life cause, and what the whole of it takes, in counted units."""
    whole, without = lived(life), lived(life, timers=False)
    caused = Units(float, {name: number - without[name] for name, number in whole.items()})
    return caused, whole


def lived(life: Life, *, timers: bool = True) -> Units:
    """The units that a life takes."""
    units = Units(float)
    with new_world(life.organisation) as world, counting(world, units, timers=timers):
        life.goes(world)
    digests = units["digests"]
    for name, number in of_one_call("digest").items():  # these run anyway: they are no complaint's
        units[name] -= number * digests
    return units


def of_one_call(kind: str) -> Units:
    """The units of a sweep, or a digest, that finds nothing to do."""
    units = Units(float)
    with new_world() as world, counting(world, units):
        getattr(world, kind)()
    return units


def of_a_stale_wake() -> Units:
    """The units of a schedule that fires and finds nothing to do."""
    units = Units(float)
    with new_world() as world:
        reference = _submitted(world)["reference"]
        world.schedules.arm(reference, world.now)
        with counting(world, units):
            world.wind(world.now)
    return units


def bytes_of_open_work() -> int:
    """What the index of open work keeps of a complaint under investigation."""
    with new_world() as world:
        reference = _submitted(world)["reference"]
        _investigated(world, reference, ASSESSMENT)
        key = {"PK": {"S": f"C#{reference}"}, "SK": {"S": "CASE"}}
        item = world.items.client.get_item(TableName="Table", Key=key)["Item"]
        return dynamo.size(dynamo.projected(item, dynamo.INDEXES[0]))


@contextmanager
def new_world(organisation: Organisation | None = None) -> Iterator[World]:
    """The whole product in memory, on a Monday at ten."""
    with mock_aws(), redirect_stdout(StringIO()):  # what the functions log is of no interest here
        yield World(at(MON_2_MAR, 7), organisation=organisation)


@contextmanager
def counting(world: World, units: Units, *, timers: bool = True) -> Iterator[None]:
    """Count what happens in a world. Without timers nothing is ever armed."""
    made: set[tuple[Any, ...]] = set()
    arm, put_events = world.schedules.arm, world.bus.put_events
    letters, to_staff = len(world.mailbox.sent), len(world.staff_mail.sent)

    def counted(name: str, react: Callable[..., Any]) -> Callable[..., Any]:
        def call(told: Any, *more: Any) -> Any:
            if told == [] or (name == "timers" and not timers):
                return None
            units[f"runs of {name}"] += 1
            units["messages"] += name not in STREAM
            units["digests"] += name == "escalation" and told.get("kind") == "digest"
            units["schedules fired"] += name == "timers" and told.get("kind") == "milestone"
            return react(told, *more)

        return call

    def armed(*what: Any) -> None:
        units["schedules" if what not in made else "schedules asked for again"] += 1
        made.add(what)
        arm(*what)

    def put(**asked: Any) -> Any:
        units["events"] += len(asked["Entries"])
        return put_events(**asked)

    with ExitStack() as stack:
        for name in (*STREAM, "timers", "escalation"):  # the world calls these by their modules, the others by a table
            module = getattr(tests.world, name).react
            stack.enter_context(patch.object(module, "react", counted(name, module.react)))
        others = {name: counted(name, react) for name, react in tests.world.REACTIONS.items()}
        stack.enter_context(patch.dict(tests.world.REACTIONS, others))
        stack.enter_context(patch.object(world.schedules, "arm", armed))
        stack.enter_context(patch.object(world.bus, "put_events", put))
        stack.enter_context(dynamo.counting(world.items.client, units))
        yield
    units["letters"] += len(world.mailbox.sent) - letters
    units["mails to staff"] += len(world.staff_mail.sent) - to_staff
