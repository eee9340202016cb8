"""The life of a complaint: the table of moves, and `decide`, which says what happens when somebody asks for something.

Everyone who needs to know what is allowed asks MOVES: the guard, the screen and the documentation. What a move does
stands in the module of its chapter: receiving, investigating, deciding, closing, external; joining, promises, tasks and
impartiality lie across them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from complaints import closing, deciding, external, impartiality, investigating, joining, promises, receiving, tasks
from complaints import commands as c
from complaints import events as e
from complaints.complaint import UNANSWERED, Complaint, LetterKind, State
from complaints.history import evolve
from complaints.refusals import NotAllowed, NotNow
from complaints.roles import (
    APPROVERS,
    CASEWORKERS,
    COMPLAINANT_OR_STAFF,
    LEADS,
    REVIEWERS,
    THE_SYSTEM,
    WRITERS,
    Person,
    Role,
)
from complaints.rules import Rules

Happens = Callable[[Complaint, Any, Person, datetime, Rules], tuple[e.AnyEvent, ...]]
Guard = Callable[[Complaint, Person, Rules, datetime], str | None]

OPEN = frozenset(State) - {State.CLOSED}


def decide(complaint: Complaint, ask: c.Command, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """What happens when `person` asks for `ask` at `now` (UTC), after what time has brought about without being asked.

    Raises NotAllowed if the role forbids it, NotNow if the state or a guard does, Incomplete if something is missing.
    """
    move = permitted(ask, person)
    late = promises.breaches(complaint, THE_SYSTEM, now, rules)
    complaint = reduce(evolve, late, complaint)
    if refused := refusal(move, complaint, person, rules, now):
        raise NotNow(refused)
    return (*late, *move.happens(complaint, ask, person, now, rules))


def permitted(ask: c.Command, person: Person) -> "Move":
    """The row of a command, if this person's role may ask for it at all. Raises NotAllowed."""
    move = BY_COMMAND[type(ask)]
    if not person.may(move.roles):
        raise NotAllowed(move.name)
    return move


