"""What people ask of complaints, and how far complaints have come: the ways that tests of the core begin with."""

from datetime import date
from typing import Any

from complaints import commands as c
from complaints.complaint import State
from tests.builders import (
    ACCEPT,
    APPROVE,
    ASSESS,
    COMPLAINANT,
    EXPLAIN,
    HANDLER,
    INVESTIGATE,
    LEAD,
    OTHER_LEAD,
    PROPOSE,
    REVIEWER,
    SYSTEM,
    rules_under,
)  # fmt: skip
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, TUE_3_MAR, TUE_17_MAR, WED_1_APR, at

FILE = "7f3c1f1e-5a53-4c1b-9f63-1c2d3e4f5a6b"
NOON = at(MON_2_MAR, 12)
CALM = rules_under("BIZIM")
SPK = rules_under("TR-SPK")
SHOP = rules_under("TR-TUKETICI", "TR-GARANTI")


def yes(**changes: Any) -> dict[str, Any]:
    return {"no_conflict": True, **changes}


# --- what people ask for ---

GRAVE = ASSESS.model_copy(update={"severity": 4})
REASSESS = c.Reassess.model_validate({**ASSESS.model_dump(), "reason": "Yeni bilgi geldi."})
DECLINE = c.Decline(reason="employment", words="İş ilişkisi.", route="İş mahkemesi.", **yes())
CONFIRM = c.ConfirmDecline(**yes())
FAST = c.FastTrack(owner="handler")
EARLY = c.ResolveEarly(medium="phone", **EXPLAIN.model_dump(exclude={"effect"}))
EARLY_WITH_REMEDY = c.ResolveEarly(medium="phone", **PROPOSE.model_dump(exclude={"effect"}))
CONTEST = c.Contest(words="Ben çalışan değil, müşteriyim.")
ASK = c.Ask(of="complainant", data=("document",), words="Faturanız?", reply_by=MON_9_MAR)
ASK_OTHERS = c.Ask(of="third_party", data=("other",), words="Servis raporu?", reply_by=MON_9_MAR)
REPLY = c.RecordReply(words="Ekte.")
BACK = c.Return(words="İkinci kanıt nerede?")
DISPUTE = c.Dispute(medium="tracking_page", words="Hayır.")
REVIEW = c.AskReview(medium="tracking_page", words="Başkası baksın.")
AGAIN = c.Propose.model_validate({**EXPLAIN.model_dump(), "effect": "confirmed"})
AGAIN_WITH_REMEDY = c.Propose.model_validate({**PROPOSE.model_dump(), "effect": "reversed"})
NO_MORE = c.CloseExhausted(ground="complainant_says_no", words="Telefonda istemediğini söyledi.")
TIME_OVER = c.CloseExhausted(ground="time_run_out", words="Süreler doldu.")
UNREACHED = c.CloseUncontactable(words="Üç kez denendi.")
VERIFY, FAILED = c.Verify(words="Görüldü."), c.ReportFailure(words="Yine kırıldı.")
OUTSIDE = c.RecordExternal(body="Tüketici Hakem Heyeti", told_by="body", answer_by=FRI_6_MAR)
REFUND = c.ProposedRemedy.model_validate({"kind": "refund", "amount": 900, "currency": "TRY", "due_on": WED_1_APR})
AWARDED = c.Award(number=1, remedy=REFUND)
END, SENT_BACK = (
    c.RecordExternalOutcome(outcome="agreed_with_us", then=what, words="Karar geldi.", document=FILE)  # type: ignore[arg-type]
    for what in ("end", "sent_back")
)
AWARD = END.model_copy(update={"then": "award", "awards": (AWARDED,), "outcome": "better_for_complainant"})
REOPEN = c.Reopen(words="Yine kırıldı.")
WITHDRAW, TAKE_UP = c.Withdraw(medium="tracking_page"), c.TakeUpAgain(medium="tracking_page")
MERGE, UNMERGE = c.Merge(into="OTHER", words="Aynı konu."), c.Unmerge(words="Başka konuymuş.")
EXTEND = c.Extend(points=(1,), reason="Rapor bekleniyor.")
PAUSE = c.Pause(points=(1,), category="waiting_for_complainant", reason="Fatura bekleniyor.")
RESUME, NEWS = c.Resume(points=(1,)), c.TellProgress(words="Rapor bekliyoruz.")
TOLD = c.Acknowledge(medium="phone")
NAMED, HEARD = (
    c.NameStaff(staff=("colleague",)),
    c.HearStaff(who="colleague", told_on=MON_2_MAR, answer="Ben değildim."),
)
CONFLICT = c.DeclareConflict(words="Akrabam.")
DISCLOSE = c.Disclose(
    to="Cam Ustası Ltd.", words="Fırının seri numarası.", basis="consent", medium="phone", consented_on=MON_2_MAR
)
BY_LAW = c.Disclose(to="Kadıköy THH", words="Dosyanın tamamı.", basis="law", provision="6502 s. Kanun m. 68")
NO_CONSENT = c.WithdrawConsent(medium="phone", on=MON_2_MAR)
CHECKED = c.CheckAuthority(granted=True, words="Vekâletname görüldü.")
PLAN = c.PlanInvestigation(words="Cam incelenecek.")
EVIDENCE = c.RecordEvidence(kind="inspection", words="Cam içeriden kırılmış.")
CONTRIBUTE = c.AskColleague(whom="colleague", words="Üretim kaydı?", due_on=FRI_6_MAR)
PROMISE = c.PromiseDate(words="Cuma arayacağız.", due_on=FRI_6_MAR)
TIME = c.KeepTime()
ARRIVED = c.RecordDelivery(letter="final", kind="final_notice")

