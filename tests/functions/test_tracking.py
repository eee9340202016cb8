"""The tracking page: in every state it says whose move it is and offers what can be done, and nothing else."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaints import commands as c
from complaints.complaint import Complaint
from complaints.refusals import OutOfDate
from tests.builders import (
    APPROVE,
    ASSESS,
    DECIDED,
    EXPLAIN,
    HANDLER,
    INVESTIGATED,
    LEAD,
    OTHER_LEAD,
    REVIEWER,
    assess,
    rules_under,
)  # fmt: skip
from tests.dates import FRI_27_MAR, WED_1_APR, at
from tests.evidence import PDF
from tests.functions.test_evidence import Hers, upload
from tests.ways import AWARD, BY_LAWYER, BY_LAWYER_TO_HER
from tests.world import HANDLER as DESK_HANDLER
from tests.world import LEAD as LEAD_AT_THE_DESK
from tests.world import World

PAGE = "/api/public/track/form"
ASK = c.Ask(of="complainant", data=("document",), words="Faturanın fotoğrafını gönderir misiniz?", reply_by=FRI_27_MAR)
DECLINE = c.Decline(
    reason="employment",
    words="Konu iş sözleşmenizle ilgili.",
    route="İnsan Kaynakları, 0 216 000 00 00",
    no_conflict=True,
)
AGAIN = (*INVESTIGATED, (HANDLER, EXPLAIN), (LEAD, APPROVE))  # our answer, with nothing to carry out

Made = Callable[..., "Case"]


class Case:
    """One complaint, what staff do with it, and its page for a browser without a script."""

    def __init__(self, world: World, **told: Any) -> None:
        self.world = world
        self.receipt = world.submit(**told)
        self.reference = self.receipt["reference"]

    def after(self, *asked: Any) -> "Case":
        for person, ask in asked:
            self.world.table.change(self.reference, ask, person, self.world.now)
        return self

    def kept(self) -> Complaint:
        complaint = self.world.table.load(self.reference)
        assert complaint
        return complaint

    def seen(self) -> dict[str, Any]:
        return self.world.open(self.receipt)[1]

    def page(self) -> str:
        typed = {"reference": self.reference, "secret": self.receipt["secret"], "language": "tr"}
        return str(self.world.public.post(PAGE, data=typed).text)

    def does(self, act: str, words: str = "", status: int = 200) -> str:
        """One act of the page's forms; the page that answers."""
        token = self.world.open(self.receipt)[0]["Authorization"].removeprefix("Bearer ")
        typed = {"token": token, "act": act, f"words-{act}": words, "language": "tr"}
        answer = self.world.public.post(PAGE, data=typed)
        assert answer.status_code == status
        return str(answer.text)

    def steps(self) -> list[tuple[str, str]]:
        return [(step["step"], step["status"]) for step in self.seen()["steps"]]


@pytest.fixture
def case(world: World) -> Made:
    return lambda **told: Case(world, **told)


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found
    return found[1]


def acts(page: str) -> set[str]:
    """What the page offers; that its reader reads our mail can be shown in any state."""
    return set(re.findall(r'name="act" value="(\w+)"', page)) - {"verify_contact", "stay"}


# --- what is offered in each state -----------------------------------------------------------------------------------

OPEN = {"message", "file", "withdraw"}


@pytest.mark.parametrize(
    ("asked", "says", "offered"),
    [
        ((), "Şikâyetinizi aldık", OPEN),
        (INVESTIGATED, "Şikâyetinizi inceliyoruz", OPEN),
        ((*INVESTIGATED, (HANDLER, ASK)), "Sizden bilgi bekliyoruz", OPEN),
        (
            (*INVESTIGATED, (HANDLER, ASK.model_copy(update={"of": "third_party"}))),
            "Şikâyetinizi inceliyoruz",
            OPEN,
        ),
        (AGAIN, "Yanıtımızı verdik", OPEN | {"accept", "dispute", "ask_review"}),
        (
            (*DECIDED, (HANDLER, c.Accept(medium="phone"))),
            "Çözümü yerine getiriyoruz",
            OPEN | {"verify", "report_failure"},
        ),
        ((*AGAIN, (HANDLER, c.Dispute(medium="phone"))), "Yanıtımızı verdik", OPEN | {"accept", "ask_review"}),
        ((*AGAIN, (HANDLER, c.AskReview(medium="phone"))), "Şikâyetiniz üst incelemede", OPEN),
        (
            ((HANDLER, c.RecordExternal(body="Kadıköy Tüketici Hakem Heyeti", told_by="body")),),
            "Şikâyetiniz dış mercide görülüyor",
            {"message", "file"},
        ),
        (
            ((HANDLER, DECLINE), (LEAD, c.ConfirmDecline(no_conflict=True))),
            "Sizi yetkili yere yönlendirdik",
            {"contest"},
        ),
        ((*AGAIN, (HANDLER, c.Accept(medium="phone"))), "Dosyanız kapandı", {"reopen"}),
    ],
)
def test_each_state_has_its_heading_and_its_acts(case: Made, asked: Any, says: str, offered: set[str]) -> None:
    page = case().after(*asked).page()
    assert heading(page) == says
    assert acts(page) == offered


