"""The public form: for oneself, for somebody else, or without a name; and nothing that was typed is lost or misread."""

import re
from decimal import Decimal
from typing import Any

import pytest

from complaints.complaint import Remedy
from complaints.events import Account
from complaints.roles import THE_SYSTEM
from tests.dates import MON_2_MAR
from tests.world import HANDLER, World

FORM = "/api/public/complaints/form"
ME = {"who": "me", "name": "Nermin Çağlayangil", "email": "nermin@example.com"}
OTHER = {
    "who": "other",
    "their_name": "Hatice Çağlayangil",
    "capacity": "Kızı",
    "contact": "representative",
    "name": "Nermin Çağlayangil",
    "email": "nermin@example.com",
}


def a_form(who: dict[str, str] = ME, **changes: Any) -> dict[str, Any]:
    return {
        "language": "tr",
        "about": "Ankastre fırın",
        "told_before": "no",
        "safety_risk": "no",
        "elsewhere": "no",
        "what_happened": "Fırının camı çalışırken patladı.",
        **who,
        **changes,
    }


def sent(world: World, form: dict[str, Any]) -> tuple[str, Account, str]:
    """The reference of a form that was taken, what is kept of it, and the confirmation."""
    answer = world.public.post(FORM, data=form)
    assert answer.status_code == 201, re.findall(r'href="#\w+">[^<]+', answer.text)
    shown = re.search(r'<bdi class="code"[^>]*>([\w-]+)</bdi>', answer.text)
    assert shown
    reference = shown[1].replace("-", "")
    return reference, world.table.everything(reference).account, answer.text


def wrong(world: World, form: dict[str, Any]) -> list[str]:
    """Where the summary of a form that was refused leads, in its order."""
    answer = world.public.post(FORM, data=form)
    assert answer.status_code == 422
    summary = answer.text.split('id="summary"')[1].split("</div>")[0]
    return re.findall(r'href="#([\w-]+)"', summary)


# --- who complains ---------------------------------------------------------------------------------------------------


def test_contact_the_matter_and_three_answers_are_enough(world: World) -> None:
    _, told, page = sent(world, a_form())
    assert (told.name, told.email, told.anonymous, told.representative) == (
        "Nermin Çağlayangil",
        "nermin@example.com",
        False,
        None,
    )
    assert "n…@example.com" in page


def test_whoever_gives_a_name_and_does_not_say_complains_for_themselves(world: World) -> None:
    _, told, _ = sent(world, a_form(who={"name": "Ali", "phone": "0555 111 22 33"}))
    assert (told.name, told.phone, told.anonymous) == ("Ali", "0555 111 22 33", False)


def test_somebody_who_acts_for_another_is_kept_apart_from_them(world: World) -> None:
    _, told, page = sent(world, a_form(who=OTHER))
    acts = told.representative
    assert acts
    assert (told.name, told.email, told.contact) == ("Hatice Çağlayangil", None, "representative")
    assert (acts.name, acts.capacity, acts.email) == ("Nermin Çağlayangil", "Kızı", "nermin@example.com")
    assert "n…@example.com" in page


def test_a_former_customer_without_a_number_is_heard(world: World) -> None:
    reference, told, _ = sent(world, a_form(customer="former"))
    assert (told.customer, told.order_number) == ("former", None)
    assert world.table.load(reference)


def test_we_write_to_the_complainant_where_the_representative_asks_for_it(world: World) -> None:
    theirs = OTHER | {"contact": "complainant", "their_email": "hatice@example.com", "email": ""}
    reference, told, page = sent(world, a_form(who=theirs))
    assert (told.mail_to, told.contact) == ("hatice@example.com", "complainant")
    assert "h…@example.com" in page
    case = world.case(HANDLER, reference)
    assert (case["authority"], case["told_by"]) == ("unchecked", "mail")  # whoever filed it holds the code


def test_of_the_anonymous_nothing_is_kept_that_says_who_they_are(world: World) -> None:
    typed = {
        "name": "Gizli",
        "email": "gizli@example.com",
        "phone": "0555 111 22 33",
        "address": "Gizli Sokak",
        "organisation": "Gizli A.Ş.",
        "support_needs": "Gizli",
        "formats": "braille",
        "may_survey": "yes",
        "their_name": "Gizli",
        "capacity": "Gizli",
    }
    reference, told, page = sent(world, a_form(who={"who": "anonymous"} | typed))
    assert told.anonymous
    assert "izli" not in told.model_dump_json()
    assert (told.formats, told.may_survey) == ((), False)
    kept = world.table.load(reference)
    assert kept
    assert not kept.tasks
    assert "Başvuru numarasını ve kodu şimdi not edin" in page


