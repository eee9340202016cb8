"""What people do: complainants and staff, each step one request or a few, and the order in which it all happens."""

import random
import uuid
from datetime import UTC, datetime, timedelta

from infra.demo.check import wait_for_letters
from infra.demo.filed import DECLARED, Filed, american, assessment, choose_lives, proposal, turkish
from infra.demo.progress import side_by_side
from infra.demo.site import Desk, Site, act_on
from infra.demo.turns import TURNS, choose_turns, looked_into

#: Complaints that came by telephone or letter: how many days before they were entered. 20 working days are 28 days.
RECEIVED_DAYS_AGO = (2, 5, 8, 13, 19, 23, 26, 27, 28, 34, 41, 42, 43, 44, 47)
#: So many of those nobody has called yet when the demo ends: work that the desk shows.
LEFT_TO_CALL = 2
GRAVE = 2  # priorities up to this one need a plan and evidence


def act(site: Site, desk: Desk, most: int | None = None) -> list[Filed]:
    """Plays the demo; returns every complaint of it.

    `most` bounds how many of complaints.csv come by form, and how many by telephone or letter; tr.toml comes whole.
    """
    chance = random.Random(10002)  # noqa: S311 - the same demo each time is what is wanted
    ours, theirs = turkish(now()), american(chance)
    registered, sent = theirs[: len(RECEIVED_DAYS_AGO)], theirs[len(RECEIVED_DAYS_AGO) :] + ours
    for number, (complaint, days) in enumerate(zip(registered, RECEIVED_DAYS_AGO, strict=True)):
        complaint.received_at = now() - timedelta(days=days, minutes=chance.randrange(600))
        complaint.channel = chance.choice(("phone", "letter"))
        if complaint.channel == "phone" and chance.random() < 0.5:
            complaint.submission |= {"email": None, "phone": f"+1 202 555 01{number:02d}"}
    choose_lives(theirs, chance)
    choose_turns(sent, chance)
    if most is not None:
        registered, sent = registered[:most], sent[:most] + ours
    chance.shuffle(sent)
    everybody = sent + registered
    worked_on = [complaint for complaint in everybody if complaint.until != "received"]
    for number, complaint in enumerate(worked_on):
        complaint.led = number % 3 == 0
    to_call = [complaint for complaint in worked_on if not complaint.by_mail and complaint.gets_to("decided")]
    # Told last, so left to call: open ones, whose decision has still to be heard.
    to_call.sort(key=lambda complaint: complaint.until == "decided")

    settle(desk)
    side_by_side("Complaints over the public form", lambda complaint: submit(site, complaint), sent)
    side_by_side("Calls and letters entered", lambda complaint: register(desk, complaint), registered)
    without_mail = [complaint for complaint in everybody if not (complaint.by_mail or complaint.anonymous)]
    side_by_side("Acknowledged by telephone", lambda complaint: acknowledge(desk, complaint), without_mail)
    wait_for_letters(desk, [complaint for complaint in everybody if complaint.by_mail])
    side_by_side("Handled at the desk", lambda complaint: live(site, desk, complaint), worked_on)
    turning = [complaint for complaint in everybody if complaint.turn]
    side_by_side("Other turns of life", lambda complaint: turn(site, desk, complaint), turning)
    side_by_side("Told by telephone", lambda complaint: tell_decision(desk, complaint), to_call[:-LEFT_TO_CALL])
    return everybody


def settle(desk: Desk) -> None:
    """The management representative chooses the policy packs, and who is on call; a second demo leaves it as it is.

    The first pack stays the base: it holds until the points of a complaint are known.
    """
    rules = desk.representative.get("/rules")
    if rules["version"]:
        return
    goods = dict.fromkeys((1, 2, 3, 4, 8, 11, 13), "TR-TUKETICI")
    chosen = {
        "packs": ["ISO-BASE", "TR-TUKETICI", "TR-GARANTI", "TR-KVKK"],
        "by_category": {**goods, 12: "TR-GARANTI", 17: "TR-KVKK"},
        "roster": [desk.handler.id, desk.lead.id],
    }
    reason = "Tüketici mevzuatı, garanti ve kişisel veri başvuruları için ayrı süreler."
    desk.representative.settle("/rules", {"organisation": {**rules["organisation"], **chosen}, "reason": reason})


