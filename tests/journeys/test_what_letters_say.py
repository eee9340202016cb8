"""Every letter of the table of moves, as it leaves: in both languages, with its days, and nothing typed by others.

What staff write so that the complainant reads it begins with TOLD; whatever else anybody writes begins with KANARYA.
"""

import re
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters.letters import FOLDER
from complaints import commands as c
from complaints.complaint import Language
from complaints.language import spelled
from complaints.roles import THE_COMPLAINANT, THE_SYSTEM, Person, Role, staff
from complaints.rules import Organisation
from tests.dates import MON_2_MAR, at
from tests.world import HANDLER, LEAD, World

handler, lead = staff(HANDLER, frozenset({Role.HANDLER})), staff(LEAD, frozenset({Role.LEAD}))
reviewer = staff("sub-reviewer", frozenset({Role.REVIEWER}))
approver = staff("sub-approver", frozenset({Role.MANAGEMENT_REPRESENTATIVE}))
them = THE_COMPLAINANT
Asked = tuple[Person, c.Command]
DOCUMENT = UUID(int=7, version=4)

ASSESS: Asked = (
    handler,
    c.Assess(
        severity=2,
        safety="none",
        complexity=1,
        impact="one",
        action_needed=False,
        action_possible=False,
        no_conflict=True,
        points=(c.PointTitle(title="TOLD-konu", category=3, pack="TR-TUKETICI"),),
    ),
)
TAKEN_UP: tuple[Asked, ...] = (ASSESS, (handler, c.Investigate(owner=HANDLER)))
REMEDY = c.ProposedRemedy(kind="refund", words="TOLD-çözüm", amount=900, currency="TRY", due_on="2026-03-20")  # type: ignore[arg-type]
POINTS = (c.ProposedPoint(number=1, finding="upheld", reasons="TOLD-neden", remedy=REMEDY),)  # type: ignore[arg-type]
EXPLAINED = c.ProposedPoint(number=1, finding="not_upheld", reasons="TOLD-neden", no_remedy_reason="TOLD-gerek yok")  # type: ignore[arg-type]
ANSWER: dict[str, Any] = {
    "points": POINTS,
    "cause": "MFG",
    "improvement_needed": True,
    "improvement_reason": "KANARYA-kalıp",
    "corrective_action": "KANARYA-ölçüm",
    "others": {"words": "KANARYA-aynı partiyi alanlar", "due_on": "2026-03-20"},
    "no_conflict": True,
}
APPROVE = c.Approve(no_conflict=True)
DECIDED: tuple[Asked, ...] = (*TAKEN_UP, (handler, c.Propose(**ANSWER, prevention="TOLD-önlem")), (lead, APPROVE))
NOTHING_PROMISED: tuple[Asked, ...] = (
    *TAKEN_UP,
    (handler, c.Propose(**{**ANSWER, "points": (EXPLAINED,)})),
    (lead, APPROVE),
)
REMEDYING: tuple[Asked, ...] = (*DECIDED, (them, c.Accept(medium="tracking_page")))
AGAIN = c.AskReview(medium="tracking_page", words="KANARYA-yeniden bakın")
REVIEWED: tuple[Asked, ...] = (
    *DECIDED,
    (them, AGAIN),
    (reviewer, c.Propose(**ANSWER, effect="varied")),
    (approver, APPROVE),
)
DISPUTE = c.Dispute(medium="tracking_page", words="KANARYA-kabul etmiyorum")
DECLINED: tuple[Asked, ...] = (
    ASSESS,
    (handler, c.Decline(reason="before_court", words="TOLD-neden", route="TOLD-yol", no_conflict=True)),
    (lead, c.ConfirmDecline(no_conflict=True)),
)
WITHDRAWN: tuple[Asked, ...] = (ASSESS, (them, c.Withdraw(medium="tracking_page", words="KANARYA-vazgeçtim")))
OUTSIDE: tuple[Asked, ...] = (
    *DECIDED,
    (handler, c.RecordExternal(body="KANARYA-heyet", words="KANARYA-not", told_by="complainant")),
)
ASK = c.Ask(of="complainant", data=("order_number",), words="TOLD-lazım", reply_by=date(2026, 3, 16))


