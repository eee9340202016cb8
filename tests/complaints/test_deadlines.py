"""Which promise falls due when, what time alone changes, and who hears of it."""

import zlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints import commands as c
from complaints import events as e
from complaints.complaint import Clock, Complaint, Promise
from complaints.deadlines import in_force, wakes_at, working_days_left
from complaints.explain import explain
from complaints.history import begin
from complaints.lifecycle import decide
from complaints.receiving import receive
from complaints.refusals import Incomplete, NotNow
from complaints.roles import Role, staff
from complaints.rules import Rules
from tests.builders import (
    ACCEPT,
    ASSESS,
    COMPLAINANT,
    DECIDED,
    EXPLAIN,
    HANDLER,
    INVESTIGATE,
    INVESTIGATED,
    LEAD,
    PROPOSE,
    PROPOSED,
    RULES,
    SYSTEM,
    a_submission,
    after,
    assess,
    received,
    rules_under,
    then,
)
from tests.dates import FRI_6_MAR, FRI_20_NOV, MON_2_MAR, MON_9_MAR, TUE_3_MAR, TUE_17_MAR, at

TUE_31_MAR = date(2026, 3, 31)
WED_25_MAR = date(2026, 3, 25)
MON_16_MAR = date(2026, 3, 16)
FRI_18_DEC = date(2026, 12, 18)
TOLD = (SYSTEM, c.Acknowledge(medium="email", letter="000001-acknowledgement"))
EXTEND = c.Extend(points=(1,), reason="Bilirkişi raporu bekleniyor.")


def kinds(history: tuple[e.AnyEvent, ...]) -> list[str]:
    return [event.type for event in history]


def clock(complaint: Complaint, promise: Promise, point: int | None = None) -> Clock:
    return next(one for one in complaint.clocks if one.promise == promise and (point is None or one.point == point))


def due_on(complaint: Complaint, promise: Promise, point: int | None = None, rules: Rules = RULES) -> date:
    return rules.calendar.day_of(clock(complaint, promise, point).due)


def keep_time(history: tuple[e.AnyEvent, ...], when: datetime, rules: Rules = RULES) -> tuple[e.AnyEvent, ...]:
    return after(history, (SYSTEM, c.KeepTime()), when=when, rules=rules)


# --- what is promised at the receipt ----------------------------------------------------------------------------------


def test_the_answer_is_due_on_the_twentieth_working_day_at_the_end_of_the_day() -> None:
    assert clock(then(received(at(FRI_20_NOV))), "answer").due == RULES.calendar.moment(FRI_18_DEC)


def test_ramazan_bayrami_is_not_counted_and_its_eve_is() -> None:
    assert due_on(then(received()), "answer") == TUE_31_MAR


def test_the_complainant_hears_from_us_at_the_latest_on_the_tenth_working_day() -> None:
    assert due_on(then(received()), "update") == MON_16_MAR


def test_a_safety_risk_wants_a_person_within_the_hour_by_day_and_by_night() -> None:
    night = datetime(2026, 3, 7, 23, 30, tzinfo=UTC)
    assert clock(then(received(night, safety_risk=True)), "take_up").due == night + timedelta(hours=1)


def test_what_came_late_to_us_is_late_from_the_start_and_is_not_refused() -> None:
    entry = c.Submit(
        submission=a_submission(), reference="7K4M29XRQ3A", channel="letter", received_at=at(MON_2_MAR),
        backdated="delayed",
    )  # fmt: skip
    complaint = begin(receive(entry, HANDLER, at(date(2026, 4, 20)), RULES))
    found = decide(complaint, c.KeepTime(), SYSTEM, at(date(2026, 4, 20)), RULES)
    assert {event.promise for event in found if isinstance(event, e.PromiseBroken)} == {"acknowledge", "answer"}


# --- when to look again -----------------------------------------------------------------------------------------------


def looks_at(history: tuple[e.AnyEvent, ...], rules: Rules = RULES) -> datetime | None:
    """The next look, without the five minutes over which looks are spread."""
    wakes = wakes_at(then(history), rules)
    return wakes and wakes - timedelta(seconds=spread(history))


def spread(history: tuple[e.AnyEvent, ...]) -> int:
    return zlib.crc32(then(history).reference.encode()) % 300


