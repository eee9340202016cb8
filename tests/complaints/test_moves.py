"""Every row of the table of moves: a complaint from which it passes, and one for each reason for which it is refused.

The tables here are held against lifecycle.MOVES and against the code itself: no row, no new state and no reason of a
move can be added without standing here. They say what a move changes; to what, is told in the files of its chapter.
"""

import ast
import inspect
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from textwrap import dedent
from typing import Any, NamedTuple

import pytest

from complaints import closing, deciding, external, impartiality, investigating, joining, promises, receiving, tasks
from complaints import commands as c
from complaints import events as e
from complaints.complaint import Complaint, State
from complaints.history import evolve, fold, letter_owed
from complaints.lifecycle import BY_COMMAND, MOVES, decide, moves_barred_to, moves_open_to
from complaints.refusals import NotAllowed, NotNow
from complaints.roles import STAFF, Person, Role
from complaints.rules import Rules
from tests.builders import (
    ACCEPT,
    ALONE,
    APPROVE,
    ASSESS,
    AUDITOR,
    COLLEAGUE,
    COMPLAINANT,
    EXPLAIN,
    FRONT_LINE,
    HANDLER,
    INVESTIGATE,
    LEAD,
    MANAGER,
    OFFICER,
    OTHER_LEAD,
    PROPOSE,
    REVIEWER,
    RULES,
    SYSTEM,
    TOP,
    a_submission,
    assess,
    lived,
    received,
    rules_under,
    then,
)  # fmt: skip
from tests.dates import FRI_6_MAR, TUE_3_MAR, TUE_17_MAR, WED_1_APR, WED_18_MAR, at
from tests.ways import (
    AFTER_NOTICE,
    AGAIN,
    ARRIVED,
    ASK,
    ASK_OTHERS,
    ASSESSED,
    AWARD,
    BACK,
    BY_LAWYER,
    BY_LAWYER_TO_HER,
    BY_PHONE,
    CALM,
    CHECKED,
    CLOSED,
    CONFIRM,
    CONFLICT,
    CONTEST,
    CONTRIBUTE,
    DECIDED,
    DECIDING,
    DECLINE,
    DECLINED,
    DECLINING,
    DISCLOSE,
    DISPUTE,
    DISPUTED,
    EARLY,
    EARLY_WITH_REMEDY,
    END,
    EVIDENCE,
    EXTEND,
    EXTERNAL,
    FAILED,
    FAST,
    GRAVE,
    HEARD,
    HOME,
    INVESTIGATING,
    MERGE,
    NAMED,
    NAMELESS,
    NEWS,
    NO_CONSENT,
    NO_MORE,
    NOON,
    NOTICE_ARRIVED,
    NOTICE_GIVEN,
    OUTSIDE,
    PATHS,
    PAUSE,
    PLAN,
    PROMISE,
    PROMISED,
    PROMISED_AGAIN,
    REASSESS,
    REFUND,
    REMEDYING,
    REMEDYING_AGAIN,
    REOPEN,
    REPLY,
    RESUME,
    REVIEW,
    REVIEWED,
    REVIEWING,
    SENT_BACK,
    SHOP,
    SILENCE,
    SPK,
    TAKE_UP,
    TASK,
    TIME,
    TIME_OVER,
    TOLD,
    TRIES,
    UNMERGE,
    UNREACHED,
    VERIFY,
    WAITING,
    WITHDRAW,
)  # fmt: skip


@cache
def standing(state: State) -> tuple[e.AnyEvent, ...]:
    return lived(*PATHS[state])


# --- what passes ---


class Passes(NamedTuple):
    """From `path`, `person` may ask `ask`; then the complaint is in `state`, these of its fields are other than they
    were and no more, and these letters are owed.
    """

    path: tuple[Any, ...]
    person: Person
    ask: c.Command
    state: str
    changed: str
    letters: tuple[str, ...] = ()
    when: datetime = NOON
    rules: Rules = RULES
    told: dict[str, Any] = {}  # noqa: RUF012 - read only


OVER = "closed_at closed_reason"
TUE_10_MAR, THU_2_APR = date(2026, 3, 10), date(2026, 4, 2)
GRAVER = REASSESS.model_copy(update={"severity": 4})
# The answer's reckoning, as if a day had been a working day that is none by the calendar in force.
A_DAY_MORE = next(one.model_copy(update={"count": (one.count or 0) + 1}) for one in received()[0].clocks
                  if one.promise == "answer")  # fmt: skip

