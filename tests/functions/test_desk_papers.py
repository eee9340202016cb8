"""The papers that an auditor asks for: what stands on them in each state, in both languages, and who may have them."""

import base64
import hashlib
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest
from mangum import Mangum
from pypdf import PdfReader

from adapters.evidence import FileState
from adapters.letters import terms
from adapters.paper import Row, Section
from adapters.render import reference as grouped
from complaints import commands as c
from complaints import events as e
from complaints.assessment import Assessment, priority
from complaints.complaint import (
    Backdating,
    Cause,
    Channel,
    CloseReason,
    Complaint,
    Datum,
    Finding,
    Format,
    Language,
    LetterKind,
    PauseCategory,
    Promise,
    Remedy,
    State,
    TaskKind,
)
from complaints.roles import Role, staff
from complaints.rules import Organisation, Tell
from desk.printed import PAPERS, shortened, words
from desk.views import LetterShown
from tests.builders import COMPLAINANT, SYSTEM
from tests.builders import HANDLER as HANDLER_WHO_WORKS
from tests.builders import LEAD as LEAD_WHO_DECIDED
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, TUE_3_MAR, TUE_17_MAR, at
from tests.evidence import PDF
from tests.functions.test_evidence import upload
from tests.journeys.steps import APPROVAL, ASSESSMENT, EXPLANATION, PROPOSAL
from tests.ways import (
    AFTER_NOTICE,
    BY_LAWYER,
    BY_PHONE,
    CLOSED,
    DECIDED,
    DECLINED,
    DISPUTED,
    END,
    NAMELESS,
    NO_MORE,
    NOTICE_ARRIVED,
    OUTSIDE,
    PATHS,
    REMEDYING,
    TASK,
    TIME,
    TRIES,
    UNREACHED,
    VERIFY,
    WITHDRAW,
)
from tests.world import ADMINISTRATOR, AUDITOR, FRONT_LINE, HANDLER, LEAD, World

FUNCTIONS = Path(__file__).parents[2] / "functions"
LANGUAGES: tuple[Language, ...] = get_args(Language)
STATES = ("received", "assessed", "investigating", "deciding", "decided", "remedying", "closed")
WISH = "Yenisiyle değiştirilmesini istiyorum."

Refused = Callable[..., dict[str, Any]]


def get(world: World, reference: str, paper: str = "follow-up", language: str = "tr", sub: str = AUDITOR) -> Any:
    return world.staff(sub).get(f"/api/desk/complaints/{reference}/papers/{paper}?language={language}")


def text(world: World, reference: str, paper: str = "follow-up", language: str = "tr", sub: str = AUDITOR) -> str:
    """The words of a paper, with one space between any two."""
    answer = get(world, reference, paper, language, sub)
    assert answer.status_code == 200, answer.text
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def filed(world: World, state: str = "received", **changes: Any) -> str:
    """A complaint that has come as far as this."""
    receipt = world.submit(wish=WISH, happened_on="2026-02-20", **changes)
    reference: str = receipt["reference"]
    world.settle()

    def accept() -> None:
        headers, _ = world.open(receipt)
        world.public.post("/api/public/track/acts/accept", json={}, headers=headers)
        world.settle()

    def put_right() -> None:
        world.finishes(HANDLER, reference, "remedy-1")
        world.move(LEAD, reference, "verify", {"words": "Yeni fırın 12 Mart'ta takıldı."})

    steps: tuple[Callable[[], object], ...] = (
        lambda: world.move(HANDLER, reference, "assess", ASSESSMENT),
        lambda: world.move(HANDLER, reference, "investigate", {"owner": HANDLER}),
        lambda: world.move(HANDLER, reference, "propose", PROPOSAL),
        lambda: world.move(LEAD, reference, "approve", APPROVAL),
        accept,
        put_right,
    )
    for day, step in zip((TUE_3_MAR,) * 2 + (MON_9_MAR,) * 4, steps[: STATES.index(state)], strict=False):
        world.now = at(day)
        step()
    assert world.case(AUDITOR, reference)["state"] == state
    return reference


def lived(world: World, *steps: tuple[Any, ...], **told: Any) -> str:
    """A complaint after steps (person, command, moment): without a moment, when the world is now."""
    reference = str(world.submit(**told)["reference"])
    for person, ask, *when in steps:
        world.now = max([world.now, *when])
        world.table.change(reference, ask, person, world.now)
    return reference


def added(world: World, receipt: dict[str, Any], name: str) -> str:
    """A file of the complainant that has arrived; its id."""
    headers, _ = world.open(receipt)
    slot = {"id": world.key(), "name": name, "size": len(PDF), "type": "application/pdf"}
    given = world.public.post("/api/public/track/files", json=slot, headers=headers).json()
    upload(given, PDF)
    done = world.public.post(f"/api/public/track/files/{given['id']}/finish", json={}, headers=headers)
    assert done.status_code == 200, done.text
    return str(given["id"])


