"""Objectivity and confidentiality: who may know, who may not judge, and what gives way in a firm of one person."""

from typing import Any

import pytest

from complaints import commands as c
from complaints import events as e
from complaints.impartiality import hands_in, may_see, tied
from complaints.lifecycle import decide, moves_open_to
from complaints.refusals import Incomplete, NotNow
from complaints.roles import Person, Role, staff
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
    TOP,
    lived,
    then,
)  # fmt: skip
from tests.dates import FRI_6_MAR, MON_2_MAR, TUE_3_MAR, at
from tests.ways import (
    AGAIN,
    ASK,
    BY_LAW,
    CONFIRM,
    CONFLICT,
    CONTEST,
    CONTRIBUTE,
    DECIDED,
    DECLINE,
    DECLINED,
    DISCLOSE,
    EARLY,
    EVIDENCE,
    HEARD,
    INVESTIGATING,
    NAMED,
    NO_CONSENT,
    NOON,
    PLAN,
    REASSESS,
    REOPEN,
    REVIEW,
    REVIEWING,
)

SECRET = c.Restrict(confidential=True, members=("handler",), words="Basın izliyor.")


# --- complained about ---


def test_whoever_is_complained_about_neither_sees_it_nor_makes_a_move() -> None:
    complaint = then(lived(*INVESTIGATING, (HANDLER, NAMED)))
    assert not may_see(COLLEAGUE, complaint)
    assert moves_open_to(complaint, COLLEAGUE, RULES, NOON) == ()
    with pytest.raises(NotNow) as refused:
        decide(complaint, EXPLAIN, COLLEAGUE, NOON, RULES)
    assert refused.value.reason == "conflict"


def test_an_owner_who_is_named_owns_it_no_more() -> None:
    complaint = then(lived(*INVESTIGATING, (LEAD, c.NameStaff(staff=("handler",)))))
    assert (complaint.owner, complaint.complained_about) == (None, {"handler"})


def test_whoever_the_complainant_wrote_of_is_named_or_it_is_said_why_nobody_is_before_it_is_assessed() -> None:
    wrote = {"staff_involved": "Mağazadaki satıcı"}
    assert then(lived(**wrote)).staff_mentioned
    with pytest.raises(Incomplete) as refused:
        lived((HANDLER, ASSESS), **wrote)
    assert refused.value.errors == (("/nobody_named", "name_staff_first"),)
    assert then(lived((LEAD, NAMED), (HANDLER, ASSESS), **wrote)).state == "assessed"
    looked = ASSESS.model_copy(update={"nobody_named": "Anlatılan kişi bizde çalışmıyor."})
    *_, event = lived((HANDLER, looked), **wrote)
    assert isinstance(event, e.ComplaintAssessed) and event.words
    assert event.words.nobody_named == "Anlatılan kişi bizde çalışmıyor."


def test_who_was_mentioned_is_asked_once_and_not_where_there_is_nobody_else() -> None:
    wrote = {"staff_involved": "Mağazadaki satıcı"}
    looked = ASSESS.model_copy(update={"nobody_named": "Anlatılan kişi bizde çalışmıyor."})
    assert then(lived((HANDLER, looked), (HANDLER, REASSESS), **wrote)).state == "assessed"
    assert then(lived((HANDLER, ASSESS), rules=ALONE, **wrote)).state == "assessed"
    assert not then(lived()).staff_mentioned


# --- about the handling of an earlier complaint ---


def about(earlier: tuple[e.AnyEvent, ...], *steps: tuple[Person, c.Command], rules: Rules = RULES, **wrote: Any) -> Any:
    """A complaint that names an earlier one, and what people ask for in it."""
    return lived(*steps, rules=rules, told_before="yes", handled_before=tuple(sorted(hands_in(earlier))), **wrote)


def test_who_had_a_hand_in_a_complaint_is_whoever_assessed_owned_decided_or_ended_it() -> None:
    assert hands_in(lived()) == frozenset()
    assert hands_in(lived(*INVESTIGATING, (LEAD, c.Assign(owner="colleague")))) == {"handler", "colleague"}
    assert hands_in(lived(*REVIEWING, (REVIEWER, AGAIN), (MANAGER, APPROVE))) == {
        "handler", "lead", "reviewer", "manager",
    }  # fmt: skip
    assert hands_in(lived((HANDLER, DECLINE), (LEAD, CONFIRM))) == {"handler", "lead"}