def moves_open_to(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> tuple["Move", ...]:
    """The moves that `decide` would take from this person now: exactly what the desk shows."""
    return tuple(
        move
        for move in MOVES
        if move.shown and person.may(move.roles) and refusal(move, complaint, person, rules, now) is None
    )


def moves_barred_to(
    complaint: Complaint, person: Person, rules: Rules, now: datetime
) -> tuple[tuple["Move", str], ...]:
    """The moves that usually come next and that a guard keeps from this person, with its reason."""
    expected = [move for move in MOVES if move.expected and person.may(move.roles) and complaint.state in move.states]
    found = [(move, refusal(move, complaint, person, rules, now)) for move in expected]
    return tuple((move, why) for move, why in found if why and why != "state")


def refusal(move: "Move", complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Why the table does not allow a move now, or None. Whoever is complained about, or has declared a
    conflict, makes no move at all; to work out all days anew, as a calendar says, is no judgement of any complaint.
    Nor does whoever comes with the code of a complaint that they filed for somebody else, before we know that they may.
    """
    if complaint.state not in move.states:
        return "state"
    if person.actor.kind == "complainant" and (why := impartiality.unproven(complaint)):
        return why
    judges = person.actor.kind == "staff" and move.command is not c.Recalculate
    if judges and impartiality.tied(person.actor.id, complaint):
        return "conflict"
    return move.guard(complaint, person, rules, now)


def letter_of(move: "Move", complaint: Complaint, rules: Rules, now: datetime) -> LetterKind | None:
    """The letter that leaves when the move is made now. Accepting closes only when nothing is outstanding; and so does
    having no reply, or no way left.
    """
    if move.command is c.Accept:
        return None if closing.outstanding(complaint, rules) else "closing"
    if move.command in {c.CloseUnanswered, c.CloseExhausted} and closing.promised(complaint):
        return "progress"
    if move.command is c.TakeUpAgain and now > closing.undo_until(complaint):
        return "acknowledgement"
    return move.letter


def _always(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    return None


# --- the table -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Move:
    """One row: from `states`, one of `roles` may ask for `command`; the complaint goes to one of `to` (none: it stays).

    `letter` leaves when the move is made. `expected` marks the act that usually comes next in these states.
    """

    code: str
    name: str
    command: type[c.Command]
    states: frozenset[State]
    roles: frozenset[Role]
    happens: Happens
    to: tuple[State, ...] = ()
    guard: Guard = _always
    letter: LetterKind | None = None
    expected: bool = False
    shown: bool = True


def _in(*states: State) -> frozenset[State]:
    return frozenset(states)


def _by(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


RECEIVED, ASSESSED, INVESTIGATING, WAITING, DECIDING, DECIDED, REMEDYING, REVIEWING, EXTERNAL, CLOSED = State
INQUIRY = _in(INVESTIGATING, REVIEWING)
ANSWERING = _in(ASSESSED, INVESTIGATING, WAITING, DECIDING, REVIEWING)  # the points are known, the answer is not sent

# fmt: off
MOVES: tuple[Move, ...] = (
    # 7.3 to 7.5: received, acknowledged, assessed
    Move("M03", "assess", c.Assess, _in(RECEIVED, INVESTIGATING, EXTERNAL), CASEWORKERS, receiving.assess,
         to=(ASSESSED,), guard=receiving.not_assessed, expected=True),
    Move("M04", "fast_track", c.FastTrack, _in(RECEIVED), CASEWORKERS, investigating.investigate,
         to=(INVESTIGATING,), guard=investigating.in_danger),
    Move("M05", "decline", c.Decline, _in(RECEIVED, ASSESSED), CASEWORKERS, receiving.decline,
         to=(DECIDING,), guard=impartiality.uninvolved),
    Move("M05", "confirm_decline", c.ConfirmDecline, _in(DECIDING), APPROVERS, receiving.confirm_decline,
         to=(CLOSED,), guard=receiving.declining, letter="declined", expected=True),
    Move("M06", "contest", c.Contest, _in(CLOSED), COMPLAINANT_OR_STAFF, receiving.contest,
         to=(RECEIVED, ASSESSED), guard=receiving.out_of_scope, letter="progress"),
    # 7.6: looked into
    Move("M07", "investigate", c.Investigate, _in(ASSESSED), CASEWORKERS, investigating.investigate,
         to=(INVESTIGATING,), expected=True),
    Move("M08", "resolve_early", c.ResolveEarly, _in(ASSESSED), CASEWORKERS | {Role.FRONT_LINE},
         deciding.resolve_early, to=(REMEDYING, CLOSED), guard=deciding.early, letter="decision"),
    Move("M09, M11", "ask", c.Ask, INQUIRY, CASEWORKERS | REVIEWERS, investigating.ask, to=(WAITING,),
         guard=impartiality.uninvolved),
    Move("M10, M11", "record_reply", c.RecordReply, _in(WAITING), COMPLAINANT_OR_STAFF, investigating.record_reply,
         to=(INVESTIGATING, REVIEWING), guard=investigating.waiting, expected=True),
    # 7.7 and 7.8: decided and told
    Move("M12, M23", "propose", c.Propose, INQUIRY | {DECIDING}, CASEWORKERS | REVIEWERS, deciding.propose,
         to=(DECIDING,), guard=deciding.ready_to_propose, expected=True),
    Move("M14", "approve", c.Approve, _in(DECIDING), APPROVERS, deciding.approve,
         to=(DECIDED,), guard=deciding.ready_to_approve, letter="decision", expected=True),
    Move("M13", "return", c.Return, _in(DECIDING), APPROVERS, deciding.send_back,
         to=(RECEIVED, ASSESSED, INVESTIGATING, REVIEWING), guard=deciding.ready_to_return),
    # 7.9: accepted, or not
    Move("M15, M16", "accept", c.Accept, _in(DECIDED), COMPLAINANT_OR_STAFF, closing.accept,
         to=(REMEDYING, CLOSED), expected=True),
    Move("M17", "ask_review", c.AskReview, _in(DECIDED), COMPLAINANT_OR_STAFF, closing.ask_review,
         to=(REVIEWING,), guard=closing.first_stage, letter="acknowledgement"),
    Move("M18", "dispute", c.Dispute, _in(DECIDED), COMPLAINANT_OR_STAFF, closing.dispute,
         guard=closing.not_disputed, letter="routes"),
    Move("M19", "close_unanswered", c.CloseUnanswered, _in(DECIDED), LEADS, closing.close_unanswered,
         to=(REMEDYING, CLOSED), guard=closing.no_reply, letter="closing"),
    Move("M20", "close_exhausted", c.CloseExhausted, _in(DECIDED), LEADS, closing.close_exhausted,
         to=(REMEDYING, CLOSED), guard=closing.disputed, letter="closing"),
    Move("M34", "close_uncontactable", c.CloseUncontactable, _in(DECIDED), LEADS, closing.close_uncontactable,
         to=(CLOSED,), guard=closing.uncontactable, letter="closing"),
    Move("M35", "close_anonymous", c.CloseAnonymous, _in(DECIDED), LEADS, closing.close_anonymous,
         to=(CLOSED,), guard=closing.anonymous, expected=True),
    Move("M21", "verify", c.Verify, _in(REMEDYING), CASEWORKERS | APPROVERS | {Role.COMPLAINANT}, closing.verify,
         to=(CLOSED,), guard=closing.done, letter="closing", expected=True),
    Move("M22", "report_failure", c.ReportFailure, _in(REMEDYING), COMPLAINANT_OR_STAFF, closing.report_failure,
         to=(INVESTIGATING, REVIEWING), letter="progress"),
    Move("M24", "record_external", c.RecordExternal, frozenset(State) - {EXTERNAL}, WRITERS, external.record_external,
         to=(EXTERNAL,), guard=closing.not_merged),
    Move("M25", "record_external_outcome", c.RecordExternalOutcome, _in(EXTERNAL), CASEWORKERS | APPROVERS,
         external.record_external_outcome, to=(*sorted(UNANSWERED - {WAITING}), REMEDYING, CLOSED), expected=True),
    Move("M26", "reopen", c.Reopen, _in(CLOSED), COMPLAINANT_OR_STAFF, closing.reopen,
         to=(INVESTIGATING, ASSESSED, RECEIVED), guard=closing.reopenable, letter="acknowledgement"),
    Move("M27", "withdraw", c.Withdraw, OPEN - {EXTERNAL}, COMPLAINANT_OR_STAFF, closing.withdraw,
         to=(CLOSED,), letter="withdrawn"),
    Move("M28", "take_up_again", c.TakeUpAgain, _in(CLOSED), COMPLAINANT_OR_STAFF, closing.take_up_again,
         to=(*sorted(OPEN - {WAITING, EXTERNAL}),), guard=closing.withdrawn, letter="progress"),
    Move("M29", "merge", c.Merge, OPEN - {EXTERNAL, REMEDYING}, LEADS, joining.merge, to=(CLOSED,), letter="merged"),
    Move("M30", "unmerge", c.Unmerge, _in(CLOSED), LEADS, joining.unmerge,
         to=(*sorted(OPEN - {WAITING, EXTERNAL, REMEDYING}),), guard=joining.merged, letter="progress"),
    # across all of them: dates
    Move("M31", "extend", c.Extend, ANSWERING, APPROVERS, promises.extend,
         guard=promises.can_extend, letter="extension"),
    Move("M32", "reassess", c.Reassess, _in(ASSESSED, INVESTIGATING), CASEWORKERS, receiving.assess,
         guard=receiving.assessed),
    Move("M33", "update", c.TellProgress, UNANSWERED, CASEWORKERS | REVIEWERS, promises.tell_progress,
         guard=impartiality.may_be_told, letter="progress"),
    Move("", "pause", c.Pause, ANSWERING, CASEWORKERS, promises.pause, guard=promises.can_pause),
    Move("", "resume", c.Resume, ANSWERING, CASEWORKERS | {Role.SYSTEM}, promises.resume, guard=promises.paused),
    Move("M02", "acknowledge", c.Acknowledge, frozenset(State), WRITERS | {Role.SYSTEM}, receiving.acknowledge,
         guard=receiving.not_acknowledged),
    # records of the inquiry
    Move("M07", "assign", c.Assign, OPEN - {RECEIVED, ASSESSED}, CASEWORKERS | REVIEWERS, investigating.assign),
    Move("", "plan", c.PlanInvestigation, INQUIRY, CASEWORKERS | REVIEWERS, investigating.plan,
         guard=impartiality.uninvolved),
    Move("", "record_evidence", c.RecordEvidence, INQUIRY | {WAITING}, CASEWORKERS | REVIEWERS,
         investigating.record_evidence, guard=impartiality.uninvolved),
    Move("", "record_action", c.RecordAction, OPEN, WRITERS, investigating.record_action),
    Move("", "ask_colleague", c.AskColleague, INQUIRY | {WAITING}, CASEWORKERS | REVIEWERS,
         investigating.ask_colleague, guard=impartiality.uninvolved),
    Move("", "promise_date", c.PromiseDate, OPEN, WRITERS, investigating.promise_date),
    Move("", "link_systemic", c.LinkSystemic, frozenset(State), CASEWORKERS | REVIEWERS, investigating.link_systemic),
    # objectivity and confidentiality
    Move("", "name_staff", c.NameStaff, OPEN, WRITERS, impartiality.name_staff),
    Move("", "hear_staff", c.HearStaff, OPEN, CASEWORKERS | REVIEWERS, impartiality.hear_staff,
         guard=impartiality.staff_named),
    Move("", "declare_conflict", c.DeclareConflict, OPEN, WRITERS | APPROVERS, impartiality.declare_conflict),
    Move("", "restrict", c.Restrict, frozenset(State), APPROVERS | {Role.DATA_PROTECTION_OFFICER},
         impartiality.restrict),
    Move("", "check_authority", c.CheckAuthority, frozenset(State), WRITERS, impartiality.check_authority,
         guard=impartiality.represented),
    Move("", "disclose", c.Disclose, frozenset(State), CASEWORKERS | REVIEWERS | {Role.DATA_PROTECTION_OFFICER},
         impartiality.disclose),
    Move("", "withdraw_consent", c.WithdrawConsent, frozenset(State), WRITERS | {Role.DATA_PROTECTION_OFFICER},
         impartiality.withdraw_consent),
    # tasks, time and the post
    Move("", "finish_task", c.FinishTask, frozenset(State), WRITERS, tasks.finish, guard=tasks.task_open, shown=False),
    Move("", "record_attempt", c.RecordAttempt, frozenset(State), WRITERS, tasks.record_attempt,
         guard=tasks.task_open, shown=False),
    Move("", "record_message", c.RecordMessage, _in(DECIDED), _by(Role.COMPLAINANT), investigating.record_message,
         shown=False),
    Move("", "keep_time", c.KeepTime, frozenset(State), _by(Role.SYSTEM), promises.keep_time, shown=False),
    Move("", "recalculate", c.Recalculate, OPEN, _by(Role.MANAGEMENT_REPRESENTATIVE, Role.ADMINISTRATOR),
         promises.recalculate, shown=False),
    Move("", "record_bounce", c.RecordBounce, frozenset(State), _by(Role.SYSTEM), tasks.bounced, shown=False),
    Move("", "record_delivery", c.RecordDelivery, frozenset(State), _by(Role.SYSTEM), tasks.delivered, shown=False),
)
# fmt: on
BY_COMMAND = {move.command: move for move in MOVES}
