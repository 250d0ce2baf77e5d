"""`frontdesk probe answer`: one text in, the articles found, whether the lane abstained, and the words it would say."""

from __future__ import annotations

from datetime import datetime

from bot.domain.blocks import Bullets, Paragraph
from bot.lanes.information.answering import answer
from bot.privacy.phi import Purpose
from bot.responses.wording import word
from bot.understanding.answer_probe import find
from bot.understanding.hear import Understanding
from knowledge.published import PublishedPractice


def probe(
    text: str, *, understanding: Understanding, practice: PublishedPractice, now: datetime, language: str
) -> dict[str, object]:
    """The row to print. Abstained: the patient would get the honest no and the way to a person."""
    found = find(text, understanding=understanding, now=now, language=language)
    spoken = found.heard.language if found.heard.language in practice.languages else language
    said = answer(found.heard, practice=practice, now=now, language=spoken, channel="web")
    lines: list[str] = []
    for block in word(said.says, language=spoken).blocks.reveal(Purpose.WORDING):
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Bullets):
            lines.extend(block.items)
    return {"articles": list(found.articles), "abstained": found.abstained or not said.answered, "answer": "\n".join(lines)}
