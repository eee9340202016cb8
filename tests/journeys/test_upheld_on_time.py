"""A whole life, all in time: received, acknowledged, assessed, investigated, decided, put right and closed."""

from tests.dates import MON_9_MAR, TUE_3_MAR, at
from tests.journeys.steps import APPROVAL, ASSESSMENT, PROPOSAL
from tests.world import HANDLER, LEAD, World


def test_a_complaint_upheld_on_time(world: World) -> None:
    receipt = world.submit()
    reference = receipt["reference"]
    assert receipt["answer_due_on"] == "2026-03-31"  # 20 March is a holiday; the 19th, half a day, counts
    world.settle()

    world.now = at(TUE_3_MAR)
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    world.now = at(MON_9_MAR)
    proposed = world.move(HANDLER, reference, "propose", PROPOSAL)
    assert "approve" not in [move["move"] for move in proposed["moves"]]  # nobody approves their own proposal
    world.move(LEAD, reference, "approve", APPROVAL)

    headers, seen = world.open(receipt)
    assert seen["whose_move"] == "yours"
    assert [point["finding"] for point in seen["points"]] == ["upheld", "not_upheld"]
    accepted = world.public.post("/api/public/track/acts/accept", json={}, headers=headers).json()
    assert accepted["state"] == "remedying"
    world.settle()

    world.finishes(HANDLER, reference, "remedy-1")
    closed = world.move(LEAD, reference, "verify", {"words": "Yeni fırın 12 Mart'ta takıldı."})
    assert (closed["state"], closed["closed_reason"]) == ("closed", "remedy_verified")
    assert not any(promise["missed"] for promise in closed["promises"])
    assert [letter["kind"] for letter in closed["letters"]] == ["acknowledgement", "decision", "closing"]
    assert len(world.mailbox.sent) == 3
    assert world.table.counts() == {**dict.fromkeys(world.table.counts(), 0), "closed": 1}