def test_the_first_thing_to_watch_is_the_acknowledgement() -> None:
    assert looks_at(received()) == at(TUE_3_MAR, 6)  # nine in the morning in Istanbul, on its day


def test_what_hangs_on_days_is_spread_over_five_minutes_and_what_hangs_on_hours_is_not() -> None:
    urgent = received(safety_risk=True)
    assert wakes_at(then(urgent), RULES) == at(MON_2_MAR) + timedelta(minutes=30)
    assert 0 <= spread(received()) < 300


def test_four_fifths_of_the_days_are_used_at_nine_in_the_morning_of_the_sixteenth() -> None:
    history = after(received(), TOLD, *INVESTIGATED, (HANDLER, c.TellProgress(words="Rapor bekliyoruz.")))
    history = keep_time(history, at(MON_16_MAR, 22))  # the reminder of the update
    history = keep_time(history, at(TUE_17_MAR))
    found = keep_time(history, datetime(2026, 3, 25, 6, 0, tzinfo=UTC))
    assert [(one.promise, one.tell) for one in found if isinstance(one, e.PromiseEscalated)][-1] == (
        "answer",
        ("owner", "lead"),
    )


def test_a_breach_is_recorded_once_and_at_its_true_time() -> None:
    history = after(received(), *INVESTIGATED)
    late = at(date(2026, 4, 20))
    found = decide(then(history), c.KeepTime(), SYSTEM, late, RULES)
    assert [(event.promise, event.due) for event in found if isinstance(event, e.PromiseBroken)] == [
        ("acknowledge", clock(then(history), "acknowledge").due),
        ("answer", clock(then(history), "answer").due),
    ]
    again = decide(then((*history, *found)), c.KeepTime(), SYSTEM, late, RULES)
    assert again == ()


def test_the_ladder_goes_from_handler_and_lead_to_the_management_representative() -> None:
    history = keep_time(after(received(), TOLD, *INVESTIGATED), at(date(2026, 4, 20)))
    rungs = [(one.step, one.tell) for one in history if isinstance(one, e.PromiseEscalated) and one.promise == "answer"]
    assert rungs == [
        (1, ("owner", "lead")),
        (2, ("management-representative",)),
    ]  # a reminder after the day helps nobody


def test_a_p1_that_nobody_takes_up_goes_round_the_roster_every_half_hour() -> None:
    history = received(safety_risk=True)
    for minutes in (30, 60, 90, 120):
        history = keep_time(history, at(MON_2_MAR) + timedelta(minutes=minutes))
    told = [one.tell for one in history if isinstance(one, e.PromiseEscalated) and one.promise == "take_up"]
    assert told == [("roster",), ("roster", "lead"), ("roster",), ("roster", "management-representative")]


def test_taking_it_up_ends_the_alarm() -> None:
    history = after(received(safety_risk=True), (HANDLER, ASSESS), (HANDLER, INVESTIGATE))
    later = keep_time(history, at(MON_2_MAR) + timedelta(hours=2))
    assert not [one for one in later if isinstance(one, e.PromiseEscalated) and one.promise == "take_up"]


def test_a_decided_complaint_waits_for_no_answer_but_for_a_reply() -> None:
    complaint = then(after(received(), TOLD, *DECIDED))
    assert [clock.promise for clock in complaint.running] == ["reply"]
    assert complaint.promises == ()  # the product ends it by itself: nobody has to keep it
    assert due_on(complaint, "reply") == date(2026, 3, 31)  # twenty working days, without the feast


def test_an_organisation_that_asks_for_no_reply_waits_for_none() -> None:
    silent = rules_under(reply_within=None)
    assert wakes_at(then(after(received(rules=silent), TOLD, *DECIDED, rules=silent)), silent) is None


def test_a_promised_remedy_is_watched_until_its_day_ends() -> None:
    history = after(received(), TOLD, *DECIDED, (LEAD, c.Accept(medium="phone")))
    assert due_on(then(history), "remedy") == date(2026, 3, 20)
    assert then(keep_time(history, at(date(2026, 3, 24)))).broken == {"remedy"}


# --- news at every preset date ----------------------------------------------------------------------------------------