@pytest.fixture
def reference(world: World) -> str:
    return str(world.submit()["reference"])


# --- the paper as a document -----------------------------------------------------------------------------------------


def test_a_paper_is_a_pdf_to_keep(world: World, reference: str) -> None:
    answer = get(world, reference, "case-file", "en")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="case-file-{reference}-v1-en.pdf"'
    assert answer.headers["cache-control"] == "no-store"


def test_it_says_which_document_it_is_in_which_revision_and_of_which_day(world: World) -> None:
    reference = filed(world, "assessed")
    shown = text(world, reference)
    assert f"Doküman no F-10.2/{grouped(reference)} Revizyon 3 Tarih 3 Mart 2026" in shown
    assert f"F-10.2/{grouped(reference)} · Revizyon 3 · 3 Mart 2026 · Sayfa 1 / " in shown
    assert f"Document no. F-10.3/{grouped(reference)}" in text(world, reference, "case-file", "en")


def test_its_day_is_the_organisations_own(world: World, reference: str) -> None:
    world.now = at(MON_2_MAR, 20, 30)  # UTC; half past eleven in the evening in Istanbul
    assert "Revizyon 1 Tarih 2 Mart 2026" in text(world, reference)
    world.wait(hours=1)
    assert "Revizyon 1 Tarih 3 Mart 2026" in text(world, reference)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_there_is_room_to_sign(world: World, reference: str, paper: str, language: Language) -> None:
    w, shown = words(language)["document"], text(world, reference, paper, language)
    lines = f"{w['name']} {w['day']} {w['signature']}"
    assert all(f"{w[who]} {lines}" in shown for who in ("prepared", "checked", "approved"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", State)
def test_every_state_prints_with_all_sections_of_the_standards_form(
    world: World, state: State, language: Language
) -> None:
    reference = lived(world, *PATHS[state])
    shown = text(world, reference, "follow-up", language)
    titles = list(words(language)["sections"].values())
    assert [title.partition(".")[0] for title in titles] == [str(n) for n in range(1, 11)]
    places = [shown.index(title) for title in titles]
    assert places == sorted(places)
    w = words(language)
    standing = w["standing"]["complainant"] if state == State.WAITING else w["states"][state]
    assert f"{w['labels']['state']} {standing}" in shown
    file = text(world, reference, "case-file", language)
    assert all(title in file for title in words(language)["parts"].values())


CLOSINGS: dict[CloseReason, tuple[tuple[Any, ...], dict[str, Any]]] = {
    CloseReason.ACCEPTED: (CLOSED, {}),
    CloseReason.REMEDY_VERIFIED: ((*REMEDYING, (COMPLAINANT, VERIFY)), {}),
    CloseReason.NO_REPLY_AFTER_NOTICE: ((*NOTICE_ARRIVED, (SYSTEM, TIME, AFTER_NOTICE)), {}),
    CloseReason.OPTIONS_EXHAUSTED: ((*DISPUTED, (LEAD_WHO_DECIDED, NO_MORE)), {}),
    CloseReason.EXTERNAL_DECIDED: ((*DECIDED, (LEAD_WHO_DECIDED, OUTSIDE), (LEAD_WHO_DECIDED, END)), {}),
    CloseReason.UNCONTACTABLE: ((*DECIDED, *TRIES, (LEAD_WHO_DECIDED, UNREACHED, at(TUE_17_MAR))), BY_PHONE),
    CloseReason.ANONYMOUS_COMPLETED: ((*DECIDED, (LEAD_WHO_DECIDED, c.CloseAnonymous())), NAMELESS),
    CloseReason.WITHDRAWN: (((COMPLAINANT, WITHDRAW),), {}),
    CloseReason.OUT_OF_SCOPE: (DECLINED, {}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", CLOSINGS)
def test_every_closing_reason_prints(world: World, reason: CloseReason, language: Language) -> None:
    steps, told = CLOSINGS[reason]
    shown = text(world, lived(world, *steps, **told), "case-file", language)
    assert f"{words(language)['states']['closed']}: {words(language)['closed'][reason]}" in shown


def test_whoever_merges_finds_each_of_the_two_on_the_paper_of_the_other(world: World) -> None:
    into, reference = world.submit()["reference"], world.submit()["reference"]
    ask, request = c.Merge(into=into, words="Aynı konu."), world.key()
    world.table.merge(reference, ask, LEAD_WHO_DECIDED, world.now, version=1, request=request)
    shown = text(world, reference)
    assert "Durum Kapatıldı: birleştirildi" in shown
    assert f"Devam ettiği dosya {grouped(into)}" in shown
    assert f"İçine alınan dosyalar {grouped(reference)}" in text(world, into)
    assert set(CLOSINGS) | {CloseReason.MERGED} == set(CloseReason)


def test_the_gateway_gets_it_as_base64(world: World, reference: str) -> None:
    """Lambda answers in JSON, so what is no text has to be wrapped; the gateway unwraps it again."""
    claims = {"sub": AUDITOR, "cognito:groups": "[auditor]", "token_use": "access"}
    path = f"/api/desk/complaints/{reference}/papers/follow-up"
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "language=tr",
        "headers": {"host": "site.example"},
        "requestContext": {
            "http": {"method": "GET", "path": path, "sourceIp": "192.0.2.1", "protocol": "HTTP/1.1"},
            "authorizer": {"jwt": {"claims": claims}},
        },
        "isBase64Encoded": False,
    }
    answer = Mangum(world._desk, lifespan="off")(event, None)  # type: ignore[arg-type]
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (200, True)
    assert base64.b64decode(answer["body"]).startswith(b"%PDF-")


# --- what stands on it -----------------------------------------------------------------------------------------------


def test_the_follow_up_form_tells_the_whole_life(world: World) -> None:
    shown = text(world, filed(world, "closed"))
    for told in (
        "Alındığı tarih 2 Mart 2026 13.00",
        "Ad soyad veya kuruluş Nermin Çağlayangil",
        "Fırının camı çalışırken patladı. Servis üç haftadır gelmiyor.",
        "Konu 2 Hizmet kalitesi düşük Servis gelmedi",
        "Önem derecesi 2, orta",
        f"İstenen çözüm {WISH}",
        "Çözüm Ürün değişimi · son tarih 20 Mart 2026",
        "Alındığı bildirildi 2 Mart 2026 13.00",
        "Düzeltme doğrulandı 9 Mart 2026 13.00 Rıza Öğütçü",
        "Geçici neden Üretim veya teslimat",
        "Durum Kapatıldı: çözüm doğrulandı",
    ):
        assert told in shown


def test_what_nobody_recorded_is_left_to_be_filled_in(world: World) -> None:
    shown = text(world, filed(world, "closed"))
    labels = words("tr")["labels"]
    for label in ("systemic", "earlier", "action", "representative"):
        assert f"{labels[label]} —" in shown
    for label in (
        "cause_confirmed",
        "cause_by",
        "nature",
        "method",
        "verified",
        "referred_by",
        "segment",
    ):
        assert f"{labels[label]} elle doldurulur" in shown


def test_what_the_same_person_complained_of_before_is_named_to_whoever_may_know_of_it(world: World) -> None:
    one, other = (world.submit(email="tekrar@example.com")["reference"] for _ in range(2))
    world.now = at(TUE_3_MAR)
    now = filed(world, email="tekrar@example.com")
    world.move(LEAD, other, "restrict", {"confidential": True, "members": [], "words": "Basın izliyor."})
    named = f"{grouped(one)} · 2 Mart 2026 · Alındı"
    assert f"Önceki şikâyetleri {named}" in text(world, now, sub=HANDLER)
    assert grouped(other) not in text(world, now, sub=HANDLER)
    assert grouped(now) not in text(world, one, sub=HANDLER)  # it came later
    world.hire("sub-top", "top-management", "Orhan Bey")
    assert grouped(one) not in text(world, now, sub="sub-top")  # who complained is none of their business


def test_a_decision_that_has_not_been_made_is_not_on_paper(world: World) -> None:
    shown = text(world, filed(world, "assessed"))
    assert "Haklı" not in shown
    assert "Geçici neden —" in shown
    assert "Bilgi verildi — — —" in shown


def test_the_case_file_tells_what_happened_in_order(world: World) -> None:
    shown = text(world, filed(world, "closed"), "case-file", "en")
    chronology = shown[shown.index("Chronology") :]
    events = ["Complaint received", "Assessed", "Investigation started", "Decision proposed", "Decision approved"]
    places = [chronology.index(event) for event in events]
    assert places == sorted(places)
    assert "Işıl Tütüncüoğlu · P3, because the severity is moderate" in chronology
    assert "Remedy verified Rıza Öğütçü · point 1 Yeni fırın 12 Mart'ta takıldı." in chronology
    assert "Decision letter sent" in chronology


def test_the_case_file_says_how_every_date_came_about(world: World) -> None:
    shown = text(world, filed(world, "closed"), "case-file", "en")
    assert "Answer, point 2 Due on 31 March 2026. Done on 9 March 2026 13:00, in time." in shown
    assert "received Mon 2 Mar 2026, 20 working days, 20 Mar not counted, ISO-BASE v1 → Tue 31 Mar 2026" in shown
    assert "Taking it up (our own target) Target 5 March 2026." in shown


def test_a_promise_that_was_not_kept_says_so(world: World, reference: str) -> None:
    world.wind(at(MON_9_MAR, 18))
    world.wait(days=60)
    assert "Son tarih 31 Mart 2026. Süresi geçti." in text(world, reference, "case-file")


def test_the_case_file_holds_messages_notes_and_files(world: World, reference: str) -> None:
    for path, said in (("notes", "Servis müdürüyle görüştüm."), ("messages", "Fotoğrafı ekler misiniz?")):
        body = {"id": world.key(), "words": said}
        assert world.staff(HANDLER).post(f"/api/desk/complaints/{reference}/{path}", json=body).status_code == 201
    shown = text(world, reference, "case-file")
    assert "Mesajlar 2 Mart 2026 13.00 Işıl Tütüncüoğlu Fotoğrafı ekler misiniz?" in shown
    assert "İç notlar 2 Mart 2026 13.00 Işıl Tütüncüoğlu Servis müdürüyle görüştüm." in shown
    assert "Ek dosyalar Kayıt yok" in shown


def test_a_file_is_listed_with_its_hash_and_who_added_it(world: World) -> None:
    receipt = world.submit()
    file = added(world, receipt, "cam kırığı 😡.pdf")
    proof = hashlib.sha256(PDF).hexdigest()
    said = f"{len(PDF) // 1000 or 1} kB · zararlı yazılım taraması yapılmadı · ekleyen: Başvuru sahibi SHA-256 {proof}"
    assert f"cam kırığı ◊.pdf {said}" in text(world, receipt["reference"], "case-file")
    assert file


def test_a_file_that_never_arrived_has_no_hash(world: World) -> None:
    receipt = world.submit()
    slot = {"id": world.key(), "name": "cam.jpg", "size": 214_000, "type": "image/jpeg"}
    world.public.post("/api/public/track/files", json=slot, headers=world.open(receipt)[0])
    shown = text(world, receipt["reference"], "case-file")
    assert "cam.jpg 214 kB · yükleme tamamlanmadı · ekleyen: Başvuru sahibi SHA-256 —" in shown


def test_a_complaint_that_came_back_logs_its_new_life(world: World) -> None:
    reference = filed(world, "closed")
    world.move(LEAD, reference, "reopen", {"words": "Yine kırıldı."})
    shown = text(world, reference)
    log = shown[shown.index("8. Şikâyetin takibi") : shown.index("9. Neden")]
    assert "Kapatıldı — — —" in log
    assert "Kaç kez açıldı 2" in shown
    assert "Kapatıldı Rıza Öğütçü · çözüm doğrulandı" in text(world, reference, "case-file")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("tr", "Dış merci Tüketici Hakem Heyeti"),
        ("en", "Outside body Tüketici Hakem Heyeti (Consumer Arbitration Committee)"),
    ],
)
def test_the_outside_bodies_are_named_with_the_day_on_which_they_were_told(
    world: World, language: str, told: str
) -> None:
    world.rulebook.settle(Organisation(packs=("TR-TUKETICI",)), "Yönetim kararı.", ADMINISTRATOR, world.now, after=0)
    shown = text(world, filed(world, "decided"), "follow-up", language)
    assert told in shown
    assert ("Bildirildiği gün 9 Mart 2026" if language == "tr" else "Told on 9 March 2026") in shown


def test_ten_thousand_characters_are_printed_to_the_last(world: World) -> None:
    said = " ".join(f"kelime{number:04d}" for number in range(900)) + "." * 100
    shown = text(world, filed(world, what_happened=said))
    assert all(f"kelime{number:04d}" in shown for number in range(900))


def test_what_is_too_much_to_draw_in_time_is_not_hidden() -> None:
    given = (Row("a", wrote="x" * 60), Row("b", "Söylenen", "y" * 50), Row("c", wrote="z" * 40))
    rows = next(iter(shortened((Section("", given),), "({count} karakter)", room=100))).lines
    assert rows == (given[0], Row("b", "Söylenen\n(50 karakter)"), given[2])


# --- a complaint in which everything happened ------------------------------------------------------------------------

REVIEWER, SECOND_LEAD, SELLER, COUSIN = "sub-reviewer", "sub-second-lead", "sub-seller", "sub-cousin"
NAMES = {REVIEWER: "Tuğrul Sözüer", SECOND_LEAD: "Gülşah Erçetin", SELLER: "Metin Karabulut", COUSIN: "Sevil Tan"}
FROM = {
    HANDLER: Role.HANDLER,
    LEAD: Role.LEAD,
    REVIEWER: Role.REVIEWER,
    SECOND_LEAD: Role.LEAD,
    COUSIN: Role.HANDLER,
}
ENTERED: dict[str, Any] = {
    "language": "tr",
    "about": "Ankastre fırın",
    "what_happened": "Fırının camı çalışırken patladı. Servis üç haftadır gelmiyor.",
    "happened_on": "2026-02-20",
    "told_before": "yes",
    "told_reference": "SRV-2026-118",
    "order_number": "CN-48213",
    "wish": WISH,
    "wants": ["replacement", "apology"],
    "wish_amount": "1250.50",
    "value": "18900",
    "currency": "TRY",
    "safety_risk": True,
    "elsewhere": True,
    "elsewhere_where": "CİMER",
    "name": "Nermin Çağlayangil",
    "organisation": "Çağlayangil Fırıncılık",
    "email": "nermin@example.com",
    "phone": "0532 000 00 00",
    "address": "Lale Sok. 4, Kadıköy, İstanbul",
    "representative": {"name": "Av. Kerem Tan", "capacity": "vekil", "email": "kerem@example.com", "phone": None},
    "contact": "representative",
    "customer": "current",
    "life_stage": "after_sales",
    "branch": "Kadıköy mağazası",
    "staff_involved": "Satıcı Metin Bey",
    "others_affected": 3,
    "formats": ["large_print"],
    "support_needs": "Yazıları küçük okuyamıyor.",
    "channel": "cimer",
    "received_at": "2026-02-26T09:00:00Z",
    "backdated": "delayed",
    "backdating_reason": "CİMER yazısı dün ulaştı.",
    "outside_reference": "CİMER-2026-77",
    "answer_by": "2026-03-13",
    "immediate_action": "Fırının kullanılmaması söylendi.",
}


def hired(world: World, sub: str, name: str) -> None:
    told = {"email": f"{sub}@cinaralti.example", "roles": [], "language": "tr", "active": True}
    world.items.put({"PK": "STAFF", "SK": sub, "name": name, **told})


def everything(world: World) -> str:
    """Somebody acts for a firm against a seller; two stages, an outside body, and what each of the staff did."""
    for sub, name in NAMES.items():
        hired(world, sub, name)
    headers = {"Idempotency-Key": world.key()}
    answer = world.staff(FRONT_LINE).post("/api/desk/complaints", json=ENTERED, headers=headers)
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    reference = str(receipt["reference"])
    file = added(world, receipt, "fatura.pdf")

    def then(sub: str, ask: c.Command) -> None:
        world.table.change(reference, ask, staff(sub, frozenset({FROM[sub]})), world.now)
        world.settle()

    found = {**ASSESSMENT, "vulnerable": True, "repeat": True, "compensation_likely": True, "watched": True}
    then(LEAD, c.NameStaff(staff=(SELLER,), words="Başvuruda adı geçiyor."))
    then(HANDLER, c.Assess.model_validate(found))
    then(HANDLER, c.CheckAuthority(granted=True, words="Vekâletname görüldü."))
    then(LEAD, c.Investigate(owner=HANDLER))
    then(COUSIN, c.DeclareConflict(words="Satıcının kuzeniyim."))
    members = (HANDLER, LEAD, REVIEWER, SECOND_LEAD, AUDITOR)
    then(LEAD, c.Restrict(confidential=True, members=members, words="Çalışan hakkında."))
    then(HANDLER, c.PlanInvestigation(words="Cam ve servis kayıtları incelenecek."))
    then(HANDLER, c.RecordAction(words="Geçici fırın teslim edildi."))
    world.now = at(TUE_3_MAR)
    then(HANDLER, c.RecordEvidence(kind="document", words="Fatura garanti süresinde.", file=UUID(file)))
    then(HANDLER, c.RecordEvidence(kind="inspection", words="Cam içeriden kırılmış."))
    then(HANDLER, c.AskColleague(whom=LEAD, words="Üretim kaydı var mı?", due_on=FRI_6_MAR))
    kept = world.table.load(reference)
    assert kept
    asked = next(task.id for task in kept.tasks if task.kind == "contribution")
    then(LEAD, c.FinishTask(task=asked, words="O partide beş cam kırıldı."))
    then(HANDLER, c.HearStaff(who=SELLER, told_on=TUE_3_MAR, answer="Teslimde cam sağlamdı."))
    then(HANDLER, c.LinkSystemic(case="SIS-2026-4", words="Aynı cam partisi."))
    then(HANDLER, c.PromiseDate(words="Cuma günü arayacağız.", due_on=FRI_6_MAR))
    then(HANDLER, c.Propose.model_validate(EXPLANATION))
    world.now = at(MON_9_MAR)
    then(LEAD, c.Approve(no_conflict=True))
    then(HANDLER, c.AskReview(medium="phone", words="Başka biri baksın."))
    others = {"words": "Aynı partiyi alan 40 kişi.", "due_on": "2026-03-20"}
    then(REVIEWER, c.Propose.model_validate({**PROPOSAL, "effect": "reversed", "others": others}))
    then(SECOND_LEAD, c.Approve(no_conflict=True))
    then(HANDLER, c.Accept(medium="phone"))
    then(HANDLER, c.FinishTask(task="remedy-1", words="Yeni fırın takıldı."))
    opened = {"body": "Kadıköy Tüketici Hakem Heyeti", "their_reference": "THH-2026-9", "told_by": "body"}
    then(HANDLER, c.RecordExternal.model_validate({**opened, "answer_by": "2026-03-17", "words": "Dosya istendi."}))
    passed = {"to": "Kadıköy Tüketici Hakem Heyeti", "words": "Dosyanın tamamı.", "basis": "law"}
    then(HANDLER, c.Disclose.model_validate({**passed, "provision": "6502 sayılı Kanun m. 68"}))
    consent = {"basis": "consent", "medium": "phone", "consented_on": "2026-03-09"}
    then(HANDLER, c.Disclose.model_validate({"to": "Cam Ustası", "words": "Seri numarası.", **consent}))
    then(HANDLER, c.WithdrawConsent.model_validate({"medium": "email", "on": "2026-03-09", "words": "Vazgeçti."}))
    end = {"outcome": "agreed_with_us", "then": "end", "words": "Karar geldi.", "document": file}
    then(LEAD, c.RecordExternalOutcome.model_validate(end))
    return reference


def test_the_follow_up_form_of_a_complaint_in_which_everything_happened(world: World) -> None:
    shown = text(world, everything(world))
    for told in (
        "Geç kaydın nedeni Postada veya başka bir birimde bekledi CİMER yazısı dün ulaştı.",
        "Alan kişi Çağrı Küçükşahin",
        "Başkası adına kayıt Evet, çalışan başvuru sahibi adına kaydetti Evet, temsilci başvuru sahibi adına yaptı",
        "Merciin dosya numarası CİMER-2026-77",
        "son gün 13 Mart 2026",
        "Başvuran Kuruluş",
        "Nermin Çağlayangil Çağlayangil Fırıncılık",
        "Müşteri mevcut",
        "Adres Lale Sok. 4, Kadıköy, İstanbul",
        "İhtiyaçlar Rolünüze gösterilmez",
        "Destek ihtiyacı Rolünüze gösterilmez",
        "Temsilci Av. Kerem Tan, vekil, kerem@example.com",
        "Yetki belgesi Yetkisi doğrulandı · 2 Mart 2026 13.00 · Işıl Tütüncüoğlu",
        "Kademe İkinci kademe (üst inceleme)",
        "Gizlilik sınıfı Gizli, yalnızca belirtilen kişiler",
        "İmha yasağı Evet",
        "Tekrarlayan sorun Evet",
        "Bize daha önce bildirdi Evet · SRV-2026-118",
        "Tazminat olasılığı Tazminat olası",
        "Basın veya düzenleyici kurum izliyor",
        "Yapılan işlem Fırının kullanılmaması söylendi. İşlemi yapan Çağrı Küçükşahin",
        "Yapılan işlem Geçici fırın teslim edildi. İşlemi yapan Işıl Tütüncüoğlu",
        "İstenen tutar 1.250,50 TL",
        "İlk karara etkisi Tümüyle değişiyor",
        "Düzeltme 9 Mart 2026 13.00 Işıl Tütüncüoğlu Çözümü uygulama Düzeltme doğrulandı — — —",
        "20 Mart 2026 9 Mart 2026 Işıl Tütüncüoğlu —",  # done, and not verified by another person
        "Düzeltici faaliyet gereği Evet Kalıp aşınmış.",
        "Düzeltici faaliyet Kalıplar her altı ayda bir ölçülecek.",
        "Etkilenen diğer kişilere çözüm önerisi son tarih 20 Mart 2026 Aynı partiyi alan 40 kişi.",
        "Sistemik dosya SIS-2026-4",
        "İkinci kademe inceleme 9 Mart 2026 13.00 · telefonla",
        "Kadıköy Tüketici Hakem Heyeti 9 Mart 2026 13.00 · merciin numarası THH-2026-9",
        "haber veren: merciin kendisi · yanıtımız için son gün 17 Mart 2026",
        "Merciin sonucu 9 Mart 2026 13.00 · Bizimle aynı sonuca vardı · konu orada biter",
        "ek dosya: fatura.pdf Karar geldi.",
    ):
        assert told in shown


def test_the_case_file_of_a_complaint_in_which_everything_happened(world: World) -> None:
    shown = text(world, everything(world), "case-file", "en")
    for told in (
        "Staff complained about Metin Karabulut heard on 3 March 2026",
        "Sevil Tan",
        "Members Gülşah Erçetin Işıl Tütüncüoğlu İpek Zülfikaroğlu Rıza Öğütçü",  # by the Turkish alphabet
        "about: Metin Karabulut · told on 3 March 2026 Teslimde cam sağlamdı.",
        "Investigation planned Işıl Tütüncüoğlu Cam ve servis kayıtları incelenecek.",
        "Evidence recorded Işıl Tütüncüoğlu · document · file: fatura.pdf Fatura garanti süresinde.",
        "Contribution of a colleague · asked of Rıza Öğütçü · by 6 March 2026 Üretim kaydı var mı?",
        "Task done Rıza Öğütçü · Contribution of a colleague O partide beş cam kırıldı.",
        "Promised to the complainant by 6 March 2026 Cuma günü arayacağız.",
        "Offer the remedy to others affected by 20 March 2026 Aynı partiyi alan 40 kişi.",
        "Second stage asked for Işıl Tütüncüoğlu · by telephone Başka biri baksın.",
        "the law · to: Kadıköy Tüketici Hakem Heyeti · 6502 sayılı Kanun m. 68 Dosyanın tamamı.",
        "the complainant’s consent · by telephone · to: Cam Ustası · on 9 March 2026 Seri numarası.",
        "Consent to pass things on withdrawn Işıl Tütüncüoğlu · by e-mail · on 9 March 2026 Vazgeçti.",
        "Reversed · Point 1: Upheld · Point 2: Not upheld",
    ):
        assert told in shown


def test_what_could_not_be_delivered_is_told_with_every_try(world: World) -> None:
    posted = c.RecordAttempt(task=TASK, medium="letter", posted=True, tracking_number="RR123456789TR")
    reference = lived(world, *DECIDED, *TRIES, (HANDLER_WHO_WORKS, posted, at(TUE_17_MAR)), **BY_PHONE)
    shown = text(world, reference, "case-file", "en")
    post = shown[shown.index("Post and tries to reach the complainant") :]
    assert "Not reached A member of staff · by telephone" in post
    assert "Sent by post A member of staff · Decision letter · tracking number RR123456789TR" in post
    assert "Ulaşma denemeleri 3 Mart 2026 13.00 · telefonla 9 Mart" in text(world, reference)


def test_a_final_notice_is_told_with_the_day_on_which_it_arrived(world: World) -> None:
    reference = lived(world, *NOTICE_ARRIVED)
    assert "Son bildirim 1 Nisan 2026 13.00 · ulaştı, 2 Nisan 2026 13.00" in text(world, reference)


def test_somebody_without_a_name_is_called_so(world: World) -> None:
    assert "Başvuran İsimsiz Ad soyad veya kuruluş —" in text(world, lived(world, **NAMELESS))


def test_whether_a_representative_may_act_is_told_before_and_after_somebody_looked(world: World) -> None:
    reference = lived(world, **BY_LAWYER)
    assert "Yetki belgesi Yetkisi henüz denetlenmedi" in text(world, reference)
    refusal = c.CheckAuthority(granted=False, words="Vekâletname yok.")
    world.table.change(reference, refusal, HANDLER_WHO_WORKS, world.now)
    assert "Yetkisi kabul edilmedi: kendisine bir şey gönderilmez · 2 Mart 2026" in text(world, reference)


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_whose_role_does_not_need_to_know_who_complained_gets_a_paper_without_it(world: World, paper: str) -> None:
    told = {**BY_LAWYER, "address": "Lale Sok. 4", "organisation": "Çağlayangil Fırıncılık", "support_needs": "Braille"}
    reference = lived(world, **told)
    world.hire("sub-top", "top-management", "Orhan Bey")
    shown = text(world, reference, paper, "tr", "sub-top")
    assert "Başvuru sahibi Rolünüze gösterilmez" in shown
    known = text(world, reference, paper)
    for secret in ("Çağlayangil", "nermin@example.com", "Lale Sok. 4", "Kerem Tan", "kerem@example.com"):
        assert secret in known
        assert secret not in shown
    assert "Braille" not in shown


def test_an_administrator_gets_no_paper(world: World, reference: str, refused: Refused) -> None:
    refused(get(world, reference, sub=ADMINISTRATOR), 403, "not-allowed")


@pytest.mark.parametrize(
    "path", ["AAAAAAAAAAA/papers/follow-up", "..%2F/papers/follow-up", "{reference}/papers/invoice"]
)
def test_there_are_no_other_papers(world: World, reference: str, refused: Refused, path: str) -> None:
    answer = world.staff(AUDITOR).get(f"/api/desk/complaints/{path.format(reference=reference)}?language=tr")
    refused(answer, 404, "not-found")


@pytest.mark.parametrize("query", ["", "?language=de", "?language="])
def test_a_paper_is_in_one_of_two_languages(world: World, reference: str, refused: Refused, query: str) -> None:
    refused(world.staff(AUDITOR).get(f"/api/desk/complaints/{reference}/papers/follow-up{query}"), 422, "validation")


def test_a_complaint_whose_words_were_erased_has_no_paper(world: World, reference: str, refused: Refused) -> None:
    assert world.table._keys
    world.table._keys.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})
    refused(get(world, reference), 410, "unreadable")


