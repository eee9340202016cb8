"""What else becomes of complaints: a second look, an outside body, not ours, withdrawn, merged, nobody replies."""

from datetime import date
from typing import Any

import pytest

from tests.dates import MON_9_MAR, MON_30_MAR, TUE_3_MAR, at
from tests.journeys.steps import APPROVAL, EXPLANATION, ONE_POINT, proposal
from tests.world import FRONT_LINE, HANDLER, LEAD, World, a_submission

REVIEWER, REPRESENTATIVE, SECOND_HANDLER = "sub-reviewer", "sub-representative", "sub-handler-2"
NERMIN = "nermin@example.com"
NO_FAULT = {**EXPLANATION, "points": EXPLANATION["points"][:1]}
NOT_OURS = {"reason": "not_about_us", "words": "Bu ürünü biz satmadık.", "route": "Faturadaki satıcı.", **APPROVAL}
BY_PHONE: dict[str, Any] = {"email": None, "phone": "0532 000 00 00"}


@pytest.fixture
def world(world: World) -> World:
    """A Monday morning, with those at the desk whom these turns need besides."""
    for sub, role, name in (
        (REVIEWER, "reviewer", "Ömer Çığır"),
        (REPRESENTATIVE, "management-representative", "Gülşen Ürgüp"),
        (SECOND_HANDLER, "handler", "Şule İğdır"),
    ):
        world.hire(sub, role, name)
    return world


def taken_up(world: World, reference: str) -> None:
    world.move(HANDLER, reference, "assess", ONE_POINT)
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})


def decided(world: World, reference: str, answer: dict[str, Any] = NO_FAULT) -> None:
    taken_up(world, reference)
    world.move(HANDLER, reference, "propose", answer)
    world.move(LEAD, reference, "approve", APPROVAL)


def act(world: World, receipt: dict[str, Any], name: str, words: str | None = None, status: int = 200) -> Any:
    """What the complainant does on the tracking page."""
    headers, _ = world.open(receipt)
    answer = world.public.post(f"/api/public/track/acts/{name}", json={"words": words}, headers=headers)
    assert answer.status_code == status, answer.text
    world.settle()
    return answer.json()


def barred(case: dict[str, Any]) -> dict[str, str]:
    return {one["move"]: one["reason"] for one in case["barred"]}


def letters(world: World, reference: str) -> list[str]:
    return [letter["kind"] for letter in world.case(LEAD, reference)["letters"]]


STAGES = ("first_stage", "promises")

# --- a second look ---------------------------------------------------------------------------------------------------


def test_a_second_look_by_others_to_its_closing(world: World) -> None:
    receipt = world.submit()
    reference = receipt["reference"]
    decided(world, reference)
    before = world.case(LEAD, reference)
    assert before["first_stage"] == []
    assert act(world, receipt, "ask_review", "Başkası baksın.")["stage"] == 2
    assert world.staff(REVIEWER).get("/api/desk/queues").json()["counts"]["to_review"] == 1
    case = world.case(LEAD, reference)
    answers = {stage: [one["kept_at"] for one in case[stage] if one["promise"] == "answer"] for stage in STAGES}
    assert answers == {"first_stage": [before["decided_at"]], "promises": [None]}

    assert barred(world.case(HANDLER, reference))["propose"] == "took_part"
    world.move(LEAD, reference, "assign", {"owner": HANDLER}, status=409)
    world.move(LEAD, reference, "assign", {"owner": REVIEWER})
    remedy = {**proposal(MON_30_MAR), "points": proposal(MON_30_MAR)["points"][:1]}
    world.move(REVIEWER, reference, "propose", {**remedy, "effect": "reversed"})
    assert barred(world.case(LEAD, reference))["approve"] == "took_part"  # the lead approved the first answer
    again = world.move(REPRESENTATIVE, reference, "approve", APPROVAL)
    assert (again["state"], again["stage"], again["outcome"]) == ("decided", 2, "upheld")
    act(world, receipt, "ask_review", "Bir daha.", status=409)  # there is no third look with us

    assert act(world, receipt, "accept")["state"] == "remedying"
    world.finishes(REVIEWER, reference, "remedy-1")
    world.move(REVIEWER, reference, "verify", {"words": "Takıldı."}, status=403)
    closed = world.move(LEAD, reference, "verify", {"words": "Yeni fırın takıldı."})
    assert (closed["state"], closed["closed_reason"]) == ("closed", "remedy_verified")
    assert letters(world, reference) == ["acknowledgement", "decision", "acknowledgement", "decision", "closing"]


