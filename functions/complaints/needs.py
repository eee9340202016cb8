"""What somebody needs of us: data about their health, for the eyes of those roles alone that see to it.

Nothing of it is left for the others: neither what was told, nor the tasks made of it with their days, nor what became
of them. The priority stays, without the reason where that is the need.
"""

from complaints import events as e
from complaints.complaint import Complaint
from complaints.roles import KNOW_NEEDS, Person

A_FORMAT = "format"  # the kind of the task that a format is


def of_a_need(task: str | None) -> bool:
    """Whether a task, or the clock of its name, is about a need."""
    return (task or "").partition("-")[0] == A_FORMAT


def without_needs(complaint: Complaint, person: Person) -> Complaint:
    """The complaint with what this person's role needs to know."""
    if person.may(KNOW_NEEDS):
        return complaint
    tasks = tuple(task for task in complaint.tasks if not of_a_need(task.id))
    clocks = tuple(clock for clock in complaint.clocks if not of_a_need(clock.duty))
    return complaint.model_copy(update={"tasks": tasks, "clocks": clocks})


def told_without_needs(events: tuple[e.AnyEvent, ...], person: Person) -> tuple[e.AnyEvent, ...]:
    """The history with what this person's role needs to know. What happened to a need alone is not in it."""
    if person.may(KNOW_NEEDS):
        return events
    return tuple(_without(event) for event in events if not _only_of_a_need(event))


def _only_of_a_need(event: e.AnyEvent) -> bool:
    match event:
        case e.TaskDone():
            return of_a_need(event.task)
        case e.PromiseBroken() | e.PromiseEscalated():
            return of_a_need(event.duty)
        case e.ClocksRecalculated():
            return all(of_a_need(clock.duty) for clock in event.clocks)
        case _:
            return False


def _without(event: e.AnyEvent) -> e.AnyEvent:
    clocks = tuple(clock for clock in event.clocks if not of_a_need(clock.duty))
    told = event.words
    if isinstance(told, e.Account):
        told = told.model_copy(update={"support_needs": None, "formats": ()})
    return event.model_copy(update={"clocks": clocks, "words": told})


def reason_of(event: e.ComplaintAssessed, person: Person) -> str | None:
    """The code of the criterion that set the priority; None where that is a need which this person need not know."""
    hidden = event.priority_reason == "vulnerable" and not person.may(KNOW_NEEDS)
    return None if hidden else event.priority_reason


def vulnerable(event: e.ComplaintAssessed, person: Person) -> bool | None:
    """Whether somebody who needs support is affected; None for a role that need not know."""
    return event.assessment.vulnerable if person.may(KNOW_NEEDS) else None