@pytest.mark.parametrize(
    ("steps", "person", "ask"),
    [
        (((COLLEAGUE, ASSESS),), OTHER_LEAD, INVESTIGATE),
        (((COLLEAGUE, ASSESS), (OTHER_LEAD, c.Investigate(owner="colleague"))), HANDLER, PROPOSE),
        (((COLLEAGUE, ASSESS), (OTHER_LEAD, c.Investigate(owner="colleague")), (COLLEAGUE, PROPOSE)), LEAD, APPROVE),
        (((COLLEAGUE, ASSESS),), HANDLER, EARLY),
        ((), HANDLER, DECLINE),
        (((COLLEAGUE, DECLINE),), LEAD, CONFIRM),
    ],
    ids=["own", "propose", "approve", "settle early", "decline", "confirm"],
)
def test_whoever_had_a_hand_in_the_earlier_complaint_does_not_judge_how_it_was_handled(
    steps: tuple[Any, ...], person: Person, ask: c.Command
) -> None:
    with pytest.raises(NotNow) as refused:
        about(lived(*DECIDED), *steps, (person, ask), about_handling=True)
    assert refused.value.reason == "handled_before"
    about(lived(*DECIDED), *steps, (person, ask))  # it is about the matter itself
    about((*lived(),), *steps, (person, ask), about_handling=True)  # nobody has touched the earlier one
    about(lived(*DECIDED, rules=ALONE), *steps, (person, ask), rules=ALONE, about_handling=True)  # there is nobody else


def test_what_an_assessor_finds_to_be_about_the_handling_is_judged_by_others_too() -> None:
    point = c.PointTitle(title="Yanıt gelmedi", category=20)
    with pytest.raises(NotNow) as refused:
        about(lived(*DECIDED), (COLLEAGUE, ASSESS.model_copy(update={"points": (point,)})), (OTHER_LEAD, INVESTIGATE))
    assert refused.value.reason == "handled_before"


# --- who is complained about ---


def test_nobody_names_themselves() -> None:
    with pytest.raises(Incomplete) as refused:
        lived((HANDLER, c.NameStaff(staff=("handler",))))
    assert refused.value.errors == (("/staff", "not_yourself"),)


def test_they_are_told_and_can_answer_before_anything_is_found() -> None:
    named = (*INVESTIGATING, (HANDLER, NAMED))
    assert then(lived(*named, (HANDLER, HEARD), (HANDLER, PROPOSE))).state == "deciding"
    silent = HEARD.model_copy(update={"answer": None})  # they would not
    assert then(lived(*named, (HANDLER, silent), (HANDLER, PROPOSE))).state == "deciding"


def test_only_who_was_named_is_heard_and_nobody_is_told_tomorrow() -> None:
    named = (*INVESTIGATING, (HANDLER, NAMED))
    for bad in (c.HearStaff(who="lead", told_on=MON_2_MAR), c.HearStaff(who="colleague", told_on=FRI_6_MAR)):
        with pytest.raises(Incomplete):
            lived(*named, (HANDLER, bad))


# --- a conflict of interest ---


def test_whoever_has_a_tie_does_nothing_more_and_what_they_owned_needs_another_owner() -> None:
    complaint = then(lived(*INVESTIGATING, (HANDLER, CONFLICT)))
    assert (complaint.owner, complaint.conflicted) == (None, {"handler"})
    assert moves_open_to(complaint, HANDLER, RULES, NOON) == ()
    again = lived(*INVESTIGATING, (HANDLER, CONFLICT), (LEAD, c.Assign(owner="colleague")))
    assert then(again).owner == "colleague"


def test_the_complaint_is_not_given_to_somebody_with_a_tie() -> None:
    for ask in (c.Assign(owner="handler"), c.AskColleague(whom="handler", words="Bilginiz?", due_on=FRI_6_MAR)):
        with pytest.raises(NotNow) as refused:
            lived(*INVESTIGATING, (HANDLER, CONFLICT), (LEAD, ask))
        assert refused.value.reason == "conflict"


def test_a_tie_is_to_be_complained_about_or_to_have_declared_a_conflict() -> None:
    complaint = then(lived(*INVESTIGATING, (HANDLER, NAMED), (OTHER_LEAD, CONFLICT)))
    assert {sub for sub in ("colleague", "other-lead", "handler", "lead", None) if tied(sub, complaint)} == {
        "colleague", "other-lead",
    }  # fmt: skip


