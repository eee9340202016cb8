"""What customers complain of: the organisation's own list, named in every language and in its own order.

A category is put out of use and never deleted: the complaints that bear it keep its name, and no other is given it.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from complaints.commands import Line
from complaints.complaint import Frozen, Language
from complaints.language import LANGUAGES
from complaints.words import folded

HANDLING = 20  # complaints about complaint handling: who handled the first one is kept from them
LAST = 999
Name = Annotated[Line, Field(max_length=80)]


class Category(Frozen):
    """One of them. Out of use it is offered no more."""

    number: int = Field(ge=1, le=LAST)
    name: Annotated[dict[Language, Name], Field(min_length=len(LANGUAGES))]
    active: bool = True


@cache
def brought_along() -> tuple[Category, ...]:
    """The list that comes with the product."""
    table = tomllib.loads((files(__package__) / "categories.toml").read_text("utf-8"))
    return tuple(Category.model_validate(one) for one in table["category"])


def problems(categories: tuple[Category, ...], before: tuple[Category, ...]) -> Iterator[tuple[str, str]]:
    """What is wrong with a list that is to follow `before`, as (pointer, code)."""
    numbers = [one.number for one in categories]
    if not {one.number for one in before} <= set(numbers):
        yield "/categories", "category_gone"
    taken: set[tuple[Language, str]] = set()
    for index, one in enumerate(categories):
        if one.number in numbers[:index]:
            yield f"/categories/{index}", "category_gone"
        if one.number == HANDLING and not one.active:
            yield f"/categories/{index}/active", "category_needed"
        names = {(language, folded(name)) for language, name in one.name.items() if one.active}
        for language, _ in names & taken:
            yield f"/categories/{index}/name/{language}", "category_name_taken"
        taken |= names
