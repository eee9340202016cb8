"""In which queues of the desk a complaint stands: asked by the list, by the counts and by the recount."""

from typing import Literal, get_args

from complaints.complaint import Complaint, State

Queue = Literal[
    "open", "to_acknowledge", "to_assess", "to_approve", "waiting_answer", "overdue", "undelivered", "closed"
]
QUEUES: tuple[Queue, ...] = get_args(Queue)


def queues_of(complaint: Complaint) -> frozenset[Queue]:
    """The queues that hold this complaint. A closed one with a letter to be delivered by hand is still work."""
    closed = complaint.state == State.CLOSED
    stands: dict[Queue, bool] = {
        "open": not closed,
        "to_acknowledge": not closed and complaint.acknowledged_at is None,
        "to_assess": complaint.state == State.RECEIVED,
        "to_approve": complaint.state == State.DECIDING,
        "waiting_answer": complaint.state == State.DECIDED,
        "overdue": complaint.overdue,
        "undelivered": bool(complaint.tasks),
        "closed": closed and not complaint.tasks,
    }
    return frozenset(queue for queue, holds in stands.items() if holds)


def partition(complaint: Complaint) -> Literal["open", "closed"]:
    """Where the index keeps the complaint: with the work to be done, or with what is done."""
    return "closed" if "closed" in queues_of(complaint) else "open"
