"""8.3: complainants are asked once, after the closing, and nobody sees what one of them said."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from complaints import commands as c
from complaints.survey import ENOUGH, QUESTIONS
from tests.builders import HANDLER, INVESTIGATED
from tests.dates import WED_1_APR, at
from tests.functions.test_tracking import AGAIN, Case
from tests.world import AUDITOR, LEAD, World
from tests.world import HANDLER as DESK_HANDLER

ACCEPTED = (*AGAIN, (HANDLER, c.Accept(medium="phone")))
ALL = dict.fromkeys(QUESTIONS, 4)
LAST_OF_MARCH = datetime(2026, 3, 31, 20, tzinfo=UTC)  # eleven at night in Istanbul


def closed(world: World, *asked: Any, **told: Any) -> Case:
    return Case(world, **{"may_survey": True, **told}).after(*(asked or ACCEPTED))


def says(case: Case, marks: dict[str, Any], status: int = 200) -> Any:
    """Through the API."""
    token = case.world.open(case.receipt)[0]
    answer = case.world.public.post("/api/public/track/survey", json=marks, headers=token)
    assert answer.status_code == status, answer.text
    return answer.json()


def figures(world: World, sub: str = LEAD, month: str = "2026-03") -> Any:
    return world.staff(sub).get(f"/api/desk/survey?month={month}")


def test_after_the_closing_the_page_asks_once_and_says_that_nobody_sees_it(world: World) -> None:
    case = closed(world)
    page = case.page()
    assert "onunla ilgilenen kişi yanıtınızı görmez" in page
    assert set(re.findall(r'<select id="(\w+)"', page)) == set(QUESTIONS)
    assert page.index('id="survey"') > page.index('class="line entries"')  # no part of our answer
    token = world.open(case.receipt)[0]["Authorization"].removeprefix("Bearer ")
    typed = {"token": token, "act": "survey", "language": "tr"}
    nothing = world.public.post("/api/public/track/form", data=typed | {"easy": "", "fair": ""})
    assert nothing.status_code == 422
    assert "Göndermek için en az bir soruyu yanıtlayın" in nothing.text
    forged = world.public.post("/api/public/track/form", data=typed | {"easy": "9" * 5000})
    assert forged.status_code == 422
    done = world.public.post("/api/public/track/form", data=typed | {"easy": "5", "fair": "", "quick": "2"})
    assert "Yanıtlarınız kaydedildi." in done.text
    assert 'id="survey"' not in done.text
    assert not case.seen()["survey"]
    assert [one.said for one in world.table.marks("2026-03")] == [{"easy": 5, "quick": 2}]
    says(case, ALL, 409)
    assert len(world.table.marks("2026-03")) == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (INVESTIGATED, {}),  # not closed
        (AGAIN, {}),
        (((HANDLER, c.Withdraw(medium="phone", words="Vazgeçtim.")),), {}),
        (ACCEPTED, {"may_survey": False}),
        (ACCEPTED, {"safety_risk": True}),
    ],
)
def test_nobody_is_asked_who_did_not_agree_or_has_no_answer_or_was_in_danger(
    world: World, asked: tuple[Any, ...], told: dict[str, Any]
) -> None:
    case = closed(world, *asked, **told)
    assert not case.seen()["survey"]
    assert 'id="survey"' not in case.page()
    says(case, ALL, 409)
    assert world.table.marks("2026-03") == []


def test_a_complaint_that_was_opened_again_is_asked_about_again(world: World) -> None:
    case = closed(world)
    says(case, ALL)
    case.does("reopen", "Yine bozuldu.")
    assert not case.seen()["survey"]
    case.after(*ACCEPTED[len(INVESTIGATED) :])
    assert case.seen()["survey"]
    says(case, {"easy": 1})
    assert len(world.table.marks("2026-03")) == 2


def test_whoever_may_not_be_known_of_is_not_asked(world: World) -> None:
    """Their answer would count for nobody, or tell that there is one more complaint."""
    case = closed(world)
    assert case.seen()["survey"]
    hidden = {"confidential": True, "members": [DESK_HANDLER, LEAD], "words": "Basın izliyor."}
    world.move(LEAD, case.reference, "restrict", hidden)
    assert not case.seen()["survey"]
    says(case, ALL, 409)
    assert world.table.marks("2026-03") == []


def test_figures_begin_with_five_answers_and_the_handler_sees_none(world: World) -> None:
    for count in range(1, ENOUGH + 1):
        says(closed(world), {"fair": count, **({"quick": 3} if count > 1 else {})})
    assert figures(world).status_code == 404
    world.now = at(WED_1_APR)
    shown = figures(world).json()
    assert shown["answers"] == 5
    assert shown["questions"]["fair"] == {"answers": 5, "mean": 3.0}
    assert shown["questions"]["quick"] == {"answers": 4, "mean": None}
    assert shown["questions"]["outcome"] == {"answers": 0, "mean": None}
    assert figures(world, AUDITOR).status_code == 200
    assert figures(world, DESK_HANDLER).status_code == 403


def test_no_later_answer_changes_a_figure_once_it_was_seen(world: World) -> None:
    """At five answers and at six, two means would give away the sixth answer."""
    cases = [closed(world) for _ in range(ENOUGH + 1)]
    for case in cases[:ENOUGH]:
        says(case, {"fair": 5})
    world.now = LAST_OF_MARCH
    assert figures(world).status_code == 404  # the sixth may still come
    world.wait(hours=1)  # April in Istanbul, March in London
    seen = figures(world).json()
    says(cases[ENOUGH], {"fair": 1})
    assert figures(world).json() == seen
    assert [one.said for one in world.table.marks("2026-04")] == [{"fair": 1}]
    assert figures(world, month="2026-04").status_code == 404


def test_a_month_is_shown_for_two_years_and_its_answers_are_kept_longer(world: World) -> None:
    says(closed(world), ALL)
    world.now = datetime(2028, 3, 31, 20, tzinfo=UTC)
    assert figures(world).status_code == 200
    [kept] = world.items.query(PK="SURVEY#2026-03")
    assert datetime.fromtimestamp(int(kept["expires"]), UTC) > world.now
    world.wait(hours=1)
    assert figures(world).status_code == 404


@pytest.mark.parametrize("marks", [{"easy": 0}, {"easy": 6}, {"easy": "5"}, {"easy": True}, {"rude": 1}])
def test_what_is_no_mark_is_refused(world: World, marks: dict[str, Any]) -> None:
    case = closed(world)
    says(case, marks, 422)
    assert world.table.marks("2026-03") == []