# --- the second stage ---


@pytest.mark.parametrize("ask", [PLAN, EVIDENCE, ASK], ids=["planned", "found out", "asked"])
def test_whoever_looked_into_it_the_first_time_does_not_review_it(ask: c.Command) -> None:
    way = (*INVESTIGATING, (OTHER_LEAD, ask))
    back = ((COMPLAINANT, c.RecordReply()),) if ask is ASK else ()
    with pytest.raises(NotNow) as refused:
        lived(*way, *back, (HANDLER, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, REVIEW), (OTHER_LEAD, AGAIN))
    assert refused.value.reason == "took_part"


def test_whoever_only_put_somebody_in_charge_took_no_part() -> None:
    way = (*INVESTIGATING, (OTHER_LEAD, c.Assign(owner="colleague")), (COLLEAGUE, EXPLAIN), (LEAD, APPROVE))
    assert then(lived(*way, (COMPLAINANT, REVIEW), (OTHER_LEAD, AGAIN))).state == "deciding"


def test_two_people_who_took_no_part_make_the_second_decision() -> None:
    complaint = then(lived(*REVIEWING, (REVIEWER, AGAIN), (MANAGER, APPROVE)))
    assert (complaint.state, complaint.took_part) == ("decided", {"handler", "lead"})


def test_whoever_declined_it_does_nothing_more_in_what_was_contested() -> None:
    contested = (*DECLINED, (COMPLAINANT, CONTEST))
    anew = (*contested, (COLLEAGUE, ASSESS), (COLLEAGUE, c.Investigate(owner="colleague")))
    for ask in (PLAN, EVIDENCE, ASK, CONTRIBUTE, EXPLAIN):
        with pytest.raises(NotNow) as refused:
            lived(*anew, (LEAD, ask))
        assert refused.value.reason == "declined_before"
    assert then(lived(*anew, (COLLEAGUE, EXPLAIN), (OTHER_LEAD, APPROVE))).state == "decided"


def test_whoever_declined_it_does_not_review_it_either() -> None:
    anew = ((COLLEAGUE, ASSESS), (COLLEAGUE, c.Investigate(owner="colleague")), (COLLEAGUE, EXPLAIN))
    way = (*DECLINED, (COMPLAINANT, CONTEST), *anew, (OTHER_LEAD, APPROVE), (COMPLAINANT, REVIEW))
    assert then(lived(*way)).took_part == {"handler", "lead", "colleague", "other-lead"}


def test_whoever_reviewed_it_does_not_review_it_again_after_it_came_back() -> None:
    closed = (*REVIEWING, (REVIEWER, AGAIN), (OTHER_LEAD, APPROVE), (COMPLAINANT, ACCEPT))
    anew = (*closed, (COMPLAINANT, REOPEN), (LEAD, INVESTIGATE))
    second = (*anew, (HANDLER, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, REVIEW))
    for person in (REVIEWER, OTHER_LEAD):
        with pytest.raises(NotNow) as refused:
            lived(*second, (person, AGAIN))
        assert refused.value.reason == "took_part"
    assert then(lived(*second, (MANAGER, AGAIN), (TOP, APPROVE))).state == "decided"


def test_whoever_handled_the_first_stage_tells_the_reviewer_what_they_know() -> None:
    asked = then(lived(*REVIEWING, (REVIEWER, CONTRIBUTE.model_copy(update={"whom": "handler"}))))
    assert asked.asked_of == {"handler"}


# --- confidential ---


def test_only_members_know_of_a_confidential_complaint_and_its_owner_and_who_said_so_are_members() -> None:
    complaint = then(lived(*INVESTIGATING, (MANAGER, SECRET)))
    assert complaint.members == {"handler", "manager"}
    assert [person.actor.id for person in (HANDLER, MANAGER, LEAD, AUDITOR, TOP) if may_see(person, complaint)] == [
        "handler", "manager",
    ]  # fmt: skip
    assert may_see(COMPLAINANT, complaint)