ELSEWHERE: tuple[Asked, ...] = (*TAKEN_UP, OUTSIDE[-1])
CLOSED: tuple[Asked, ...] = (
    *REMEDYING,
    (handler, c.FinishTask(task="remedy-1")),
    (lead, c.Verify(words="KANARYA-gördüm")),
)


def outcome(then: str, **more: Any) -> Asked:
    ask = {"outcome": "better_for_complainant", "words": "KANARYA-karar", "document": DOCUMENT}
    return (lead, c.RecordExternalOutcome.model_validate({**ask, "then": then, **more}))


AWARDS = ({"number": 1, "remedy": {"kind": "replacement", "due_on": "2026-04-10"}},)
AWARD = outcome("award", awards=AWARDS)
ALL, NONE = {"konu", "neden", "çözüm", "önlem"}, set[str]()
# What happened; the letter; the sentence that only this cause has; which words meant for the complainant it holds.
CASES: dict[str, tuple[tuple[Asked, ...], str, str, set[str]]] = {
    "received": ((), "acknowledgement", "", NONE),
    "asked": ((*TAKEN_UP, (handler, ASK)), "request", "", {"lazım"}),
    "told": ((*TAKEN_UP, (handler, c.TellProgress(words="TOLD-durum"))), "progress", "", {"durum"}),
    "put off": ((*TAKEN_UP, (lead, c.Extend(points=(1,), reason="TOLD-süre"))), "extension", "", {"konu", "süre"}),
    "decided": (DECIDED, "decision", "", ALL),
    "settled": ((ASSESS, (handler, c.ResolveEarly(**ANSWER, medium="phone"))), "decision", "", ALL - {"önlem"}),
    "not accepted": ((*DECIDED, (them, DISPUTE)), "routes", "", NONE),
    "asked again": ((*DECIDED, (them, AGAIN)), "acknowledgement", "", NONE),
    "decided again": (REVIEWED, "decision", "", ALL - {"önlem"}),
    "not accepted again": ((*REVIEWED, (them, DISPUTE)), "routes", "", NONE),
    "declined": (DECLINED, "declined", "", {"neden", "yol"}),
    "contested": ((*DECLINED, (them, c.Contest(words="KANARYA-sizin işiniz"))), "progress", "contested", NONE),
    "withdrawn": (WITHDRAWN, "withdrawn", "", NONE),
    "taken back": (
        (*WITHDRAWN, (them, c.TakeUpAgain(medium="tracking_page", words="KANARYA-sürsün"))),
        "progress",
        "withdrawal_undone",
        NONE,
    ),
    "not put right": (
        (*REMEDYING, (them, c.ReportFailure(words="KANARYA-olmadı"))),
        "progress",
        "remedy_failed",
        NONE,
    ),
    "put right": (CLOSED, "closing", "", {"konu", "çözüm"}),
    "reopened": ((*CLOSED, (them, c.Reopen(words="KANARYA-sürüyor"))), "acknowledgement", "", NONE),
    "ways used up": (
        (*DECIDED, (them, DISPUTE), (lead, c.CloseExhausted(ground="complainant_says_no", words="TOLD-bitti"))),
        "closing",
        "",
        {"konu", "çözüm", "bitti"},
    ),
    "sent back": ((*OUTSIDE, outcome("sent_back")), "progress", "sent_back", NONE),
    "ordered": ((*OUTSIDE, AWARD), "progress", "award", {"konu"}),
    "ended outside": ((*OUTSIDE, outcome("end")), "progress", "end", {"konu"}),
    "decided outside": ((*OUTSIDE, outcome("end", replaces=True)), "closing", "", {"konu"}),
    "ended outside before our answer": ((*ELSEWHERE, outcome("end")), "closing", "", NONE),
}
every_case = pytest.mark.parametrize("case", CASES)
CLOSES: dict[str, Callable[[date], str]] = {  # the day after which we close, as the final notice says it
    "tr": lambda day: f"{spelled(day, 'tr')} tarihine kadar",
    "en": lambda day: f"from you by {spelled(day, 'en')}",
}
both_languages = pytest.mark.parametrize("language", ["tr", "en"])


