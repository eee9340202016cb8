"""A lost code: whoever has shown that they read our mail gets a new one by a number in it; nobody learns anything else.

No link, no code and no secret stands in any letter or address: numbers are typed.
"""

import re
from typing import Any

import pytest

from complaints import commands as c
from tests.builders import HANDLER
from tests.functions.test_tracking import PAGE, Case, Made
from tests.ways import BY_LAWYER, BY_LAWYER_TO_HER
from tests.world import HANDLER as DESK_HANDLER
from tests.world import World

LOST, RENEW = "/api/public/track/lost/form", "/api/public/track/renew/form"
HERS = "nermin@example.com"
OFFERED = 'name="act" value="verify_contact"'
NUMBER = r"\b[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}\b"


@pytest.fixture
def case(world: World, monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.setattr("intake.app.EVENLY", 0.0)
    return lambda **told: Case(world, **told)


def numbers(world: World) -> list[str]:
    """The numbers in the letters that have left, the newest last."""
    world.settle()
    return [number for _, mail, _ in world.mailbox.sent for number in re.findall(NUMBER, text_of(mail))]


def text_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def token_of(mine: Case) -> str:
    return str(mine.world.open(mine.receipt)[0]["Authorization"].removeprefix("Bearer "))


def confirm(mine: Case, number: str, status: int = 200, token: str | None = None) -> str:
    token = token or token_of(mine)
    typed = {"token": token, "act": "verify_contact", "number": number, "language": "tr"}
    answer = mine.world.public.post(PAGE, data=typed)
    assert answer.status_code == status
    return str(answer.text)


def lose(mine: Case, email: str = HERS, reference: str | None = None) -> str:
    typed = {"reference": reference or mine.reference, "email": email, "language": "tr"}
    answer = mine.world.public.post(LOST, data=typed)
    assert answer.status_code == 200
    return re.sub(r'value="[^"]*"', "", answer.text)


def renew(mine: Case, number: str, status: int = 200) -> str:
    typed = {"reference": mine.reference, "number": number, "language": "tr"}
    answer = mine.world.public.post(RENEW, data=typed)
    assert answer.status_code == status
    return str(answer.text)


def code_in(page: str) -> str:
    return re.findall(r'id="secret"[^>]*>([^<]*)<', page)[0]


def opens(mine: Case, secret: str) -> bool:
    code = {"reference": mine.reference, "secret": secret}
    return bool(mine.world.public.post("/api/public/track", json=code).status_code == 200)


def confirmed(mine: Case) -> Case:
    confirm(mine, numbers(mine.world)[-1])
    return mine


# --- the address -----------------------------------------------------------------------------------------------------


def test_whoever_types_the_number_of_our_letter_has_confirmed_their_address(case: Made, world: World) -> None:
    mine = case()
    assert OFFERED in mine.page()
    assert "<strong>n…@example.com</strong> adresine gönderdiğimiz" in mine.page()
    number = numbers(world)[-1]
    assert "Onay numarası" in text_of(world.mailbox.sent[-1][1])
    assert "Bu numara doğru değil" in confirm(mine, "0000 0000", status=422)
    assert world.case(DESK_HANDLER, mine.reference)["mail_verified"] is False
    page = confirm(mine, number.lower().replace(" ", "-"))
    assert "E-posta adresiniz onaylandı." in page
    assert OFFERED not in page
    assert "E-posta adresiniz onaylandı." in confirm(mine, number)  # a second click
    shown = world.case(DESK_HANDLER, mine.reference)
    assert shown["mail_verified"] is True
    assert [one["type"] for one in shown["timeline"]].count("ContactVerified") == 1
    raw = str(world.table.item(mine.reference, "CASE"))
    assert HERS not in raw


def test_the_number_belongs_to_one_complaint_and_one_address(case: Made, world: World) -> None:
    one, other = case(), case()
    world.settle()
    theirs = [text_of(mail) for _, mail, _ in world.mailbox.sent if other.reference[:4] in text_of(mail)][-1]
    confirm(one, re.findall(NUMBER, theirs)[0], status=422)


def test_after_ten_numbers_in_an_hour_even_the_right_one_must_wait_and_the_code_still_opens(
    case: Made, world: World
) -> None:
    mine = case()
    number, token = numbers(world)[-1], token_of(mine)
    for _ in range(10):
        confirm(mine, "0000 0000", status=422, token=token)
    assert "çok fazla deneme" in confirm(mine, number, status=429)
    world.wait(hours=1)
    assert "onaylandı" in confirm(mine, number)


@pytest.mark.parametrize(
    "told", [{"email": None, "phone": "0555 111 22 33"}, BY_LAWYER_TO_HER], ids=["none", "not own"]
)
def test_where_no_letter_reaches_whoever_holds_the_code_there_is_nothing_to_confirm(
    case: Made, world: World, told: dict[str, Any]
) -> None:
    before = numbers(world)
    mine = case(**told)
    assert numbers(world) == before
    assert OFFERED not in mine.page()
    assert world.case(DESK_HANDLER, mine.reference)["mail_verified"] is None


def test_what_was_confirmed_of_one_address_says_nothing_of_the_next(case: Made, world: World) -> None:
    """A representative who may act no more: letters go to the complainant, of whom nothing was shown."""
    mine = case(**BY_LAWYER)
    number = numbers(world)[-1]
    mine.after((HANDLER, c.CheckAuthority(granted=True, words="Görüldü.")))
    confirm(mine, number)
    assert world.table.everything(mine.reference).verified
    mine.after((HANDLER, c.CheckAuthority(granted=False, words="Geri alındı.")))
    assert not world.table.everything(mine.reference).verified


# --- a new code ------------------------------------------------------------------------------------------------------


def test_a_lost_code_is_replaced_by_a_number_in_our_letter(case: Made, world: World) -> None:
    mine = confirmed(case())
    lose(mine, email=" Nermin@Example.com ")
    number = numbers(world)[-1]
    letter = text_of(world.mailbox.sent[-1][1])
    assert world.mailbox.sent[-1][0] == HERS
    page = renew(mine, number)
    fresh, old = code_in(page), mine.receipt["secret"]
    assert not any(secret in letter for secret in (fresh, old, fresh.replace(" ", "")))
    assert (opens(mine, fresh), opens(mine, old)) == (True, False)
    mine.receipt["secret"] = fresh
    assert "Yeni sorgulama kodu verildi" in mine.page()
    assert [entry["kind"] for entry in mine.seen()["entries"]].count("new_code") == 1
    events = [one["type"] for one in world.case(DESK_HANDLER, mine.reference)["timeline"]]
    assert {"NewCodeAsked", "CodeRenewed"} <= set(events)


def test_a_number_is_good_once_but_a_double_click_loses_nothing(case: Made, world: World) -> None:
    mine = confirmed(case())
    lose(mine)
    number = numbers(world)[-1]
    assert code_in(renew(mine, number)) == code_in(renew(mine, number))
    world.wait(minutes=2)
    assert "süresi doldu" in renew(mine, number, status=404)


def test_a_number_is_good_for_half_an_hour_and_only_the_newest(case: Made, world: World) -> None:
    mine = confirmed(case())
    lose(mine)
    first = numbers(world)[-1]
    lose(mine)
    second = numbers(world)[-1]
    assert first != second
    renew(mine, first, status=404)
    world.wait(minutes=31)
    renew(mine, second, status=404)
    assert opens(mine, mine.receipt["secret"])


def test_a_number_that_would_come_too_late_does_not_leave(case: Made, world: World) -> None:
    mine = confirmed(case())
    before = numbers(world)
    lose(mine)
    world.wait(minutes=31)
    assert numbers(world) == before


@pytest.mark.parametrize(
    ("told", "email"),
    [({}, HERS), ({}, "baska@example.com"), ({"anonymous": True, "name": None, "email": None}, HERS)],
    ids=["not confirmed", "another address", "anonymous"],
)
def test_everybody_gets_the_same_answer_and_nobody_else_a_letter(
    case: Made, world: World, told: dict[str, Any], email: str
) -> None:
    known, mine = confirmed(case()), case(**told)
    sent = len(numbers(world))
    said = lose(known)
    assert lose(mine, email) == said
    assert lose(mine, reference="7K4M29XRQ3A") == lose(mine, reference="hiç") == said
    assert lose(known, "baska@example.com") == said
    assert len(numbers(world)) == sent + 1


def test_three_letters_a_day_and_the_answer_stays_the_same(case: Made, world: World) -> None:
    mine = confirmed(case())
    sent = len(numbers(world))
    [page] = {lose(mine) for _ in range(5)}
    assert "Bir günde en çok üç numara" in page
    assert len(numbers(world)) == sent + 3
    world.wait(days=1)
    lose(mine)
    assert len(numbers(world)) == sent + 4


def test_the_answer_takes_as_long_whatever_is_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("intake.app.asyncio.sleep", sleep)
    monkeypatch.setattr("intake.app.EVENLY", 30.0)
    mine = confirmed(Case(world))
    for email in (HERS, "baska@example.com"):
        lose(mine, email)
    assert [round(one) for one in slept] == [30, 30]


def test_an_erased_complaint_answers_like_any_other(case: Made, world: World) -> None:
    mine, known = case(), confirmed(case())
    world.table._keys.delete({"reference": mine.reference})  # type: ignore[union-attr]
    assert lose(mine) == lose(known)


def test_what_is_left_empty_is_asked_for(world: World) -> None:
    answer = world.public.post(LOST, data={"language": "en"})
    assert answer.status_code == 422
    assert re.findall(r'href="#(\w+)"', answer.text.split('id="summary"')[1].split("</div>")[0]) == [
        "reference",
        "email",
    ]