@pytest.mark.parametrize(
    ("who", "says"),
    [
        (ME, "alındı bildirimi gönderiyoruz"),
        (ME | {"email": "", "phone": "0555 111 22 33"}, "size telefonla ulaşacağız"),
        (ME | {"contact_by": "phone", "phone": "0555 111 22 33"}, "size telefonla ulaşacağız"),
        (ME | {"contact_by": "letter", "address": "Moda Caddesi 1, İstanbul"}, "size postayla yazacağız"),
        (
            OTHER | {"contact_by": "letter", "phone": "0555 111 22 33", "address": "Moda Caddesi 1, İstanbul"},
            "size postayla yazacağız",
        ),
        ({"who": "anonymous"}, "Size yazamıyoruz"),
    ],
)
def test_the_confirmation_says_how_we_write_back(world: World, who: dict[str, str], says: str) -> None:
    _, _, page = sent(world, a_form(who=who))
    assert says in page
    assert ("alındı bildirimi" in page) == (who == ME)


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("who", "fields"),
    [
        ({}, ["who-me"]),
        ({"who": "nobody"}, ["who-me"]),
        ({"who": "me"}, ["name", "email"]),
        ({"who": "other"}, ["their_name", "name", "contact-representative"]),
        ({"who": "other", "contact": "representative"}, ["their_name", "name", "email"]),
        ({"who": "other", "contact": "complainant"}, ["their_name", "name", "their_email"]),
        (ME | {"contact_by": "phone"}, ["phone"]),
        (ME | {"contact_by": "email", "email": "", "phone": "0555 111 22 33"}, ["email"]),
        (ME | {"contact_by": "letter"}, ["address"]),
        (ME | {"contact_by": "pigeon"}, ["contact_by-email"]),
        (OTHER | {"contact": "complainant", "contact_by": "phone", "phone": "0555 111 22 33"}, ["their_phone"]),
        (ME | {"answer_language": "tlh"}, ["answer_language-tr"]),
        (OTHER | {"email": "nermin@"}, ["email"]),
        (OTHER | {"their_phone": "1"}, ["their_phone"]),
        (OTHER | {"their_name": "x" * 201, "name": "x" * 201}, ["their_name", "name"]),
        (OTHER | {"capacity": "x" * 121}, ["capacity"]),
    ],
)
def test_only_what_is_needed_is_asked_for_and_at_its_own_place(
    world: World, who: dict[str, str], fields: list[str]
) -> None:
    assert wrong(world, a_form(who=who)) == fields


@pytest.mark.usefixtures("nothing_written")
def test_a_page_with_an_error_shows_what_was_chosen(world: World) -> None:
    typed = OTHER | {"their_name": "", "formats": ["braille", "call"], "customer": "former", "may_survey": "yes"}
    page = world.public.post(FORM, data=a_form(who=typed, wants=["refund", "apology"])).text
    for tag, chosen in (
        ("input", ("who-other", "formats-braille", "formats-call", "wants-refund", "wants-apology", "may_survey-yes")),
        ("input", ("contact-representative",)),
    ):
        for one in chosen:
            assert re.search(rf'<{tag} id="{one}"[^>]* checked>', page), one
    assert '<option value="former" selected>' in page
    assert page.count(" checked>") == 3 + 7


# --- the other answers -----------------------------------------------------------------------------------------------