# --- an outside body -------------------------------------------------------------------------------------------------


def test_what_an_outside_body_orders_is_carried_out_and_verified(world: World) -> None:
    receipt = world.submit()
    reference = receipt["reference"]
    decided(world, reference)
    act(world, receipt, "dispute", "Kabul etmiyorum.")
    told = {
        "body": "Tüketici Hakem Heyeti",
        "their_reference": "2026/118",
        "told_by": "body",
        "answer_by": "2026-03-20",
    }
    outside = world.move(FRONT_LINE, reference, "record_external", told)
    assert (outside["state"], outside["legal_hold"], outside["owes"]) == ("external", True, False)
    act(world, receipt, "withdraw", "Vazgeçtim.", status=409)

    award = {"number": 1, "remedy": {"kind": "replacement", "words": "Yenisi verilecek.", "due_on": "2026-03-27"}}
    asked = {"outcome": "better_for_complainant", "then": "award", "awards": [award], "words": "Karar geldi."}
    unknown = "00000000-0000-4000-8000-000000000000"
    world.move(HANDLER, reference, "record_external_outcome", {**asked, "document": unknown}, status=422)
    document = attached(world, reference)
    awarded = world.move(HANDLER, reference, "record_external_outcome", {**asked, "document": document})
    assert awarded["state"] == "remedying"
    assert [(task["kind"], task["due_on"]) for task in awarded["tasks"] if task["kind"] == "remedy"] == [
        ("remedy", "2026-03-27")
    ]
    world.finishes(HANDLER, reference, "remedy-1")
    world.move(HANDLER, reference, "verify", {"words": "Takıldı."}, status=409)
    assert world.move(LEAD, reference, "verify", {"words": "Takıldı."})["closed_reason"] == "remedy_verified"


def attached(world: World, reference: str) -> str:
    """A document that staff were sent, as it stands beside the case once it has been checked."""
    file = world.key()
    sealed = world.table.key(reference).seal(f"F#{file}", "karar.pdf")
    kept = {"sealed": sealed, "size": 1, "type": "application/pdf", "at": world.now.isoformat(), "version": "1"}
    kept |= {"state": "unscanned", "internal": True, "by": {"kind": "staff", "id": HANDLER}}
    world.table.put(reference, f"F#{file}", kept)
    return file


# --- not ours --------------------------------------------------------------------------------------------------------


def test_declined_contested_and_declined_again_by_others(world: World) -> None:
    receipt = world.submit()
    reference = receipt["reference"]
    world.move(HANDLER, reference, "decline", NOT_OURS)
    world.move(HANDLER, reference, "confirm_decline", APPROVAL, status=403)
    closed = world.move(LEAD, reference, "confirm_decline", APPROVAL)
    assert (closed["state"], closed["closed_reason"]) == ("closed", "out_of_scope")
    act(world, receipt, "reopen", "Bakın.", status=409)  # it was never closed as ours

    assert act(world, receipt, "contest", "Faturada adınız var.")["state"] == "received"
    world.move(HANDLER, reference, "decline", NOT_OURS, status=409)
    world.move(SECOND_HANDLER, reference, "decline", NOT_OURS)
    assert barred(world.case(LEAD, reference))["confirm_decline"] == "declined_before"
    again = world.move(REPRESENTATIVE, reference, "confirm_decline", APPROVAL)
    assert again["closed_reason"] == "out_of_scope"
    assert again["received_at"] == world.open(receipt)[1]["received_at"]
    assert letters(world, reference) == ["acknowledgement", "declined", "progress", "declined"]