@pytest.fixture
def world(aws: None) -> World:
    return World(at(MON_2_MAR), organisation=Organisation(packs=("TR-TUKETICI",)))


def submitted(world: World, **more: Any) -> dict[str, Any]:
    typed = {
        "name": "KANARYA-ad",
        "about": "KANARYA-konu",
        "what_happened": "KANARYA-olay ve devamı",
        "wish": "KANARYA",
    }
    receipt = world.submit(**{**typed, **more})
    world.settle()
    return receipt


def does(world: World, reference: str, *asked: Asked) -> None:
    for person, ask in asked:
        world.table.change(reference, ask, person, world.now)
        world.settle()


def last(world: World) -> str:
    """The plain text of the last letter."""
    return text(world.mailbox.sent[-1][1])


def text(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def kinds(world: World, reference: str) -> list[tuple[str, str]]:
    return [(letter["kind"], letter["state"]) for letter in world.table.everything(reference).letters]


def words(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "words" / f"{language}.toml").read_text("utf-8"))


@every_case
@both_languages
def test_each_cause_sends_its_letter_with_its_sentence_and_nothing_typed_by_others(
    world: World, case: str, language: Language
) -> None:
    asked, kind, cause, told = CASES[case]
    receipt = submitted(world, language=language)
    does(world, receipt["reference"], *asked)
    assert kinds(world, receipt["reference"])[-1] == (kind, "sent")
    text = last(world)
    assert set(re.findall(r"TOLD-(\w+)", text)) == told
    assert "KANARYA" not in text and receipt["secret"] not in text and "None" not in text
    for heading, sentence in words(language)["causes"].items():
        assert (sentence in text) == (heading == cause)


@both_languages
def test_what_we_promised_is_told_again_when_the_matter_ends_elsewhere(world: World, language: Language) -> None:
    reference = submitted(world, language=language)["reference"]
    does(world, reference, *DECIDED)
    world.now = at(date(2026, 4, 1))  # after the day by which we had promised it
    does(world, reference, OUTSIDE[-1], outcome("end"))
    said = last(world)
    assert {"tr": "900,00 TL", "en": "TRY 900.00"}[language] in said
    assert spelled(date(2026, 4, 1), language) in said
    assert words(language)["replaced"] not in said


@both_languages
@pytest.mark.parametrize(
    ("answered", "replaces", "says"),
    [(True, False, "instead"), (True, True, "replaced"), (False, False, None)],
    ids=["on its point", "all of it", "nothing promised"],
)
def test_an_award_says_whether_it_takes_the_place_of_what_we_had_promised(
    world: World, language: Language, answered: bool, replaces: bool, says: str | None
) -> None:
    reference = submitted(world, language=language)["reference"]
    outside = OUTSIDE if answered else (*TAKEN_UP, OUTSIDE[-1])
    does(world, reference, *outside, outcome("award", replaces=replaces, awards=AWARDS))
    for kind in ("instead", "replaced"):
        assert last(world).count(words(language)[kind]) == (kind == says)


@both_languages
def test_whoever_does_not_reply_is_told_that_we_keep_our_promise_and_by_when(world: World, language: Language) -> None:
    reference = submitted(world, language=language)["reference"]
    does(world, reference, *DECIDED)
    world.wind(date(2026, 5, 1))
    notice = world.table.everything(reference).letters[-1]
    assert notice["kind"] == "final_notice"
    world.post_says("Delivered", reference, notice["id"])
    world.wind(date(2026, 6, 30))
    complaint = world.table.load(reference)
    assert complaint and complaint.state == "remedying"
    kept = words(language)["causes"]["no_reply_after_notice"]
    said = next(letter for letter in (text(mail) for _, mail, _ in world.mailbox.sent) if kept in letter)
    assert {"tr": "900,00 TL", "en": "TRY 900.00"}[language] in said