def submit(site: Site, complaint: Filed) -> None:
    """A complainant sends the form."""
    key = {"Idempotency-Key": str(uuid.uuid4())}
    complaint.receipt = site.expect("POST", "/api/public/complaints", complaint.submission, **key)


def register(desk: Desk, complaint: Filed) -> None:
    """Staff enter what came by telephone or letter, later than it came."""
    assert complaint.received_at is not None  # noqa: S101 - tells the type checker what the caller chose
    by = {"phone": "noted", "letter": "delayed"}
    told = {"channel": complaint.channel, "received_at": complaint.received_at.isoformat()}
    complaint.receipt = desk.front_line.post(
        "/complaints", {**complaint.submission, **told, "backdated": by[complaint.channel]}
    )


def acknowledge(desk: Desk, complaint: Filed) -> None:
    """Staff call whoever left no e-mail address, or write, to say that the complaint has arrived."""
    desk.front_line.move(complaint, "acknowledge", {"medium": "phone" if complaint.submission["phone"] else "letter"})


def tell_decision(desk: Desk, complaint: Filed) -> None:
    """Staff call whoever left no e-mail address, and tell what a letter would have said."""
    for task in desk.front_line.get(complaint.path)["tasks"]:
        desk.front_line.post(f"{complaint.path}/tasks/{task['id']}/done", {})
    words = {
        "tr": "Arandı, karar ve gerekçesi anlatıldı. İsteği üzerine kâğıda basılmış bir örneği postayla gidecek.",
        "en": "Called: the decision and its reasons explained. A copy on paper follows, as asked.",
    }
    note = {"id": str(uuid.uuid4()), "words": words[complaint.submission["language"]]}
    desk.front_line.post(f"{complaint.path}/notes", note)


def live(site: Site, desk: Desk, complaint: Filed) -> None:
    """Takes a complaint as far as it is to get: one works on it, another approves, the complainant answers."""
    owner, approver = desk.in_charge(complaint)
    grave = owner.move(complaint, "assess", assessment(complaint))["priority"] <= GRAVE
    if complaint.note:
        owner.post(f"{complaint.path}/notes", {"id": str(uuid.uuid4()), "words": complaint.note})
    if complaint.gets_to("investigating"):
        desk.lead.move(complaint, "investigate", {"owner": owner.id})  # a lead, however full their hands are
    if complaint.message:
        owner.post(f"{complaint.path}/messages", {"id": str(uuid.uuid4()), "words": complaint.message})
        act_on(site, complaint, "messages", {"id": str(uuid.uuid4()), "words": complaint.reply})
    if grave and complaint.gets_to("returned"):
        looked_into(owner, complaint)
    if complaint.gets_to("returned"):
        owner.move(complaint, "propose", proposal(complaint, now()))
    if complaint.until == "returned":
        words = "The reasons leave out the second letter. Please add what it shows."
        approver.move(complaint, "return", {"words": words})
    elif complaint.gets_to("decided"):
        late = {"tr": "Karşı tarafın belgeleri geç geldi.", "en": "The other side's papers came late."}
        approver.move(complaint, "approve", {**DECLARED, "late_reason": late[complaint.submission["language"]]})
    if complaint.until == "disputed":
        act_on(site, complaint, "acts/dispute", {"words": complaint.dispute})
    elif complaint.gets_to("settled"):
        act_on(site, complaint, "acts/accept", {})
    if complaint.until == "closed":
        for task in owner.get(complaint.path)["tasks"]:
            if task["kind"] == "remedy":
                owner.post(f"{complaint.path}/tasks/{task['id']}/done", {})
        seen = {
            "tr": "Ödeme dekontu ve müşteriyle görüşme notu görüldü.",
            "en": "Seen: the payment slip and the note of the call.",
        }
        approver.move(complaint, "verify", {"words": seen[complaint.submission["language"]]})


def turn(site: Site, desk: Desk, complaint: Filed) -> None:
    """Takes a complaint round the turn that was chosen for it."""
    if complaint.turn:
        TURNS[complaint.turn].plays(site, desk, complaint, now())


def now() -> datetime:
    """The clock, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the demo is people at work, and they live now