# --- withdrawn -------------------------------------------------------------------------------------------------------


def test_a_withdrawal_taken_back_within_five_days_is_as_if_it_had_not_been(world: World) -> None:
    receipt = world.submit()
    reference = receipt["reference"]
    taken_up(world, reference)
    before = world.case(HANDLER, reference)
    assert act(world, receipt, "withdraw", "Vazgeçtim.")["closed_reason"] == "withdrawn"
    world.now = at(MON_9_MAR.replace(day=7), 9)  # Saturday, an hour before the five days are over
    assert act(world, receipt, "take_up_again", "Vazgeçmekten vazgeçtim.")["state"] == "investigating"
    after = world.case(HANDLER, reference)
    answers = [[one["due"] for one in case["promises"] if one["promise"] == "answer"] for case in (before, after)]
    assert answers[0] == answers[1]
    assert (after["cycle"], after["owner_id"]) == (1, HANDLER)


def test_a_withdrawal_taken_back_later_has_new_clocks_from_that_day(world: World) -> None:
    receipt = world.submit()
    reference = receipt["reference"]
    taken_up(world, reference)
    act(world, receipt, "withdraw")
    world.now = at(MON_9_MAR)
    assert act(world, receipt, "take_up_again", "Yine bozuldu.")["state"] == "investigating"
    case = world.case(HANDLER, reference)
    assert case["cycle"] == 2
    assert [one["due_on"] for one in case["promises"] if one["promise"] == "answer"] == ["2026-04-07"]


# --- merged ----------------------------------------------------------------------------------------------------------


def test_merged_and_separated_with_each_code_opening_its_own(world: World) -> None:
    first = world.submit()
    world.now = at(TUE_3_MAR)
    second = world.submit(what_happened="Fırının camı patladı, dün de yazmıştım.")
    one, other = first["reference"], second["reference"]
    strangers = world.submit(name="Başka Biri", email="baska@example.com")["reference"]
    world.move(LEAD, one, "merge", {"into": strangers, "words": "Aynı fırın."}, status=409)
    world.move(HANDLER, one, "merge", {"into": other, "words": "Aynı."}, status=403)
    merged = world.move(LEAD, one, "merge", {"into": other, "words": "Aynı fırın, aynı gün."})
    assert (merged["closed_reason"], merged["merged_into"]) == ("merged", other)
    goes_on = world.case(LEAD, other)
    assert goes_on["absorbed"] == [one]
    assert goes_on["received_at"] == merged["received_at"]  # the earlier receipt counts
    assert [(seen["reference"], seen["state"]) for _, seen in map(world.open, (first, second))] == [
        (one, "closed"),
        (other, "received"),
    ]
    to, letter, _ = world.mailbox.sent[-1]
    assert ("merged" in letters(world, one), to) == (True, NERMIN)
    assert f"{other[:4]}-{other[4:7]}-{other[7:]}" in str(letter.get_body(("plain",)))

    world.move(LEAD, one, "unmerge", {"words": "İki ayrı fırın."})
    assert [seen["reference"] for _, seen in map(world.open, (first, second))] == [one, other]
    assert [world.case(LEAD, reference)["state"] for reference in (one, other)] == ["received", "received"]
    assert world.case(LEAD, other)["received_at"].startswith("2026-03-03")


# --- no reply --------------------------------------------------------------------------------------------------------