@both_languages
def test_whoever_has_no_way_left_is_told_that_we_keep_our_promise(aws: None, language: Language) -> None:
    world = World(at(MON_2_MAR))  # under a pack that leads to no outside body
    receipt = submitted(world, language=language)
    person, ask = ASSESS
    point = c.PointTitle(title="TOLD-konu", category=3)
    over = c.CloseExhausted(ground="time_run_out", words="TOLD-bitti")
    assessed = (person, ask.model_copy(update={"points": (point,)}))
    does(world, receipt["reference"], assessed, *REVIEWED[1:], (them, DISPUTE), (lead, over))
    said = last(world)
    assert words(language)["causes"]["options_exhausted"] in said
    assert set(re.findall(r"TOLD-(\w+)", said)) == {"konu", "bitti"}
    assert "KANARYA" not in said and {"tr": "900,00 TL", "en": "TRY 900.00"}[language] in said


@both_languages
def test_a_decision_that_replaces_our_promise_is_told_as_that(world: World, language: Language) -> None:
    reference = submitted(world, language=language)["reference"]
    does(world, reference, *OUTSIDE, outcome("end", replaces=True))
    assert words(language)["replaced"] in last(world)
    assert {"tr": "900,00 TL", "en": "TRY 900.00"}[language] not in last(world)


@both_languages
def test_a_request_names_its_day_and_a_reply_in_time_goes_on(world: World, language: Language) -> None:
    reference = submitted(world, language=language)["reference"]
    does(world, reference, *TAKEN_UP, (handler, ASK))
    assert last(world).count(spelled(date(2026, 3, 16), language)) == 2
    does(world, reference, (them, c.RecordReply()))
    world.wind(date(2026, 3, 17))
    assert world.table.load(reference).state == "investigating"  # type: ignore[union-attr]
    assert not any(words(language)["causes"]["reply_missed"] in text(mail) for _, mail, _ in world.mailbox.sent)


@both_languages
def test_a_request_without_a_reply_is_followed_by_what_we_do_then(world: World, language: Language) -> None:
    reference = submitted(world, language=language)["reference"]
    does(world, reference, *TAKEN_UP, (handler, ASK))
    told = len(world.mailbox.sent)
    world.wind(date(2026, 3, 17))
    assert words(language)["causes"]["reply_missed"] in [text(mail) for _, mail, _ in world.mailbox.sent[told:]][-1]


THURSDAY = date(2026, 3, 12)  # two working days before the Monday by which we asked for a reply


@both_languages
def test_somebody_who_has_not_replied_is_reminded_once_with_what_we_asked_for(world: World, language: Language) -> None:
    reference = submitted(world, language=language)["reference"]
    does(world, reference, *TAKEN_UP, (handler, ASK))
    world.wind(at(THURSDAY, 5))
    assert ("reminder", "sent") not in kinds(world, reference)
    world.wind(at(THURSDAY, 7))
    assert kinds(world, reference)[-1] == ("reminder", "sent")
    for said in ("TOLD-lazım", spelled(MON_2_MAR, language), spelled(date(2026, 3, 16), language)):
        assert said in last(world)
    world.wind(date(2026, 3, 17))
    assert [kind for kind, _ in kinds(world, reference)].count("reminder") == 1


