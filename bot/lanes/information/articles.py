"""Approved article text as a message: the short form in a text, the full form on the web, never reworded."""

from __future__ import annotations

from datetime import date

from bot.domain.blocks import Block, Bullets, Paragraph, Source, Sources
from bot.domain.says import Say
from bot.lanes.information.context import Asking
from bot.responses.spoken import say_date
from knowledge.published import Section

BULLET = "- "


def current(section: Section, *, language: str, today: date) -> bool:
    """Whether a section may be served: approved in this language and not past its review date (R-331)."""
    return language in section.languages and section.review_by >= today and bool(section.short.get(language))


def article(section: Section, asking: Asking) -> Say:
    if asking.sms:
        return Say("utter_section", values={"text": section.short[asking.language]})
    blocks = blocks_of(section.full.get(asking.language) or section.short[asking.language])
    source = Sources(
        (Source(section.title[asking.language], say_date(section.reviewed_on, asking.language, weekday=False)),)
    )
    first = blocks[0]
    if isinstance(first, Paragraph):
        return Say("utter_section", values={"text": first.text}, blocks=(*blocks[1:], source))
    return Say("utter_section", values={"text": section.title[asking.language]}, blocks=(*blocks, source))


def blocks_of(text: str) -> tuple[Block, ...]:
    """Paragraphs and bullet lists of an article text."""
    found: list[Block] = []
    for chunk in text.strip().split("\n\n"):
        lines = [line.strip() for line in chunk.splitlines() if line.strip()]
        bullets: list[str] = []
        prose: list[str] = []
        for line in lines:
            if line.startswith(BULLET):
                bullets.append(line[len(BULLET) :])
            elif bullets:
                bullets[-1] = f"{bullets[-1]} {line}"
            else:
                prose.append(line)
        if prose:
            found.append(Paragraph(" ".join(prose)))
        if bullets:
            found.append(Bullets(tuple(bullets)))
    return tuple(found) or (Paragraph(text.strip()),)
