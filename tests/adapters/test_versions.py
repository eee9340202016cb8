"""Each register keeps every version, and whoever comes second is told what the first has settled."""

import pytest
from pydantic import BaseModel

from adapters.items import Items
from adapters.versions import Versions
from complaints.refusals import OutOfDate
from tests.dates import MON_2_MAR, TUE_3_MAR, at
from tests.world import World


class Greeting(BaseModel):
    words: str = "Merhaba"


@pytest.fixture
def items(aws: None) -> Items:
    return World(at(MON_2_MAR)).items


@pytest.fixture
def greeting(items: Items) -> Versions[Greeting]:
    return Versions(items, "greeting", Greeting, Greeting())


def settle(register: Versions[Greeting], words: str, after: int) -> None:
    register.settle(Greeting(words=words), f"{words} daha iyi.", "sub-lead", at(TUE_3_MAR), after=after)


def test_what_is_there_from_the_start_nobody_has_settled(greeting: Versions[Greeting]) -> None:
    found = greeting.newest()
    assert (found.version, found.content.words, found.by, found.at, found.reason) == (0, "Merhaba", None, None, None)
    assert greeting.history() == []


def test_a_version_says_who_when_and_why(items: Items, greeting: Versions[Greeting]) -> None:
    settle(greeting, "Günaydın", after=0)
    found = Versions(items, "greeting", Greeting, Greeting()).newest()
    said = (found.version, found.content.words, found.by, found.at, found.reason)
    assert said == (1, "Günaydın", "sub-lead", at(TUE_3_MAR), "Günaydın daha iyi.")


def test_every_version_is_kept_the_newest_first(greeting: Versions[Greeting]) -> None:
    settle(greeting, "Günaydın", after=0)
    settle(greeting, "İyi akşamlar", after=1)
    assert [(one.version, one.content.words) for one in greeting.history()] == [(2, "İyi akşamlar"), (1, "Günaydın")]


@pytest.mark.parametrize("seen", [0, 2])
def test_whoever_comes_second_gets_the_newest_and_writes_nothing(greeting: Versions[Greeting], seen: int) -> None:
    settle(greeting, "Günaydın", after=0)
    with pytest.raises(OutOfDate) as refused:
        settle(greeting, "İyi akşamlar", after=seen)
    assert refused.value.current.content.words == "Günaydın"
    assert [one.version for one in greeting.history()] == [1]


def test_registers_do_not_meet(items: Items, greeting: Versions[Greeting]) -> None:
    other = Versions(items, "greeting-at-night", Greeting, Greeting(words="İyi geceler"))
    settle(greeting, "Günaydın", after=0)
    assert other.newest().version == 0 and other.history() == []
    settle(other, "Tatlı rüyalar", after=0)
    assert greeting.newest().content.words == "Günaydın"


def test_what_was_read_lately_is_not_read_again(items: Items, greeting: Versions[Greeting]) -> None:
    assert greeting.recent().content.words == "Merhaba"
    settle(Versions(items, "greeting", Greeting, Greeting()), "Günaydın", after=0)
    assert greeting.recent().content.words == "Merhaba", "a warm function knows it for a while"
    assert greeting.newest().content.words == greeting.recent().content.words == "Günaydın"