def test_at_the_preset_date_the_complainant_hears_from_us_although_nothing_happened() -> None:
    history = keep_time(after(received(), TOLD), at(date(2026, 3, 17)))
    assert "ProgressTold" in kinds(history)
    assert "update" not in then(history).broken


def test_after_news_the_next_preset_date_is_the_answers_when_that_comes_first() -> None:
    history = after(received(), TOLD, (HANDLER, c.TellProgress(words="Rapor bekliyoruz.")), when=at(WED_25_MAR))
    assert not [one for one in then(history).clocks if one.promise == "update"]


def test_a_missed_answer_tells_the_complainant_and_the_news_go_on_every_ten_days() -> None:
    history = keep_time(after(received(), TOLD, *INVESTIGATED), at(date(2026, 4, 1)))
    broken = next(one for one in history if isinstance(one, e.PromiseBroken) and one.promise == "answer")
    assert broken.tell
    assert due_on(then(history), "update") == date(2026, 4, 15)


# --- the pack of each point -------------------------------------------------------------------------------------------

BANK = rules_under("TR-BANKA", "TR-KVKK", "ISO-BASE")


def test_each_point_has_the_clock_of_its_own_pack_and_the_complaint_is_due_with_the_first() -> None:
    history = after(received(rules=BANK), (HANDLER, assess("TR-BANKA/card", "TR-BANKA", "ISO-BASE")), rules=BANK)
    complaint = then(history)
    dates = [due_on(complaint, "answer", point) for point in (1, 2, 3)]
    assert dates == [date(2026, 3, 22), date(2026, 4, 1), TUE_31_MAR]
    assert complaint.next_promise
    assert complaint.answer_by == clock(complaint, "answer", 1).due


def test_a_pack_that_is_not_in_use_cannot_be_given_to_a_point() -> None:
    with pytest.raises(Incomplete) as refused:
        after(received(), (HANDLER, assess("TR-BANKA")))
    assert refused.value.errors == (("/points/0/pack", "choice_required"),)


def test_an_assessment_that_makes_the_answer_later_than_we_told_needs_a_reason_and_tells() -> None:
    later = rules_under("TR-TUKETICI", "TR-BANKA")
    with pytest.raises(Incomplete) as refused:
        after(received(rules=later), (HANDLER, assess("TR-BANKA")), rules=later)
    assert refused.value.errors == (("/reason", "later_needs_reason"),)
    history = after(received(rules=later), (HANDLER, assess("TR-BANKA", reason="Banka başvurusu.")), rules=later)
    assert isinstance(history[-1], e.ComplaintAssessed)
    assert history[-1].later


def test_only_a_lead_makes_a_date_later_by_assessing_again() -> None:
    rules = rules_under("ISO-BASE", "TR-BANKA/card", "TR-BANKA")
    again = c.Reassess.model_validate({**assess("TR-BANKA").model_dump(), "reason": "Kart değil, hesap."})
    history = after(received(rules=rules), (HANDLER, assess("TR-BANKA/card")), rules=rules)
    with pytest.raises(NotNow) as refused:
        after(history, (HANDLER, again), rules=rules)
    assert refused.value.reason == "later_needs_lead"
    assert due_on(then(after(history, (LEAD, again), rules=rules)), "answer", 1) == date(2026, 4, 1)


def test_where_the_law_counts_from_the_acknowledgement_a_missing_one_postpones_nothing() -> None:
    housing = rules_under("UK-HOUSING", country="GB-ENG")
    history = received(rules=housing)
    assert due_on(then(history), "answer", rules=housing) == date(2026, 3, 23)  # 5 working days, then 10
    early = after(history, TOLD, rules=housing, when=at(TUE_3_MAR))
    assert due_on(then(early), "answer", rules=housing) == date(2026, 3, 17)
    late = after(history, TOLD, rules=housing, when=at(MON_16_MAR))
    assert due_on(then(late), "answer", rules=housing) == date(2026, 3, 23)


def test_where_the_law_wants_the_answer_soon_after_the_inquiry_the_proposal_brings_it_forward() -> None:
    irish = rules_under("IE-CPC", country="IE")
    history = after(received(rules=irish), *INVESTIGATED, rules=irish)
    assert due_on(then(history), "answer", rules=irish) == date(2026, 4, 29)
    history = after(history, (HANDLER, PROPOSE), rules=irish, when=at(FRI_6_MAR))
    assert due_on(then(history), "answer", rules=irish) == date(2026, 3, 13)


