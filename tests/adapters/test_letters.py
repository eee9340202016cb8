"""What a letter must say, must never say, and that both languages and both forms say the same."""

import re
import tomllib
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from jinja2 import UndefinedError, meta

from adapters import letters
from complaints import events as e
from complaints.commands import ProposedRemedy
from complaints.complaint import (
    UNANSWERED,
    CloseReason,
    Datum,
    Finding,
    Language,
    LetterKind,
    Outcome,
    Promise,
    Remedy,
    State,
)
from complaints.contrast import accent
from complaints.framework import reached_by
from complaints.language import spelled
from complaints.packs import Part

KINDS: tuple[LetterKind, ...] = get_args(LetterKind)
LANGUAGES: tuple[Language, ...] = get_args(Language)
EFFECTS, OUTCOMES, DATA = get_args(e.ReviewEffect), get_args(Outcome), get_args(Datum)
DECLINES = get_args(e.DeclineReason)

monday_16_nov = date(2026, 11, 16)
monday_30_nov = date(2026, 11, 30)
monday_14_dec = date(2026, 12, 14)
tuesday_29_dec = date(2026, 12, 29)
monday_25_jan = date(2027, 1, 25)
monday_14_jun = date(2027, 6, 14)

FRAME: dict[str, Any] = {
    "organisation": "Çınaraltı Ev Aletleri",
    "contact": reached_by("0 800 000 00 00", "TR"),
    "site_url": "https://sikayet.example/",
    "reference": "7K4M-29X-RQ3A",
    "by_telephone": False,
}
POINTS: list[dict[str, Any]] = [
    {
        "number": 1,
        "title": "Makine <3 gün> içinde bozuldu",
        "finding": "upheld",
        "reasons": "Servis raporu & fotoğraflar.\nİkisi de aynı şeyi gösteriyor.",
        "remedy": {
            "kind": "refund",
            "words": "Kartınıza iade ediyoruz.",
            "due_on": monday_14_dec,
            "amount": "12450.5",
            "currency": "TRY",
        },
        "no_remedy_reason": None,
    },
    {
        "number": 2,
        "title": "Kargo ücreti",
        "finding": "not_upheld",
        "reasons": "Ücret sipariş ekranında yazıyordu.",
        "remedy": None,
        "no_remedy_reason": "Ücret baştan bildirilmişti.",
    },
]
OUTSIDE: list[dict[str, Any]] = [
    {
        "body": "Tüketici Hakem Heyeti",
        "note": "Bedel sınırın <altındaysa>.",
        "url": "https://hakem.example/",
        "until": monday_14_jun,
        "points": (1, 2),
    },
    {"body": "Ombudsman", "note": None, "url": None, "until": None, "points": (2,)},
]
PUT_OFF = [
    {"number": 1, "title": "Makine <3 gün> içinde bozuldu", "new_on": monday_14_dec},
    {"number": 2, "title": "Kargo ücreti", "new_on": monday_30_nov},
]
SECOND_LOOK: dict[str, Any] = {"stage": 1, "alone": False, "review_until": monday_25_jan}
AGAIN: dict[str, Any] = {"again_on": tuesday_29_dec, "alone": False}
ORDERED = [{**POINTS[0], "remedy": {**POINTS[0]["remedy"], "words": None}}]
OWN: dict[LetterKind, dict[str, Any]] = {
    "new_code": {"number": "7K4M 29XR", "good_until": "14:32"},
    "acknowledgement": {
        "received_on": monday_16_nov,
        "answer_due_on": monday_14_dec,
        "update_due_on": monday_30_nov,
        "cause": None,
    },
    "progress": {
        "received_on": monday_16_nov,
        "answer_due_on": monday_14_dec,
        "state": "investigating",
        "owner_name": "Işıl Tütüncüoğlu",
        "words": None,
        "next_on": monday_30_nov,
        "late": False,
        "cause": None,
        "outside": OUTSIDE,
    },
    "extension": {
        "received_on": monday_16_nov,
        "reason": "Servis raporunu <bekliyoruz>.\nYarın gelecek.",
        "points": PUT_OFF,
        "outside": OUTSIDE,
    },
    "decision": {
        "received_on": monday_16_nov,
        "decided_on": monday_30_nov,
        "points": POINTS,
        "outcome": "partly_upheld",
        "prevention": None,
        "late_reason": None,
        "outside": OUTSIDE,
        "prescribed": [],
        **SECOND_LOOK,
        "early": False,
        "reply_by": monday_14_dec,
    },
    "request": {
        "received_on": monday_16_nov,
        "asked": ("order_number", "document"),
        "words": "Sipariş numaranız <hangisi>?\nFaturayı da ekler misiniz?",
        "again_reason": None,
        "reply_by": monday_30_nov,
    },
    "reminder": {
        "received_on": monday_16_nov,
        "asked_on": monday_16_nov,
        "asked": ("order_number", "document"),
        "words": "Sipariş numaranız <hangisi>?\nFaturayı da ekler misiniz?",
        "reply_by": monday_30_nov,
    },
    "routes": {
        "received_on": monday_16_nov,
        "decided_on": monday_30_nov,
        "looks_on": tuesday_29_dec,
        "outside": OUTSIDE,
        **SECOND_LOOK,
    },
    "final_notice": {
        "received_on": monday_16_nov,
        "decided_on": monday_30_nov,
        "closes_on": monday_14_dec,
        "outside": OUTSIDE,
        "alone": False,
        "review_until": monday_25_jan,
    },
    "declined": {
        "received_on": monday_16_nov,
        "declined": "before_court",
        "words": "Konu <mahkemede>.\nDava sürüyor.",
        "route": "Davanın görüldüğü mahkeme.\nAvukatınıza danışabilirsiniz.",
        "alone": False,
        "outside": [],
    },
    "withdrawn": {
        "received_on": monday_16_nov,
        "withdrawn_on": monday_30_nov,
        "undo_until": date(2026, 12, 5),
        "undo_time": "14.30",
    },
    "merged": {"received_on": monday_16_nov, "into": "AAAA-BBB-CCCC"},
    "closing": {"closed_reason": "remedy_verified", "points": POINTS, "words": None, "outcome": "partly_upheld"},
    "message": {"author": "Işıl Tütüncüoğlu", "words": "Faturayı ekler misiniz?\n\n<b>Teşekkürler</b>"},
}
CAUSES = {
    "assessed", "reply_missed", "remedy_failed", "contested", "contested_alone", "withdrawal_undone", "merger_undone",
    "sent_back", "award", "end", "no_reply_after_notice", "options_exhausted", "new_reader",
}  # fmt: skip
CARRIED_OUT = ("award", "end", "no_reply_after_notice", "options_exhausted")
AGAIN_FOR = ("review", "reopened")
BEHIND_OUR_ANSWER: dict[str, Any] = {"state": "decided", "next_on": None}
UNFOUND = [{**ORDERED[0], "finding": None, "reasons": None}]
TOLD_BEFORE = {CloseReason.WITHDRAWN, CloseReason.MERGED, CloseReason.OUT_OF_SCOPE, CloseReason.ANONYMOUS_COMPLETED}
CLOSINGS = [reason for reason in CloseReason if reason not in TOLD_BEFORE]
VARIANTS: list[tuple[LetterKind, dict[str, Any]]] = [
    *((kind, {}) for kind in KINDS),
    ("acknowledgement", {"late": True}),
    ("acknowledgement", {"number": "7K4M 29XR"}),
    ("acknowledgement", {"update_due_on": None}),
    *(("acknowledgement", {"cause": cause, **AGAIN, "late": late}) for cause in AGAIN_FOR for late in (True, False)),
    ("acknowledgement", {"cause": "review", **AGAIN, "alone": True}),
    *(
        ("progress", {"state": state, "late": late})
        for state in (*UNANSWERED, State.REMEDYING)
        for late in (True, False)
    ),
    *(
        ("progress", {"cause": cause, "late": late})
        for cause in CAUSES - {*CARRIED_OUT, "new_reader"}
        for late in (True, False)
    ),
    *(("progress", {"cause": cause, **BEHIND_OUR_ANSWER}) for cause in ("withdrawal_undone", "merger_undone")),
    ("progress", {"cause": "award", "state": "remedying", "next_on": None, "points": ORDERED, "instead": [1]}),
    ("progress", {"cause": "award", "state": "remedying", "next_on": None, "points": ORDERED, "replaced": True}),
    *(
        ("progress", {"cause": cause, "state": "remedying", "next_on": None, "points": ORDERED})
        for cause in CARRIED_OUT
    ),
    ("progress", {"cause": "no_reply_after_notice", "state": "remedying", "next_on": None, "points": []}),
    *(("progress", {"cause": "new_reader", "late": late, "points": []}) for late in (True, False)),
    ("progress", {"cause": "new_reader", "state": "remedying", "next_on": None, "points": ORDERED}),
    ("progress", {"cause": "new_reader", "state": "external", "next_on": None, "points": []}),
    ("closing", {"closed_reason": "external_decided", "replaced": True, "points": UNFOUND}),
    ("progress", {"words": "Servis raporunu <aldık>.\nUstayı dinleyeceğiz.", "owner_name": None}),
    ("progress", {"words": "Servis raporunu aldık.", "late": True, "cause": "assessed"}),
    ("progress", {"late": True, "outside": [], "next_on": None}),
    ("progress", {"next_on": monday_14_dec}),
    ("progress", {"next_on": None}),
    ("progress", {"cause": "assessed", "words": "İki ayrı konu var."}),
    ("extension", {"points": PUT_OFF[:1], "outside": []}),
    ("decision", {"late_reason": "Servis raporu bize geç ulaştı.", "prescribed": ["You have <the> right.", "Free."]}),
    ("decision", {"outside": [], "points": POINTS[:1]}),
    ("decision", {"prevention": "Paketleri artık <iki> kişi kontrol ediyor.\nŞubeler bilgilendirildi."}),
    *(("decision", {"stage": 2, "effect": effect, "alone": alone}) for effect in EFFECTS for alone in (True, False)),
    *(("decision", {"outcome": outcome, "alone": True, "reply_by": None}) for outcome in OUTCOMES),
    *(("decision", {"early": True, "closed": closed, "reopen_until": monday_14_jun}) for closed in (True, False)),
    *(("request", {"asked": (datum,)}) for datum in DATA),
    ("request", {"again_reason": "Belge <okunmuyordu>."}),
    ("routes", {"stage": 2}),
    ("routes", {"alone": True, "outside": []}),
    ("routes", {"review_until": None}),
    ("final_notice", {"review_until": None, "outside": []}),
    ("final_notice", {"alone": True}),
    *(("declined", {"declined": reason, "alone": alone}) for reason in DECLINES for alone in (True, False)),
    ("declined", {"outside": OUTSIDE}),
    ("closing", {"outside": OUTSIDE, "reopen_until": monday_14_dec}),
    *(("closing", {"closed_reason": reason, "reopen_until": monday_14_dec}) for reason in CLOSINGS),
    *(("closing", {"closed_reason": reason, "outside": OUTSIDE}) for reason in CLOSINGS),
    ("closing", {"closed_reason": "options_exhausted", "words": "Başka yol <istemediniz>.\nNot aldık."}),
    ("closing", {"closed_reason": "external_decided", "points": [], "outcome": None}),
    ("closing", {"closed_reason": "remedy_verified", "points": UNFOUND, "outcome": None}),
    ("message", {"author": None}),
    *((kind, {"by_telephone": True}) for kind in KINDS),
    ("acknowledgement", {"by_telephone": True, "late": True}),
    *(
        ("decision", {"by_telephone": True, "early": True, "closed": one, "reopen_until": monday_14_jun})
        for one in (0, 1)
    ),
    ("decision", {"by_telephone": True, "stage": 2, "effect": "varied"}),
    ("progress", {"by_telephone": True, "late": True, "next_on": None}),
]


