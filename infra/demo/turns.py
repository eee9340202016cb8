"""The turns that a complaint's life can take besides the straight way: one complaint for each, and how it ends.

Each turn begins with a complaint that was acknowledged, and takes it by single requests to where it is to stand.
"""

import random
import time
import tomllib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from infra.demo.filed import DATA, DECLARED, Filed, assessment, proposal
from infra.demo.site import PATIENCE, Colleague, DemoFailed, Desk, Site, act_on

Plays = Callable[[Site, Desk, Filed, datetime], None]
EVIDENCE = {
    "document": "The contract, read again in the archive: it says what the customer says.",
    "statement": "The branch confirms what was said on the day.",
}
LATE = {"late_reason": "The other side's papers came late."}


@dataclass(frozen=True)
class Turn:
    """How a complaint goes on, in which state it is when the demo ends, and what its form said besides."""

    plays: Plays
    ends: str
    told: dict[str, Any]


# --- steps that many turns share -------------------------------------------------------------------------------------


def investigated(desk: Desk, complaint: Filed, **beyond: Any) -> None:
    """Assessed by the handler, to whom the lead gives it however full their hands are."""
    desk.handler.move(complaint, "assess", {**assessment(complaint), "severity": 2, "impact": "one", **beyond})
    desk.lead.move(complaint, "investigate", {"owner": desk.handler.id})


def looked_into(by: Colleague, complaint: Filed) -> None:
    """What is grave has a plan, and more than one piece of evidence."""
    by.move(complaint, "plan", {"words": "Read the contract, ask the branch, listen to the two calls."})
    for kind, words in EVIDENCE.items():
        by.move(complaint, "record_evidence", {"kind": kind, "words": words})


def decided(desk: Desk, complaint: Filed, today: datetime) -> None:
    """Looked into by the handler, approved by the lead."""
    investigated(desk, complaint)
    desk.handler.move(complaint, "propose", proposal(complaint, today))
    desk.lead.move(complaint, "approve", {**DECLARED, **LATE})


def asked_for(of: str, data: list[str], today: datetime) -> dict[str, Any]:
    """A request for what we lack."""
    by = (today + timedelta(days=12)).date().isoformat()
    return {"of": of, "data": data, "words": "Please send a copy of the letter you mention.", "reply_by": by}


# --- the turns -------------------------------------------------------------------------------------------------------