PASS = [
    Passes((), SYSTEM, TOLD, "received", "acknowledged_at"),  # M02
    Passes((), HANDLER, ASSESS, "assessed", "clocks assessed_at priority points took_part"),  # M03
    Passes(((HANDLER, OUTSIDE),), HANDLER, ASSESS, "external", "clocks assessed_at priority points before took_part"),
    Passes((), HANDLER, FAST, "investigating",
           "clocks broken taken_up_at owner took_part", told={"safety_risk": True}),  # M04
    Passes(((HANDLER, FAST),), HANDLER, ASSESS, "investigating",
           "clocks assessed_at priority points", told={"safety_risk": True}),
    Passes((), HANDLER, DECLINE, "deciding", "proposed_by before declining took_part"),  # M05
    Passes(ASSESSED, HANDLER, DECLINE, "deciding", "proposed_by before declining"),
    Passes(DECLINING, LEAD, CONFIRM, "closed",
           f"{OVER} proposed_by declining declined_by took_part", ("declined",)),
    Passes(DECLINED, COMPLAINANT, CONTEST, "received", f"{OVER} before", ("progress",)),  # M06
    Passes((*ASSESSED, *DECLINED), LEAD, CONTEST, "assessed", f"{OVER} before", ("progress",)),
    Passes(ASSESSED, LEAD, INVESTIGATE, "investigating", "taken_up_at owner"),  # M07
    Passes(INVESTIGATING, LEAD, c.Assign(owner="colleague"), "investigating", "owner took_part"),
    Passes(ASSESSED, FRONT_LINE, EARLY, "closed",
           f"taken_up_at decided_at {OVER} proposed_by points answered cause took_part", ("decision",)),  # M08
    Passes(ASSESSED, FRONT_LINE, EARLY_WITH_REMEDY, "remedying",
           "clocks taken_up_at decided_at proposed_by points answered cause tasks took_part", ("decision",)),
    Passes(INVESTIGATING, HANDLER, ASK, "waiting", "clocks before waiting_for asked", ("request",)),  # M09
    Passes(REVIEWING, REVIEWER, ASK, "waiting", "clocks before waiting_for asked reviewed_by", ("request",)),
    Passes(WAITING, COMPLAINANT, REPLY, "investigating", "clocks before waiting_for known asked"),  # M10
    Passes((*REVIEWING, (REVIEWER, ASK)), COMPLAINANT, REPLY, "reviewing", "clocks before waiting_for known asked"),
    Passes(INVESTIGATING, HANDLER, ASK_OTHERS, "waiting", "clocks before waiting_for"),  # M11
    Passes((*INVESTIGATING, (HANDLER, ASK_OTHERS)), HANDLER, REPLY, "investigating", "clocks before waiting_for"),
    Passes(INVESTIGATING, HANDLER, PROPOSE, "deciding", "proposed_by points cause"),  # M12
    Passes(DECIDING, COLLEAGUE, PROPOSE, "deciding", "proposed_by points cause took_part"),
    Passes(REVIEWING, REVIEWER, AGAIN, "deciding", "proposed_by reviewed_by"),  # M23
    Passes((*REVIEWING, (REVIEWER, AGAIN)), OTHER_LEAD, BACK, "reviewing", "reviewed_by"),
    Passes(DECIDING, LEAD, BACK, "investigating", "took_part"),  # M13
    Passes(DECLINING, LEAD, BACK, "received", "before declining took_part"),
    Passes((*ASSESSED, *DECLINING), LEAD, BACK, "assessed", "before declining took_part"),
    Passes(DECIDING, LEAD, APPROVE, "decided", "clocks decided_at answered took_part", ("decision",)),  # M14
    Passes(PROMISED, COMPLAINANT, ACCEPT, "remedying", "clocks tasks"),  # M15
    Passes(DECIDED, COMPLAINANT, ACCEPT, "closed", OVER, ("closing",)),  # M16
    Passes((*DECIDED, (FRONT_LINE, CHECKED)), COMPLAINANT, ACCEPT, "closed", OVER, ("closing",), told=BY_LAWYER_TO_HER),
    Passes(DISPUTED, COMPLAINANT, ACCEPT, "closed", f"{OVER} clocks taken_up_at tasks disputed", ("closing",)),
    Passes(DECIDED, COMPLAINANT, REVIEW, "reviewing",
           "opened_at clocks taken_up_at decided_at owner proposed_by stage", ("acknowledgement",)),  # M17
    Passes(DISPUTED, COMPLAINANT, REVIEW, "reviewing",
           "opened_at clocks decided_at owner proposed_by tasks disputed stage", ("acknowledgement",)),
    Passes(DECIDED, COMPLAINANT, DISPUTE, "decided", "clocks taken_up_at tasks disputed", ("routes",)),  # M18
    Passes(NOTICE_ARRIVED, LEAD, c.CloseUnanswered(), "closed", OVER, ("closing",), AFTER_NOTICE),  # M19
    Passes((*PROMISED, *SILENCE), LEAD, c.CloseUnanswered(), "remedying", "clocks tasks", ("progress",), AFTER_NOTICE),
    Passes((*REVIEWED, (COMPLAINANT, DISPUTE)), LEAD, TIME_OVER, "closed", OVER, ("closing",)),  # M20
    Passes((*PROMISED_AGAIN, (COMPLAINANT, DISPUTE)), LEAD, TIME_OVER, "remedying", "clocks taken_up_at tasks disputed",
           ("progress",)),
    Passes(DISPUTED, LEAD, NO_MORE, "closed", OVER, ("closing",)),
    Passes(REMEDYING, COMPLAINANT, VERIFY, "closed", f"{OVER} tasks", ("closing",)),  # M21
    Passes(REMEDYING, COMPLAINANT, FAILED, "investigating", "clocks decided_at tasks", ("progress",)),  # M22
    Passes(REMEDYING_AGAIN, COMPLAINANT, FAILED, "reviewing", "clocks decided_at tasks", ("progress",)),
    *(Passes(path, FRONT_LINE, OUTSIDE, "external", "clocks tasks before legal_hold")  # M24
      for state, path in PATHS.items() if state not in {State.WAITING, State.EXTERNAL, State.CLOSED}),
    Passes(WAITING, FRONT_LINE, OUTSIDE, "external", "clocks tasks waiting_for asked legal_hold"),
    Passes(CLOSED, FRONT_LINE, OUTSIDE, "external", f"clocks tasks before legal_hold {OVER}"),
    *(Passes((*PATHS[state], (HANDLER, OUTSIDE)), LEAD, SENT_BACK, home, "clocks tasks before", ("progress",))  # M25
      for state, home in ((State.RECEIVED, "received"), (State.ASSESSED, "assessed"), (State.WAITING, "investigating"),
                          (State.INVESTIGATING, "investigating"), (State.DECIDING, "deciding"),
                          (State.REVIEWING, "reviewing"))),
    *(Passes((*PATHS[state], (HANDLER, OUTSIDE)), LEAD, SENT_BACK, "investigating", "clocks decided_at tasks before",
             ("progress",)) for state in (State.DECIDED, State.REMEDYING)),
    Passes((*CLOSED, (HANDLER, OUTSIDE)), LEAD, SENT_BACK, "investigating",
           "clocks decided_at answered tasks before", ("progress",)),
    Passes(((HANDLER, OUTSIDE), (HANDLER, ASSESS)), LEAD, SENT_BACK, "assessed", "clocks tasks before", ("progress",)),
    Passes((*REVIEWED, (HANDLER, OUTSIDE)), LEAD, SENT_BACK, "reviewing",
           "clocks decided_at tasks before", ("progress",)),
    Passes(EXTERNAL, LEAD, AWARD, "remedying", "clocks points answered tasks before", ("progress",)),
    Passes(EXTERNAL, LEAD, END, "closed", f"clocks {OVER} tasks before", ("closing",)),
    Passes((*PROMISED, (HANDLER, OUTSIDE)), LEAD, END, "remedying", "clocks tasks before", ("progress",)),
    Passes(CLOSED, COMPLAINANT, REOPEN, "investigating",
           f"opened_at clocks taken_up_at decided_at answered {OVER} cycle", ("acknowledgement",)),  # M26
    Passes((*ASSESSED, (HANDLER, EARLY)), COMPLAINANT, REOPEN, "assessed",
           f"opened_at clocks taken_up_at decided_at answered {OVER} cycle", ("acknowledgement",)),
    Passes(((HANDLER, OUTSIDE), (LEAD, END)), COMPLAINANT, REOPEN, "received",
           f"opened_at clocks {OVER} cycle", ("acknowledgement",)),
    *(Passes(PATHS[home], COMPLAINANT, WITHDRAW, "closed", f"{OVER} before", ("withdrawn",)) for home in HOME),  # M27
    Passes(WAITING, COMPLAINANT, WITHDRAW, "closed", f"{OVER} clocks waiting_for asked", ("withdrawn",)),
    Passes(((FRONT_LINE, CHECKED),), COMPLAINANT, WITHDRAW, "closed", f"{OVER} before", ("withdrawn",), told=BY_LAWYER),
    *(Passes((*PATHS[home], (COMPLAINANT, WITHDRAW)), COMPLAINANT, TAKE_UP, home, f"{OVER} before",  # M28
             ("progress",)) for home in HOME),
    Passes((*WAITING, (COMPLAINANT, WITHDRAW)), COMPLAINANT, TAKE_UP, "investigating",
           f"{OVER} before", ("progress",)),
    *(Passes(PATHS[home], LEAD, MERGE, "closed", f"{OVER} before merged_into", ("merged",))  # M29
      for home in HOME if home != State.REMEDYING),
    Passes(WAITING, LEAD, MERGE, "closed", f"{OVER} clocks waiting_for asked merged_into", ("merged",)),
    *(Passes((*PATHS[home], (LEAD, MERGE)), LEAD, UNMERGE, home, f"{OVER} before merged_into", ("progress",))  # M30
      for home in HOME if home != State.REMEDYING),
    Passes((*WAITING, (LEAD, MERGE)), LEAD, UNMERGE, "investigating",
           f"{OVER} before merged_into", ("progress",)),
    Passes(NOTICE_GIVEN, COMPLAINANT, c.RecordMessage(), "decided", "clocks tasks notice", when=at(THU_2_APR)),
    Passes(INVESTIGATING, MANAGER, EXTEND, "investigating", "clocks", ("extension",)),  # M31
    Passes(INVESTIGATING, HANDLER, GRAVER, "investigating", "clocks assessed_at priority"),  # M32
    Passes((), HANDLER, NEWS, "received", "clocks", ("progress",)),  # M33
    Passes((*DECIDED, *TRIES), LEAD, UNREACHED, "closed",
           f"{OVER} tasks", ("closing",), at(TUE_17_MAR), told=BY_PHONE),  # M34
    Passes(DECIDED, LEAD, c.CloseAnonymous(), "closed", OVER, told=NAMELESS),  # M35
    Passes(INVESTIGATING, HANDLER, PAUSE, "investigating", "clocks", rules=CALM),
    Passes((*INVESTIGATING, (HANDLER, PAUSE)), HANDLER, RESUME, "investigating", "clocks", rules=CALM),
    Passes(INVESTIGATING, HANDLER, PLAN, "investigating", "planned"),
    Passes(WAITING, HANDLER, EVIDENCE, "waiting", "evidence"),
    Passes((), FRONT_LINE, c.RecordAction(words="Fırın kapattırıldı."), "received", ""),
    Passes(INVESTIGATING, HANDLER, CONTRIBUTE, "investigating", "clocks tasks took_part"),
    Passes((), FRONT_LINE, PROMISE, "received", "clocks tasks"),
    Passes(CLOSED, HANDLER, c.LinkSystemic(case="CAM-1"), "closed", "systemic"),
    Passes((), FRONT_LINE, NAMED, "received", "complained_about"),
    Passes(((FRONT_LINE, NAMED),), HANDLER, HEARD, "received", "heard took_part"),
    Passes((), TOP, CONFLICT, "received", "conflicted"),
    Passes((), LEAD, c.Restrict(confidential=True, words="Basın izliyor."), "received", "confidential members"),
    Passes((), FRONT_LINE, CHECKED, "received", "authority", told=BY_LAWYER),
    Passes((), HANDLER, DISCLOSE, "received", ""),
    Passes(CLOSED, OFFICER, NO_CONSENT, "closed", "consent_withdrawn_on"),
    Passes((), FRONT_LINE, c.FinishTask(task="000001-acknowledgement"), "received",
           "acknowledged_at tasks", told=BY_PHONE),
    Passes((), FRONT_LINE, c.RecordAttempt(task="000001-acknowledgement", medium="phone"), "received",
           "attempts", told=BY_PHONE),
    Passes(((SYSTEM, TOLD), *DECIDED), SYSTEM, TIME, "decided",
           "clocks tasks notice", ("final_notice",), at(WED_1_APR)),
    Passes((), MANAGER, c.Recalculate(because=(A_DAY_MORE,), reason="Köprü günü."), "received", "clocks"),
    Passes((), SYSTEM, c.RecordBounce(letter="000001-acknowledgement", kind="acknowledgement"), "received",
           "by_mail tasks returned"),
    Passes(NOTICE_GIVEN, SYSTEM, ARRIVED, "decided", "clocks tasks notice", when=at(THU_2_APR)),
]  # fmt: skip