# --- asked, and replied ----------------------------------------------------------------------------------------------


def test_what_we_need_stands_first_with_its_day_and_one_reply_box(case: Made) -> None:
    page = case().after(*INVESTIGATED, (HANDLER, ASK)).page()
    assert "Yanıtınızı <strong>" not in page
    assert "27 Mart 2026 Cuma gününe kadar bekliyoruz" in page
    assert page.index("Faturanın fotoğrafını gönderir misiniz?") < page.index('<dl class="record">')
    assert page.count('name="act" value="message"') == 1


def test_a_reply_lets_us_go_on(case: Made) -> None:
    asked = case().after(*INVESTIGATED, (HANDLER, ASK))
    assert asked.steps()[-3:] == [("waiting", "now"), ("decided", "promised"), ("closed", "later")]
    assert asked.seen()["whose_move"] == "yours"
    page = asked.does("message", "Faturayı ekledim.")
    assert heading(page) == "Şikâyetinizi inceliyoruz"
    assert asked.seen()["asked"] is None
    assert asked.steps()[-3:] == [("investigating", "now"), ("decided", "promised"), ("closed", "later")]


def test_a_message_that_is_stored_is_answered_so_although_staff_were_faster(
    case: Made, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reply, or the decision that it is about, changes hands between the message and what follows from it."""
    asked, decided = case().after(*INVESTIGATED, (HANDLER, ASK)), case().after(*AGAIN)
    add = world.table.add
    faster = {asked.reference: c.RecordReply(words="Telefonda söyledi."), decided.reference: c.Accept(medium="phone")}

    def add_slowly(entry: Any, letter: bool = False) -> None:
        add(entry, letter)
        world.table.change(entry.reference, faster[entry.reference], HANDLER, world.now)

    monkeypatch.setattr(world.table, "add", add_slowly)
    for mine in (asked, decided):
        headers, _ = world.open(mine.receipt)
        message = {"id": world.key(), "words": "Faturayı ekledim."}
        answer = world.public.post("/api/public/track/messages", json=message, headers=headers)
        assert answer.status_code == 201, answer.text
        assert "Faturayı ekledim." in [entry["words"] for entry in answer.json()["entries"]]


WAITS = c.Pause(points=(1, 2), category="waiting_for_complainant", reason="Fatura bekleniyor.")


def test_a_message_is_answered_as_stored_although_staff_let_one_of_two_clocks_run_at_the_same_moment(
    case: Made, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.rulebook.settle(rules_under("BIZIM").organisation, "Deneme.", "lead", world.now, after=0)
    mine = case().after((HANDLER, assess("BIZIM", "BIZIM")), (LEAD, WAITS))
    add = world.table.add

    def add_slowly(entry: Any, letter: bool = False) -> None:
        add(entry, letter)
        world.table.change(entry.reference, c.Resume(points=(1,)), LEAD, world.now)

    monkeypatch.setattr(world.table, "add", add_slowly)
    headers, _ = world.open(mine.receipt)
    message = {"id": world.key(), "words": "Faturayı ekledim."}
    assert world.public.post("/api/public/track/messages", json=message, headers=headers).status_code == 201
    assert [clock.paused_since for clock in mine.kept().clocks if clock.promise == "answer"] == [None, None]


@pytest.mark.parametrize("lost", [1, 2, 9])
def test_what_follows_from_a_stored_message_is_tried_again_and_at_the_latest_when_it_is_sent_again(
    case: Made, world: World, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    """Somebody is faster each time: the reply is recorded all the same, with the same message."""
    mine = case().after(*INVESTIGATED, (HANDLER, ASK))
    headers, _ = world.open(mine.receipt)
    change, left = world.table.change, [lost]

    def change_slowly(*asked: Any, **more: Any) -> Complaint:
        if left[0]:
            left[0] -= 1
            raise OutOfDate(mine.kept())
        return change(*asked, **more)

    monkeypatch.setattr(world.table, "change", change_slowly)
    message = {"id": world.key(), "words": "Faturayı ekledim."}
    answer = world.public.post("/api/public/track/messages", json=message, headers=headers)
    assert answer.status_code == 201
    if lost > 3:
        assert mine.kept().state == "waiting"
        left[0] = 0
        assert world.public.post("/api/public/track/messages", json=message, headers=headers).status_code == 201
    assert mine.kept().state == "investigating"
    assert str(mine.seen()).count("Faturayı ekledim.") == 1


def test_a_stored_message_that_is_sent_again_after_the_end_is_still_stored(case: Made, world: World) -> None:
    mine = case().after(*AGAIN)
    headers, _ = world.open(mine.receipt)
    message = {"id": world.key(), "words": "Teşekkürler."}
    assert world.public.post("/api/public/track/messages", json=message, headers=headers).status_code == 201
    mine.after((HANDLER, c.Accept(medium="phone")))
    assert world.public.post("/api/public/track/messages", json=message, headers=headers).status_code == 201


def test_a_message_to_a_closed_complaint_is_not_stored(case: Made, world: World) -> None:
    mine = case().after(*AGAIN, (HANDLER, c.Accept(medium="phone")))
    headers, _ = world.open(mine.receipt)
    message = {"id": world.key(), "words": "Geç kaldım."}
    assert world.public.post("/api/public/track/messages", json=message, headers=headers).status_code == 409
    assert "Geç kaldım." not in str(mine.seen())


def test_the_document_that_we_asked_for_is_a_reply(case: Made, world: World) -> None:
    asked = case().after(*INVESTIGATED, (HANDLER, ASK))
    Hers(world, asked.receipt).add(PDF)
    assert (asked.kept().state, asked.kept().waiting_for) == ("investigating", None)
    assert "document" in asked.kept().known
    assert asked.seen()["whose_move"] == "ours"


def test_a_document_that_nobody_asked_for_is_no_reply(case: Made, world: World) -> None:
    asked = case().after(*INVESTIGATED, (HANDLER, ASK.model_copy(update={"data": ("order_number",)})))
    Hers(world, asked.receipt).add(PDF)
    assert asked.kept().waiting_for == "complainant"


def test_a_document_is_kept_although_staff_were_faster(
    case: Made, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = case().after(*INVESTIGATED, (HANDLER, ASK))
    load, reply = world.table.load, c.RecordReply(words="Telefonda söyledi.")

    def load_slowly(reference: str) -> Complaint | None:
        found = load(reference)
        if found and found.waiting_for:
            world.table.change(reference, reply, HANDLER, world.now)
        return found

    hers = Hers(world, asked.receipt)
    file = hers.send(PDF)
    monkeypatch.setattr(world.table, "load", load_slowly)
    assert hers.finish(file).status_code == 200


# --- somebody acts for the complainant -------------------------------------------------------------------------------


WRITTEN_TO = {"them": BY_LAWYER, "the complainant": BY_LAWYER_TO_HER}


@pytest.mark.parametrize("whom", WRITTEN_TO)
def test_before_we_know_whether_they_may_act_nothing_of_what_we_found_is_shown(
    case: Made, world: World, whom: str
) -> None:
    """Neither what it is about in our words, nor our files, nor which body has it; what they told us they may see."""
    mine = case(**WRITTEN_TO[whom]).after(*INVESTIGATED)
    Hers(world, mine.receipt).add(PDF, name="vekâletname.pdf")
    ours = {"id": world.key(), "name": "rapor.pdf", "size": len(PDF), "type": "application/pdf", "internal": False}
    given = world.staff(LEAD_AT_THE_DESK).post(f"/api/desk/complaints/{mine.reference}/files", json=ours).json()
    upload(given, PDF)
    mine.after((HANDLER, c.RecordExternal(body="Kadıköy Tüketici Hakem Heyeti", told_by="body")))
    seen = mine.seen()
    assert (seen["points"], seen["with_body"]) == ([], None)
    assert [file["name"] for file in seen["files"]] == ["vekâletname.pdf"]
    seen = mine.after((HANDLER, c.CheckAuthority(granted=True, words="Görüldü."))).seen()
    assert ([point["title"] for point in seen["points"]], seen["with_body"]) == (
        ["Cam kırıldı"],
        "Kadıköy Tüketici Hakem Heyeti",
    )
    assert [file["name"] for file in seen["files"]] == ["vekâletname.pdf", "rapor.pdf"]


@pytest.mark.parametrize("whom", WRITTEN_TO)
def test_before_we_know_whether_they_may_act_they_do_not_read_what_a_body_has_ordered(case: Made, whom: str) -> None:
    opened = c.RecordExternal(body="Kadıköy Tüketici Hakem Heyeti", told_by="body")
    mine = case(**WRITTEN_TO[whom]).after(*INVESTIGATED, (HANDLER, opened), (LEAD, AWARD))
    assert mine.seen()["points"] == []
    seen = mine.after((HANDLER, c.CheckAuthority(granted=True, words="Görüldü."))).seen()
    assert [point["remedy"]["kind"] for point in seen["points"]] == ["refund"]


NEWS = (HANDLER, c.TellProgress(words="Parçayı bekliyoruz."))
SHUT = {
    "answered": (*INVESTIGATED, NEWS, (HANDLER, EXPLAIN), (LEAD, APPROVE)),
    "disputed": (*AGAIN, (HANDLER, c.Dispute(medium="phone"))),
    "asked": (*INVESTIGATED, (HANDLER, ASK)),
    "declined": ((HANDLER, DECLINE), (LEAD, c.ConfirmDecline(no_conflict=True))),
    "closed": (*AGAIN, (HANDLER, c.Accept(medium="phone"))),
}


@pytest.mark.parametrize("way", SHUT)
@pytest.mark.parametrize("told", [{}, {"email": None, "phone": "0555 111 22 33"}], ids=["by mail", "by a person"])
def test_what_we_write_to_the_complainant_is_not_read_by_whoever_filed_for_them(
    case: Made, world: World, way: str, told: dict[str, Any]
) -> None:
    """The letters go to the complainant; the page, which the code opens, shows none of it before we know."""
    mine = case(**BY_LAWYER_TO_HER, **told)
    mine.after(*SHUT[way])
    world.settle()
    if not told:
        assert {to for to, _, _ in world.mailbox.sent} == {"nermin@example.com"}
    seen, page = mine.seen(), mine.page()
    assert {entry["from"] for entry in seen["entries"]} == {"you"}
    hidden = ("asked", "declined", "closed_reason", "review_until", "reopen_until", "points", "outside", "joined")
    assert not any(seen[name] for name in hidden), seen
    assert (seen["held"], seen["disputed"], set(seen["can"]) <= {"write", "add_file"}) == (True, False, True)
    assert acts(page) <= {"message", "file"}
    assert "Vekâletname" in page
    assert not any(words in page for words in ("Cam sağlam.", NEWS[1].words, ASK.words, DECLINE.words, DECLINE.route))
    mine.after((HANDLER, c.CheckAuthority(granted=True, words="Görüldü.")))
    assert not mine.seen()["held"]
    assert acts(mine.page()) > {"message", "file"} or way in {"closed", "declined"}


def test_what_they_write_before_we_know_is_kept_and_is_no_reply_of_the_complainant(case: Made) -> None:
    mine = case(**BY_LAWYER_TO_HER).after(*INVESTIGATED, (HANDLER, ASK))
    page = mine.does("message", "Vekâletnameyi ekliyorum.")
    assert "Vekâletnameyi ekliyorum." in page
    assert mine.kept().waiting_for == "complainant"


@pytest.mark.parametrize("whom", WRITTEN_TO)
@pytest.mark.parametrize(
    ("act", "path"),
    [("withdraw", INVESTIGATED), ("accept", AGAIN), ("dispute", AGAIN), ("ask_review", AGAIN)],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_nobody_withdraws_or_accepts_for_somebody_else_before_we_know_that_they_may(
    case: Made, world: World, refused: Callable[..., dict[str, Any]], whom: str, act: str, path: Any
) -> None:
    """The page says why not and what to do, in both languages."""
    if whom == "them" and act != "withdraw":
        return  # there is no answer yet: it waits for the authority
    mine = case(**WRITTEN_TO[whom]).after(*path)
    before = mine.kept()
    headers, _ = world.open(mine.receipt)
    answer = world.public.post(f"/api/public/track/acts/{act}", json={"words": "Evet."}, headers=headers)
    assert refused(answer, 409, "not-now")["reason"] == "authority_unchecked"
    page = mine.does(act, "Evet.")
    assert "Bunu şu anda buradan yapamazsınız." in page
    token = headers["Authorization"].removeprefix("Bearer ")
    english = world.public.post(PAGE, data={"token": token, "act": act, "language": "en"}).text
    assert "You cannot do this here yet." in english
    assert mine.kept() == before


@pytest.mark.parametrize("whom", WRITTEN_TO)
def test_whoever_may_not_act_for_the_complainant_opens_nothing_any_more(
    case: Made, world: World, refused: Callable[..., dict[str, Any]], whom: str
) -> None:
    """Neither with the code nor with a token that was given before; the answer is that for a wrong code."""
    mine = case(**WRITTEN_TO[whom])
    headers, _ = world.open(mine.receipt)
    mine.after((HANDLER, c.CheckAuthority(granted=False, words="Vekâletname yok.")))
    code = {name: mine.receipt[name] for name in ("reference", "secret")}
    wrong = world.public.post("/api/public/track", json={**code, "secret": "7K4M29XRQ3A7"})
    answer = world.public.post("/api/public/track", json=code)
    refused(answer, 404, "no-match")
    assert answer.content == wrong.content
    for path, body in (("messages", {"id": world.key(), "words": "Ben."}), ("acts/withdraw", {})):
        refused(world.public.post(f"/api/public/track/{path}", json=body, headers=headers), 401, "no-token")
    assert world.public.post(PAGE, data={**code, "language": "tr"}).status_code == 404


def test_what_we_ask_of_others_is_not_for_the_complainant(case: Made) -> None:
    third = ASK.model_copy(update={"of": "third_party", "words": "Bayiye soru"})
    seen = case(email=None, phone="0555 111 22 33").after(*INVESTIGATED, (HANDLER, third)).seen()
    assert (seen["asked"], seen["whose_move"]) == (None, "ours")
    assert "Bayiye soru" not in str(seen)


def test_whom_no_letter_reaches_reads_here_what_we_wrote(case: Made) -> None:
    news = (HANDLER, c.TellProgress(words="Parçayı bekliyoruz."))
    nobody = case(anonymous=True, name=None, email=None).after(*INVESTIGATED, news, (HANDLER, ASK))
    written = [entry["words"] for entry in nobody.seen()["entries"] if entry["from"] == "us"]
    assert set(written) == {"Parçayı bekliyoruz.", ASK.words}
    reached = case().after(*INVESTIGATED, news)
    assert not [entry for entry in reached.seen()["entries"] if entry["from"] == "us"]  # the letter has not left yet


def test_a_letter_stands_above_what_it_answers_within_the_same_second(world: World, case: Made) -> None:
    world.wait(milliseconds=700)
    said = case().after(*AGAIN)
    world.wait(minutes=1)
    said.does("dispute", "Camı biz kırmadık.")
    world.settle()
    told = [(entry["from"], entry["letter"] or entry["words"]) for entry in said.seen()["entries"]]
    assert told[:3] == [("us", "routes"), ("you", "Camı biz kırmadık."), ("us", "decision")]
    assert told[-2][1] == "acknowledgement"
    assert told[-1][0] == "you"


# --- late ------------------------------------------------------------------------------------------------------------

BANK = "Türkiye Bankalar Birliği Bireysel Müşteri Hakem Heyeti"


@pytest.fixture
def at_a_bank(world: World) -> None:
    """Its pack names the bodies, and the day until which they can be asked."""
    world.rulebook.settle(rules_under("TR-BANKA").organisation, "Deneme.", "lead", world.now, after=0)


@pytest.mark.usefixtures("at_a_bank")
def test_a_late_complaint_says_why_and_where_else_one_can_go_until_when(case: Made, world: World) -> None:
    mine = case().after((HANDLER, assess("TR-BANKA")), INVESTIGATED[1])
    assert (mine.seen()["late"], mine.seen()["outside"], mine.seen()["late_because"]) == (False, [], None)
    world.wait(days=40)
    page = mine.page()
    assert "Nedenini size henüz bildirmedik." in page
    seen = mine.seen()
    assert (seen["late"], seen["outside"][0]["body"]) == (True, BANK)
    due = date.fromisoformat(seen["answer_due_on"])
    assert {route["until"] for route in seen["outside"]} == {str(due + timedelta(days=60))}
    told = [page.index(words) for words in ("Yanıtımız gecikti", BANK, "Son başvuru tarihi: ", "Hangi aşamada?")]
    assert told == sorted(told)
    assert page.count(BANK) == 1
    mine.after((HANDLER, c.TellProgress(words="Parça gümrükte bekliyor.")))
    assert mine.seen()["late_because"] is None  # the letter has not left yet
    world.settle()
    assert mine.seen()["late_because"] == {"words": "Parça gümrükte bekliyor.", "on": f"{world.now:%Y-%m-%d}"}
    page = mine.page()
    assert page.index("Parça gümrükte bekliyor.") < page.index(BANK)
    assert "henüz bildirmedik" not in page


@pytest.mark.usefixtures("at_a_bank")
def test_after_our_answer_the_page_names_who_else_can_be_asked_until_which_day(case: Made) -> None:
    mine = case().after((HANDLER, assess("TR-BANKA")), *AGAIN[1:])
    page, until = mine.page(), {route["until"] for route in mine.seen()["outside"]}
    assert until == {"2026-05-01"}  # sixty days after the answer of Monday 2 March
    assert page.index("Yanıtımız, konu konu") < page.index(BANK)
    assert page.count("Son başvuru tarihi: 1 Mayıs 2026") == 2


def test_the_times_of_messages_name_their_zone(case: Made) -> None:
    assert re.findall(r'<time datetime="([^"]*)">13.00, Türkiye saati</time></span>', case().page()) == [
        "2026-03-02T13:00:00+03:00"
    ]


# --- decided ---------------------------------------------------------------------------------------------------------


def test_the_three_ways_are_offered_until_a_day(case: Made) -> None:
    decided = case().after(*AGAIN)
    until = decided.seen()["review_until"]
    page = decided.page()
    assert page.count('<summary class="button">') == 3
    assert (
        f"{date.fromisoformat(until).day} " in re.findall(r"([^.]*) gününe kadar neden belirtmeniz gerekmez", page)[0]
    )


def test_a_review_that_is_asked_for_late_needs_a_reason(case: Made, world: World) -> None:
    decided = case().after(*AGAIN)
    world.wait(days=60)
    refused = decided.does("ask_review", status=422)
    assert "Neden belirtmeden isteyebileceğiniz süre geçti." in refused
    assert heading(refused) == "Yanıtımızı verdik"
    page = decided.does("ask_review", "Hastanedeydim.")
    assert heading(page) == "Şikâyetiniz üst incelemede"
    assert decided.steps()[-4:] == [
        ("decided", "done"),
        ("reviewing", "now"),
        ("reviewed", "promised"),
        ("closed", "later"),
    ]


def test_what_we_said_first_is_called_so_while_it_is_reviewed(case: Made) -> None:
    page = case().after(*AGAIN, (HANDLER, c.AskReview(medium="phone"))).page()
    assert "İlk yanıtımız, konu konu" in page
    assert "Cam sağlam." in page


def test_a_dispute_keeps_it_open_and_leaves_the_other_ways(case: Made) -> None:
    decided = case().after(*AGAIN)
    page = decided.does("dispute", "Katılmıyorum.")
    assert "Yanıtımızı kabul etmediğiniz kaydedildi." in page
    assert "Dosyanız açık kalır" in page
    assert acts(page) == OPEN | {"accept", "ask_review"}


# --- put right, or not -----------------------------------------------------------------------------------------------


def test_what_is_put_right_is_closed_by_the_complainant(case: Made) -> None:
    promised = case().after(*DECIDED, (HANDLER, c.Accept(medium="phone")))
    assert promised.steps()[-2:] == [("remedying", "now"), ("closed", "later")]
    page = promised.does("verify")
    assert "Söz verdiğimiz çözüm yerine getirildi" in page
    assert promised.steps()[-2:] == [("remedying", "done"), ("closed", "done")]


def test_what_is_not_put_right_is_looked_into_again(case: Made) -> None:
    promised = case().after(*DECIDED, (HANDLER, c.Accept(medium="phone")))
    assert promised.does("report_failure", status=422)
    page = promised.does("report_failure", "Fırın hâlâ gelmedi.")
    assert heading(page) == "Şikâyetinizi inceliyoruz"
    assert ("decided", "promised") in promised.steps()


# --- an outside body ---

OUTSIDE = (HANDLER, c.RecordExternal(body="Kadıköy Tüketici Hakem Heyeti", told_by="body"))
ENDED = c.RecordExternalOutcome.model_validate(
    {
        "outcome": "agreed_with_us",
        "then": "end",
        "words": "Karar geldi.",
        "document": "0" * 12 + "4000" + "8" + "0" * 15,
    }
)


def test_what_we_promised_is_being_done_though_the_matter_ended_elsewhere(world: World, case: Made) -> None:
    mine = case().after(*DECIDED, OUTSIDE)
    assert "Söz verdiğimiz:" in mine.page()
    world.now = at(WED_1_APR)
    page = mine.after((LEAD, ENDED)).page()
    assert heading(page) == "Çözümü yerine getiriyoruz"
    assert "Yapacağımız:" in page
    assert [point["remedy"]["due_on"] for point in mine.seen()["points"]] == ["2026-04-01"]  # and no day that is over
    assert acts(page) == OPEN | {"verify", "report_failure"}


def test_a_promise_that_an_outside_decision_replaced_is_no_longer_made(case: Made) -> None:
    page = case().after(*DECIDED, OUTSIDE, (LEAD, ENDED.model_copy(update={"replaces": True}))).page()
    assert heading(page) == "Dosyanız kapandı"
    assert "Dış merciin kararı, daha önce verdiğimiz sözün yerine geçti." in page
    assert "Yapacağımız:" not in page
    assert "Söz verdiğimiz:" not in page


def test_what_is_closed_says_what_we_promised_and_not_what_we_will_do(case: Made) -> None:
    promised = case().after(*DECIDED, (HANDLER, c.Accept(medium="phone")))
    assert "Yapacağımız:" in promised.page()
    page = promised.does("verify")
    assert "Söz verdiğimiz:" in page
    assert "Yapacağımız:" not in page


# --- withdrawn, declined, joined -------------------------------------------------------------------------------------


def test_what_was_withdrawn_can_be_taken_back(case: Made) -> None:
    mine = case().after((HANDLER, ASSESS))
    page = mine.does("withdraw")
    assert heading(page) == "Başvurunuzu geri çektiniz"
    assert acts(page) == {"take_up_again"}
    assert mine.seen()["undo_until"] == "2026-03-07"
    assert mine.steps() == [("received", "done"), ("assessed", "done"), ("closed", "done")]
    page = mine.does("take_up_again")
    assert heading(page) == "Şikâyetinizi değerlendirdik"
    assert "Başvurunuzu yeniden ele aldık." in page


def test_what_was_declined_says_why_and_where_to_go_and_can_be_contested(case: Made) -> None:
    mine = case().after((HANDLER, DECLINE))
    assert DECLINE.words not in mine.page()  # only proposed
    page = mine.after((LEAD, c.ConfirmDecline(no_conflict=True))).page()
    assert DECLINE.words in page
    assert DECLINE.route in page
    assert mine.does("contest", status=422)
    page = mine.does("contest", "Ben müşteriyim.")
    assert heading(page) == "Şikâyetinizi aldık"
    assert DECLINE.words not in page


def test_an_outside_body_is_named_and_nothing_is_promised_meanwhile(case: Made) -> None:
    elsewhere = c.RecordExternal(body="Kadıköy Tüketici Hakem Heyeti", told_by="body", words="İç not")
    mine = case().after(*INVESTIGATED, (HANDLER, elsewhere))
    page = mine.page()
    assert "Konuyu şu anda ele alan merci: Kadıköy Tüketici Hakem Heyeti." in page
    assert "İç not" not in page
    assert mine.steps()[-2:] == [("external", "now"), ("closed", "later")]


def test_the_page_of_a_joined_complaint_says_that_it_goes_on_and_what_is_needed_for_that(
    case: Made, world: World
) -> None:
    """Not under which reference: the letter says that, and it goes where both are reached."""
    old, goes_on = case(), case()
    assert goes_on.seen()["joined"] == []
    ask, version = c.Merge(into=goes_on.reference, words="Aynı fırın."), old.kept().version
    world.table.merge(old.reference, ask, LEAD, world.now, version=version, request=world.key())
    page = old.page()
    assert heading(page) == "Diğer başvurunuzla birleştirildi"
    assert "o başvurunun numarası ve onunla birlikte verilen kod gerekir" in page
    assert "bizi arayın" in page
    assert acts(page) == set()
    assert not any(of in page + str(old.seen()) for of in (goes_on.reference, typed(goes_on.reference)))
    assert goes_on.seen()["joined"] == [old.reference]
    assert "Bu dosyayla birleştirilen başvurunuz" in goes_on.page()


def typed(reference: str) -> str:
    return f"{reference[:4]}-{reference[4:7]}-{reference[7:]}"


# --- closed ----------------------------------------------------------------------------------------------------------


def test_a_closed_complaint_opens_again_until_a_day_and_then_says_whom_to_call(case: Made, world: World) -> None:
    mine = case().after(*AGAIN, (HANDLER, c.Accept(medium="phone")))
    until = mine.seen()["reopen_until"]
    assert until
    assert "reopen" in acts(mine.page())
    world.wait(days=(date.fromisoformat(until) - world.now.date()).days + 1)
    page = mine.page()
    assert "reopen" not in acts(page)
    assert "Dosyayı buradan yeniden açtırma süresi geçti." in page


def test_an_act_that_comes_too_late_says_that_nothing_was_changed(case: Made) -> None:
    mine = case().after(*AGAIN)
    mine.does("accept")
    page = mine.does("message", "Bir şey daha.")
    assert "Hiçbir şey değişmedi." in page
    assert [entry["words"] for entry in mine.seen()["entries"] if entry["kind"] == "message"] == []


# --- nothing that was typed is lost ----------------------------------------------------------------------------------


def box(page: str, act: str) -> str:
    """What stands in the box of an act."""
    return unescape(re.findall(rf'name="words-{act}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)[0])


HERS = 'Fırın bugün\nde gelmedi: "bekleyin" <diyorlar>.'


def test_what_was_typed_outlives_the_time_of_the_page_and_a_wrong_code(case: Made, world: World) -> None:
    """It comes back in its box once the right code was given, and nobody has sent it by then."""
    mine = case().after(*AGAIN)
    token = world.open(mine.receipt)[0]["Authorization"].removeprefix("Bearer ")
    world.wait(minutes=16)
    late = world.public.post(PAGE, data={"token": token, "act": "dispute", "words-dispute": HERS, "language": "tr"})
    assert late.status_code == 404
    assert "Yazdıklarınız duruyor." in late.text
    code = {"reference": mine.reference, "secret": mine.receipt["secret"], "language": "tr"}
    for secret, status in (("7K4M29XRQ3A7", 404), (code["secret"], 200)):
        answer = world.public.post(PAGE, data=hidden(late.text) | code | {"secret": secret})
        assert answer.status_code == status
        late = answer
    assert "Yazdıklarınız henüz gönderilmedi." in late.text
    assert box(late.text, "dispute") == HERS
    assert not mine.kept().disputed
    assert "Yanıtımızı kabul etmediğiniz kaydedildi." in mine.does("dispute", box(late.text, "dispute"))


TYPED = {"words-message": HERS, "words-withdraw": "Belki\nyarın.", "number": "7K4M 29XR", "words-file": "fatura"}


@pytest.mark.parametrize("pressed", ["stay", "", "message", "file"])
def test_whichever_button_is_pressed_everything_else_that_was_typed_stays(
    case: Made, world: World, pressed: str
) -> None:
    """The page is one form. Enter presses no button: it means the line in which it was pressed."""
    mine = case().after(*AGAIN)
    token = world.open(mine.receipt)[0]["Authorization"].removeprefix("Bearer ")
    typed = TYPED | {"words-dispute": "Katılmıyorum.", "token": token, "act": pressed, "language": "tr"}
    if not pressed:
        del typed["number"]
    page = world.public.post(PAGE, data=typed).text
    assert (box(page, "dispute"), box(page, "withdraw")) == ("Katılmıyorum.", "Belki\nyarın.")
    assert box(page, "message") == ("" if pressed == "message" else HERS)
    assert ('value="7K4M 29XR"' in page) == bool(pressed)
    assert ("bu sayfada yazdıklarınız durur" in page) == (pressed in {"", "file"})  # the file has its place now
    assert ("15 dakika daha açık" in page.split("</h1>")[0]) == (pressed == "stay")
    assert not mine.kept().disputed


def test_everything_that_was_typed_waits_while_the_code_is_asked_for(case: Made, world: World) -> None:
    mine = case().after(*AGAIN)
    late = world.public.post(PAGE, data=TYPED | {"token": "a.b.c", "act": "stay", "language": "tr"})
    code = {"reference": mine.reference, "secret": mine.receipt["secret"], "language": "tr"}
    page = world.public.post(PAGE, data=hidden(late.text) | code).text
    assert "Yazdıklarınız henüz gönderilmedi." in page
    assert (box(page, "message"), box(page, "withdraw")) == (HERS, "Belki\nyarın.")
    assert 'value="7K4M 29XR"' in page


@pytest.mark.parametrize(
    ("fails_with", "status", "says"),
    [(RuntimeError("ours"), 500, "Hata bizde"), (OutOfDate(None), 200, "Hiçbir şey değişmedi.")],
    ids=["a fault of ours", "staff were faster"],
)
def test_a_fault_of_ours_loses_nothing_that_was_typed(
    case: Made, world: World, monkeypatch: pytest.MonkeyPatch, fails_with: Exception, status: int, says: str
) -> None:
    def fails(*_: Any) -> None:
        raise fails_with

    mine = case().after(*AGAIN)
    with monkeypatch.context() as broken:
        broken.setattr(world.table, "change", fails)
        page = mine.does("dispute", HERS, status=status)
    assert says in page.split("</h1>")[0]
    if status == 500:
        assert heading(page) == "Başvurunuzu sorgulayın"
        code = {"reference": mine.reference, "secret": mine.receipt["secret"], "language": "tr"}
        page = world.public.post(PAGE, data=hidden(page) | code).text
    assert box(page, "dispute") == HERS
    assert not mine.kept().disputed


def test_what_was_answered_of_the_survey_stays_while_something_else_is_done(world: World) -> None:
    mine = Case(world, may_survey=True).after(*AGAIN)
    mine.does("accept")
    token = world.open(mine.receipt)[0]["Authorization"].removeprefix("Bearer ")
    page = world.public.post(
        PAGE, data={"token": token, "act": "stay", "fair": "4", "quick": "2", "language": "tr"}
    ).text
    assert re.findall(r'<option value="(\d)" selected', page) == ["4", "2"]
    assert '<details class="more" open>\n<summary>Soruları göster' in page


def test_what_was_typed_and_can_be_sent_no_more_is_given_back(case: Made) -> None:
    mine = case().after(*AGAIN)
    mine.does("accept")
    page = mine.does("message", HERS)
    assert "artık buradan gönderilemez" in page
    assert HERS in unescape(page)


@pytest.mark.parametrize(
    "words", ["Katılmıyorum.", "Katılmıyorum.\r\nNedeni şu."], ids=["a line", "two, as browsers send them"]
)
def test_what_was_sent_twice_is_not_called_unsent(case: Made, words: str) -> None:
    mine = case().after(*AGAIN)
    mine.does("dispute", words)
    page = mine.does("dispute", words)
    assert "Hiçbir şey değişmedi." in page
    assert "gönderilmedi" not in page.casefold()


def test_the_page_says_until_when_it_is_open_and_stays_open_when_asked(case: Made, world: World) -> None:
    mine = case()
    until = re.findall(r"Kapanacağı saat: ([^<]*)\. Sonra", mine.page())
    assert until == [
        f"{world.now.astimezone(ZoneInfo('Europe/Istanbul')) + timedelta(minutes=15):%H.%M}, Türkiye saati"
    ]
    token = world.open(mine.receipt)[0]["Authorization"].removeprefix("Bearer ")
    world.wait(minutes=14)
    longer = world.public.post(PAGE, data={"token": token, "language": "tr"})
    world.wait(minutes=14)
    assert world.public.post(PAGE, data=hidden(longer.text)).status_code == 200


@pytest.mark.parametrize(("asked", "track"), [("tr-TR,tr;q=0.9", "/tr/takip/"), ("de,en;q=0.5", "/en/track/")])
@pytest.mark.parametrize("form", [PAGE, "/api/public/complaints/form"])
def test_the_address_of_an_answer_leads_to_the_question_for_the_code(
    world: World, form: str, asked: str, track: str
) -> None:
    answer = world.public.get(form, headers={"accept-language": asked}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"https://site.example{track}")


def hidden(page: str) -> dict[str, str]:
    """What the first form of a page sends along."""
    form = page.split("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form)}


# --- letters of the second stage -------------------------------------------------------------------------------------


def test_letters_of_a_review_are_told_apart_from_those_before(world: World, case: Made) -> None:
    again = EXPLAIN.model_copy(update={"effect": "confirmed"})
    reviewed = case().after(*AGAIN)
    world.settle()
    reviewed.does("ask_review", "Başkası baksın.")
    reviewed.after((REVIEWER, again), (OTHER_LEAD, APPROVE))
    world.settle()
    letters = [one for one in reviewed.seen()["entries"] if one["kind"] == "letter"]
    assert [(one["letter"], one["stage"]) for one in letters] == [
        ("decision", 2), ("acknowledgement", 2), ("decision", 1), ("acknowledgement", 1),
    ]  # fmt: skip
    named = re.findall(r"<h3>Bizden: (.*?)</h3>", reviewed.page())
    assert named == ["yanıtımız (üst inceleme)", "alındı bildirimi (üst inceleme)", "yanıtımız", "alındı bildirimi"]

    shown = world.case(DESK_HANDLER, reviewed.reference)
    assert sorted((one["kind"], one["stage"]) for one in shown["letters"]) == [
        ("acknowledgement", 1), ("acknowledgement", 2), ("decision", 1), ("decision", 2),
    ]  # fmt: skip
    decided = [one["stage"] for one in shown["timeline"] if one["type"] == "ComplaintDecided"]
    assert decided == [2, 1]  # the newest first
