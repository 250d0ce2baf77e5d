"""Preparation instructions of a visit that was booked: the approved article, word for word, never adapted (R-524)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.says import Say
from bot.lanes.information.articles import article, current
from bot.lanes.information.context import SMS, Asking
from bot.understanding.facts.hours import local
from knowledge.published import PublishedPractice


def preparation(
    article_id: str, *, practice: PublishedPractice, now: datetime, language: str, channel: str
) -> tuple[Say, ...]:
    """Every current section of the article in the patient's language; empty when none may be served."""
    asking = Asking(practice=practice, now=local(practice, now), language=language, sms=channel == SMS)
    sections = [section for section in practice.sections if section.article == article_id]
    today = asking.now.date()
    return tuple(article(section, asking) for section in sections if current(section, language=language, today=today))
