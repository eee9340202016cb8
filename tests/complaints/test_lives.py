"""What holds in every life of a complaint, whatever people ask for, in whatever order, and however much time passes.

Two complaints of one person live beside each other, so that they can be merged and separated; people make moves that
are open to them, and ask for some that are not. The laws are counted a second time here, from the history alone.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise
from typing import Any

from hypothesis import Phase, settings
from hypothesis import event as note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from complaints import commands as c
from complaints import events as e
from complaints.complaint import TO_DO, Clock, CloseReason, Complaint, Finding, State
from complaints.deadlines import in_force, wakes_at
from complaints.history import evolve, fold
from complaints.joining import absorb, separate
from complaints.lifecycle import BY_COMMAND, MOVES, decide, moves_open_to
from complaints.receiving import receive
from complaints.refusals import Refusal
from complaints.roles import Person, Role, staff
from complaints.rules import Rules
from tests.builders import (
    ALONE,
    ASSESS,
    AUDITOR,
    COLLEAGUE,
    COMPLAINANT,
    EXPLAIN,
    EXPLAINED,
    FRONT_LINE,
    HANDLER,
    LEAD,
    MANAGER,
    OFFICER,
    OTHER_LEAD,
    REVIEWER,
    RULES,
    SYSTEM,
    TOP,
    UPHELD,
    a_submission,
    rules_under,
)  # fmt: skip
from tests.dates import MON_2_MAR, at

PEOPLE = (FRONT_LINE, HANDLER, COLLEAGUE, LEAD, OTHER_LEAD, REVIEWER, MANAGER, TOP, OFFICER, AUDITOR, COMPLAINANT)
# Nobody knows these from before: they can bring any complaint to its end.
NEW_HANDLER = staff("new-handler", frozenset({Role.HANDLER}))
NEW_LEAD = staff("new-lead", frozenset({Role.LEAD, Role.TOP_MANAGEMENT}))
FIRMS = [RULES, rules_under("BIZIM"), rules_under("TR-TUKETICI", "TR-GARANTI"), ALONE, rules_under("UK-COUNCIL")]
Beside = list[tuple[str, e.AnyEvent]]  # what happened to another complaint at the same time, by its reference
Made = tuple[tuple[e.AnyEvent, ...], Beside]
FILE = "7f3c1f1e-5a53-4c1b-9f63-1c2d3e4f5a6b"
LETTERS: dict[str, dict[str, Any]] = {
    "by mail": {},
    "by telephone": {"email": None, "phone": "0532 000 00 00"},
    "to nobody": {"anonymous": True, "name": None, "email": None},
    "to a lawyer": {
        "representative": {"name": "Av. Kerem Tan", "email": "kerem@example.com"},
        "contact": "representative",
    },
}

# Which events may make which dates later. Each says who did it; those that people ask for say why.
MAY_PUT_OFF: dict[str, set[str]] = {
    "acknowledge": {"ClocksRecalculated", "ComplaintReopened", "ReviewAsked", "RemedyFailed", "ExternalDecided"},
    "take_up": {"ClocksRecalculated", "ComplaintAssessed", "DecisionDisputed", "ComplaintReopened", "ReviewAsked",
                "RemedyFailed", "ExternalDecided"},
    "assess": set(),
    "update": {"ClocksRecalculated", "ProgressTold", "PromiseBroken", "AnswerExtended", "ClockPaused", "ClockResumed",
               "ComplaintReopened", "ReviewAsked", "RemedyFailed", "ExternalDecided"},
    "answer": {"AnswerExtended", "ClockResumed", "ClocksRecalculated", "ComplaintAssessed", "ComplaintReopened",
               "ReviewAsked", "RemedyFailed", "ExternalDecided"},
    "duty": {"ClocksRecalculated", "ComplaintAssessed", "DecisionAccepted", "ComplaintReopened", "RemedyFailed",
             "ExternalDecided"},
    "remedy": {"DecisionAccepted", "RemedyBegun", "ExternalDecided"},
    "task": set(),
    "remind": set(),
    "reply": {"ClocksRecalculated", "InformationAsked", "ComplaintDecided", "LetterDelivered", "TaskDone"},
    "external": {"ExternalOpened"},
}  # fmt: skip
PUTS_OFF = set().union(*MAY_PUT_OFF.values())
DECISION = {"ComplaintDecided", "ExternalDecided"}  # an award of an outside body is a decision too
EVIDENCE: dict[CloseReason, set[str]] = {
    CloseReason.OUT_OF_SCOPE: {"ComplaintDeclined"},
    CloseReason.WITHDRAWN: {"ComplaintWithdrawn"},
    CloseReason.MERGED: {"ComplaintMerged"},
    CloseReason.EXTERNAL_DECIDED: {"ExternalDecided"},
    CloseReason.ACCEPTED: {"DecisionAccepted"},
    CloseReason.REMEDY_VERIFIED: {"RemedyVerified"},
}
WITHOUT_A_DECISION = {CloseReason.OUT_OF_SCOPE, CloseReason.WITHDRAWN, CloseReason.MERGED, CloseReason.EXTERNAL_DECIDED}
THOUGH_DISPUTED = {
    CloseReason.OPTIONS_EXHAUSTED, CloseReason.EXTERNAL_DECIDED, CloseReason.WITHDRAWN, CloseReason.MERGED,
}  # fmt: skip
ENDS_A_DISPUTE = {"DecisionAccepted", "RemedyBegun", "ReviewAsked", "ComplaintReopened", "ExternalDecided"}
WATCHED_BEYOND = {"duty", "promised", "format", "others", "safety"}
GIVEN_UP = {CloseReason.WITHDRAWN, CloseReason.UNCONTACTABLE, CloseReason.ANONYMOUS_COMPLETED}
JUDGED = {
    "DeclineProposed", "ComplaintDeclined", "ComplaintAssessed", "InvestigationPlanned", "EvidenceRecorded",
    "InformationAsked", "StaffHeard", "DecisionProposed", "DecisionReturned", "ComplaintDecided",
}  # fmt: skip


def demanded(ask: c.Command) -> list[str]:
    """What somebody had to say, and could not leave out, when they asked for this."""
    fields = type(ask).model_fields
    return [str(getattr(ask, name)) for name in ("words", "reason") if name in fields and fields[name].is_required()]


def outcome(findings: list[Finding | None]) -> str | None:
    """What the findings amount to, said once more: all upheld, any upheld, none."""
    if not findings or any(finding is None for finding in findings):
        return None
    if all(finding == "upheld" for finding in findings):
        return "upheld"
    if any(finding in ("upheld", "partly_upheld") for finding in findings):
        return "partly_upheld"
    alike = all(finding == findings[0] for finding in findings)
    return str(findings[0]) if alike else "not_upheld"


def sayings(complaint: Complaint, today: date, other: str) -> dict[type[c.Command], list[c.Command]]:
    """For each command some ways to say it about this complaint, most of them sensible."""
    numbers = [point.number for point in complaint.points] or [1]
    soon = today + timedelta(days=9)
    effect = "varied" if complaint.stage == 2 else None

    def answers(point: c.ProposedPoint) -> tuple[c.ProposedPoint, ...]:
        remedy = point.remedy.model_copy(update={"due_on": soon}) if point.remedy else None
        return tuple(point.model_copy(update={"number": number, "remedy": remedy}) for number in numbers)

    two = (*ASSESS.points, c.PointTitle(title="Servis gelmedi", category=2))
    grave = ASSESS.model_copy(update={"severity": 4})
    others = c.Others(words="Aynı partiyi alanlar.", due_on=soon)
    said = {"effect": effect, "improvement_reason": "Kalıp aşınmış."}
    proposals = [
        EXPLAIN.model_copy(update={**said, "points": answers(one), "others": offered})
        for one, offered in ((UPHELD, others), (EXPLAINED, None))
    ]
    early = [c.ResolveEarly(medium="phone", **one.model_dump(exclude={"effect"})) for one in proposals]
    remedy = UPHELD.remedy.model_copy(update={"due_on": soon}) if UPHELD.remedy else None
    awards = (c.Award(number=numbers[0], remedy=remedy),) if remedy else ()
    outcomes = [
        c.RecordExternalOutcome(
            outcome="settled", then=then, words="Karar.", document=FILE, awards=awards if then == "award" else ()
        )  # type: ignore[arg-type]
        for then in ("sent_back", "award", "end")
    ]
    outcomes += [one.model_copy(update={"replaces": True}) for one in outcomes if one.then != "sent_back"]
    subs = ["handler", "colleague", "lead", "reviewer", "other-lead"]
    assessments = [ASSESS, ASSESS.model_copy(update={"points": two, "reason": "İki konu."}), grave]
    tasks = [task.id for task in complaint.tasks] or ["none"]
    return {
        c.Acknowledge: [c.Acknowledge(medium="phone")],
        c.Assess: list(assessments),
        c.Reassess: [c.Reassess.model_validate({**one.model_dump(), "reason": "Yeni bilgi."}) for one in assessments],
        c.FastTrack: [c.FastTrack(owner=sub) for sub in subs],
        c.Investigate: [c.Investigate(owner=sub) for sub in subs],
        c.Assign: [c.Assign(owner=sub) for sub in subs],
        c.Decline: [c.Decline(reason="employment", words="İş ilişkisi.", route="Mahkeme.", no_conflict=True)],
        c.ConfirmDecline: [c.ConfirmDecline(no_conflict=True)],
        c.Contest: [c.Contest(words="Müşteriyim.")],
        c.ResolveEarly: list(early),
        c.Ask: [
            c.Ask(of=of, data=(datum,), words="Gönderin.", reply_by=soon, again_reason=again)  # type: ignore[arg-type]
            for of, datum, again in (("complainant", "document", "Okunmuyor."), ("third_party", "other", None))
        ],
        c.RecordReply: [c.RecordReply()],
        c.RecordMessage: [c.RecordMessage()],
        c.Propose: list(proposals),
        c.Return: [c.Return(words="Eksik.")],
        c.Approve: [c.Approve(no_conflict=True, late_reason="Rapor bekledik.")],
        c.Accept: [c.Accept(medium="phone"), c.Accept(medium="phone", words="Kabul ettiğini söyledi.")],
        c.AskReview: [c.AskReview(medium="phone", late_reason="Hastaydım.")],
        c.Dispute: [c.Dispute(medium="phone")],
        c.CloseUnanswered: [c.CloseUnanswered()],
        c.CloseExhausted: [
            c.CloseExhausted(ground=ground, words="Bitti.")  # type: ignore[arg-type]
            for ground in ("time_run_out", "complainant_says_no")
        ],
        c.CloseUncontactable: [c.CloseUncontactable(words="Ulaşılamadı.")],
        c.CloseAnonymous: [c.CloseAnonymous()],
        c.Verify: [c.Verify(words="Görüldü."), c.Verify(words="Biri görüldü.", points=(numbers[0],))],
        c.ReportFailure: [c.ReportFailure(words="Yine kırıldı.")],
        c.RecordExternal: [
            c.RecordExternal(body="Heyet", told_by="body", answer_by=day)  # type: ignore[arg-type]
            for day in (None, soon)
        ],
        c.RecordExternalOutcome: list(outcomes),
        c.Reopen: [c.Reopen(words="Yine oldu.")],
        c.Withdraw: [c.Withdraw(medium="phone", words="Vazgeçtim, dedi.")],
        c.TakeUpAgain: [c.TakeUpAgain(medium="phone", words="Vazgeçmekten vazgeçti.")],
        c.Merge: [c.Merge(into=other, words="Aynı konu.")],
        c.Unmerge: [c.Unmerge(words="Başka konu.")],
        c.Extend: [c.Extend(points=tuple(numbers), reason="Rapor bekleniyor.")],
        c.Pause: [c.Pause(points=tuple(numbers), category="before_court", reason="Dava.")],
        c.Resume: [c.Resume(points=tuple(numbers))],
        c.TellProgress: [c.TellProgress(words="Az kaldı.")],
        c.PlanInvestigation: [c.PlanInvestigation(words="İncelenecek.")],
        c.RecordEvidence: [c.RecordEvidence(kind="record", words="Kayıt.")],
        c.RecordAction: [c.RecordAction(words="Yapıldı.")],
        c.AskColleague: [c.AskColleague(whom=sub, words="Bilginiz?", due_on=soon) for sub in subs],
        c.PromiseDate: [c.PromiseDate(words="Arayacağız.", due_on=soon)],
        c.LinkSystemic: [c.LinkSystemic(case="CAM-1")],
        c.NameStaff: [c.NameStaff(staff=(sub,)) for sub in subs],
        c.HearStaff: [c.HearStaff(who=sub, told_on=today) for sub in sorted(complaint.complained_about) or subs],
        c.DeclareConflict: [c.DeclareConflict(words="Akrabam.")],
        c.Restrict: [
            c.Restrict(confidential=closed, members=("handler",), words="Gizli.")  # type: ignore[arg-type]
            for closed in (True, False)
        ],
        c.CheckAuthority: [c.CheckAuthority(granted=granted, words="Belge.") for granted in (True, False)],
        c.Disclose: [
            c.Disclose(to="Usta", words="Seri no.", basis="consent", medium="phone", consented_on=today),
            c.Disclose(to="Heyet", words="Dosya.", basis="law", provision="6502 m. 68"),
        ],
        c.WithdrawConsent: [c.WithdrawConsent(medium="phone", on=today)],
        c.FinishTask: [c.FinishTask(task=task, words="Bitti.", medium="phone", on=today) for task in tasks],
        c.RecordAttempt: [
            c.RecordAttempt(task=task, medium=medium, posted=posted)  # type: ignore[arg-type]
            for task in tasks
            for medium, posted in (("phone", False), ("sms", False), ("letter", True))
        ],
        c.KeepTime: [c.KeepTime()],
        c.Recalculate: [c.Recalculate(because=(), reason="Köprü günü.")],
        c.RecordBounce: [c.RecordBounce(letter=f"{complaint.version:06d}-decision", kind="decision"),
                         c.RecordBounce(letter=f"{complaint.version:06d}-final_notice", kind="final_notice")],
        c.RecordDelivery: [c.RecordDelivery(letter="final", kind="final_notice")],
    }  # fmt: skip


class Lives(RuleBasedStateMachine):
    """Two complaints of one person, those who work on them, and time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = at(MON_2_MAR)
        self.rules: Rules = RULES
        self.histories: dict[str, tuple[e.AnyEvent, ...]] = {}
        self.complaints: dict[str, Complaint] = {}
        self.took_part: dict[str, set[str]] = {}  # in what was decided before a review was asked for
        self.reviewing: dict[str, set[str]] = {}
        self.declined: dict[str, set[str]] = {}

    @initialize(firm=st.sampled_from(FIRMS), letters=st.sampled_from(sorted(LETTERS)), safety=st.booleans())
    def two_complaints_come_in(self, firm: Rules, letters: str, safety: bool) -> None:
        self.rules = firm
        for reference in ("ONE", "TWO"):
            told = a_submission(**LETTERS[letters], safety_risk=safety)
            ask = c.Submit(submission=told, reference=reference, channel="web", received_at=self.now)
            event = self.filed(ask)
            self.histories[reference] = (event,)
            self.complaints[reference] = fold((event,))
            self.took_part[reference], self.reviewing[reference], self.declined[reference] = set(), set(), set()

    # --- what may happen ---

    @rule(data=st.data(), which=st.sampled_from(["ONE", "TWO"]), person=st.sampled_from(PEOPLE))
    def somebody_makes_a_move_that_is_open_to_them(self, data: st.DataObject, which: str, person: Person) -> None:
        moves = [move.command for move in moves_open_to(self.complaints[which], person, self.rules, self.now)]
        hidden = [move.command for move in MOVES if not move.shown and person.may(move.roles)]
        if moves or hidden:
            self.asks(which, person, self.said(data, which, data.draw(st.sampled_from([*moves, *hidden]))))

    @rule(data=st.data(), which=st.sampled_from(["ONE", "TWO"]))
    def somebody_takes_it_further(self, data: st.DataObject, which: str) -> None:
        """A step of the process, which is neither withdrawn nor given away by it: so lives get long."""
        ends_early = {c.Withdraw, c.Merge, c.RecordExternal, c.Decline}
        complaint, wanted = self.complaints[which], {c.Dispute, c.PlanInvestigation, c.RecordEvidence, c.HearStaff}
        steps = [
            (person, move.command)
            for person in PEOPLE
            for move in moves_open_to(complaint, person, self.rules, self.now)
            if (move.to and move.command not in ends_early) or move.command in wanted
        ]
        if steps:
            person, command = data.draw(st.sampled_from(steps))
            self.asks(which, person, self.said(data, which, command))

    @rule(data=st.data(), which=st.sampled_from(["ONE", "TWO"]), person=st.sampled_from([*PEOPLE, SYSTEM]))
    def somebody_asks_for_anything_at_all(self, data: st.DataObject, which: str, person: Person) -> None:
        self.asks(which, person, self.said(data, which, data.draw(st.sampled_from(sorted(BY_COMMAND, key=str)))))

    @rule(which=st.sampled_from(["ONE", "TWO"]), letter=st.sampled_from(["arrives", "comes back"]))
    def the_post_tells_us_of_the_final_notice(self, which: str, letter: str) -> None:
        given = [one for one in self.histories[which] if isinstance(one, e.FinalNoticeGiven)]
        if given:
            name: dict[str, Any] = {"letter": f"{given[-1].version:06d}-final_notice", "kind": "final_notice"}
            post = c.RecordDelivery if letter == "arrives" else c.RecordBounce
            self.asks(which, SYSTEM, post(**name))

    @rule(days=st.integers(1, 20))
    def the_office_closes_for_a_day_and_the_days_are_worked_out_anew(self, days: int) -> None:
        bridge = self.rules.calendar.day_of(self.now) + timedelta(days=days)
        own_days = {**self.rules.organisation.own_days, bridge: "Köprü günü"}
        self.rules = replace(self.rules, organisation=self.rules.organisation.model_copy(update={"own_days": own_days}))
        for which, history in self.histories.items():
            because = tuple(settings[-1][1] for settings in in_force(history).values())
            self.asks(which, MANAGER, c.Recalculate(because=because, reason="Köprü günü."))

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 4, 24 * 15, 24 * 40]))
    def time_passes(self, hours: int) -> None:
        """Each complaint is looked at when it said, and each look is followed by none in the past."""
        until = self.now + timedelta(hours=hours)
        start = self.now
        for which in self.complaints:
            self.now = start
            while (wakes := wakes_at(self.complaints[which], self.rules)) and wakes <= until:
                self.now = max(self.now, wakes)
                self.asks(which, SYSTEM, c.KeepTime())
                again = wakes_at(self.complaints[which], self.rules)
                assert again is None or again > self.now, "it wakes again and again"
        self.now = until

    # --- how it happens ---

    def said(self, data: st.DataObject, which: str, command: type[c.Command]) -> c.Command:
        other = "TWO" if which == "ONE" else "ONE"
        today = self.rules.calendar.day_of(self.now)
        return data.draw(st.sampled_from(sayings(self.complaints[which], today, other)[command]))

    def asks(self, which: str, person: Person, ask: c.Command) -> bool:
        self.now += timedelta(seconds=1)
        complaint = self.complaints[which]
        try:
            happened, beside = self.made(complaint, person, ask)
        except Refusal:
            return False
        if happened and person.actor.kind == "staff" and not isinstance(ask, c.Recalculate):  # which judges nothing
            assert person.actor.id not in complaint.conflicted | complaint.complained_about
        self.who_asked_and_why_is_kept(ask, person, happened)
        note(type(ask).__name__)
        for reference, event in [*((which, one) for one in happened), *beside]:
            self.happens(reference, event)
        return True

    def filed(self, ask: c.Submit) -> e.ComplaintReceived:
        return receive(ask, COMPLAINANT, self.now, self.rules)

    def made(self, complaint: Complaint, person: Person, ask: c.Command) -> Made:
        happened = decide(complaint, ask, person, self.now, self.rules)
        return happened, self.beside(complaint, ask, person)

    def beside(self, complaint: Complaint, ask: c.Command, person: Person) -> Beside:
        """What a merger does to the other complaint, in the same commit."""
        if isinstance(ask, c.Merge):
            return [(ask.into, absorb(self.complaints[ask.into], complaint, person, self.now, self.rules))]
        if isinstance(ask, c.Unmerge) and complaint.merged_into:
            into = complaint.merged_into
            return [(into, separate(self.complaints[into], complaint, person, self.now))]
        return []

    def happens(self, which: str, event: e.AnyEvent) -> None:
        before = self.complaints[which]
        assert event.version == before.version + 1
        after = evolve(before, event)
        self.no_date_moves_later_by_itself(before, after, event)
        self.who_looks_at_it_again_took_no_part(before, event, which)
        if isinstance(event, e.RemedyVerified):
            self.who_verifies_did_not_do_it(before, event)
        if isinstance(event, e.ComplaintClosed):
            self.it_is_closed_for_what_happened(which, event)
        self.histories[which] = (*self.histories[which], event)
        self.complaints[which] = after

    # --- the laws of what somebody asks for ---

    def who_asked_and_why_is_kept(self, ask: c.Command, person: Person, happened: tuple[e.AnyEvent, ...]) -> None:
        """Whoever had to say why is named by what happened, which says it; and so does each event that moves dates."""
        own = [one for one in happened if one.by == person.actor]
        told = [one.model_dump_json() for one in own]
        moves_dates = [one.model_dump_json() for one in own if one.type in PUTS_OFF]
        for said in demanded(ask):
            nothing_to_do = isinstance(ask, c.Recalculate) and not own
            assert nothing_to_do or any(said in one for one in told)
            assert all(said in one for one in moves_dates)

    # --- the laws of one event ---

    def no_date_moves_later_by_itself(self, before: Complaint, after: Complaint, event: e.AnyEvent) -> None:
        told = {clock.hangs_on: clock.due for clock in before.clocks}
        for clock in after.clocks:
            if clock.due > told.get(clock.hangs_on, clock.due):
                assert event.type in MAY_PUT_OFF[clock.promise], (event.type, clock)
                if isinstance(event, e.ComplaintAssessed) and clock.promise == "answer":
                    assert event.later
                    assert event.words
                    assert event.words.reason

    def who_looks_at_it_again_took_no_part(self, before: Complaint, event: e.AnyEvent, which: str) -> None:
        kept_out = {*self.declined[which], *(self.took_part[which] if before.stage == 2 else ())}
        judges = {event.by.id} if event.type in JUDGED else set()
        owns = {getattr(event, "owner", None)}
        assert self.rules.approver_may_be_handler or not kept_out & (judges | owns)
        part = self.took_part if before.stage == 1 else self.reviewing
        part[which] |= {sub for sub in (*judges, *owns, getattr(event, "whom", None)) if sub}
        match event:
            case e.ComplaintDeclined():
                proposed = next(one for one in reversed(self.histories[which]) if isinstance(one, e.DeclineProposed))
                self.declined[which] |= {sub for sub in (proposed.by.id, event.by.id) if sub}
            case e.ReviewAsked():
                self.took_part[which] |= self.reviewing[which]
                self.reviewing[which] = set()
            case e.ComplaintAbsorbed():
                for kept in (self.took_part, self.reviewing, self.declined):
                    kept[which] |= kept[event.other]
                ties = {one.by.id for one in self.histories[event.other] if isinstance(one, e.ConflictDeclared)}
                assert self.rules.approver_may_be_handler or ties <= evolve(before, event).conflicted
            case _:
                pass

    def who_verifies_did_not_do_it(self, before: Complaint, event: e.RemedyVerified) -> None:
        seen = [task for task in before.tasks if task.kind == "remedy" and task.point in event.points]
        if event.by.kind == "staff" and not self.rules.approver_may_be_handler:
            assert all(task.done_by and task.done_by != event.by.id for task in seen)

    def it_is_closed_for_what_happened(self, which: str, event: e.ComplaintClosed) -> None:
        kinds = [one.type for one in self.histories[which]]
        cycle = kinds[max((n for n, kind in enumerate(kinds) if kind == "ComplaintReopened"), default=0) :]
        assert EVIDENCE.get(event.reason, DECISION) & set(cycle)
        assert event.reason in WITHOUT_A_DECISION or DECISION & set(cycle)
        if event.reason in {CloseReason.NO_REPLY_AFTER_NOTICE, CloseReason.ACCEPTED}:
            assert not any(point.remedy_by for point in self.complaints[which].points), "a promise with a day is lost"
        if event.reason == CloseReason.REMEDY_VERIFIED and not self.rules.approver_may_be_handler:
            self.somebody_else_has_seen_what_was_done(self.histories[which][-len(cycle) :])
        last = next((one for one in reversed(kinds) if one == "DecisionDisputed" or one in ENDS_A_DISPUTE), None)
        if last == "DecisionDisputed":
            assert event.reason in THOUGH_DISPUTED

    def somebody_else_has_seen_what_was_done(self, cycle: tuple[e.AnyEvent, ...]) -> None:
        verified = [(one.version, one.by.id) for one in cycle if isinstance(one, e.RemedyVerified)]
        for one in cycle:
            if isinstance(one, e.TaskDone) and one.task.split("-")[0] in {"duty", "promised"}:
                assert any(version > one.version and by != one.by.id for version, by in verified)

    # --- the laws of every moment ---

    @invariant()
    def what_does_not_end_with_a_complaint_is_watched_when_it_is_closed(self) -> None:
        for complaint in self.complaints.values():
            for task in complaint.tasks if complaint.state == State.CLOSED else ():
                let_go = task.kind in {"duty", "promised"} and complaint.closed_reason in GIVEN_UP
                named = {clock.duty for clock in complaint.running if clock.point == task.point}
                assert ((task.duty or task.id) in named) == (task.kind in WATCHED_BEYOND and not let_go), task

    @invariant()
    def a_task_with_a_day_has_its_clock_and_such_a_clock_its_task(self) -> None:
        for complaint in self.complaints.values():
            ids = [task.id for task in complaint.tasks]
            assert len(ids) == len(set(ids))
            clocks: dict[str, list[Clock]] = {promise: [] for promise in ("task", "external", "duty", "remedy")}
            for clock in complaint.clocks:
                clocks.setdefault(clock.promise, []).append(clock)
            for task in complaint.tasks:
                if task.kind == "duty":
                    assert (task.point, task.duty) in {(one.point, one.duty) for one in clocks["duty"]}
                elif task.kind == "remedy":
                    assert task.point in {one.point for one in clocks["remedy"]}
                elif task.kind not in {"reach_another_way", "confirm_delivery"}:
                    assert task.id in {one.duty for one in (*clocks["task"], *clocks["external"])}
            assert {one.duty for one in (*clocks["task"], *clocks["external"])} <= set(ids)

    @invariant()
    def the_outcome_follows_from_the_findings(self) -> None:
        for complaint in self.complaints.values():
            assert complaint.outcome == outcome([point.finding for point in complaint.points])

    @invariant()
    def what_was_merged_leads_to_a_complaint(self) -> None:
        for complaint in self.complaints.values():
            assert (complaint.merged_into is None) == (complaint.closed_reason != CloseReason.MERGED)
            seen = [complaint.reference]
            while into := self.complaints[seen[-1]].merged_into:
                assert into not in seen
                assert seen[-1] in self.complaints[into].absorbed
                seen.append(into)

    @invariant()
    def what_is_open_says_what_it_is(self) -> None:
        for complaint in self.complaints.values():
            assert (complaint.state == State.CLOSED) == (complaint.closed_at is not None)
            assert (complaint.state == State.WAITING) == (complaint.waiting_for is not None)
            assert bool(complaint.asked) == (complaint.waiting_for == "complainant")
            assert complaint.state != State.REVIEWING or complaint.stage == 2
            assert complaint.state != State.INVESTIGATING or complaint.stage == 1
            assert not complaint.declining or complaint.state == State.DECIDING
            assert complaint.owner not in complaint.conflicted | complaint.complained_about or not complaint.owner

    @invariant()
    def what_is_kept_of_it_stays_small(self) -> None:
        """The case item is read with every list: twice what a complaint of one point needs."""
        for complaint in self.complaints.values():
            kept = complaint.model_dump_json(exclude_defaults=True)
            assert Complaint.model_validate_json(kept) == complaint
            assert len(kept) < 4_096

    # --- and at the end ---

    def teardown(self) -> None:
        for which, complaint in self.complaints.items():
            history = self.histories[which]
            stored = tuple(e.EVENT.validate_json(e.public_part(event)) for event in history)
            assert reduce(evolve, stored[1:], fold(stored[:1])) == complaint  # its words are not needed for it
            assert all(one.at <= other.at for one, other in pairwise(history))
            self.somebody_can_bring_it_to_its_end(which)

    def somebody_can_bring_it_to_its_end(self, which: str) -> None:
        """Two people who are new to it, and the complainant, always can: no complaint is ever stuck."""
        for _ in range(60):
            complaint = self.complaints[which]
            if complaint.state == State.CLOSED:
                return
            assert self.one_step(which, complaint), f"stuck in {complaint.state}: {complaint}"
        raise AssertionError(f"never closed: {self.complaints[which]}")

    def one_step(self, which: str, complaint: Complaint) -> bool:
        """The next step towards the end that is not a way around it: nothing is withdrawn, merged or given away."""
        around = {c.Withdraw, c.Merge, c.RecordExternal, c.Decline, c.Dispute, c.AskReview, c.ReportFailure, c.Ask}
        today = self.rules.calendar.day_of(self.now)
        ways = sayings(complaint, today, "NONE")
        ways[c.Investigate] = [c.Investigate(owner="new-handler")]
        if complaint.confidential:
            return self.asks(which, NEW_LEAD, c.Restrict(confidential=False, words="Neden kalmadı."))
        if complaint.authority == "unchecked":
            return self.asks(which, NEW_LEAD, ways[c.CheckAuthority][0])
        if complaint.complained_about - complaint.heard:
            unheard = min(complaint.complained_about - complaint.heard)
            return self.asks(which, NEW_LEAD, c.HearStaff(who=unheard, told_on=today))
        if complaint.state in {State.INVESTIGATING, State.REVIEWING} and not complaint.points:
            return self.asks(which, NEW_HANDLER, ways[c.Assess][1])
        if complaint.state in {State.INVESTIGATING, State.REVIEWING} and not complaint.planned:
            return self.asks(which, NEW_HANDLER, ways[c.PlanInvestigation][0])
        if complaint.state in {State.INVESTIGATING, State.REVIEWING} and complaint.evidence < 2:
            return self.asks(which, NEW_HANDLER, ways[c.RecordEvidence][0])
        tied = complaint.proposed_by in complaint.conflicted | complaint.complained_about
        if complaint.state == State.DECIDING and (complaint.declining or tied):
            return self.asks(which, NEW_LEAD, ways[c.Return][0])
        if complaint.state == State.REMEDYING:
            open_ = [task.id for task in complaint.tasks if task.kind in TO_DO and not task.done_by]
            for duty in open_[:1]:
                return self.asks(which, NEW_HANDLER, c.FinishTask(task=duty))
        for person in (NEW_HANDLER, NEW_LEAD, COMPLAINANT):
            for move in moves_open_to(complaint, person, self.rules, self.now):
                if move.to and move.command not in around and not (move.command is c.Propose and person is NEW_LEAD):
                    if complaint.state == State.DECIDING and move.command in {c.Propose, c.Return}:
                        continue
                    if any(self.asks(which, person, way) for way in ways[move.command]):
                        return True
        return False


# Without shrinking: that takes minutes, and a life that breaks a law is read as it was lived.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
Lives.TestCase.settings = settings(max_examples=80, stateful_step_count=60, deadline=None, phases=UNSHRUNK)
test_lives = Lives.TestCase