def test_whoever_prints_nothing_does_not_load_what_draws() -> None:
    code = "import sys, desk.app; print([name for name in ('fpdf', 'fontTools', 'PIL') if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], cwd=FUNCTIONS, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


# --- words -----------------------------------------------------------------------------------------------------------


def leaves(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def places(said: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(said) if name}


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    turkish, english = (dict(leaves(words(language))) for language in LANGUAGES)
    assert {key: places(said) for key, said in turkish.items()} == {key: places(said) for key, said in english.items()}
    assert all(said.strip() for said in (*turkish.values(), *english.values()))


CODES: dict[str, set[str]] = {
    "states": set(State),
    "closed": set(CloseReason),
    "channels": set(get_args(Channel)),
    "backdatings": set(get_args(Backdating)),
    "languages": set(LANGUAGES),
    "told": set(get_args(e.Account.model_fields["told_before"].annotation)),
    "severities": {str(n) for n in range(1, 5)},
    "complexities": {str(n) for n in range(1, 4)},
    "safeties": set(get_args(Assessment.model_fields["safety"].annotation)),
    "impacts": set(get_args(Assessment.model_fields["impact"].annotation)),
    "findings": set(Finding),
    "causes": set(Cause),
    "media": set(get_args(e.Medium)),
    "pauses": set(get_args(PauseCategory)),
    "tells": set(get_args(Tell)),
    "reasons": {
        priority(Assessment(severity=severity, safety=safety, complexity=complexity, impact=impact, **more))[1]  # type: ignore[arg-type]
        for severity in range(1, 5)
        for safety in ("none", "possible", "actual")
        for complexity in range(1, 4)
        for impact in ("one", "several", "many")
        for bears in ({}, {"action_needed": True}, {"vulnerable": True}, {"repeat": True})
        for more in ({"action_needed": False, "action_possible": True} | bears,)
    },
    "kinds": set(get_args(LetterKind)),
    "letter_states": set(get_args(LetterShown.model_fields["state"].annotation)),
    "file_states": {*get_args(FileState), "incomplete"},
    "task_kinds": set(get_args(TaskKind)),
    "stages": {str(stage) for stage in get_args(Complaint.model_fields["stage"].annotation)},
    "standing": {*get_args(get_args(Complaint.model_fields["waiting_for"].annotation)[0]), "declining"},
    "waiting_for": set(get_args(e.InformationAsked.model_fields["of"].annotation)),
    "contacts": set(get_args(e.Account.model_fields["contact"].annotation)),
    "authority": set(get_args(get_args(Complaint.model_fields["authority"].annotation)[0])),
    "customers": set(get_args(e.CustomerType)),
    "life_stages": set(get_args(e.LifeStage)),
    "formats": set(get_args(Format)),
    "modifiers": {"vulnerable", "repeat", "watched"},
    "declines": set(get_args(e.DeclineReason)),
    "data": set(get_args(Datum)),
    "evidence_kinds": set(get_args(e.EvidenceKind)),
    "external_outcomes": set(get_args(e.ExternalOutcome)),
    "thens": set(get_args(e.ExternalDecided.model_fields["then"].annotation)),
    "effects": set(get_args(e.ReviewEffect)),
    "bases": set(get_args(c.Disclose.model_fields["basis"].annotation)),
    "told_by": set(get_args(e.ExternalOpened.model_fields["told_by"].annotation)),
    "events": {
        get_args(one.model_fields["type"].annotation)[0]
        for one in (*e.Event.__subclasses__(), e.NoteWritten, e.MessageWritten, *e.OfAccess.__subclasses__())
    },
}


@pytest.mark.parametrize("table", CODES)
def test_every_code_of_the_core_has_a_word(table: str) -> None:
    assert set(words("tr")[table]) == CODES[table]


@pytest.mark.parametrize("language", LANGUAGES)
def test_remedies_and_promises_are_called_what_letters_call_them(language: Language) -> None:
    assert set(terms(language)["remedies"]) == set(Remedy)
    assert set(terms(language)["promises"]) == set(get_args(Promise))