def test_a_reminder_that_the_reply_has_overtaken_does_not_leave(world: World) -> None:
    reference = submitted(world)["reference"]
    does(world, reference, *TAKEN_UP, (handler, ASK))
    world.now = at(THURSDAY, 10)
    more = c.Ask(of="complainant", data=("document",), words="TOLD-daha", reply_by=date(2026, 3, 26))
    for person, ask in ((THE_SYSTEM, c.KeepTime()), (them, c.RecordReply()), (handler, more)):
        world.table.change(reference, ask, person, world.now)
    world.settle()
    assert kinds(world, reference)[-2:] == [("reminder", "dropped"), ("request", "sent")]


def test_a_request_that_was_replied_to_before_it_left_does_not_leave(world: World) -> None:
    reference = submitted(world)["reference"]
    does(world, reference, *TAKEN_UP)
    for person, ask in ((handler, ASK), (them, c.RecordReply())):
        world.table.change(reference, ask, person, world.now)
    world.settle()
    assert kinds(world, reference)[-1] == ("request", "dropped")


@both_languages
def test_a_final_notice_counts_from_its_delivery_and_ends_no_sooner_than_it_says(
    world: World, language: Language
) -> None:
    receipt = submitted(world, language=language)
    reference = receipt["reference"]
    does(world, reference, *NOTHING_PROMISED)
    world.wind(date(2026, 5, 1))
    letter = world.table.everything(reference).letters[-1]
    assert (letter["kind"], letter["state"]) == ("final_notice", "sent")
    left, said = world.now, last(world)
    world.wind(date(2026, 6, 30))
    assert world.table.load(reference).state == "decided"  # type: ignore[union-attr]  # nobody knows that it arrived

    for _ in range(3):
        world.post_says("Delivered", reference, letter["id"])
    arrived = world.table.load(reference)
    assert arrived and arrived.notice == "delivered"
    ends = arrived.due_of("reply")
    told = next(day for day in (MON_2_MAR + timedelta(days=n) for n in range(30, 120)) if CLOSES[language](day) in said)
    assert ends and left and world.rules.calendar.day_of(ends) >= told
    world.wind(ends + timedelta(minutes=10))
    closed = world.table.load(reference)
    assert closed and closed.closed_reason == "no_reply_after_notice"
    assert kinds(world, reference)[-1] == ("closing", "sent")
    assert words(language)["closings"]["no_reply_after_notice"] in last(world)


def test_the_notice_of_an_earlier_decision_that_arrives_late_starts_no_time(world: World) -> None:
    reference = submitted(world)["reference"]
    does(world, reference, *DECIDED)
    world.wind(date(2026, 5, 1))
    first = world.table.everything(reference).letters[-1]["id"]
    again = c.AskReview(medium="phone", words="KANARYA", late_reason="KANARYA")
    point = c.ProposedPoint(number=1, finding="upheld", reasons="TOLD", no_remedy_reason="TOLD")  # type: ignore[arg-type]
    second = c.Propose.model_validate({**ANSWER, "points": (point,), "others": None, "effect": "varied"})
    does(world, reference, (handler, again), (reviewer, second), (approver, APPROVE))
    world.wind(date(2026, 7, 1))
    assert world.table.load(reference).notice == "sent"  # type: ignore[union-attr]
    world.post_says("Delivered", reference, first)
    assert world.table.load(reference).notice == "sent"  # type: ignore[union-attr]


def test_a_final_notice_that_comes_back_after_all_ends_nothing(world: World) -> None:
    reference = submitted(world)["reference"]
    does(world, reference, *DECIDED)
    world.wind(date(2026, 5, 1))
    letter = world.table.everything(reference).letters[-1]["id"]
    world.post_says("Delivered", reference, letter)
    world.post_says("Bounced", reference, letter, bounce={"bounceType": "Permanent"})
    world.wind(date(2026, 6, 30))
    assert world.table.load(reference).state == "decided"  # type: ignore[union-attr]