WHY = {language: letters.terms(language)["by_telephone"]["why"] for language in LANGUAGES}


def item(kind: str, reference: str = "7K4M-29X-RQ3A", **more: Any) -> dict[str, Any]:
    desk = f"https://masa.example/#/{reference}"
    nothing = {"promise": None, "due": None, "priority": None, "for_name": None}
    return {"kind": kind, "reference": reference, "url": desk, **nothing, **more}


ITEMS = [
    item("assigned", "AAAA-AAA-AAAA", priority=3),
    item("reminder", "BBBB-BBB-BBBB", promise="update", due="24 Kasım 2026", priority=4),
    item("reminder", "CCCC-CCC-CCCC", promise="answer", due="23 Kasım 2026", priority=2),
    item("broken", "DDDD-DDD-DDDD", due="20 Kasım 2026", for_name="Ali <b>Veli</b>"),
]


def notice(language: Language, items: list[dict[str, Any]]) -> letters.Letter:
    return letters.compose_notice(
        language, organisation="Çınaraltı Ev Aletleri", name="Işıl", desk_url="https://masa.example/", items=items
    )


def compose(kind: LetterKind, language: Language, **more: Any) -> letters.Letter:
    return letters.compose(kind, language, **{**FRAME, **OWN[kind], **more})


