"""What becomes of a letter: delivered, bounced, refused, or forgotten by a process that died."""

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

import timers.react
from adapters.mail import LEASE
from complaints import commands as c
from infra import template
from tests.builders import LEAD as THE_LEAD
from tests.dates import FRI_6_MAR, MON_9_MAR, at
from tests.journeys.steps import APPROVAL, ASSESSMENT, EXPLANATION
from tests.world import HANDLER, LEAD, World

LETTER = "000001-acknowledgement"


def test_a_bounced_acknowledgement_is_no_acknowledgement_and_becomes_a_task(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.post_says("Bounced", reference, LETTER, bounce={"bounceType": "Permanent"})
    case = world.case(HANDLER, reference)
    assert case["acknowledged_at"] is None
    assert [task["kind"] for task in case["tasks"]] == ["reach_another_way"]
    assert case["letters"][0]["state"] == "bounced"
    assert world.table.counts()["undelivered"] == 1

    world.move(HANDLER, reference, "acknowledge", {"medium": "phone"})
    assert world.table.counts()["undelivered"] == 0


def test_a_bounce_told_three_times_is_one_task(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    for _ in range(3):
        world.post_says("Bounced", reference, LETTER, bounce={"bounceType": "Permanent"})
    assert len(world.case(HANDLER, reference)["tasks"]) == 1


def test_a_mailbox_that_stays_full_until_ses_gives_up_is_a_bounce(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.post_says("Bounced", reference, LETTER, bounce={"bounceType": "Transient"})
    assert len(world.case(HANDLER, reference)["tasks"]) == 1


def test_an_answering_machine_after_the_delivery_is_none(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.post_says("Delivered", reference, LETTER)
    world.post_says("Bounced", reference, LETTER, bounce={"bounceType": "Transient"})
    assert world.case(HANDLER, reference)["tasks"] == []


def test_a_bounce_does_not_undo_what_a_person_told_by_telephone(world: World) -> None:
    reference = world.submit()["reference"]
    world.new_records()
    world.move(HANDLER, reference, "acknowledge", {"medium": "phone"})
    world.wait(minutes=15)
    world.sweep()
    world.post_says("Bounced", reference, LETTER, bounce={"bounceType": "Permanent"})
    assert world.case(HANDLER, reference)["acknowledged_at"] is not None


def test_news_whose_second_half_was_lost_is_finished_when_it_comes_again(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.table.update(reference, f"L#{LETTER}", {"state": "bounced"}, when={"state": "sent"})  # and then it died
    world.post_says("Bounced", reference, LETTER, bounce={"bounceType": "Permanent"})
    assert len(world.case(HANDLER, reference)["tasks"]) == 1


def test_a_sender_that_is_not_verified_costs_nobody_their_letters(world: World) -> None:
    reference = world.submit()["reference"]
    ours = {"Error": {"Code": "MessageRejected", "Message": "Email address is not verified."}}
    world.mailbox.fails_with = ClientError(ours, "SendEmail")
    with pytest.raises(ClientError):
        world.post.deliver(reference, LETTER, world.now)
    world.mailbox.fails_with = None
    assert world.post.deliver(reference, LETTER, world.now) == "sent"


def test_a_letter_for_an_erased_complaint_is_dropped(world: World) -> None:
    reference = world.submit()["reference"]
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})
    assert world.post.deliver(reference, LETTER, world.now) == "dropped"
    assert list(world.table.unsent_letters(world.now + timedelta(days=1))) == []


def test_turkish_letters_leave_in_seven_bits(world: World) -> None:
    world.submit()
    world.settle()
    assert world.mailbox.sent[0][1].as_bytes().isascii()


def test_a_delivery_is_seen_on_the_case_and_a_late_send_event_does_not_undo_it(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.post_says("Delivered", reference, LETTER)
    world.post_says("Sent", reference, LETTER)
    assert world.case(HANDLER, reference)["letters"][0]["state"] == "delivered"


def test_a_process_that_dies_after_sending_is_made_good_by_the_send_event(world: World) -> None:
    reference = world.submit()["reference"]
    claim = {"state": "claimed", "due_sort": "2026-03-02T10:05:00Z#" + reference}
    world.table.update(reference, f"L#{LETTER}", claim, when={"state": "owed"})
    world.settle()
    assert world.mailbox.sent == []  # somebody else holds the claim
    world.post_says("Sent", reference, LETTER)
    world.wait(minutes=30)
    world.sweep()
    assert world.mailbox.sent == []
    assert world.case(HANDLER, reference)["acknowledged_at"] is not None


def test_a_process_that_dies_before_sending_is_made_good_by_the_sweep(world: World) -> None:
    reference = world.submit()["reference"]
    claim = {"state": "claimed", "due_sort": "2026-03-02T10:05:00Z#" + reference}
    world.table.update(reference, f"L#{LETTER}", claim, when={"state": "owed"})
    world.settle()
    world.wait(minutes=30)
    world.sweep()
    assert len(world.mailbox.sent) == 1
    assert world.case(HANDLER, reference)["acknowledged_at"] is not None


def test_an_event_lost_on_the_way_is_made_good_by_the_sweep(world: World) -> None:
    reference = world.submit()["reference"]
    world.new_records()  # the stream is lost
    world.wait(minutes=15)
    world.sweep()
    assert world.case(HANDLER, reference)["letters"][0]["state"] == "sent"


def test_a_throttled_ses_gives_the_claim_back_and_the_queue_tries_again(world: World) -> None:
    reference = world.submit()["reference"]
    world.mailbox.fails_with = ClientError({"Error": {"Code": "TooManyRequestsException"}}, "SendEmail")
    with pytest.raises(ClientError):
        world.post.deliver(reference, LETTER, world.now)
    world.mailbox.fails_with = None
    assert world.post.deliver(reference, LETTER, world.now) == "sent"


def test_a_refused_letter_becomes_a_task(world: World) -> None:
    reference = world.submit()["reference"]
    world.mailbox.fails_with = ClientError({"Error": {"Code": "MessageRejected"}}, "SendEmail")
    assert world.post.deliver(reference, LETTER, world.now) == "refused"
    assert [task["letter"] for task in world.case(HANDLER, reference)["tasks"]] == ["acknowledgement"]


def test_the_acknowledgement_carries_nothing_that_the_sender_typed(world: World) -> None:
    typed = {
        "name": "KANARYA-ad",
        "about": "KANARYA-konu",
        "what_happened": "KANARYA-olay ve devamı",
        "wish": "KANARYA-istek",
    }
    receipt = world.submit(**typed)
    world.settle()
    mail = world.mailbox.sent[0][1]
    text = mail.as_string() + "".join(part.get_content() for part in mail.walk() if not part.is_multipart())
    assert "KANARYA" not in text
    assert receipt["secret"] not in text
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_message_from_staff_reaches_the_complainant_once(world: World) -> None:
    receipt = world.submit(language="en")
    world.settle()
    body = {"id": world.key(), "words": "Please send us a photograph of the label."}
    for _ in range(2):
        sent = world.staff(HANDLER).post(f"/api/desk/complaints/{receipt['reference']}/messages", json=body)
        assert sent.status_code == 201
    world.settle()
    assert len(world.mailbox.sent) == 2  # the acknowledgement, and the message
    entries = world.open(receipt)[1]["entries"]
    assert [entry["words"] for entry in entries if entry["from"] == "us" and entry["kind"] == "message"] == [
        body["words"]
    ]


def test_the_lease_outlasts_the_time_a_function_may_take() -> None:
    longest = max(
        function["Properties"].get("Timeout", 20)
        for function in template.read()["Resources"].values()
        if function["Type"] == "AWS::Serverless::Function"
    )
    assert timedelta(seconds=longest) < LEASE


def test_an_acknowledgement_that_leaves_after_the_closing_still_counts(world: World) -> None:
    reference = world.submit()["reference"]
    world.new_records()  # nobody hears of the receipt yet
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    world.move(HANDLER, reference, "propose", EXPLANATION)
    world.move(LEAD, reference, "approve", APPROVAL)
    world.move(HANDLER, reference, "accept", {"medium": "phone"})
    assert world.case(HANDLER, reference)["acknowledged_at"] is None
    world.wait(minutes=15)
    world.sweep()
    assert world.case(HANDLER, reference)["acknowledged_at"] is not None


def test_a_decision_that_has_not_left_a_working_day_after_its_approval_is_flagged_until_it_has(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Approved on a Friday, it has until Monday night; from then on the desk and the alarm say so."""
    measured: dict[str, int] = {}
    monkeypatch.setattr(timers.react, "measure", measured.__setitem__)
    world.now = at(FRI_6_MAR)
    reference = world.submit()["reference"]
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    world.move(LEAD, reference, "investigate", {"owner": HANDLER})
    world.move(HANDLER, reference, "propose", EXPLANATION)
    world.table.change(reference, c.Approve(no_conflict=True), THE_LEAD, world.now)
    world.new_records()  # the stream is lost

    def flagged() -> list[bool]:
        rows = world.staff(HANDLER).get("/api/desk/complaints").json()["rows"]
        found = world.staff(HANDLER).get(f"/api/desk/search?q={reference}").json()["rows"]
        return ["unsent" in one["flags"] for one in (*rows, *found, world.case(HANDLER, reference))]

    world.now = at(MON_9_MAR)
    assert flagged() == [False] * 3
    world.now += timedelta(days=1)
    assert flagged() == [True] * 3
    world.sweep()
    assert measured["MissedPromises"] == 1
    assert flagged() == [False] * 3
    world.sweep()
    assert measured["MissedPromises"] == 0