def test_it_goes_to_members_only_until_it_is_open_again() -> None:
    secret = (*INVESTIGATING, (LEAD, SECRET))
    with pytest.raises(NotNow) as refused:
        lived(*secret, (LEAD, c.Assign(owner="colleague")))
    assert refused.value.reason == "not_a_member"
    opened = (*secret, (OFFICER, c.Restrict(confidential=False, words="Neden kalmadı.")))
    assert then(lived(*opened)).members == frozenset()
    assert then(lived(*opened, (LEAD, c.Assign(owner="colleague")))).owner == "colleague"


def test_whoever_is_complained_about_is_no_member() -> None:
    with pytest.raises(Incomplete):
        lived((HANDLER, NAMED), (LEAD, SECRET.model_copy(update={"members": ("colleague",)})))
    member = SECRET.model_copy(update={"members": ("handler", "colleague")})
    assert then(lived((LEAD, member), (HANDLER, NAMED))).members == {"handler", "lead"}


def test_an_administrator_knows_of_no_complaint() -> None:
    assert not may_see(staff("admin", frozenset({Role.ADMINISTRATOR})), then(lived()))


# --- passed on to somebody outside ---


@pytest.mark.parametrize(
    ("ask", "missing"),
    [
        (DISCLOSE.model_copy(update={"medium": None, "consented_on": None}), ["/medium", "/consented_on"]),
        (DISCLOSE.model_copy(update={"consented_on": TUE_3_MAR}), ["/consented_on"]),
        (BY_LAW.model_copy(update={"provision": None}), ["/provision"]),
        (NO_CONSENT.model_copy(update={"on": TUE_3_MAR}), ["/on"]),
    ],
    ids=["consent-unsaid", "consent-to-come", "law-unnamed", "withdrawal-to-come"],
)
def test_nothing_goes_outside_without_a_consent_or_a_provision_of_the_law(ask: c.Command, missing: list[str]) -> None:
    with pytest.raises(Incomplete) as refused:
        decide(then(lived()), ask, HANDLER, NOON, RULES)
    assert [pointer for pointer, _ in refused.value.errors] == missing


def test_a_consent_counts_until_it_is_withdrawn_and_a_later_one_counts_again() -> None:
    withdrawn = (*INVESTIGATING, (HANDLER, DISCLOSE), (FRONT_LINE, NO_CONSENT))
    with pytest.raises(NotNow) as refused:
        lived(*withdrawn, (HANDLER, DISCLOSE))
    assert refused.value.reason == "consent_withdrawn"
    later = DISCLOSE.model_copy(update={"consented_on": TUE_3_MAR})
    [event] = decide(then(lived(*withdrawn)), later, HANDLER, at(TUE_3_MAR, 12), RULES)
    assert (event.basis, event.consented_on, event.words.to) == ("consent", TUE_3_MAR, "Cam Ustası Ltd.")


def test_what_the_law_asks_for_goes_although_the_consent_was_withdrawn() -> None:
    event = lived((FRONT_LINE, NO_CONSENT), (HANDLER, BY_LAW))[-1]
    assert (event.basis, event.medium, event.words.provision) == ("law", None, "6502 s. Kanun m. 68")


# --- a firm of one person ---


def test_where_there_is_nobody_else_the_rule_gives_way_and_history_says_so() -> None:
    owner = Person(actor=LEAD.actor, roles=LEAD.roles)
    history = lived(*INVESTIGATING, (owner, c.NameStaff(staff=("lead",))), (owner, CONFLICT), rules=ALONE)
    assert [getattr(event, "alone", None) for event in history[-2:]] == [True, True]
    assert moves_open_to(then(history), owner, ALONE, NOON) != ()
    assert then(history).complained_about == then(history).conflicted == frozenset()
    review = ((COMPLAINANT, REVIEW), (LEAD, PLAN), (LEAD, AGAIN), (LEAD, APPROVE))
    contested = ((LEAD, DECLINE), (LEAD, CONFIRM), (COMPLAINANT, CONTEST))
    looked_into = ((LEAD, ASSESS), (LEAD, c.Investigate(owner="lead")), (LEAD, EXPLAIN), (LEAD, APPROVE))
    anew = ((COMPLAINANT, ACCEPT), (COMPLAINANT, REOPEN), (LEAD, INVESTIGATE), (LEAD, EXPLAIN), (LEAD, APPROVE))
    whole = (*contested, *looked_into, *review, *anew, *review)
    assert then(lived(*whole, rules=ALONE)).state == "decided"
