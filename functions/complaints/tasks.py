"""What a person must do that no move covers: finished, tried in vain, or under way by post."""

from datetime import datetime

from complaints import commands as c
from complaints import events as e
from complaints.closing import monitor
from complaints.complaint import Complaint, Medium, State, Task
from complaints.deadlines import reckon
from complaints.history import evolve, head_of, is_notice
from complaints.needs import without_needs
from complaints.refusals import Incomplete, NotNow
from complaints.roles import LEADS, Person
from complaints.rules import Rules


def task_open(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """There is something to do."""
    return None if complaint.tasks else "no_task"


def finish(
    complaint: Complaint, ask: c.FinishTask, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """What a task asked for is done. A disputed complaint is looked at again later; telling it is acknowledging."""
    task = _task(without_needs(complaint, person), ask.task)
    if task.done_by:
        raise NotNow("done_already")
    if task.kind == "contribution":
        if task.whom != person.actor.id and not person.may(LEADS):
            raise NotNow("not_your_task")
        if not ask.words:
            raise Incomplete(("/words", "required"))
    if task.kind == "safety":
        if not person.may(LEADS):
            raise NotNow("not_your_task")
        if not ask.words:
            raise Incomplete(("/words", "required"))
    if task.kind == "confirm_delivery" and ask.on is None:
        raise Incomplete(("/on", "required"))
    if ask.on and ask.on > rules.calendar.day_of(now):
        raise Incomplete(("/on", "date_in_future"))
    clocks = (
        [monitor(complaint, now, rules)]
        if task.kind == "monitor" and complaint.disputed and complaint.state != State.CLOSED
        else []
    )
    if is_notice(task, complaint):
        clocks.append(reckon("reply", rules.organisation.notice, now, rules))
    done = e.TaskDone(
        **head_of(complaint, person, now),
        task=ask.task,
        medium=ask.medium,
        on=ask.on,
        clocks=tuple(clocks),
        words=e.Text(text=ask.words) if ask.words else None,
    )
    return done, *_acknowledged(evolve(complaint, done), task, ask.medium or "phone", person, now)


def _task(complaint: Complaint, name: str) -> Task:
    task = next((task for task in complaint.tasks if task.id == name), None)
    if task is None:
        raise NotNow("no_task")
    return task


def _acknowledged(
    complaint: Complaint, task: Task, medium: Medium, person: Person, now: datetime
) -> tuple[e.AnyEvent, ...]:
    if task.letter != "acknowledgement" or complaint.acknowledged_at:
        return ()
    return (e.ComplaintAcknowledged(**head_of(complaint, person, now), medium=medium),)


def record_attempt(
    complaint: Complaint, ask: c.RecordAttempt, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Nobody answered; or the letter went by post, which acknowledges, and its delivery is awaited."""
    task = _task(complaint, ask.task)
    if task.kind not in {"reach_another_way", "confirm_delivery"}:
        raise NotNow("no_task")
    words = e.Contact(tracking_number=ask.tracking_number)
    head = head_of(complaint, person, now)
    if ask.medium == "tracking_page":
        raise Incomplete(("/medium", "choice_required"))
    if not ask.posted:
        today = rules.calendar.day_of(now)
        tried = {(one.medium, rules.calendar.day_of(one.at)) for one in complaint.attempts}
        if (ask.medium, today) in tried:
            return ()  # a second click, or one more call on the same day, is no other try
        return (e.AttemptMade(**head, task=ask.task, medium=ask.medium, words=words),)
    if task.kind == "confirm_delivery" and not task.id.startswith("confirm_delivery"):
        raise NotNow("done_already")
    posted = e.LetterPosted(**head, task=ask.task, kind=task.letter or "message", words=words)
    return posted, *_acknowledged(evolve(complaint, posted), task, "letter", person, now)


def bounced(
    complaint: Complaint, ask: c.RecordBounce, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """A letter came back, once."""
    if ask.letter in complaint.returned:
        return ()
    head = head_of(complaint, person, now)
    return (e.LetterBounced(**head, letter=ask.letter, kind=ask.kind, to_other=ask.to_other),)


def delivered(
    complaint: Complaint, ask: c.RecordDelivery, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """A final notice arrived: its time begins now. Of other letters nothing depends on it."""
    if ask.kind != "final_notice" or complaint.notice != "sent":
        return ()
    reply = reckon("reply", rules.organisation.notice, now, rules)
    head = head_of(complaint, person, now)
    return (e.LetterDelivered(**head, letter=ask.letter, kind=ask.kind, clocks=(reply,)),)
