"""Screens, letters, papers, rules and refusals keep to the glossary."""

import pytest

from infra.glossary import DOCUMENT, glossary, page
from infra.words import Text, texts


def test_everything_that_people_read_keeps_to_the_glossary() -> None:
    assert list(glossary().problems(texts())) == []


@pytest.mark.parametrize(
    ("key", "tr", "en", "problem"),
    [
        ("desk.states.closed", "Sonlandırıldı", "Closed", "is no term"),
        ("desk.holidays.title", "Tatiller", "Holidays", "is no term"),
        ("page.case.lost", "Takip anahtarınızı yazın.", "Type your tracking code.", "is not about 'sorgulama kodu'"),
        ("letter.routes.body", "Gerekçesini açıklarız.", "We explain each finding.", "is not about 'tespit'"),
        ("paper.labels.owner_now", "Sahibi", "Owner", "is 'Sorumlu' in "),
        ("pack.XX.1.0", "Cevap: 10 gün", "Answer: 10 days", "uses 'cevap'"),
        ("core.problems.other", "Şikayet bulunamadı", "There is no such complaint", "uses 'şikayet'"),
    ],
)
def test_a_word_of_ones_own_is_found(key: str, tr: str, en: str, problem: str) -> None:
    found = set(glossary().problems([*texts(), Text(key, tr, en)])) - set(glossary().problems(texts()))
    assert len(found) == 1
    assert all(one.startswith(key) and problem in one for one in found)


def test_an_exception_that_nothing_needs_is_told() -> None:
    assert len(list(glossary().problems([]))) == len(glossary().spared)


@pytest.mark.parametrize("kind", ["desk", "page", "letter", "paper", "core", "pack"])
def test_all_words_are_read(kind: str) -> None:
    assert len([text for text in texts() if text.key.startswith(f"{kind}.")]) >= 15


def test_the_document_is_written_from_the_file() -> None:
    assert DOCUMENT.read_text("utf-8") == page()
