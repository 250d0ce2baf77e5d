"""The authored questions for the sample practice get the right fact, article or honest no."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.domain.blocks import Sources
from bot.domain.says import Say
from bot.lanes.information import answer
from bot.privacy.phi import Phi
from bot.understanding.hear import Understanding
from knowledge.published import PublishedPractice
from knowledge.publishing.publish import publish
from tests.support.paths import RIVERSIDE

QUESTIONS = RIVERSIDE.parents[2] / "tests" / "evals" / "answers" / "riverside.yaml"
LEAST_RIGHT = 0.92  # a floor under what the lexical scorers reach
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def riverside() -> PublishedPractice:
    return publish(RIVERSIDE, today=TODAY)


def _said(
    practice: PublishedPractice, understanding: Understanding, row: dict[str, Any], language: str, now: datetime
) -> list[str]:
    topics: tuple[Any, ...] = ()
    kinds: list[str] = []
    for text in row["say"]:
        heard = understanding.hear(Phi(text), now=now, language=language, topics=topics)
        if not heard.asked:
            kinds = ["away"]
            continue
        found = answer(heard, practice=practice, now=now, language=language, channel="web")
        topics = (*found.topics, *topics)
        kinds = list(dict.fromkeys(_kind(say, practice, language) for say in found.says))
    return kinds


def _kind(say: Say, practice: PublishedPractice, language: str) -> str:
    if say.utter == "utter_no_answer":
        return "none"
    if say.utter != "utter_section":
        return say.utter
    titles = {item.title for block in say.blocks if isinstance(block, Sources) for item in block.items}
    return next(section.article for section in practice.sections if section.title[language] in titles)


def misses(practice: PublishedPractice, language: str) -> tuple[list[str], int]:
    """The rows answered wrongly, and how many there are."""
    content = YAML(typ="safe").load(QUESTIONS.read_text(encoding="utf-8"))
    now = datetime.fromisoformat(str(content["now"]))
    understanding = Understanding(practice)
    wrong = []
    for row in content[language]:
        said = _said(practice, understanding, row, language, now)
        wanted = [choice.split("|") for choice in row["want"]]
        missing = [choices for choices in wanted if not set(choices) & set(said)]
        if missing or (len(wanted) == 1 and len(said) > 2):
            wrong.append(f"{row['say'][-1]}: wanted {row['want']}, said {said}")
    return wrong, len(content[language])


@pytest.mark.parametrize("language", ["en", "es"])
def test_questions_are_answered_with_what_the_practice_published(riverside: PublishedPractice, language: str) -> None:
    """At least 92 of 100 authored questions get the fact or the article that holds their answer."""
    wrong, total = misses(riverside, language)
    assert 1 - len(wrong) / total >= LEAST_RIGHT, "\n".join(wrong)
