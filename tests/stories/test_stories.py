"""Every YAML file below this folder is played from its first step to its `finally`."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from bot.understanding.hear import Understanding
from knowledge.published import PublishedPractice
from tests.stories.playing import Player
from tests.stories.practice import running
from tests.stories.story import Story, StoryUnreadable, stories_in

HERE = Path(__file__).parent
STORIES = [story for path in sorted(HERE.rglob("*.yaml")) for story in stories_in(path)]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address this process connects to: with the model off there is none at all."""
    found: list[str] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        found.append(str(address))
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return found


@pytest.mark.story
@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.path.parent.name}/{story.path.stem}-{story.mode}")
async def test_story(
    story: Story,
    riverside: PublishedPractice,
    understanding: Understanding,
    schema: Path,
    tmp_path: Path,
    connections: list[str],
) -> None:
    """A patient who says this gets that, and everything stands in the end as the story tells."""
    async with running(
        riverside,
        understanding,
        mode=story.mode,
        now=story.now,
        template=schema,
        database=tmp_path / "story.db",
    ) as house:
        await Player(story, house, connections).play()


def test_there_are_stories_enough() -> None:
    """At least sixty stories, in both languages and on both channels."""
    files = {story.path: story for story in STORIES}.values()
    assert len(files) >= 60
    assert sum(story.language == "es" for story in files) >= 18
    assert sum(story.phone is not None for story in files) >= 15


def test_titles_are_told_once() -> None:
    """Two stories with one title would hide each other."""
    titles = [story.title for story in STORIES]
    assert sorted(titles) == sorted(set(titles))


def test_an_unknown_word_is_an_error(tmp_path: Path) -> None:
    """A misspelt word must not pass in silence: the expectation behind it would never be looked at."""
    path = tmp_path / "slip.yaml"
    path.write_text(
        "story: A slip\nwhy: Spelling\npractice: riverside\nnow: 2026-11-30T09:00-05:00\nchannel: web\n"
        "steps: [{user: Hi}, {sayz: Hello}]\nfinally: {sent_to_model: []}\n"
    )
    with pytest.raises(StoryUnreadable, match="sayz"):
        stories_in(path)


def test_every_story_counts_what_went_to_the_model(tmp_path: Path) -> None:
    """`sent_to_model` is in every `finally`: what is not counted is not proven."""
    path = tmp_path / "short.yaml"
    path.write_text(
        "story: Too short\nwhy: Nothing is counted\npractice: riverside\nnow: 2026-11-30T09:00-05:00\nchannel: web\n"
        "steps: [{user: Hi}]\nfinally: {status: pending}\n"
    )
    with pytest.raises(StoryUnreadable, match="sent_to_model"):
        stories_in(path)
