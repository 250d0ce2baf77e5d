"""Retrieval finds the section that holds the answer, mends slips, and abstains when none does."""

from __future__ import annotations

import time
from datetime import date

import pytest

from bot.understanding.retrieval import ABSTAIN, Index
from bot.understanding.retrieval.index import of_sections
from knowledge.publishing.publish import publish
from tests.support.paths import RIVERSIDE

MOST_SECONDS = 0.01


@pytest.fixture(scope="module")
def index() -> Index:
    return of_sections(publish(RIVERSIDE, today=date(2026, 11, 23)).sections)


@pytest.mark.parametrize(
    ("text", "language", "section"),
    [
        ("i forgot my portal pasword", "en", "portal-sign-up/sign-in-problems"),
        ("can i bring my service dog", "en", "service-animals/animals-in-the-office"),
        ("coffee before fasting labs?", "en", "prepare-fasting-labs/fasting"),
        ("cuánto tardan mis resultados", "es", "test-results/when-results-arrive"),
    ],
)
def test_the_right_section_comes_first(index: Index, text: str, language: str, section: str) -> None:
    """Endings, synonyms and slips do not hide a section."""
    assert section == index.search(text, language=language)[0].section


@pytest.mark.parametrize("text", ["do you sell lottery tickets", "what is the meaning of life", "the", ""])
def test_no_section_is_better_than_a_wrong_one(index: Index, text: str) -> None:
    """Below the threshold nothing is served."""
    assert () == index.search(text, language="en")


def test_scores_are_between_the_threshold_and_one(index: Index) -> None:
    """Scores can be compared between questions."""
    for hit in index.search("do i need to fast for blood work", language="en"):
        assert ABSTAIN <= hit.score <= 1


def test_the_other_language_is_a_fallback_that_counts_less() -> None:
    """A section without Spanish phrasings is still found by a shared word, with a lower score."""
    index = Index([("a/b", {"en": ("telehealth portal",)}, {"en": "Telehealth"}, {})])
    english = index.ranked("telehealth portal", language="en")[0].score
    spanish = index.ranked("telehealth portal", language="es")[0].score
    assert spanish < english


def test_a_search_is_fast(index: Index) -> None:
    """Well under ten milliseconds for the sample practice."""
    index.search("how long do refills take", language="en")
    begun = time.perf_counter()
    for _ in range(20):
        index.search("how long do refills take and where is my chart", language="en")
    assert (time.perf_counter() - begun) / 20 < MOST_SECONDS