def test_everything_that_can_be_said_arrives(world: World) -> None:
    said = a_form(
        elsewhere="yes",
        elsewhere_where="Kadıköy Tüketici Hakem Heyeti",
        told_before="yes",
        told_reference="SRV-118",
        about_handling="yes",
        category="12",
        order_number="SP-2026/118",
        branch="Moda",
        staff_involved="Servis şefi",
        life_stage="after_sales",
        others_affected="12",
        wants=["refund", "apology"],
        wish="Bir daha olmasın.",
        wish_amount="1.250,50",
        value="34.990",
        currency="TRY",
        organisation="Çağlayangil Ltd.",
        customer="former",
        contact_by="letter",
        address="Moda Caddesi 1\nİstanbul",
        formats=["large_print", "call"],
        support_needs="Öğleden sonra arayın.",
        may_survey="yes",
    )
    _, told, _ = sent(world, said)
    assert told.model_dump(include=set(Account.model_fields) & set(said)) == {
        name: value for name, value in said.items() if name in Account.model_fields
    } | {
        "safety_risk": False,
        "elsewhere": True,
        "about_handling": True,
        "category": 12,
        "others_affected": 12,
        "wants": (Remedy.REFUND, Remedy.APOLOGY),
        "wish_amount": Decimal("1250.50"),
        "value": Decimal(34990),
        "formats": ("large_print", "call"),
        "may_survey": True,
    }


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250", "1250"),
        ("1,250", "1250"),
        ("1 250,5", "1250.5"),
        ("34990", "34990"),
        ("0,75", "0.75"),
        ("1.234.567,89", "1234567.89"),
    ],
)
def test_an_amount_is_read_as_people_write_it(world: World, typed: str, amount: str) -> None:
    _, told, _ = sent(world, a_form(wish_amount=typed, currency="TRY"))
    assert told.wish_amount == Decimal(amount)


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"wish_amount": "1250"}, ["currency"]),
        ({"value": "çok", "currency": "TRY"}, ["value-in-dispute"]),
        ({"wish_amount": "0", "currency": "TRY"}, ["wish_amount"]),
        ({"wish_amount": "-5", "currency": "TRY"}, ["wish_amount"]),
        ({"others_affected": "birkaç"}, ["others_affected"]),
        ({"category": "garanti"}, ["category"]),
        ({"wants": "a_yacht"}, ["wants-refund"]),
        ({"customer": "king"}, ["customer"]),
        ({"elsewhere": "yes", "elsewhere_where": "x" * 201}, ["elsewhere_where"]),
        ({"happened_day": "31", "happened_month": "12", "happened_year": "2026"}, ["happened_day"]),
    ],
)
def test_what_cannot_be_read_is_asked_again(world: World, changes: dict[str, str], fields: list[str]) -> None:
    assert wrong(world, a_form(**changes)) == fields


def test_that_the_day_is_not_known_is_an_answer(world: World) -> None:
    _, told, _ = sent(world, a_form(day_unsure="yes"))
    assert (told.happened_on, told.day_unsure) == (None, True)
    reference, told, _ = sent(
        world, a_form(day_unsure="yes", happened_day="2", happened_month="3", happened_year="2026")
    )
    assert (told.happened_on, told.day_unsure) == (MON_2_MAR, True)
    assert world.case(HANDLER, reference)["account"]["day_unsure"]


def test_how_when_and_in_which_language_to_reach_somebody(world: World) -> None:
    """Whoever asks for a call gets no letter, though there is an address; a person sees the hours and is to call."""
    wanted = {"contact_by": "phone", "phone": "0555 111 22 33", "call_hours": "Salı, 18.00’den sonra"}
    reference, told, page = sent(world, a_form(**wanted, answer_language="en"))
    assert (told.contact_by, told.call_hours, told.mail_to) == ("phone", "Salı, 18.00’den sonra", None)
    assert "Şikâyetinizi aldık" in page  # in the language of the form
    case = world.case(HANDLER, reference)
    assert (case["language"], case["told_by"]) == ("en", "person")
    assert (case["complainant"]["contact_by"], case["complainant"]["call_hours"]) == ("phone", "Salı, 18.00’den sonra")
    assert case["letters"] == []


def test_the_form_goes_on_in_the_other_language_with_all_that_was_typed(world: World) -> None:
    typed = a_form(
        to="en", wants=["refund", "apology"], contact_by="letter", address="Moda Caddesi 1", day_unsure="yes"
    )
    answer = world.public.post(FORM, data=typed)
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
    assert 'value="Ankastre fırın"' in answer.text
    assert "Moda Caddesi 1</textarea>" in answer.text
    for chosen in ("who-me", "told_before-no", "wants-refund", "wants-apology", "contact_by-letter", "day_unsure"):
        assert re.search(rf'<input id="{chosen}"[^>]* checked>', answer.text), chosen
    assert 'id="summary" tabindex="-1" hidden' in answer.text


def test_a_currency_without_an_amount_is_no_answer(world: World) -> None:
    _, told, _ = sent(world, a_form(currency="TRY"))
    assert told.currency is None