def made(row: Passes) -> tuple[Complaint, tuple[e.AnyEvent, ...]]:
    history = lived(*row.path, rules=row.rules, **row.told)
    happened = decide(fold(history), row.ask, row.person, row.when, row.rules)
    return fold((*history, *happened)), happened


def shown(row: Passes) -> str:
    return f"{BY_COMMAND[type(row.ask)].name}-{row.state}"


@pytest.mark.parametrize("row", PASS, ids=shown)
def test_the_move_is_made_and_its_letter_is_owed(row: Passes) -> None:
    complaint, happened = made(row)
    letters = tuple(letter for event in happened if (letter := letter_owed(event)))
    assert (complaint.state, letters) == (row.state, row.letters)


@pytest.mark.parametrize("row", PASS, ids=shown)
def test_the_move_changes_what_it_is_for_and_nothing_else(row: Passes) -> None:
    """What is only said or done, like an action at once, changes nothing but the history, in which it stands."""
    before, (after, happened) = then(lived(*row.path, rules=row.rules, **row.told)), made(row)
    found = {name for name in Complaint.model_fields if getattr(after, name) != getattr(before, name)}
    assert found - {"version", "state"} == {*row.changed.split()}
    assert happened


def test_a_complaint_of_one_point_fits_into_two_kilobytes_wherever_it_is() -> None:
    """The case item is read with every list. Random lives are held to twice as much."""
    kept = [made(row)[0].model_dump_json(exclude_defaults=True) for row in PASS]
    assert max(map(len, kept)) < 2048


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_every_row_is_made_and_leads_wherever_it_says_and_nowhere_else(move: Any) -> None:
    rows = [row for row in PASS if type(row.ask) is move.command]
    assert rows
    steps = [(then(lived(*row.path, rules=row.rules, **row.told)).state, row.state) for row in rows]
    assert {end for start, end in steps if start != end} == set(move.to)