def test_letters_go_to_the_representative_and_what_discloses_waits_until_they_may_act(world: World) -> None:
    agent = {"name": "KANARYA-vekil", "email": "vekil@example.com"}
    reference = submitted(world, representative=agent, contact="representative")["reference"]
    assert [address for address, _, _ in world.mailbox.sent] == ["vekil@example.com"]
    does(world, reference, *ELSEWHERE, outcome("end"))
    assert kinds(world, reference)[-1] == ("closing", "owed")
    does(world, reference, (handler, c.CheckAuthority(granted=True, words="KANARYA-vekâletname")))
    world.wait(minutes=15)
    world.sweep()
    assert kinds(world, reference)[-1] == ("closing", "sent")
    assert world.mailbox.sent[-1][0] == "vekil@example.com"


AGENT = {"name": "KANARYA-vekil", "email": "vekil@example.com"}
REFUSED: Asked = (handler, c.CheckAuthority(granted=False, words="KANARYA"))
GRANTED: Asked = (handler, c.CheckAuthority(granted=True, words="KANARYA"))


def test_what_waits_for_a_representative_who_may_not_act_goes_to_whom_they_spoke_for(world: World) -> None:
    reference = submitted(world, representative=AGENT, contact="representative")["reference"]
    does(world, reference, *ELSEWHERE, outcome("end"), REFUSED)
    world.wait(minutes=15)
    world.sweep()
    assert kinds(world, reference)[-1] == ("closing", "sent")
    assert [address for address, _, _ in world.mailbox.sent] == ["vekil@example.com", "nermin@example.com"]
    assert world.case(HANDLER, reference)["complainant"]["contact"] == "complainant"


def test_where_they_have_no_address_somebody_tells_them_what_waited(world: World) -> None:
    told = {"email": None, "phone": "0532 000 00 00", "representative": AGENT, "contact": "representative"}
    reference = submitted(world, **told)["reference"]
    does(world, reference, *ELSEWHERE, outcome("end"), REFUSED)
    for _ in range(2):
        world.wait(minutes=15)
        world.sweep()
    assert kinds(world, reference)[-1] == ("closing", "dropped")  # the task takes its place
    [task] = world.case(HANDLER, reference)["tasks"]
    assert (task["kind"], task["letter"]) == ("reach_another_way", "closing")
    assert len(world.mailbox.sent) == 1

    does(world, reference, GRANTED, (them, c.Reopen(words="KANARYA-sürüyor")))
    assert kinds(world, reference)[-1] == ("acknowledgement", "sent")
    assert world.mailbox.sent[-1][0] == "vekil@example.com"


def represented(world: World, language: Language, *asked: Asked) -> str:
    reference = submitted(world, language=language, representative=AGENT, contact="representative")["reference"]
    does(world, reference, GRANTED, *asked)
    return str(reference)


def for_the_complainant(world: World) -> list[str]:
    return [text(mail) for address, mail, _ in world.mailbox.sent if address == "nermin@example.com"]


HOLDS_NO_CODE = re.compile("(?i)sorgulama kod|takip/|tracking code|track/")


@both_languages
def test_no_complaint_ends_for_want_of_a_reply_that_was_asked_of_somebody_who_may_not_act(
    world: World, language: Language
) -> None:
    """The complainant reads the decision first, then the notice; its time runs from when that arrives."""
    reference = represented(world, language, *DECIDED)
    world.wind(date(2026, 5, 1))
    theirs = world.table.everything(reference).letters[-1]["id"]
    world.post_says("Delivered", reference, theirs)
    does(world, reference, REFUSED)
    [decision] = for_the_complainant(world)
    for said in ("TOLD-neden", "TOLD-çözüm", words(language)["by_telephone"]["why"], world.settings.help_phone):
        assert said in decision
    assert not HOLDS_NO_CODE.search(decision)

    replies = world.table.load(reference).due_of("reply")  # type: ignore[union-attr]
    assert replies
    assert spelled(world.rules.calendar.day_of(replies), language) in decision
    world.wind(replies + timedelta(minutes=10))
    assert kinds(world, reference)[-1] == ("final_notice", "sent")
    assert len(for_the_complainant(world)) == 2
    world.post_says("Delivered", reference, theirs)  # once more, late: it is not the one that counts
    assert world.table.load(reference).notice == "sent"  # type: ignore[union-attr]
    world.wind(date(2026, 9, 1))
    assert world.table.load(reference).state == "decided"  # type: ignore[union-attr]