# --- how far complaints have come ---

ASSESSED = ((HANDLER, ASSESS),)
INVESTIGATING = (*ASSESSED, (HANDLER, INVESTIGATE))
WAITING = (*INVESTIGATING, (HANDLER, ASK))
DECIDING = (*INVESTIGATING, (HANDLER, EXPLAIN))
DECIDED = (*DECIDING, (LEAD, APPROVE))
DISPUTED = (*DECIDED, (COMPLAINANT, DISPUTE))
PROMISED = (*INVESTIGATING, (HANDLER, PROPOSE), (LEAD, APPROVE))
REMEDYING = (*PROMISED, (COMPLAINANT, ACCEPT))
REVIEWING = (*DECIDED, (COMPLAINANT, REVIEW))
REVIEWED = (*REVIEWING, (REVIEWER, AGAIN), (OTHER_LEAD, APPROVE))
PROMISED_AGAIN = (*REVIEWING, (REVIEWER, AGAIN_WITH_REMEDY), (OTHER_LEAD, APPROVE))
REMEDYING_AGAIN = (*PROMISED_AGAIN, (COMPLAINANT, ACCEPT))
EXTERNAL = (*ASSESSED, (HANDLER, OUTSIDE))
CLOSED = (*DECIDED, (COMPLAINANT, ACCEPT))
DECLINING = ((HANDLER, DECLINE),)
DECLINED = (*DECLINING, (LEAD, CONFIRM))
# Nobody replied for 20 working days, and then the notice arrived.
SILENCE = ((SYSTEM, TIME, at(WED_1_APR)), (SYSTEM, ARRIVED, at(date(2026, 4, 2))))
NOTICE_GIVEN = (*DECIDED, SILENCE[0])
NOTICE_ARRIVED = (*DECIDED, *SILENCE)
AFTER_NOTICE = at(date(2026, 4, 17))  # ten working days later were over on Thu 16 April
BY_PHONE: dict[str, Any] = {"email": None, "phone": "0532 000 00 00"}
TASK = "000005-decision"
TRIES = tuple(
    (HANDLER, c.RecordAttempt(task=TASK, medium=medium), at(day))
    for medium, day in (("phone", TUE_3_MAR), ("letter", MON_9_MAR), ("phone", TUE_17_MAR))
)  # from the first to the last, ten working days
NAMELESS: dict[str, Any] = {"anonymous": True, "name": None, "email": None}
LAWYER = {"name": "Av. Kerem Tan", "capacity": "vekil", "email": "kerem@example.com"}
BY_LAWYER: dict[str, Any] = {"representative": LAWYER, "contact": "representative"}
BY_LAWYER_TO_HER: dict[str, Any] = {"representative": LAWYER, "contact": "complainant"}  # we write to her herself
PATHS: dict[State, tuple[Any, ...]] = {
    State.RECEIVED: (), State.ASSESSED: ASSESSED, State.INVESTIGATING: INVESTIGATING, State.WAITING: WAITING,
    State.DECIDING: DECIDING, State.DECIDED: DECIDED, State.REMEDYING: REMEDYING, State.REVIEWING: REVIEWING,
    State.EXTERNAL: EXTERNAL, State.CLOSED: CLOSED,
}  # fmt: skip
HOME = tuple(state for state in State if state not in {State.WAITING, State.EXTERNAL, State.CLOSED})