def waits_for_the_complainant(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """We asked, and wait."""
    investigated(desk, complaint)
    desk.handler.move(complaint, "ask", asked_for("complainant", ["document"], today))


def got_what_it_waited_for(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """We asked, and the complainant wrote back."""
    waits_for_the_complainant(site, desk, complaint, today)
    act_on(site, complaint, "messages", {"id": str(uuid.uuid4()), "words": "I have added the letter. It is dated May."})


def waits_for_somebody_else(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """A supplier is to tell us what they know."""
    investigated(desk, complaint)
    desk.handler.move(complaint, "ask", asked_for("third_party", ["other"], today))


def is_reviewed(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """The complainant asked for a second look, and somebody who took no part has taken it up."""
    decided(desk, complaint, today)
    act_on(site, complaint, "acts/ask_review", {"words": "Please have somebody else look at this."})
    desk.lead.move(complaint, "assign", {"owner": desk.reviewer.id})


def was_reviewed(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """The second look has its own answer, approved by yet another person."""
    is_reviewed(site, desk, complaint, today)
    desk.reviewer.move(complaint, "propose", {**proposal(complaint, today), "effect": "confirmed"})
    desk.representative.move(complaint, "approve", {**DECLARED, **LATE})


def went_to_a_body(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """An outside body has written to us."""
    decided(desk, complaint, today)
    by = (today + timedelta(days=30)).date().isoformat()
    told = {"body": "Tüketici Hakem Heyeti", "their_reference": "2026/4711", "told_by": "body", "answer_by": by}
    desk.front_line.move(complaint, "record_external", told)


def was_declined(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Not ours to handle: one says so, another confirms it."""
    why = {"reason": "not_about_us", "words": "The account is with another firm of a similar name."}
    route = {"route": "Please write to the firm named on your contract; its address stands on page one."}
    desk.handler.move(complaint, "decline", {**why, **route, **DECLARED})
    desk.lead.move(complaint, "confirm_decline", DECLARED)


def was_contested(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Declined, and it was ours after all. Whoever contests has read our letter; one that is overtaken is not sent."""
    was_declined(site, desk, complaint, today)
    until = time.monotonic() + PATIENCE
    while any(letter["state"] in {"owed", "claimed"} for letter in desk.lead.get(complaint.path)["letters"]):
        if time.monotonic() > until:
            raise DemoFailed(f"The letter that declines {complaint.path} has not left after {PATIENCE} s.")
        time.sleep(0.2)
    act_on(site, complaint, "acts/contest", {"words": "Your own letterhead is on the contract."})


def was_withdrawn(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """The complainant lets it be."""
    investigated(desk, complaint)
    act_on(site, complaint, "acts/withdraw", {"words": "It has been sorted out in the shop."})


def came_back(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Withdrawn, and taken up again at once."""
    was_withdrawn(site, desk, complaint, today)
    act_on(site, complaint, "acts/take_up_again", {"words": "It was not sorted out."})


def was_merged(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """The same person wrote again about the same matter; it goes on as the later one."""
    again = {
        **complaint.submission,
        "what_happened": f"I wrote before and add this.\n\n{complaint.submission['about']}",
    }
    key = {"Idempotency-Key": str(uuid.uuid4())}
    complaint.twin = site.expect("POST", "/api/public/complaints", again, **key)["reference"]
    desk.lead.move(complaint, "merge", {"into": complaint.twin, "words": "Same person, same matter, told twice."})


def nobody_to_write_to(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Anonymous: decided, to be read with the code, and closed."""
    decided(desk, complaint, today)
    desk.lead.move(complaint, "close_anonymous", {})


def nobody_yet(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Anonymous, and being looked into."""
    investigated(desk, complaint)


def authority_open(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Somebody acts for the complainant, and we do not know yet whether they may: the answer waits for that."""
    investigated(desk, complaint)
    desk.handler.move(complaint, "propose", proposal(complaint, today))


def authority_shown(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Somebody acts for the complainant, and has shown that they may."""
    desk.front_line.move(complaint, "check_authority", {"granted": True, "words": "Signed letter of authority seen."})
    decided(desk, complaint, today)


def confidential(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Only some may know of it."""
    investigated(desk, complaint)
    members = [desk.handler.id, desk.reviewer.id]
    desk.lead.move(complaint, "restrict", {"confidential": True, "members": members, "words": "Tells of an illness."})


def about_a_colleague(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Somebody of ours is complained about: told, heard, and kept out of it."""
    investigated(desk, complaint)
    desk.handler.move(complaint, "name_staff", {"staff": [desk.front_line.id]})
    heard = {
        "who": desk.front_line.id,
        "told_on": today.date().isoformat(),
        "answer": "I remember the call. I was short.",
    }
    desk.handler.move(complaint, "hear_staff", heard)
    desk.handler.move(complaint, "propose", proposal(complaint, today))


def a_colleague_contributes(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Two colleagues were asked; one has answered."""
    investigated(desk, complaint)
    by = (today + timedelta(days=9)).date().isoformat()
    for whom in (desk.reviewer, desk.representative):
        asked = {"whom": whom.id, "words": "What did the branch tell you in May?", "due_on": by}
        desk.handler.move(complaint, "ask_colleague", asked)
    tasks = desk.reviewer.get(complaint.path)["tasks"]
    mine = next(task["id"] for task in tasks if task["whom"] == desk.reviewer.id)
    desk.reviewer.post(f"{complaint.path}/tasks/{mine}/done", {"words": "That the letter was never posted."})


def grave(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Priority 1, with a plan and evidence, proposed."""
    investigated(desk, complaint, severity=4)
    looked_into(desk.handler, complaint)
    desk.handler.move(complaint, "propose", proposal(complaint, today))


def goes_by_post(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """No e-mail address: the decision went as a registered letter, and has arrived."""
    decided(desk, complaint, today)
    letter = next(one["id"] for one in desk.front_line.get(complaint.path)["tasks"] if one["letter"] == "decision")
    sent = {"medium": "letter", "posted": True, "tracking_number": "RR000000000TR"}
    desk.front_line.post(f"{complaint.path}/tasks/{letter}/attempts", sent)
    on = {"on": today.date().isoformat(), "medium": "letter"}
    desk.front_line.post(f"{complaint.path}/tasks/{letter}/done", on)


def posted(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """No e-mail address: the decision is in the post, and its delivery is awaited."""
    decided(desk, complaint, today)
    letter = next(one["id"] for one in desk.front_line.get(complaint.path)["tasks"] if one["letter"] == "decision")
    sent = {"medium": "letter", "posted": True, "tracking_number": "RR000000001TR"}
    desk.front_line.post(f"{complaint.path}/tasks/{letter}/attempts", sent)


def comes_again(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Accepted and closed, and then it happened again."""
    decided(desk, complaint, today)
    act_on(site, complaint, "acts/accept", {})
    act_on(site, complaint, "acts/reopen", {"words": "The same charge is there again this month."})


def settled_at_once(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """Put right on the telephone the same day."""
    desk.handler.move(complaint, "assess", {**assessment(complaint), "severity": 1, "impact": "one"})
    desk.front_line.move(complaint, "resolve_early", {**proposal(complaint, today), "medium": "phone"})


def put_off(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """News, a promise in words, and a later day for the answer; one of many with the same fault."""
    investigated(desk, complaint)
    desk.handler.move(complaint, "link_systemic", {"case": "FEE-2026"})
    by = (today + timedelta(days=6)).date().isoformat()
    desk.handler.move(complaint, "promise_date", {"words": "We call you back with the list of charges.", "due_on": by})
    desk.handler.move(complaint, "update", {"words": "We have the list of charges and are comparing it with yours."})
    desk.lead.move(complaint, "extend", {"points": [1], "until": None, "reason": "The archive needs another week."})


def has_a_tie(site: Site, desk: Desk, complaint: Filed, today: datetime) -> None:
    """The handler knows the complainant: another takes it over."""
    investigated(desk, complaint)
    desk.handler.move(complaint, "declare_conflict", {"words": "We are neighbours."})
    desk.lead.move(complaint, "assign", {"owner": desk.lead.id, "reason": "The handler declared a tie."})


NAMELESS = {"anonymous": True, "name": None, "email": None, "phone": None}
AGENT = {"name": "Ada Whitlock", "capacity": "lawyer", "email": "ada.whitlock@example.com", "phone": None}
REPRESENTED = {"representative": AGENT, "contact": "representative"}
BY_POST = {"email": None, "phone": None, "address": "12 Harbour Lane, Millbrook"}
TURNS: dict[str, Turn] = {
    "waits for the complainant": Turn(waits_for_the_complainant, "waiting", {}),
    "got what it waited for": Turn(got_what_it_waited_for, "investigating", {}),
    "waits for somebody else": Turn(waits_for_somebody_else, "waiting", {}),
    "is reviewed": Turn(is_reviewed, "reviewing", {}),
    "was reviewed": Turn(was_reviewed, "decided", {}),
    "went to a body": Turn(went_to_a_body, "external", {}),
    "was declined": Turn(was_declined, "closed", {}),
    "was contested": Turn(was_contested, "received", {}),
    "was withdrawn": Turn(was_withdrawn, "closed", {}),
    "came back": Turn(came_back, "investigating", {}),
    "was merged": Turn(was_merged, "closed", {}),
    "anonymous, closed": Turn(nobody_to_write_to, "closed", NAMELESS),
    "anonymous, open": Turn(nobody_yet, "investigating", NAMELESS),
    "authority open": Turn(authority_open, "deciding", REPRESENTED),
    "authority shown": Turn(authority_shown, "decided", REPRESENTED),
    "confidential": Turn(confidential, "investigating", {}),
    "about a colleague": Turn(about_a_colleague, "deciding", {}),
    "a colleague contributes": Turn(a_colleague_contributes, "investigating", {}),
    "grave": Turn(grave, "deciding", {}),
    "arrived by post": Turn(goes_by_post, "decided", BY_POST),
    "in the post": Turn(posted, "decided", BY_POST),
    "comes again": Turn(comes_again, "investigating", {}),
    "settled at once": Turn(settled_at_once, "closed", {}),
    "put off": Turn(put_off, "investigating", {}),
    "has a tie": Turn(has_a_tie, "investigating", {}),
}


def choose_turns(filed: list[Filed], chance: random.Random) -> None:
    """Gives a complaint of `filed`, of those that were not to go on, to each turn. Their answers put nothing off."""
    words = tomllib.loads((DATA / "answers.toml").read_text("utf-8"))
    answer = next(one for one in words["answer"] if "remedy" not in one)
    idle = (complaint for complaint in filed if complaint.until == "received" and complaint.by_mail)
    free = [complaint for complaint in idle if complaint.submission["language"] == "en"]
    for complaint, (name, turn) in zip(chance.sample(free, len(TURNS)), TURNS.items(), strict=True):
        complaint.turn = name
        complaint.submission |= turn.told
        complaint.answers, complaint.cause = [answer], answer["cause"]