@both_languages
def test_what_somebody_who_may_not_act_was_asked_the_complainant_is_asked_in_full(
    world: World, language: Language
) -> None:
    reference = represented(world, language, *TAKEN_UP, (handler, ASK))
    world.wait(days=2)
    does(world, reference, REFUSED)
    [request] = for_the_complainant(world)
    assert "TOLD-lazım" in request
    assert spelled(date(2026, 3, 18), language) in request  # as many days as the other had
    assert not HOLDS_NO_CODE.search(request)
    world.wind(date(2026, 3, 17))
    assert ("reminder", "sent") in kinds(world, reference)
    day = spelled(date(2026, 3, 4), language)
    asked_on = {"tr": f"{day} tarihinde", "en": f"On {day} we asked you"}[language]  # not when the other was
    [reminder] = [said for said in for_the_complainant(world) if asked_on in said]
    assert spelled(date(2026, 3, 18), language) in reminder


@both_languages
@pytest.mark.parametrize(
    ("asked", "says"),
    [(TAKEN_UP, "investigating"), (REMEDYING, "remedying"), (OUTSIDE, "external")],
)
def test_whoever_reads_from_now_on_is_told_where_it_stands(
    world: World, language: Language, asked: tuple[Asked, ...], says: str
) -> None:
    reference = represented(world, language, *asked)
    does(world, reference, REFUSED)
    [news] = for_the_complainant(world)
    assert words(language)["causes"]["new_reader"] in news
    assert words(language)["done"][says] in news
    assert ("TOLD-konu" in news) == (says == "remedying")  # what we are going to do, and by when
    assert not HOLDS_NO_CODE.search(news)
    assert "KANARYA" not in news


def test_a_letter_of_the_one_that_comes_back_late_does_not_silence_the_other(world: World) -> None:
    reference = represented(world, "tr", *TAKEN_UP, (handler, c.TellProgress(words="TOLD-durum")))
    theirs = world.table.everything(reference).letters[-1]["id"]
    world.wait(minutes=1)
    does(world, reference, REFUSED)
    world.post_says("Bounced", reference, theirs, bounce={"bounceType": "Permanent"})
    case = world.table.load(reference)
    assert case
    assert (case.by_mail, case.other_mail, case.tasks) == (True, False, ())
    world.post_says(
        "Bounced", reference, world.table.everything(reference).letters[-1]["id"], bounce={"bounceType": "Permanent"}
    )
    case = world.table.load(reference)
    assert case
    assert not case.by_mail
    assert [task.letter for task in case.tasks] == ["progress"]


@both_languages
def test_a_withdrawal_says_to_the_minute_until_when_it_can_be_taken_back(world: World, language: Language) -> None:
    reference = submitted(world, language=language)["reference"]
    does(world, reference, *WITHDRAWN)
    assert {"tr": "7 Mart 2026 günü saat 13.00", "en": "7 March 2026 at 13:00"}[language] in last(world)
    world.now = at(date(2026, 3, 7))  # one o'clock in Istanbul
    does(world, reference, (them, c.TakeUpAgain(medium="tracking_page")))
    assert words(language)["causes"]["withdrawal_undone"] in last(world)


def test_what_ended_and_came_back_before_the_letter_left_is_not_told_as_ended(world: World) -> None:
    reference = submitted(world)["reference"]
    for person, ask in (*WITHDRAWN, (them, c.TakeUpAgain(medium="tracking_page"))):
        world.table.change(reference, ask, person, world.now)
    world.settle()
    assert kinds(world, reference)[-2:] == [("withdrawn", "dropped"), ("progress", "sent")]