@pytest.mark.parametrize("row", [row for row in PASS if BY_COMMAND[type(row.ask)].shown], ids=shown)
def test_the_desk_shows_what_may_be_asked_for(row: Passes) -> None:
    complaint = then(lived(*row.path, rules=row.rules, **row.told))
    assert BY_COMMAND[type(row.ask)] in moves_open_to(complaint, row.person, row.rules, row.when)


def test_the_codes_are_those_of_the_standard_from_the_first_to_the_last() -> None:
    """M01 is the receipt, which stands before the table."""
    codes = {code for move in MOVES for code in move.code.split(", ") if code}
    assert sorted(codes | {"M01"}) == [f"M{number:02}" for number in range(1, 36)]


# --- what is refused ---


class Refused(NamedTuple):
    """From `path`, `person` asks `ask` in vain, for this reason."""

    reason: str
    path: tuple[Any, ...]
    person: Person
    ask: c.Command
    when: datetime = NOON
    rules: Rules = RULES
    told: dict[str, Any] = {}  # noqa: RUF012 - read only


CONTESTED = (*DECLINED, (COMPLAINANT, CONTEST))
CONTESTED_ANEW = (*CONTESTED, (COLLEAGUE, ASSESS), (COLLEAGUE, c.Investigate(owner="colleague")))
BY_LEAD = (*INVESTIGATING, (LEAD, EXPLAIN))
SECRET = (LEAD, c.Restrict(confidential=True, words="Gizli."))
POSTED = c.RecordAttempt(task=TASK, medium="letter", posted=True)
COLLEAGUE_NAMED = (*INVESTIGATING, (HANDLER, NAMED))
TOO_MUCH = REFUND.model_copy(update={"amount": Decimal("25000.01")})
DEAR = PROPOSE.model_copy(update={"points": (PROPOSE.points[0].model_copy(update={"remedy": TOO_MUCH}),)})
DUTIES = ((HANDLER, assess("TR-GARANTI")), (HANDLER, INVESTIGATE), (HANDLER, EXPLAIN), (LEAD, APPROVE),
          (COMPLAINANT, ACCEPT))  # fmt: skip
BOTH_DUTIES = ("duty-1-repair", "duty-1-loan_product")