def test_a_repair_counts_saturdays_and_is_a_task_until_it_is_done() -> None:
    shop = rules_under("TR-TUKETICI", "TR-GARANTI")
    history = after(received(rules=shop), (HANDLER, assess("TR-GARANTI")), rules=shop)
    complaint = then(history)
    duties = {one.duty: shop.calendar.day_of(one.due) for one in complaint.clocks if one.promise == "duty"}
    assert duties == {"loan_product": date(2026, 3, 13), "repair": date(2026, 3, 27)}
    assert due_on(complaint, "answer", 1) == MON_16_MAR  # what the warranty does not say, the first pack says
    done = then(after(history, (HANDLER, c.FinishTask(task="duty-1-repair")), rules=shop))
    assert {one.duty for one in done.running if one.promise == "duty"} == {"loan_product"}


def test_a_complaint_keeps_the_version_that_was_in_force_when_it_was_received() -> None:
    seen = {"UK-OFCOM": {"by": "chief", "on": "2026-01-01", "words": "Seen."}}
    telecom = rules_under("UK-OFCOM", country="GB-ENG", confirmed=seen)
    before = then(received(at(date(2026, 4, 7)), rules=telecom))
    since = then(received(at(date(2026, 4, 8)), rules=telecom))
    assert (before.pack_version, due_on(before, "answer", rules=telecom)) == (1, date(2026, 6, 2))
    assert (since.pack_version, due_on(since, "answer", rules=telecom)) == (2, date(2026, 5, 20))


# --- putting off ------------------------------------------------------------------------------------------------------


def test_an_extension_goes_as_far_as_the_pack_allows_and_no_further() -> None:
    history = after(received(), *INVESTIGATED, (LEAD, EXTEND))
    assert due_on(then(history), "answer", 1) == date(2026, 4, 14)
    with pytest.raises(NotNow) as refused:
        after(history, (LEAD, EXTEND))
    assert refused.value.reason == "no_extension"


@pytest.mark.parametrize(("until", "code"), [
    (TUE_31_MAR, "not_later"), (date(2026, 4, 15), "beyond_the_limit"),
])  # fmt: skip
def test_an_extension_names_a_day_between_the_old_one_and_the_last_one(until: date, code: str) -> None:
    with pytest.raises(Incomplete) as refused:
        after(received(), *INVESTIGATED, (LEAD, EXTEND.model_copy(update={"until": until})))
    assert refused.value.errors == (("/until", code),)


def test_a_date_that_has_passed_cannot_be_put_off() -> None:
    with pytest.raises(NotNow) as refused:
        after(after(received(), *INVESTIGATED), (LEAD, EXTEND), when=at(date(2026, 4, 1)))
    assert refused.value.reason == "too_late_to_extend"


def test_a_law_without_an_extension_gives_none() -> None:
    payments = rules_under("TR-ODEME")
    with pytest.raises(NotNow):
        after(received(rules=payments), *INVESTIGATED, (LEAD, EXTEND), rules=payments)


def test_an_answer_that_is_late_says_why() -> None:
    history, late = after(received(), *PROPOSED), at(date(2026, 4, 1))
    with pytest.raises(Incomplete) as refused:
        after(history, (LEAD, c.Approve(no_conflict=True)), when=late)
    assert refused.value.errors == (("/late_reason", "required"),)
    decided = after(history, (LEAD, c.Approve(no_conflict=True, late_reason="Parça geç geldi.")), when=late)[-1]
    assert isinstance(decided, e.ComplaintDecided)
    assert decided.words == e.Text(text="Parça geç geldi.")


# --- standing still ---------------------------------------------------------------------------------------------------

CALM = rules_under("BIZIM")
PAUSE = c.Pause(points=(1,), category="waiting_for_complainant", reason="Fatura bekleniyor.")
RESUME = c.Resume(points=(1,))


def paused(since: datetime | None = None, when: datetime | None = None) -> tuple[e.AnyEvent, ...]:
    history = after(received(rules=CALM), TOLD, *INVESTIGATED, rules=CALM)
    return after(history, (HANDLER, PAUSE.model_copy(update={"since": since})), when=when or at(FRI_6_MAR), rules=CALM)


