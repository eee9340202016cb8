"""The organisation's own list of problems: renamed, put in order, put out of use, and never deleted."""

from typing import Any

import pytest

from complaints import commands as c
from complaints.categories import Category, brought_along, problems
from complaints.refusals import Incomplete
from complaints.rules import Organisation, Rules
from tests.builders import ASSESS, HANDLER, LEAD, RULES, after, received, then

OURS = Category(number=100, name={"tr": "Bayi davranışı", "en": "Conduct of a dealer"})


def listed(*changed: Category) -> tuple[Category, ...]:
    """What comes with the product, with these in the place of their namesakes or at the end."""
    new = {one.number: one for one in changed}
    known = [new.pop(one.number, one) for one in brought_along()]
    return (*known, *new.values())


def changed(number: int, **to: Any) -> Category:
    return next(one for one in brought_along() if one.number == number).model_copy(update=to)


def about(*numbers: int) -> c.Assess:
    points = tuple(c.PointTitle(title="Cam kırıldı", category=number) for number in numbers)
    return ASSESS.model_copy(update={"points": points})


def again(*numbers: int) -> c.Reassess:
    return c.Reassess(**dict(about(*numbers)) | {"reason": "Yeniden bakıldı."})


def ruled(*categories: Category) -> Rules:
    return Rules(Organisation(categories=categories), RULES.home)


def test_the_list_of_the_product_is_whole_in_every_language() -> None:
    assert [one.number for one in brought_along()] == list(range(1, 22))
    assert list(problems(brought_along(), brought_along())) == []


def test_a_point_is_about_a_category_of_the_organisations_own() -> None:
    history = after(received(), (HANDLER, about(100)), rules=ruled(*listed(OURS)))
    assert [point.category for point in then(history).points] == [100]


@pytest.mark.parametrize("categories", [listed(), listed(OURS.model_copy(update={"active": False}))])
def test_what_is_not_in_use_is_not_taken(categories: tuple[Category, ...]) -> None:
    with pytest.raises(Incomplete) as refused:
        after(received(), (HANDLER, about(3, 100)), rules=ruled(*categories))
    assert refused.value.errors == (("/points/1/category", "choice_required"),)


def test_a_complaint_keeps_what_was_put_out_of_use_since() -> None:
    history = after(received(), (HANDLER, about(3)))
    now = ruled(*listed(changed(3, active=False)))
    assert [point.category for point in then(after(history, (LEAD, again(3, 9)), rules=now)).points] == [3, 9]
    assert now.category(3)["tr"] == "Ayıplı veya güvensiz"


def test_a_category_younger_than_the_rules_at_hand_is_called_by_its_number() -> None:
    assert RULES.category(100) == {"tr": "100", "en": "100"}


@pytest.mark.parametrize(
    ("categories", "wrong"),
    [
        (listed(OURS), []),
        (tuple(reversed(listed())), []),
        (listed(changed(3, active=False)), []),
        (listed()[1:], [("/categories", "category_gone")]),
        ((*listed(), changed(3, name={"tr": "Ayrı", "en": "Another"})), [("/categories/21", "category_gone")]),
        (listed(changed(20, active=False)), [("/categories/19/active", "category_needed")]),
        (
            listed(changed(3, name={"tr": "GECIKME", "en": "Slow"})),
            [("/categories/2/name/tr", "category_name_taken")],
        ),
        (
            listed(changed(3, name={"tr": "GECİKME", "en": "Slow"})),
            [("/categories/2/name/tr", "category_name_taken")],
        ),
        (listed(changed(2, active=False), changed(3, name={"tr": "Gecikme", "en": "Late"})), []),
    ],
)
def test_what_may_follow_a_list(categories: tuple[Category, ...], wrong: list[tuple[str, str]]) -> None:
    assert list(problems(categories, brought_along())) == wrong
