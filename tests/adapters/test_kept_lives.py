"""Lives as the table keeps them: whatever people ask for, the chain adds up, and of two writers the second is told."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant
from moto import mock_aws

from adapters.items import Item, Items
from adapters.table import GENESIS, Table, chained
from complaints import commands as c
from complaints import events as e
from complaints.complaint import Complaint
from complaints.refusals import OutOfDate
from complaints.roles import Person
from tests.builders import COMPLAINANT
from tests.complaints.test_lives import UNSHRUNK, Lives, Made
from tests.world import World


class Behind(Items):
    """The table as somebody sees it who looked just before another wrote: the first look is of then."""

    def __init__(self, items: Items, case: Item) -> None:
        super().__init__(items.client, items.name)
        self._then: Item | None = case

    def get(self, key: Item, *, consistent: bool = True) -> Item | None:
        seen, self._then = self._then, None
        return seen or super().get(key, consistent=consistent)


class KeptLives(Lives):
    """The same two complaints and the same laws, but every event comes out of the table."""

    def __init__(self) -> None:
        super().__init__()
        self.aws = mock_aws()
        self.aws.start()
        world = World(self.now)
        self.items, self.keys, self.vault = world.items, Items(world.items.client, "KeysTable"), world.vault
        self.table = self.seen_by(self.items)
        self.asked = 0
        self.changed: set[str] = set()

    def seen_by(self, items: Items) -> Table:
        return Table(items, lambda: self.rules, self.vault, self.keys)

    def filed(self, ask: c.Submit) -> e.ComplaintReceived:
        self.table.file(ask, COMPLAINANT, self.now, fingerprint=b"secret", body=b"body")
        [event] = self.since(0, ask.reference)
        assert isinstance(event, e.ComplaintReceived)
        return event

    def made(self, complaint: Complaint, person: Person, ask: c.Command) -> Made:
        case = self.items.get({"PK": f"C#{complaint.reference}", "SK": "CASE"})
        self.asks_the_table(self.table, complaint, person, ask)
        fresh = {which: self.since(known.version, which) for which, known in self.complaints.items()}
        happened = fresh.pop(complaint.reference)
        if case and happened:
            self.who_comes_second_is_told(case, complaint, person, ask)
        return happened, [(which, event) for which, events in fresh.items() for event in events]

    def since(self, version: int, which: str) -> tuple[e.AnyEvent, ...]:
        now = self.table.load(which)
        assert now
        if now.version == version:
            return ()
        self.changed.add(which)
        return self.table.everything(which).events[version:]

    def asks_the_table(self, table: Table, known: Complaint, person: Person, ask: c.Command) -> None:
        self.asked += 1
        once: dict[str, Any] = {"version": known.version, "request": str(self.asked)}
        if isinstance(ask, c.Merge | c.Unmerge):
            table.merge(known.reference, ask, person, self.now, **once)
        else:
            table.change(known.reference, ask, person, self.now, **once)

    def who_comes_second_is_told(self, case: Item, known: Complaint, person: Person, ask: c.Command) -> None:
        """Whether they write at once, having read the same, or come with a version that is no longer the newest. That
        they have changed nothing is seen by the chain.
        """
        for items in (Behind(self.items, case), self.items):
            with pytest.raises(OutOfDate):
                self.asks_the_table(self.seen_by(items), known, person, ask)

    @invariant()
    def the_chain_adds_up_to_what_is_kept(self) -> None:
        for which in self.changed:
            complaint, head = self.complaints[which], GENESIS
            rows = list(self.items.query(PK=f"C#{which}", consistent=True))
            events = [row for row in rows if row["SK"].startswith("E#")]
            assert [row["SK"] for row in events] == [f"E#{number:06d}" for number in range(1, complaint.version + 1)]
            for row in events:
                head = chained(head, row["event"], row.get("sealed"))
                assert row["hash"] == head
            [case] = [row for row in rows if row["SK"] == "CASE"]
            assert (case["head"], case["version"]) == (head, complaint.version)
            assert Complaint.model_validate_json(case["snapshot"]) == complaint
        self.changed = set()

    def teardown(self) -> None:
        """That it can be brought to its end is proved without a table."""
        self.aws.stop()


KeptLives.TestCase.settings = settings(max_examples=3, stateful_step_count=20, deadline=None, phases=UNSHRUNK)
test_kept_lives = KeptLives.TestCase