def test_a_paused_clock_is_due_at_no_time() -> None:
    complaint = then(keep_time(paused(), at(date(2026, 5, 1)), CALM))
    assert "answer" not in complaint.broken


def test_resuming_gives_back_the_days_that_were_left() -> None:
    before = due_on(then(after(received(rules=CALM), *INVESTIGATED, rules=CALM)), "answer", 1)
    assert before == MON_16_MAR  # six working days after Friday 6 March
    complaint = then(after(paused(), (HANDLER, RESUME), when=at(date(2026, 4, 6)), rules=CALM))
    assert due_on(complaint, "answer", 1) == date(2026, 4, 14)


def test_a_pause_may_begin_earlier_than_it_is_entered() -> None:
    history = paused(since=at(TUE_3_MAR), when=at(FRI_6_MAR))
    complaint = then(after(history, (HANDLER, RESUME), when=at(MON_9_MAR), rules=CALM))
    assert due_on(complaint, "answer", 1) == date(2026, 3, 23)  # nine working days after 9 March, the feast between


@pytest.mark.parametrize("since", [at(date(2026, 3, 1)), at(MON_9_MAR)])
def test_a_pause_lies_between_the_receipt_and_now(since: datetime) -> None:
    with pytest.raises(Incomplete) as refused:
        paused(since=since)
    assert refused.value.errors == (("/since", "outside_the_clock"),)


def test_a_pause_does_not_reach_back_over_a_broken_promise() -> None:
    history = keep_time(after(received(rules=CALM), TOLD, *INVESTIGATED, rules=CALM), at(date(2026, 3, 18)), CALM)
    with pytest.raises(NotNow) as refused:
        after(
            history,
            (HANDLER, PAUSE.model_copy(update={"since": at(FRI_6_MAR)})),
            when=at(date(2026, 3, 18)),
            rules=CALM,
        )
    assert refused.value.reason in {"already_late", "no_pause"}


def test_no_law_lets_the_clock_stand_still() -> None:
    for pack in ("ISO-BASE", "TR-BANKA", "TR-KVKK"):
        rules = rules_under(pack)
        with pytest.raises(NotNow) as refused:
            after(received(rules=rules), *INVESTIGATED, (HANDLER, PAUSE), rules=rules)
        assert refused.value.reason == "no_pause"


@given(st.integers(0, 9), st.integers(0, 60))
def test_standing_still_neither_gives_nor_takes_time(worked: int, stood: int) -> None:
    calendar = CALM.calendar
    stop = calendar.add_working_days(MON_2_MAR, worked)
    again = stop + timedelta(days=stood)
    history = after(received(rules=CALM), TOLD, *INVESTIGATED, rules=CALM)
    history = after(history, (HANDLER, PAUSE), (HANDLER, RESUME.model_copy()), when=at(stop, 12), rules=CALM)
    assert due_on(then(history), "answer", 1) == MON_16_MAR
    history = after(history, (HANDLER, PAUSE), when=at(stop, 13), rules=CALM)
    resumed = then(after(history, (HANDLER, RESUME), when=at(again, 14), rules=CALM))
    due = due_on(resumed, "answer", 1)
    assert calendar.working_days_between(again, due) == calendar.working_days_between(stop, MON_16_MAR)
    assert clock(resumed, "answer", 1).due > at(again, 14)


# --- a changed calendar -----------------------------------------------------------------------------------------------


def recalculated(history: tuple[e.AnyEvent, ...], rules: Rules) -> tuple[e.AnyEvent, ...]:
    because = tuple(settings[-1][1] for settings in in_force(history).values())
    ask = c.Recalculate(because=because, reason="Köprü günü.")
    chief = staff("chief", frozenset({Role.MANAGEMENT_REPRESENTATIVE}))
    return decide(then(history), ask, chief, at(TUE_3_MAR), rules)