def test_no_reply_then_a_notice_that_arrives_then_closed_by_time(world: World) -> None:
    receipt = world.submit()
    reference = receipt["reference"]
    decided(world, reference)
    assert barred(world.case(LEAD, reference)).get("close_unanswered", "no_notice") == "no_notice"
    world.wind(date(2026, 4, 1))  # the twenty working days for a reply end on 31 March
    case = world.case(LEAD, reference)
    assert (case["state"], case["notice"], letters(world, reference)[-1]) == ("decided", "sent", "final_notice")
    world.wind(date(2026, 4, 30))
    assert world.case(LEAD, reference)["state"] == "decided"  # nobody knows yet whether the notice arrived

    world.post_says("Delivered", reference, next(one["id"] for one in case["letters"] if one["kind"] == "final_notice"))
    assert world.case(LEAD, reference)["notice"] == "delivered"
    world.move(LEAD, reference, "close_unanswered", status=409)
    world.wind(date(2026, 5, 18))  # ten working days after 30 April
    case = world.case(LEAD, reference)
    assert (case["state"], case["closed_reason"]) == ("closed", "no_reply_after_notice")
    assert letters(world, reference)[-2:] == ["final_notice", "closing"]
    assert len(world.mailbox.subjects(NERMIN)) == len(letters(world, reference))
    assert act(world, receipt, "reopen", "Yeni gördüm.")["state"] == "investigating"


# --- nobody to write to ----------------------------------------------------------------------------------------------


def test_an_anonymous_complaint_is_decided_read_with_the_code_and_closed(world: World) -> None:
    receipt = world.submit(anonymous=True, name=None, email=None)
    reference = receipt["reference"]
    decided(world, reference)
    case = world.case(LEAD, reference)
    assert (case["tasks"], case["letters"], case["complainant"]["name"]) == ([], [], None)
    _, seen = world.open(receipt)
    assert [point["finding"] for point in seen["points"]] == ["not_upheld"]
    world.wind(date(2026, 4, 30))  # no reply is awaited, and no notice goes anywhere
    assert world.case(LEAD, reference)["notice"] is None
    closed = world.move(LEAD, reference, "close_anonymous")
    assert closed["closed_reason"] == "anonymous_completed"
    assert world.open(receipt)[1]["state"] == "closed"
    assert world.mailbox.sent == []


def test_somebody_whom_nobody_reaches_is_closed_and_comes_back_at_any_time(world: World) -> None:
    receipt = world.submit(**BY_PHONE)
    reference = receipt["reference"]
    world.finishes(FRONT_LINE, reference, "000001-acknowledgement", medium="phone")
    decided(world, reference)
    (task,) = (one["id"] for one in world.case(LEAD, reference)["tasks"] if one["letter"] == "decision")

    def try_to_reach(day: date, medium: str) -> None:
        world.now = at(day)
        path = f"/api/desk/complaints/{reference}/tasks/{task}/attempts"
        assert world.staff(FRONT_LINE).post(path, json={"medium": medium}).status_code == 200

    closing = {"words": "Üç kez arandı, mektup geri geldi."}
    try_to_reach(date(2026, 3, 2), "phone")
    try_to_reach(date(2026, 3, 4), "phone")
    try_to_reach(date(2026, 3, 13), "sms")
    world.move(LEAD, reference, "close_uncontactable", closing, status=409)  # not yet ten working days
    try_to_reach(date(2026, 3, 16), "phone")
    assert world.move(LEAD, reference, "close_uncontactable", closing)["closed_reason"] == "uncontactable"
    world.now = at(date(2027, 3, 1))
    assert act(world, receipt, "reopen", "Yurt dışındaydım.")["state"] == "investigating"


# --- somebody acts for the complainant -------------------------------------------------------------------------------