class Reader(HTMLParser):
    """The words of a page in reading order, its headings and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.parts: set[str] = set()
        self.language: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        if tag == "html":
            self.language = values["lang"]
        if tag == "a":
            self.links.append(values["href"] or "")
        if "data-part" in values:
            self.parts.add(values["data-part"] or "")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] != "style":
            self.words += data.split()


every_letter = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in LANGUAGES]
)
both_languages = pytest.mark.parametrize("language", LANGUAGES)
every_variant = pytest.mark.parametrize(
    ("kind", "more", "language"), [(kind, more, language) for kind, more in VARIANTS for language in LANGUAGES]
)


@pytest.mark.parametrize("kind", [*KINDS, "notice"])
@both_languages
def test_a_letter_is_a_folder_with_three_parts(kind: str, language: Language) -> None:
    folder = letters.FOLDER / kind / language
    assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}


@every_letter
def test_the_subject_is_one_line_with_the_reference(kind: LetterKind, language: Language) -> None:
    subject = compose(kind, language).subject
    assert subject.endswith(": 7K4M-29X-RQ3A")
    assert subject.isprintable()


@every_letter
def test_every_letter_names_the_organisation_the_telephone_and_the_tracking_page(
    kind: LetterKind, language: Language
) -> None:
    letter = compose(kind, language)
    page = {"tr": "https://sikayet.example/tr/takip/", "en": "https://sikayet.example/en/track/"}[language]
    for said in ("Çınaraltı Ev Aletleri", "0 800 000 00 00", "7K4M-29X-RQ3A", page):
        assert said in letter.text
        assert said in letter.html
    assert page in Reader(letter.html).links


@every_letter
def test_html_reads_well_aloud(kind: LetterKind, language: Language) -> None:
    page = Reader(compose(kind, language).html)
    assert page.language == language
    assert page.tags.count("h1") == 1
    assert not {"table", "img", "script", "form", "iframe", "link"} & set(page.tags)


@every_letter
def test_the_line_has_the_colour_of_the_organisation(kind: LetterKind, language: Language) -> None:
    page = compose(kind, language, accent=accent("#f2b705")).html
    assert page.count("solid #896803") == 2 and "solid #1b3f8f" not in page
    assert compose(kind, language, accent=None).html == compose(kind, language).html == page.replace("896803", "1b3f8f")


def folded(words: list[str]) -> set[str]:
    return {word.strip(":.,()").replace("İ", "i").replace("I", "ı").casefold().replace("ı", "i") for word in words}


@every_variant
def test_text_and_html_say_the_same(kind: LetterKind, more: dict[str, Any], language: Language) -> None:
    """Every word of the plain letter stands in the HTML one; headings differ in case only, labels in a colon."""
    letter = compose(kind, language, **more)
    missing = folded(letter.text.split()) - folded(Reader(letter.html).words)
    only_in_text = {
        "decision": {"bu", "bir", "önermiyoruz", "nedeni", "we", "offer", "no", "remedy", "the", "reason", "point"},
        "message": {"mesaj", "message"},
    }
    assert missing <= only_in_text.get(kind, set())


@every_variant
def test_every_word_of_html_stands_in_the_text(kind: LetterKind, more: dict[str, Any], language: Language) -> None:
    letter = compose(kind, language, **more)
    only_in_html = {"decision": {"neden", "why"}}
    assert folded(Reader(letter.html).words) - folded(letter.text.split()) <= only_in_html.get(kind, set())


@every_variant
def test_nothing_is_left_over(kind: LetterKind, more: dict[str, Any], language: Language) -> None:
    letter = compose(kind, language, **more)
    for said in (letter.subject, letter.text, letter.html.partition("</style>")[2]):
        assert not re.search(r"[{}]|%}|None|\d{4}-\d\d-\d\d|\S {2,}\S", said)
    assert "\n\n\n\n" not in letter.text


@every_letter
def test_no_template_knows_the_tracking_code(kind: LetterKind, language: Language) -> None:
    letter = compose(kind, language, secret="9XJ2-WMQ4", token="9XJ2-WMQ4")
    assert "9XJ2" not in letter.subject + letter.text + letter.html


@every_letter
def test_whoever_holds_no_code_is_sent_to_the_telephone_and_to_no_page(kind: LetterKind, language: Language) -> None:
    """Somebody who may not act for them was given the code. What a pack prescribes is there all the same."""
    if kind == "new_code":
        return  # it goes to whoever holds the code, or to nobody
    holds, lacks = (compose(kind, language, by_telephone=one) for one in (False, True))
    for said in (lacks.text, lacks.html):
        assert "0 800 000 00 00" in said
        assert not re.search(
            r"takip/|track/|sorgulama kod|tracking code|tracking page|takip sayfan", said.replace(WHY[language], "")
        )
    assert set(letters.MARK.findall(lacks.html)) >= set(letters.MARK.findall(holds.html)) - {"help"}
    assert {"tr": "bizi ara", "en": "call us"}[language] in lacks.text


@both_languages
def test_the_acknowledgement_can_carry_nothing_that_the_sender_typed(language: Language) -> None:
    allowed = {
        "organisation", "help_phone", "contact", "own", "accent", "tracking_url", "privacy_url", "reference", "terms",
        "language", "self", "received_on", "answer_due_on", "update_due_on", "late", "cause", "again_on", "alone",
        "by_telephone", "number",
    }  # fmt: skip
    templates = letters._templates()
    for part in (f"acknowledgement/{language}/{name}" for name in ("subject.txt", "body.txt", "body.html")):
        for source in (part, "layout.txt", "layout.html"):
            tree = templates.parse((letters.FOLDER / source).read_text(encoding="utf-8"))
            assert meta.find_undeclared_variables(tree) <= allowed


@both_languages
def test_the_acknowledgement_says_the_dates_in_words(language: Language) -> None:
    letter = compose("acknowledgement", language)
    for day in (monday_16_nov, monday_30_nov, monday_14_dec):
        assert spelled(day, language) in letter.text
        assert spelled(day, language) in letter.html


@both_languages
def test_without_an_update_date_none_is_promised(language: Language) -> None:
    letter = compose("acknowledgement", language, update_due_on=None)
    assert "None" not in letter.text + letter.html
    assert spelled(monday_30_nov, language) not in letter.text


@both_languages
def test_an_acknowledgement_that_is_late_already_says_sorry_and_promises_no_past_day(language: Language) -> None:
    late = compose("acknowledgement", language, late=True)
    sorry = {"tr": "özür dileriz", "en": "we are sorry"}[language]
    assert sorry in late.text
    assert sorry in late.html
    assert sorry not in compose("acknowledgement", language).text
    assert late.text.count(spelled(monday_14_dec, language)) == 1  # in the record, not as a promise


@both_languages
def test_the_decision_gives_every_point_its_finding_its_reasons_and_its_remedy_or_why_none(language: Language) -> None:
    terms = tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    text = compose("decision", language).text
    first, second = text.split("2. Kargo ücreti")
    for said in (
        "1. Makine <3 gün> içinde bozuldu",
        terms["findings"]["upheld"],
        "Servis raporu & fotoğraflar.",
        terms["remedies"]["refund"],
        {"tr": "12.450,50 TL", "en": "TRY 12,450.50"}[language],
        "Kartınıza iade ediyoruz.",
        spelled(monday_14_dec, language),
    ):
        assert said in first
    for said in (terms["findings"]["not_upheld"], "Ücret sipariş ekranında yazıyordu.", "Ücret baştan bildirilmişti."):
        assert said in second


@both_languages
def test_a_remedy_needs_neither_money_nor_day_nor_words(language: Language) -> None:
    """What the core lets staff propose, the letter can say."""
    for remedy in (
        ProposedRemedy(kind=Remedy.APOLOGY).model_dump(),
        {"kind": "apology", "words": None, "due_on": None},
    ):
        letter = compose("decision", language, points=[{**POINTS[0], "remedy": remedy}])
        assert "None" not in letter.text + letter.html


@both_languages
def test_what_staff_wrote_is_text_in_html_and_keeps_its_lines(language: Language) -> None:
    html = compose("message", language).html
    assert "&lt;b&gt;Teşekkürler&lt;/b&gt;" in html
    assert "Faturayı ekler misiniz?<br><br>" in html
    html = compose("decision", language).html
    assert "Makine &lt;3 gün&gt; içinde bozuldu" in html
    assert "Servis raporu &amp; fotoğraflar.<br>İkisi" in html
    assert "Bedel sınırın &lt;altındaysa&gt;." in html
    html = compose("decision", language, late_reason='<b>Rapor</b>\nData-part: data-part="help_me"').html
    assert "&lt;b&gt;Rapor&lt;/b&gt;<br>Data-part: data-part=&#34;help_me&#34;" in html
    assert "Servis raporunu &lt;bekliyoruz&gt;.<br>Yarın" in compose("extension", language).html
    for more in ({}, {"late": True}, {"cause": "assessed"}):
        assert (
            "&lt;i&gt;Rapor&lt;/i&gt;<br>Yarın"
            in compose("progress", language, words="<i>Rapor</i>\nYarın", **more).html
        )


@both_languages
def test_news_say_what_is_done_and_what_remains_and_when_the_next_come(language: Language) -> None:
    terms = tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    for state in (*UNANSWERED, State.REMEDYING):
        text = compose("progress", language, state=state).text
        assert terms["done"][state] in text
        assert terms["remains"][state] in text
        assert f"{spelled(monday_30_nov, language)}: " in text
        assert (spelled(monday_14_dec, language) in text) == (state in UNANSWERED)
        assert "Tüketici Hakem Heyeti" not in text


@both_languages
def test_without_words_of_ours_the_news_admit_that_there_is_no_result(language: Language) -> None:
    nothing = {
        "tr": "Henüz size bildirebileceğimiz bir sonuç yok.",
        "en": "We do not have a result to share with you yet.",
    }[language]
    assert nothing in compose("progress", language).text
    told = compose("progress", language, words="Servis raporunu aldık.").text
    assert nothing not in told
    assert "Servis raporunu aldık." in told


@both_languages
@pytest.mark.parametrize("state", ["investigating", "remedying"])
def test_late_news_apologise_once_name_the_missed_day_and_say_where_else_to_go(language: Language, state: str) -> None:
    letter = compose("progress", language, late=True, state=state)
    for said in (letter.text, letter.html):
        assert said.count({"tr": "özür dileriz", "en": "we are sorry"}[language]) == 1
        assert said.count(spelled(monday_14_dec, language)) == 1  # missed, not promised
        assert "Tüketici Hakem Heyeti" in said
        assert spelled(monday_14_jun, language) in said
    late = {
        "tr": {"investigating": "Yanıtımız gecikti, özür dileriz.", "remedying": "Çözüm gecikti, özür dileriz."},
        "en": {"investigating": "We are late with our answer", "remedying": "We are late in putting things right"},
    }[language][state]
    assert late in letter.text


@both_languages
def test_late_news_without_a_body_or_a_day_name_none_and_say_so(language: Language) -> None:
    text = compose("progress", language, late=True, outside=[], next_on=None).text
    said = {
        "tr": ("Size şu anda yeni bir tarih veremiyoruz.", "kuruluş dışı bir başvuru yolu belirtmiyoruz", "saklıdır"),
        "en": (
            "We cannot give you a new date at the moment.",
            "We name no outside body",
            "You keep your legal rights.",
        ),
    }[language]
    for one in said:
        assert one in text


@both_languages
def test_a_day_that_was_moved_is_told_with_its_reason(language: Language) -> None:
    letter = compose("progress", language, cause="assessed", words="İki ayrı konu var.")
    moved = {"tr": "Yeni tarih: 14 Aralık 2026.", "en": "The new date: 14 December 2026."}[language]
    why = {"tr": "Nedeni: İki ayrı konu var.", "en": "The reason: İki ayrı konu var."}[language]
    assert moved in letter.text
    assert letter.text.count(why) == letter.text.count("İki ayrı konu var.") == 1
    assert {"new_date", "reason"} <= Reader(letter.html).parts
    assert "reason" not in Reader(compose("progress", language, cause="assessed").html).parts


@both_languages
def test_an_extension_gives_every_point_its_new_day(language: Language) -> None:
    text = compose("extension", language).text
    assert f"1. Makine <3 gün> içinde bozuldu: {spelled(monday_14_dec, language)}" in text
    assert f"2. Kargo ücreti: {spelled(monday_30_nov, language)}" in text
    assert text.count({"tr": "özür dileriz", "en": "we are sorry"}[language]) == 1
    assert "Servis raporunu <bekliyoruz>." in text


@pytest.mark.parametrize("kind", ["extension", "decision"])
@both_languages
def test_outside_bodies_have_their_last_day_their_address_and_their_points(
    kind: LetterKind, language: Language
) -> None:
    first, second = compose(kind, language).text.partition("Tüketici Hakem Heyeti\n")[2].split("Ombudsman\n")
    last_day = {"tr": "Son başvuru tarihi", "en": "Last day to apply"}[language]
    assert "Bedel sınırın <altındaysa>." in first
    assert f"{last_day}: {spelled(monday_14_jun, language)}" in first
    assert "https://hakem.example/" in first
    assert {"tr": "İlgili konular: 1, 2", "en": "For points: 1, 2"}[language] in first
    assert {"tr": "İlgili konu: 2", "en": "For point: 2"}[language] in second
    assert last_day not in second
    assert {"tr": "sizin tercihinizdir", "en": "is up to you"}[language] in second


@both_languages
def test_a_single_point_needs_no_number_in_what_is_outside(language: Language) -> None:
    outside = [{**OUTSIDE[0], "points": (1,)}]
    several = {"tr": "İlgili konu", "en": "For point"}[language]
    assert several not in compose("decision", language, points=POINTS[:1], outside=outside).text
    assert several in compose("decision", language, outside=outside).text


@both_languages
def test_a_decision_without_an_outside_body_says_so_and_keeps_the_rights(language: Language) -> None:
    text = compose("decision", language, outside=[]).text
    assert {"tr": "kuruluş dışı bir başvuru yolu belirtmiyoruz", "en": "We name no outside body"}[language] in text
    assert {"tr": "yasal haklarınızı kısıtlamaz", "en": "does not limit your legal rights"}[language] in text


@both_languages
def test_a_late_decision_says_why(language: Language) -> None:
    text = compose("decision", language, late_reason="Servis raporu bize geç ulaştı.").text
    sorry = {
        "tr": "Yanıtımız gecikti, özür dileriz. Nedeni: Servis raporu bize geç ulaştı.",
        "en": "Our answer is late, and we are sorry. The reason: Servis raporu bize geç ulaştı.",
    }[language]
    assert sorry in text
    assert {"tr": "özür", "en": "sorry"}[language] not in compose("decision", language).text


@both_languages
def test_a_regulators_words_stand_verbatim(language: Language) -> None:
    words = "You have the right <to refer> –\n\nfree of charge."
    letter = compose("decision", language, prescribed=[words])
    assert f"\n{words}\n" in letter.text
    assert "You have the right &lt;to refer&gt; –<br><br>free of charge." in letter.html


@both_languages
def test_the_closing_letter_says_how_to_reopen_and_until_when(language: Language) -> None:
    assert spelled(monday_14_dec, language) not in compose("closing", language).text
    assert spelled(monday_14_dec, language) in compose("closing", language, reopen_until=monday_14_dec).text


def test_a_message_without_an_author_comes_from_the_organisation() -> None:
    assert "Yazan: Çınaraltı Ev Aletleri" in compose("message", "tr", author=None).text


@every_letter
def test_what_is_missing_is_an_error_and_not_a_blank(kind: LetterKind, language: Language) -> None:
    for name in OWN[kind]:
        context = {key: value for key, value in {**FRAME, **OWN[kind]}.items() if key != name}
        with pytest.raises((UndefinedError, TypeError)):
            letters.compose(kind, language, **context)


# What the plain letter says where the HTML one is marked.
PHRASES: dict[Language, dict[str, str]] = {
    "tr": {
        "reference": "Başvuru numarası: 7K4M-29X-RQ3A",
        "received_on": "Alındığı tarih: 16 Kasım 2026",
        "contact": "Telefon: 0 800 000 00 00",
        "tracking": "Takip sayfası: https://sikayet.example/tr/takip/|takip sayfasında açılmıyor",
        "how_to_add": "bize yazabilir, belge veya fotoğraf ekleyebilirsiniz|belge iletmek için bizi arayın",
        "next_step": "BUNDAN SONRA|gerekçeli yanıtımızı vereceğiz|karar vereceğiz|her ay|kapatacağız|o numarayla",
        "answer_date": "(Son yanıt tarihi|bozuldu): 14 Aralık 2026",
        "next_date": "^(30 Kasım|14 Aralık) 2026: ",
        "help": "(ardıma ihtiyacınız varsa|belge iletmek için) bizi arayın: 0 800",
        "free_of_charge": "Şikâyette bulunmak ücretsizdir",
        "done_so_far": "ŞU ANA KADAR\n\n\\w+",
        "remains": "vereceğiz|göndereceğiz|kapatacağız|size bildireceğiz|Sıra sizde",
        "reason": "Nedeni: \\w+|NEDENİ\n\n\\w+|istememizin nedeni: \\w+",
        "new_date": "Yeni tarih: 14 Aralık 2026|YENİ TARİH\n\n1. Makine",
        "findings": "Bu konuda sizi haklı bul",
        "reasons": "Nedenleri:\n\\w+",
        "remedies": "Çözüm: Bedel iadesi",
        "what_next": "SIRA SİZDE|SEÇENEKLERİNİZ|NASIL YANIT|NEREYE BAŞVUR|SORUN SÜRERSE",
        "outside_body": "\nTüketici Hakem Heyeti\n",
        "what_was_done": "KARARIMIZ VE YAPTIKLARIMIZ(\n\nSonuç: .*)?\n\n(1. Makine|Dış merci)",
        "how_to_return": "[Dd]osyanızın yeniden açılmasını isteyebilirsiniz|Dosyanızı yeniden açarız",
    },
    "en": {
        "reference": "Reference: 7K4M-29X-RQ3A",
        "received_on": "Received on: 16 November 2026",
        "contact": "Telephone: 0 800 000 00 00",
        "tracking": "Tracking page: https://sikayet.example/en/track/|the tracking page is closed",
        "how_to_add": "write to us,?( there,)? and add documents or photos|to send us documents, call us",
        "next_step": "WHAT HAPPENS NEXT|You will have our answer|we will decide|every month|close|under that number",
        "answer_date": "(Answer by|bozuldu): 14 December 2026",
        "next_date": "^(30 November|14 December) 2026: ",
        "help": "(need help|send us documents), call us: 0 800",
        "free_of_charge": "Complaining is free",
        "done_so_far": "SO FAR\n\n\\w+",
        "remains": "answer every point|send it once|close your complaint|tell you what|move is yours",
        "reason": "The reason: \\w+|THE REASON\n\n\\w+|for this reason: \\w+",
        "new_date": "The new date: 14 December 2026|THE NEW DATE\n\n1. Makine",
        "findings": "agree with you on this point",
        "reasons": "Why:\n\\w+",
        "remedies": "What we will do: Refund",
        "what_next": "THE NEXT MOVE IS YOURS|YOUR OPTIONS|HOW TO ANSWER|WHERE YOU CAN TAKE IT|PROBLEM GOES ON",
        "outside_body": "\nTüketici Hakem Heyeti\n",
        "what_was_done": "WHAT WE DECIDED AND DID(\n\nThe result: .*)?\n\n(1. Makine|When the outside)",
        "how_to_return": "ask us to open (your complaint|it) again|will open your complaint again",
    },
}
FRAMED = {"reference", "contact", "tracking", "free_of_charge"}
HOLDS: dict[LetterKind, set[str]] = {
    "new_code": {"help"},
    "acknowledgement": {"received_on", "how_to_add", "next_step", "answer_date", "next_date", "help"},
    "progress": {
        "received_on", "how_to_add", "next_step", "answer_date", "next_date", "help", "done_so_far", "remains",
    },
    "extension": {
        "received_on", "how_to_add", "next_step", "answer_date", "help", "reason", "new_date", "outside_body",
    },
    "decision": {"received_on", "help", "findings", "reasons", "remedies", "what_next", "outside_body"},
    "request": {"received_on", "how_to_add", "next_step", "help"},
    "reminder": {"received_on", "how_to_add", "next_step", "help"},
    "routes": {"received_on", "what_next", "outside_body", "next_step", "help"},
    "final_notice": {"received_on", "next_step", "what_next", "outside_body", "how_to_return", "help"},
    "declined": {"received_on", "reason", "what_next", "how_to_return", "help"},
    "withdrawn": {"received_on", "how_to_return"},
    "merged": {"received_on", "next_step", "help"},
    "closing": {"what_was_done", "how_to_return"},
    "message": {"how_to_add"},
}  # fmt: skip


@every_letter
def test_each_letter_holds_its_parts(kind: LetterKind, language: Language) -> None:
    assert Reader(compose(kind, language).html).parts == HOLDS[kind] | FRAMED


@every_variant
def test_what_is_marked_in_html_stands_in_the_text(kind: LetterKind, more: dict[str, Any], language: Language) -> None:
    letter = compose(kind, language, **more)
    for part in Reader(letter.html).parts:
        assert re.search(PHRASES[language][part], letter.text, re.MULTILINE), part


@both_languages
def test_every_part_that_a_pack_can_prescribe_is_marked_somewhere(language: Language) -> None:
    """All but our understanding of the complaint: the first letter may not repeat what was typed."""
    marked = {part for kind, more in VARIANTS for part in Reader(compose(kind, language, **more).html).parts}
    assert marked == set(PHRASES[language]) == set(get_args(Part)) - {"understanding"}


@pytest.mark.parametrize(
    ("kind", "more", "lacks"),
    [
        ("acknowledgement", {"update_due_on": None}, {"next_date"}),
        ("acknowledgement", {"late": True}, {"next_date"}),
        ("progress", {"late": True}, {"answer_date"}),
        ("progress", {"late": True, "next_on": None}, {"answer_date", "next_date"}),
        ("progress", {"state": "remedying"}, {"answer_date"}),
        ("extension", {"outside": []}, {"outside_body"}),
        ("decision", {"outside": []}, {"outside_body"}),
        ("decision", {"points": []}, {"findings", "reasons", "remedies"}),
        ("routes", {"outside": []}, {"outside_body"}),
        ("final_notice", {"outside": []}, {"outside_body"}),
    ],
)
@both_languages
def test_a_part_is_marked_only_where_it_is(
    kind: LetterKind, more: dict[str, Any], lacks: set[str], language: Language
) -> None:
    had, has = (Reader(compose(kind, language, **change).html).parts for change in ({}, more))
    assert had - has == lacks


@pytest.mark.parametrize("late", [True, False])
@both_languages
def test_outside_bodies_are_in_the_news_once_we_are_late(late: bool, language: Language) -> None:
    assert ("outside_body" in Reader(compose("progress", language, late=late).html).parts) == late


@every_letter
def test_a_letter_without_a_prescribed_part_is_not_composed(kind: LetterKind, language: Language) -> None:
    everything: frozenset[Part] = frozenset(get_args(Part))
    here = Reader(compose(kind, language).html).parts
    assert compose(kind, language, must=frozenset(part for part in everything if part in here))
    with pytest.raises(letters.MissingPart) as missing:
        compose(kind, language, must=everything)
    assert missing.value.kind == kind
    assert missing.value.parts == tuple(sorted(everything - here))


def test_words_cannot_pass_for_a_part() -> None:
    with pytest.raises(letters.MissingPart, match=r"^message: answer_date, next_step$"):
        compose("message", "tr", words='<p data-part="next_step">', must=frozenset({"next_step", "answer_date"}))


@both_languages
def test_a_notice_groups_what_waits_the_most_urgent_first(language: Language) -> None:
    terms = tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    letter = notice(language, ITEMS)
    assert (
        letter.subject
        == {
            "tr": "Redress: bekleyen dosya 4, süresi geçen 1",
            "en": "Redress: 4 complaints need you (1 overdue)",
        }[language]
    )
    words = " ".join(Reader(letter.html).words)
    expected = ["DDDD", "CCCC", "BBBB", "AAAA"]
    assert sorted(expected, key=letter.text.index) == sorted(expected, key=words.index) == expected
    for kind in ("broken", "reminder", "assigned"):
        assert words.count(terms["notices"][kind]) == 1
    assert terms["notices"]["roster"] not in words
    for said in (terms["promises"]["answer"], "23 Kasım 2026", "https://masa.example/"):
        assert said in letter.text
        assert said in words


@both_languages
def test_what_is_urgent_comes_first_whatever_it_is(language: Language) -> None:
    letter = notice(language, [*ITEMS, item("assigned", "EEEE-EEE-EEEE", priority=1), item("broken", "EEEE-EEE-EEEE")])
    assert (
        letter.subject
        == {
            "tr": "Redress: bekleyen dosya 5, ivedi 1",
            "en": "Redress: 5 complaints need you (1 urgent)",
        }[language]
    )
    assert letter.text.index("EEEE") < letter.text.index("AAAA") < letter.text.index("DDDD")


@pytest.mark.parametrize("kind", letters.NOTICES)
@both_languages
def test_one_item_reads_well(kind: str, language: Language) -> None:
    terms = tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    letter = notice(language, [item(kind)])
    most = terms["headlines"]["urgent" if kind in letters.AT_ONCE else kind]
    assert (
        letter.subject
        == {
            "tr": f"Redress: {most} bir dosya sizi bekliyor",
            "en": f"Redress: one complaint needs you ({most})",
        }[language]
    )
    for said in (letter.subject, letter.text, letter.html.partition("</style>")[2]):
        assert not re.search(r"[{}]|None|\S {2,}\S", said)
    assert "\n\n\n\n" not in letter.text
    assert "https://masa.example/#/7K4M-29X-RQ3A" in Reader(letter.html).links


@both_languages
def test_a_notice_says_for_whom_and_nothing_about_the_complainant(language: Language) -> None:
    items = [{**one, "name": "Şebnem", "subject": "Parke", "secret": "9XJ2"} for one in ITEMS]
    letter = notice(language, items)
    for typed in ("Şebnem", "Parke", "9XJ2"):
        assert typed not in letter.subject + letter.text + letter.html
    assert "Ali &lt;b&gt;Veli&lt;/b&gt;" in letter.html
    assert {"tr": "görevde olmayan Ali <b>Veli</b> adına", "en": "for Ali <b>Veli</b>, who is away"}[
        language
    ] in letter.text
    asked = {"organisation", "name", "desk_url", "groups", "count", "most", "of_them", "terms", "language", "self"}
    for part in ("subject.txt", "body.txt", "body.html"):
        source = (letters.FOLDER / "notice" / language / part).read_text(encoding="utf-8")
        assert meta.find_undeclared_variables(letters._templates().parse(source)) <= asked
        assert set(re.findall(r"item\.(\w+)", source)) <= set(item("assigned")) - {"kind"}


@both_languages
def test_a_notice_says_the_same_in_text_and_html(language: Language) -> None:
    letter = notice(language, ITEMS)
    missing = folded(letter.text.split()) - folded(Reader(letter.html).words)
    assert {word for word in missing if not word.startswith("https")} == set()
    assert Reader(letter.html).tags.count("h1") == 1
    assert not Reader(letter.html).parts


def test_a_notice_of_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError):
        notice("tr", [item("gossip")])


@both_languages
def test_every_code_has_its_words(language: Language) -> None:
    terms = tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    assert set(terms["findings"]) == set(Finding)
    assert set(terms["remedies"]) == set(Remedy)
    assert set(terms["closings"]) == set(CLOSINGS)
    assert set(terms["done"]) == set(terms["remains"]) == UNANSWERED | {State.DECIDED, State.REMEDYING, State.EXTERNAL}
    assert set(terms["outcomes"]) == set(OUTCOMES)
    assert set(terms["effects"]) == set(EFFECTS)
    assert set(terms["data"]) == set(DATA)
    assert set(terms["declines"]) == set(DECLINES) - {"other"}
    assert set(terms["headings"]) == {*terms["causes"], "assessed"} == CAUSES
    assert set(terms["promises"]) == set(get_args(Promise))
    assert set(terms["notices"]) == set(letters.NOTICES)
    assert set(terms["headlines"]) == {"urgent", *letters.NOTICES} - set(letters.AT_ONCE)


def test_both_languages_have_the_same_words() -> None:
    def keys(table: dict[str, Any]) -> set[str]:
        return set(table) | {
            f"{name}.{key}" for name, value in table.items() if isinstance(value, dict) for key in value
        }

    turkish, english = (
        tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    )
    assert keys(turkish) == keys(english)


def test_the_voice() -> None:
    """No blame on the reader, `şikâyet` with its circumflex, and no Turkish suffix glued to a variable."""
    for path in letters.FOLDER.rglob("*"):
        if path.is_file():
            source = path.read_text(encoding="utf-8")
            assert not re.search(r"unfortunately|invalid|\bfailed|maalesef|geçersiz|başarısız", source, re.IGNORECASE)
            assert not re.search(r"[şŞ]ikayet", source)
            assert not re.search(r"\}\}['’]?\w", source), path


def test_months_are_spelled() -> None:
    assert spelled(date(2026, 8, 3), "tr") == "3 Ağustos 2026"
    assert spelled(date(2026, 8, 3), "en") == "3 August 2026"
    with pytest.raises(TypeError):
        spelled(datetime(2026, 8, 3, 23, 30), "tr")  # noqa: DTZ001  which day this is, is the question
