"""What `frontdesk probe answer` prints: the articles that a text finds, best first, and whether none is served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.privacy.phi import Phi
from bot.understanding.hear import Understanding
from bot.understanding.heard import Heard


@dataclass(frozen=True, slots=True)
class Found:
    """`articles` are article ids. `abstained`: nothing published holds an answer, neither a fact nor a section."""

    heard: Heard
    articles: tuple[str, ...]
    abstained: bool


def find(text: str, *, understanding: Understanding, now: datetime, language: str) -> Found:
    """The reading of one text without a conversation. The answer's words are made by `bot.lanes.information`."""
    heard = understanding.hear(Phi(text), now=now, language=language)
    articles = tuple(dict.fromkeys(hit.section.split("/")[0] for asked in heard.asked for hit in asked.sections))
    return Found(heard=heard, articles=articles, abstained=not heard.asked)