def test_nothing_goes_to_a_representative_whose_authority_nobody_has_checked(world: World) -> None:
    lawyer = {"name": "Av. Tuğçe Işık", "capacity": "avukat", "email": "tugce@example.com"}
    reference = world.submit(representative=lawyer, contact="representative")["reference"]
    taken_up(world, reference)
    case = world.move(HANDLER, reference, "propose", NO_FAULT)
    assert case["authority"] == "unchecked"
    assert barred(world.case(LEAD, reference))["approve"] == "authority_unchecked"
    written = {"id": world.key(), "words": "Servis salı günü geliyor."}
    path = f"/api/desk/complaints/{reference}/messages"
    assert world.staff(HANDLER).post(path, json=written).json()["reason"] == "authority_unchecked"
    world.move(HANDLER, reference, "update", {"words": "Servis geliyor."}, status=409)
    assert [to for to, _, _ in world.mailbox.sent] == ["tugce@example.com"]  # the receipt, which says nothing of it

    world.move(FRONT_LINE, reference, "check_authority", {"granted": True, "words": "Vekâletname görüldü."})
    assert world.move(LEAD, reference, "approve", APPROVAL)["state"] == "decided"
    assert [to for to, _, _ in world.mailbox.sent] == ["tugce@example.com"] * 2


def test_registered_at_the_desk_too_the_complainant_reads_our_letters_and_the_code_opens_none_of_it(
    world: World,
) -> None:
    """Her son calls for her and takes the code down; we write to her."""
    acts = {"representative": {"name": "Can Çağlayangil", "capacity": "oğlu", "email": "can@example.com"}}
    entered = a_submission(channel="phone", received_at=world.now.isoformat(), contact="complainant", **acts)
    desk = world.staff(FRONT_LINE)
    answer = desk.post("/api/desk/complaints", json=entered, headers={"Idempotency-Key": world.key()})
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    reference = receipt["reference"]
    world.settle()
    decided(world, reference)
    case = world.case(LEAD, reference)
    assert (case["authority"], case["state"], case["told_by"]) == ("unchecked", "decided", "mail")
    assert {to for to, _, _ in world.mailbox.sent} == {NERMIN}
    headers, seen = world.open(receipt)
    assert (seen["held"], seen["points"], seen["can"]) == (True, [], ["write", "add_file"])
    assert world.public.post("/api/public/track/acts/accept", json={}, headers=headers).status_code == 409

    world.move(FRONT_LINE, reference, "check_authority", {"granted": True, "words": "Vekâletname görüldü."})
    assert act(world, receipt, "accept")["state"] == "closed"
    assert {to for to, _, _ in world.mailbox.sent} == {NERMIN}


def test_what_nobody_would_read_is_not_written_to_whom_no_letter_reaches(world: World) -> None:
    """A message without a letter stands on the tracking page only, which is shut to whoever filed it."""
    lawyer = {"name": "Av. Tuğçe Işık", "email": "tugce@example.com"}
    reference = world.submit(**BY_PHONE, representative=lawyer, contact="complainant")["reference"]
    written = {"id": world.key(), "words": "Servis salı günü geliyor."}
    path = f"/api/desk/complaints/{reference}/messages"
    assert world.staff(HANDLER).post(path, json=written).json()["reason"] == "authority_unchecked"
    news = world.move(HANDLER, reference, "update", {"words": "Servis geliyor."})
    assert [task["letter"] for task in news["tasks"]] == ["acknowledgement", "progress"]  # somebody calls her


# --- a firm of one person --------------------------------------------------------------------------------------------


def test_where_the_firm_is_one_person_nobody_else_is_promised(aws: None) -> None:
    world = World(at(date(2026, 3, 2)), alone=True)
    receipt = world.submit()
    decided(world, receipt["reference"])
    typed = {"reference": receipt["reference"], "secret": receipt["secret"], "language": "tr"}
    assert "Her şeye baştan bakarız." in world.public.post("/api/public/track/form", data=typed).text
    act(world, receipt, "ask_review", "Yeniden bakın.")
    page = world.public.post("/api/public/track/form", data=typed).text
    assert "Her şeye baştan bakıyoruz." in page
    assert "görev almamış" not in page + str(world.mailbox.sent[-1][1].get_body(("plain",)))