def test_what_belongs_to_an_answer_that_was_not_given_is_left_out(world: World) -> None:
    left = {"elsewhere_where": "Mahkeme", "told_reference": "SRV-118", "address": "Moda Caddesi 1", "call_hours": "9"}
    _, told, _ = sent(world, a_form(**left))
    assert (told.elsewhere_where, told.told_reference, told.address, told.call_hours) == (None,) * 4


def test_the_longest_form_is_not_too_long(world: World) -> None:
    kinds = ["refund", "replacement", "repair_rework", "price_reduction", "invoice_correct", "compensation_loss"]
    form = a_form(
        who=OTHER | {"their_phone": "0555 111 22 33", "phone": "0555 111 22 33", "idempotency_key": ""},
        wants=[*kinds, "information_explanation", "apology"],
        formats=["large_print", "braille", "audio", "interpreter", "call"],
        **dict.fromkeys(("happened_day", "happened_month", "happened_year", "elsewhere_where", "told_reference"), ""),
        **dict.fromkeys(("order_number", "branch", "staff_involved", "life_stage", "others_affected", "wish"), ""),
        **dict.fromkeys(("wish_amount", "value", "currency", "organisation", "customer", "address"), ""),
        **dict.fromkeys(("support_needs", "their_email", "contact_by", "call_hours", "answer_language"), ""),
        may_survey="yes",
    )
    sent(world, form)


# --- refused as a whole ----------------------------------------------------------------------------------------------

BROWSER = {"accept": "text/html,application/xhtml+xml", "content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("asked", "status", "turkish", "english"),
    [
        ({"data": {"wish": "a" * 300_000}}, 413, "tek seferde gönderilemeyecek", "too long to be sent at once"),
        ({"content": "&" * 99}, 400, "Gelen bilgiler beklediğimiz biçimde değildi", "not as we expected"),
        ({"content": "{}", "type": "application/json"}, 415, "beklediğimiz biçimde değildi", "not as we expected"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("spoken", ["tr", "en"])
def test_a_form_that_is_refused_as_a_whole_is_answered_with_a_page_that_says_what_to_do(
    world: World, asked: dict[str, Any], status: int, turkish: str, english: str, spoken: str
) -> None:
    """In both languages, the browser's first; a program that asks for no page is answered as before."""
    headers = BROWSER | {"accept-language": spoken} | {"content-type": asked.get("type", BROWSER["content-type"])}
    sent = {name: value for name, value in asked.items() if name != "type"}
    answer = world.public.post(FORM, headers=headers, **sent)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    said = [answer.text.index(words) for words in (turkish, english)]
    assert said == sorted(said, reverse=spoken == "en")
    assert "0 800 000 00 00" in answer.text
    plain = world.public.post(FORM, headers=headers | {"accept": "*/*"}, **sent)
    assert plain.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("form", "leads_to"),
    [("complaints", "sikayet"), ("track", "takip"), ("track/lost", "takip/kod"), ("track/renew", "takip/kod")],
)
def test_the_page_of_a_refusal_leads_back_to_where_the_form_was(world: World, form: str, leads_to: str) -> None:
    headers = BROWSER | {"accept-language": "tr"}
    page = world.public.post(f"/api/public/{form}/form", content="&" * 99, headers=headers).text.split("<footer")[0]
    scripted = page.split('<p class="scripted">')[1].split("</p>")[0]
    assert re.findall('href="([^"]*)"', scripted) == [f"/tr/{leads_to}/"]


def test_a_fault_of_ours_is_a_page_that_repeats_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("kanarya7331")

    monkeypatch.setattr(world.table, "file", fails)
    answer = world.public.post(FORM, data=a_form(what_happened="kanarya7331 öttü ve sustu."), headers=BROWSER)
    assert answer.status_code == 500
    assert "Hata bizde." in answer.text
    assert "kanarya" not in answer.text


def test_the_same_form_sent_again_after_a_fault_is_one_complaint(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page of our fault promises: it counts once, though the answer was lost."""
    render = world.vault.token
    monkeypatch.setattr(world.vault, "token", lambda *_: 1 / 0)
    assert world.public.post(FORM, data=a_form(), headers=BROWSER).status_code == 500
    monkeypatch.setattr(world.vault, "token", render)
    world.wait(minutes=3)
    reference, _, _ = sent(world, a_form())
    assert len([one for one, *_ in world.table.page("open", None, THE_SYSTEM)]) == 1
    assert world.table.load(reference)