HANDLED_BEFORE = {"about_handling": True, "handled_before": ("handler",)}

REFUSE = [
    Refused("already_acknowledged", ((SYSTEM, TOLD),), HANDLER, TOLD),
    Refused("already_assessed", INVESTIGATING, HANDLER, ASSESS),
    Refused("not_assessed", ((HANDLER, FAST),), HANDLER, REASSESS, told={"safety_risk": True}),
    Refused("later_needs_lead", ((HANDLER, assess("TR-BANKA/card")),), HANDLER,
            c.Reassess.model_validate({**assess("TR-BANKA").model_dump(), "reason": "Kart değilmiş."}),
            rules=rules_under("ISO-BASE", "TR-BANKA/card", "TR-BANKA")),
    Refused("no_danger", (), HANDLER, FAST),
    Refused("conflict", ((HANDLER, NAMED),), HANDLER, c.FastTrack(owner="colleague"), told={"safety_risk": True}),
    Refused("not_a_member", (SECRET,), LEAD, FAST, told={"safety_risk": True}),
    Refused("declined_before", CONTESTED, HANDLER, DECLINE),
    Refused("declined_before", (*CONTESTED, (COLLEAGUE, DECLINE)), LEAD, CONFIRM),
    Refused("declined_before", CONTESTED, HANDLER, ASSESS),
    Refused("declined_before", (*CONTESTED, (COLLEAGUE, ASSESS)), HANDLER, REASSESS),
    Refused("declined_before", (*CONTESTED, (COLLEAGUE, ASSESS)), HANDLER, EARLY),
    Refused("declined_before", (*CONTESTED, (COLLEAGUE, ASSESS)), COLLEAGUE, c.Investigate(owner="handler")),
    Refused("declined_before", CONTESTED, COLLEAGUE, FAST, told={"safety_risk": True}),
    Refused("declined_before", CONTESTED_ANEW, COLLEAGUE, c.Assign(owner="handler")),
    *(Refused("declined_before", CONTESTED_ANEW, HANDLER, ask) for ask in (PLAN, EVIDENCE, ASK, CONTRIBUTE, EXPLAIN)),
    Refused("declined_before", (*CONTESTED, (FRONT_LINE, NAMED)), HANDLER, HEARD),
    Refused("declined_before", (*CONTESTED_ANEW, (COLLEAGUE, EXPLAIN)), LEAD, APPROVE),
    Refused("declined_before", (*CONTESTED_ANEW, (COLLEAGUE, EXPLAIN)), LEAD, BACK),
    Refused("not_declining", DECIDING, LEAD, CONFIRM),
    Refused("conflict_of_proposer", (*DECLINING, (HANDLER, CONFLICT)), LEAD, CONFIRM),
    Refused("second_person", ((LEAD, DECLINE),), LEAD, CONFIRM),
    Refused("second_person", ((LEAD, DECLINE),), LEAD, BACK),
    Refused("authority_unchecked", DECLINING, LEAD, CONFIRM, told=BY_LAWYER),
    Refused("not_declined", CLOSED, COMPLAINANT, CONTEST),
    Refused("authority_unchecked", (), COMPLAINANT, WITHDRAW, told=BY_LAWYER),
    *(Refused("authority_unchecked", way, COMPLAINANT, ask, told=BY_LAWYER_TO_HER)
      for way, ask in ((INVESTIGATING, WITHDRAW), (WAITING, REPLY), (DECIDED, ACCEPT), (DECIDED, DISPUTE),
                       (DECIDED, REVIEW), (DECIDED, c.RecordMessage()), (DECLINED, CONTEST),
                       ((*DECIDED, (HANDLER, c.Accept(medium="phone"))), REOPEN),
                       ((*PROMISED, (HANDLER, c.Accept(medium="phone"))), VERIFY),
                       ((*PROMISED, (HANDLER, c.Accept(medium="phone"))), FAILED),
                       (((HANDLER, c.Withdraw(medium="phone", words="Vazgeçmiş.")),), TAKE_UP))),
    Refused("early_window", ASSESSED, FRONT_LINE, EARLY, at(TUE_10_MAR)),  # five working days end on Mon 9 Mar
    Refused("handled_before", (), HANDLER, DECLINE, told=HANDLED_BEFORE),
    Refused("handled_before", ((COLLEAGUE, ASSESS),), LEAD, INVESTIGATE, told=HANDLED_BEFORE),
    *(Refused("handled_before", way, person, ask,
              told={**HANDLED_BEFORE, "handled_before": (whose,), "safety_risk": True})
      for way, person, ask, whose in (
          ((), HANDLER, FAST, "handler"), (INVESTIGATING, LEAD, c.Assign(owner="colleague"), "colleague"),
          ((), HANDLER, ASSESS, "handler"), (ASSESSED, LEAD, REASSESS, "lead"),
          (INVESTIGATING, LEAD, CONTRIBUTE, "lead"), ((*INVESTIGATING, (HANDLER, NAMED)), LEAD, HEARD, "lead"),
          *((INVESTIGATING, COLLEAGUE, ask, "colleague") for ask in (PROPOSE, PLAN, EVIDENCE, ASK)),
          (ASSESSED, FRONT_LINE, EARLY, "front-line"),
          (DECIDING, LEAD, APPROVE, "lead"), (DECIDING, LEAD, BACK, "lead"), (DECLINING, LEAD, CONFIRM, "lead"))),
    Refused("plan_missing", ((HANDLER, GRAVE),), FRONT_LINE, EARLY),
    Refused("evidence_missing", ((HANDLER, GRAVE), (HANDLER, INVESTIGATE), (HANDLER, PLAN), (HANDLER, CONFLICT),
                                 (COMPLAINANT, WITHDRAW), (COMPLAINANT, TAKE_UP, at(TUE_10_MAR))),
            FRONT_LINE, EARLY, at(TUE_10_MAR, 12)),  # it began anew, with nobody who has it in hand
    Refused("staff_not_heard", ((HANDLER, NAMED), *ASSESSED), FRONT_LINE, EARLY),
    Refused("authority_unchecked", ASSESSED, FRONT_LINE, EARLY, told=BY_LAWYER),
    Refused("above_limit", ASSESSED, FRONT_LINE,
            c.ResolveEarly(medium="phone", **DEAR.model_dump(exclude={"effect"}))),
    Refused("prescribed_words", ((HANDLER, assess("TR-SPK")),), HANDLER, EARLY, rules=SPK),
    Refused("conflict", (*ASSESSED, (HANDLER, NAMED)), LEAD, c.Investigate(owner="colleague")),
    Refused("not_a_member", (*ASSESSED, SECRET), LEAD, INVESTIGATE),
    Refused("conflict", COLLEAGUE_NAMED, LEAD, c.Assign(owner="colleague")),
    Refused("not_a_member", (*INVESTIGATING, SECRET), LEAD, c.Assign(owner="colleague")),
    Refused("took_part", REVIEWING, OTHER_LEAD, c.Assign(owner="handler")),
    Refused("conflict", COLLEAGUE_NAMED, HANDLER, CONTRIBUTE),
    Refused("not_a_member", (*INVESTIGATING, SECRET), HANDLER, CONTRIBUTE),
    *(Refused("took_part", REVIEWING, HANDLER, ask) for ask in (PLAN, EVIDENCE, ASK, CONTRIBUTE)),
    Refused("took_part", (*REVIEWING, (REVIEWER, NAMED)), HANDLER, HEARD),
    Refused("authority_unchecked", INVESTIGATING, HANDLER, ASK, told=BY_LAWYER),
    Refused("not_waiting_for_you", (*INVESTIGATING, (HANDLER, ASK_OTHERS)), COMPLAINANT, REPLY),
    Refused("declining", (*ASSESSED, *DECLINING), HANDLER, PROPOSE),
    Refused("not_assessed", ((HANDLER, FAST),), HANDLER, PROPOSE, told={"safety_risk": True}),
    Refused("took_part", REVIEWING, LEAD, AGAIN),
    Refused("plan_missing", ((HANDLER, GRAVE), (HANDLER, INVESTIGATE)), HANDLER, PROPOSE),
    Refused("evidence_missing", ((HANDLER, GRAVE), (HANDLER, INVESTIGATE), (HANDLER, PLAN), (HANDLER, EVIDENCE)),
            HANDLER, PROPOSE),
    Refused("staff_not_heard", COLLEAGUE_NAMED, HANDLER, PROPOSE),
    Refused("declining", DECLINING, LEAD, APPROVE),
    Refused("second_person", BY_LEAD, LEAD, APPROVE),
    Refused("took_part", (*REVIEWING, (REVIEWER, AGAIN)), LEAD, APPROVE),
    Refused("staff_not_heard", (*DECIDING, (LEAD, NAMED)), LEAD, APPROVE),
    Refused("above_limit", (*INVESTIGATING, (HANDLER, DEAR)), LEAD, APPROVE),
    Refused("authority_unchecked", DECIDING, LEAD, APPROVE, told=BY_LAWYER),
    Refused("prescribed_words", ((HANDLER, assess("TR-SPK")), (HANDLER, INVESTIGATE), (HANDLER, EXPLAIN)), LEAD,
            APPROVE, rules=SPK),
    Refused("second_person", BY_LEAD, LEAD, BACK),
    Refused("took_part", (*REVIEWING, (REVIEWER, AGAIN)), LEAD, BACK),
    Refused("reviewed_already", REVIEWED, COMPLAINANT, REVIEW),
    Refused("already_disputed", DISPUTED, COMPLAINANT, DISPUTE),
    Refused("disputed", DISPUTED, LEAD, c.CloseUnanswered()),
    Refused("no_notice", NOTICE_GIVEN, LEAD, c.CloseUnanswered(), AFTER_NOTICE),
    Refused("notice_runs", NOTICE_ARRIVED, LEAD, c.CloseUnanswered(), at(date(2026, 4, 16))),
    Refused("not_disputed", DECIDED, LEAD, NO_MORE),
    Refused("review_open", DISPUTED, LEAD, TIME_OVER),
    Refused("outside_open", ((HANDLER, assess("TR-TUKETICI")), (HANDLER, INVESTIGATE), (HANDLER, EXPLAIN),
                             (LEAD, APPROVE), *REVIEWED[4:], (COMPLAINANT, DISPUTE)), LEAD, TIME_OVER, rules=SHOP),
    Refused("disputed", (*DECIDED, *TRIES, (COMPLAINANT, DISPUTE)), LEAD, UNREACHED, at(TUE_17_MAR), told=BY_PHONE),
    Refused("too_few_attempts", (*DECIDED, *TRIES[:2]), LEAD, UNREACHED, at(TUE_17_MAR), told=BY_PHONE),
    Refused("disputed", DISPUTED, LEAD, c.CloseAnonymous(), told=NAMELESS),
    Refused("not_anonymous", DECIDED, LEAD, c.CloseAnonymous()),
    Refused("duty_open", DUTIES, LEAD, VERIFY, rules=SHOP),
    Refused("second_person", (*REMEDYING, (HANDLER, c.FinishTask(task="remedy-1"))), HANDLER, VERIFY),
    Refused("second_person", (*DUTIES, *((COLLEAGUE, c.FinishTask(task=task)) for task in BOTH_DUTIES)), COLLEAGUE,
            VERIFY, rules=SHOP),
    Refused("not_done", REMEDYING, LEAD, VERIFY),
    Refused("another_way", ((LEAD, MERGE),), FRONT_LINE, OUTSIDE),
    Refused("another_way", DECLINED, COMPLAINANT, REOPEN),
    Refused("another_way", ((COMPLAINANT, WITHDRAW),), COMPLAINANT, REOPEN),
    Refused("another_way", ((LEAD, MERGE),), LEAD, REOPEN),
    Refused("reopen_window", CLOSED, COMPLAINANT, REOPEN, at(date(2026, 6, 1))),
    Refused("not_withdrawn", CLOSED, COMPLAINANT, TAKE_UP),
    Refused("duty_open", ((FRONT_LINE, PROMISE),), LEAD, MERGE),
    Refused("same_complaint", (), LEAD, c.Merge(into="7K4M29XRQ3A", words="Aynı.")),
    Refused("not_merged", CLOSED, LEAD, UNMERGE),
    Refused("authority_unchecked", INVESTIGATING, LEAD, EXTEND, told=BY_LAWYER),
    Refused("no_extension", (*INVESTIGATING, (LEAD, EXTEND)), LEAD, EXTEND),
    Refused("too_late_to_extend", INVESTIGATING, LEAD, EXTEND, at(WED_1_APR)),
    Refused("authority_unchecked", INVESTIGATING, HANDLER, NEWS, told=BY_LAWYER),
    Refused("no_pause", INVESTIGATING, HANDLER, PAUSE),
    Refused("already_late", ((HANDLER, assess("BIZIM", "BIZIM")), (HANDLER, INVESTIGATE),
                             (HANDLER, PAUSE.model_copy(update={"points": (2,)}), at(TUE_3_MAR)),
                             (HANDLER, RESUME.model_copy(update={"points": (2,)}), at(FRI_6_MAR))),
            HANDLER, PAUSE, at(WED_18_MAR), CALM),  # the first point was due on Mon 16, the second is on Thu 19
    Refused("not_paused", INVESTIGATING, HANDLER, RESUME),
    Refused("nobody_to_hear", INVESTIGATING, HANDLER, HEARD),
    Refused("consent_withdrawn", ((FRONT_LINE, NO_CONSENT),), HANDLER, DISCLOSE),
    Refused("not_represented", INVESTIGATING, HANDLER, CHECKED),
    Refused("no_task", (), HANDLER, c.FinishTask(task="000001-acknowledgement")),
    Refused("no_task", (), HANDLER, c.RecordAttempt(task="000001-acknowledgement", medium="phone")),
    Refused("no_task", ((HANDLER, PROMISE),), HANDLER, c.RecordAttempt(task="promised-2", medium="phone")),
    Refused("done_already", (*DECIDED, (HANDLER, POSTED)), HANDLER, POSTED, told=BY_PHONE),
    Refused("not_your_task", (*INVESTIGATING, (HANDLER, CONTRIBUTE)), HANDLER,
            c.FinishTask(task="contribution-4", words="Kayıt ekte.")),
    Refused("not_your_task", ((COMPLAINANT, WITHDRAW),), HANDLER, c.FinishTask(task="safety-3", words="Bakıldı."),
            told={"safety_risk": True}),
    Refused("done_already", (*REMEDYING, (HANDLER, c.FinishTask(task="remedy-1"))), HANDLER,
            c.FinishTask(task="remedy-1")),
    Refused("conflict_of_proposer", (*DECIDING, (HANDLER, CONFLICT)), LEAD, APPROVE),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSE, ids=lambda row: f"{BY_COMMAND[type(row.ask)].name}-{row.reason}")