def test_an_own_day_off_moves_our_own_promises_and_no_legal_one() -> None:
    bridged = rules_under("ISO-BASE", "TR-SIGORTA", own_days={"2026-03-05": "Köprü günü"})
    rules = rules_under("ISO-BASE", "TR-SIGORTA")
    history = after(received(rules=rules), (HANDLER, assess("ISO-BASE", "TR-SIGORTA")), rules=rules)
    (event,) = recalculated(history, bridged)
    moved = {(one.promise, one.point): RULES.calendar.day_of(one.due) for one in event.clocks}
    assert moved[("answer", 1)] == date(2026, 4, 1)
    assert ("answer", 2) not in moved


def test_an_unchanged_calendar_changes_nothing() -> None:
    assert recalculated(after(received(), *INVESTIGATED), RULES) == ()


# --- why --------------------------------------------------------------------------------------------------------------


def why(
    history: tuple[e.AnyEvent, ...], promise: Promise, point: int | None, rules: Rules = RULES
) -> dict[Any, list[str]]:
    return dict(explain(in_force(history)[(promise, point, None)], rules))


def test_a_due_date_says_why_in_both_languages() -> None:
    history = received(at(date(2026, 10, 23)))
    lines = why(history, "answer", None)
    assert lines["en"] == [
        "received Fri 23 Oct 2026, 20 working days, 29 Oct not counted, ISO-BASE v1 → Mon 23 Nov 2026"
    ]
    assert lines["tr"] == ["alındı 23 Eki 2026 Cum, 20 iş günü, 29 Eki sayılmadı, ISO-BASE v1 → 23 Kas 2026 Pzt"]


def test_an_extended_date_tells_its_whole_story() -> None:
    lines = why(after(received(), *INVESTIGATED, (LEAD, EXTEND)), "answer", 1)
    assert lines["en"][1] == "extended, it was due Tue 31 Mar 2026, 10 working days, ISO-BASE v1 → Tue 14 Apr 2026"
    assert len(lines["tr"]) == 2


def test_a_clock_that_stood_still_says_from_when_to_when() -> None:
    history = after(paused(), (HANDLER, RESUME), when=at(date(2026, 4, 6)), rules=CALM)
    said = why(history, "answer", 1, CALM)
    assert "stood still from Fri 6 Mar 2026 to Mon 6 Apr 2026, goes on with the time that was left" in said["en"][-1]
    assert "süre 6 Mar 2026 Cum ile 6 Nis 2026 Pzt arasında durdu, kalan süreyle devam ediyor" in said["tr"][-1]


def test_an_assumed_acknowledgement_is_called_one() -> None:
    housing = rules_under("UK-HOUSING", country="GB-ENG")
    assert why(received(rules=housing), "answer", None, housing)["en"] == [
        "acknowledged at the latest Mon 9 Mar 2026, 10 working days, UK-HOUSING v1 → Mon 23 Mar 2026"
    ]


# --- laws -------------------------------------------------------------------------------------------------------------


def test_days_left_are_negative_when_late() -> None:
    assert working_days_left(at(MON_2_MAR), at(date(2026, 3, 4)), RULES) == -2


@given(st.datetimes(datetime(2021, 1, 1), datetime(2038, 1, 1)))  # noqa: DTZ001 - made aware below
def test_promises_come_in_their_order_and_after_the_receipt(naive: datetime) -> None:
    complaint = then(received(naive.replace(tzinfo=UTC)))
    promised = [clock(complaint, promise).due for promise in ("acknowledge", "update", "answer")]
    assert [naive.replace(tzinfo=UTC), *promised] == sorted([naive.replace(tzinfo=UTC), *promised])


@given(st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1)), st.integers(0, 4000))  # noqa: DTZ001 - made aware below
def test_keeping_time_twice_is_keeping_it_once_and_always_ends(naive: datetime, hours: int) -> None:
    history, now = received(naive.replace(tzinfo=UTC)), naive.replace(tzinfo=UTC) + timedelta(hours=hours)
    history = keep_time(history, now)
    assert decide(then(history), c.KeepTime(), SYSTEM, now, RULES) == ()
    wakes = wakes_at(then(history), RULES)
    assert wakes is None or wakes > now


def test_accepting_without_a_remedy_closes_at_once() -> None:
    history = after(
        received(), *INVESTIGATED, (HANDLER, EXPLAIN), (LEAD, c.Approve(no_conflict=True)), (COMPLAINANT, ACCEPT)
    )
    assert then(history).state == "closed"