def test_the_move_is_refused_and_says_why(row: Refused) -> None:
    complaint = fold(lived(*row.path, rules=row.rules, **row.told))
    with pytest.raises(NotNow) as refused:
        decide(complaint, row.ask, row.person, row.when, row.rules)
    assert refused.value.reason == row.reason


# --- no reason is left out ---

CHAPTERS = (receiving, investigating, deciding, closing, external, joining, promises, tasks, impartiality)


@cache
def reasons_of(function: Any) -> frozenset[str]:
    """The codes by which a function of the chapters refuses: those that it returns if it is a guard, those that it
    raises NotNow with, and those of whatever it calls.
    """
    tree = ast.parse(dedent(inspect.getsource(function)))
    head = tree.body[0]
    guard = isinstance(head, ast.FunctionDef) and head.returns and ast.unparse(head.returns) == "str | None"
    found: set[str] = set()
    for node in ast.walk(tree):
        if guard and isinstance(node, ast.Return) and node.value:
            found |= _texts(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = function.__globals__.get(node.func.id)
            if node.func.id == "NotNow":
                found |= {text for value in node.args for text in _texts(value)}
            elif inspect.isfunction(called) and called.__module__ in {chapter.__name__ for chapter in CHAPTERS}:
                found |= reasons_of(called)
    return frozenset(found)


def _texts(value: ast.expr) -> set[str]:
    """The codes that an expression can be: its own text, or that of either arm."""
    match value:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return _texts(body) | _texts(other)
        case ast.BoolOp(values=values):
            return {text for one in values for text in _texts(one)}
        case _:
            return set()


# What the code could say of a move by its form, and no complaint can come to: an assessment that is the first puts
# nothing off, and at the second stage nothing is assessed, taken up, settled at once or declined any more.
NEVER = {("assess", "later_needs_lead"), ("assess", "took_part"), ("reassess", "took_part"),
         ("investigate", "took_part"), ("fast_track", "took_part"), ("resolve_early", "took_part"),
         ("decline", "took_part"), ("confirm_decline", "took_part")}  # fmt: skip


# Asked of whoever comes with the code, before the move's own guard.
AT_THE_DOOR = {(move.name, "authority_unchecked") for move in MOVES if Role.COMPLAINANT in move.roles}


def test_every_reason_for_which_a_move_can_be_refused_is_seen_to_refuse_it_and_no_other() -> None:
    said = {(move.name, reason) for move in MOVES for reason in reasons_of(move.guard) | reasons_of(move.happens)}
    assert said >= NEVER
    assert {(BY_COMMAND[type(row.ask)].name, row.reason) for row in REFUSE} == (said - NEVER) | AT_THE_DOOR


def test_no_reason_in_the_code_belongs_to_no_move() -> None:
    """Those of `absorb` are about the other complaint: test_joining proves them."""
    functions = [one for chapter in CHAPTERS for one in vars(chapter).values() if inspect.isfunction(one)]
    there = {one for one in functions if one.__module__ in {chapter.__name__ for chapter in CHAPTERS}}
    said = {reason for move in MOVES for reason in reasons_of(move.guard) | reasons_of(move.happens)}
    assert frozenset().union(*map(reasons_of, there)) == said | reasons_of(joining.absorb)


@pytest.mark.parametrize("row", PASS, ids=shown)
def test_whoever_has_a_tie_does_not_make_it(row: Passes) -> None:
    """Of the staff; to work out all days anew, as a calendar says, is no judgement of any complaint."""
    move = BY_COMMAND[type(row.ask)]
    someone = Person(actor=HANDLER.actor, roles=move.roles & STAFF)
    if not someone.roles or move.command is c.Recalculate:
        return
    complaint = fold(lived(*row.path, rules=row.rules, **row.told))
    for tie in ("conflicted", "complained_about"):
        with pytest.raises(NotNow) as refused:
            decide(complaint.model_copy(update={tie: {"handler"}}), row.ask, someone, row.when, row.rules)
        assert refused.value.reason == "conflict"


# --- what the table does not allow ---

EXAMPLES: dict[type[c.Command], c.Command] = {type(row.ask): row.ask for row in PASS}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_what_is_not_in_the_table_is_refused(state: State, move: Any) -> None:
    if state in move.states:
        return
    someone = Person(actor=HANDLER.actor, roles=frozenset(move.roles))
    with pytest.raises(NotNow) as refused:
        decide(fold(standing(state)), EXAMPLES[move.command], someone, NOON, RULES)
    assert refused.value.reason == "state"


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_role_outside_the_row_is_refused(move: Any) -> None:
    others = frozenset(Role) - move.roles
    with pytest.raises(NotAllowed):
        decide(then(received()), EXAMPLES[move.command], Person(actor=AUDITOR.actor, roles=others), NOON, RULES)


def test_an_auditor_changes_nothing() -> None:
    assert not [move for move in MOVES if AUDITOR.may(move.roles)]


@pytest.mark.parametrize("state", ["received", "assessed", "deciding"])
def test_what_the_standard_never_closes_is_not_closed_but_by_its_own_evidence(state: str) -> None:
    """Always refused: to close what has no answer. It is declined, withdrawn or joined to another, or it goes on."""
    ways = {row.ask.__class__.__name__ for row in PASS if row.state == "closed" and row.path == PATHS[State(state)]}
    early = {"ResolveEarly"} if state == "assessed" else set()
    assert ways == {"Withdraw", "Merge"} | early


def test_every_state_is_reached_by_a_move_and_leads_to_closing() -> None:
    ways: dict[State, set[State]] = {state: set() for state in State}
    for move in MOVES:
        for state in move.states:
            ways[state] |= set(move.to)
    for state in State:
        seen: set[State] = set()
        reached = {state}
        while reached - seen:
            seen |= reached
            reached = seen | {to for one in seen for to in ways[one]}
        assert State.CLOSED in seen
    assert {to for found in ways.values() for to in found} == set(State)


def test_every_command_has_exactly_one_row() -> None:
    asked = {command for command in vars(c).values() if isinstance(command, type) and issubclass(command, c.Command)}
    rows = [move.command for move in MOVES]
    assert set(rows) | {c.Command, c.Judgement, c.Answer, c.Submit} == asked
    assert len(rows) == len(set(rows))


def test_a_guard_that_bars_the_next_step_is_named_to_whom_it_bars() -> None:
    barred = moves_barred_to(then(lived(*BY_LEAD)), LEAD, RULES, NOON)
    assert [(move.name, why) for move, why in barred if move.name == "approve"] == [("approve", "second_person")]


def test_in_a_firm_of_one_person_the_second_person_gives_way() -> None:
    own = lived(*INVESTIGATING, (LEAD, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, REVIEW), (LEAD, AGAIN), rules=ALONE)
    assert evolve(then(own), decide(then(own), APPROVE, LEAD, NOON, ALONE)[0]).state == "decided"


def test_a_submission_needs_somebody_to_write_to_or_nobody() -> None:
    assert a_submission(**NAMELESS).mail_to is None
    assert a_submission(**BY_LAWYER).mail_to == "kerem@example.com"
