"""Rules around the scorer: messages whose intent is certain from their form, and the cues an action needs."""

from __future__ import annotations

from bot.understanding.heard import Intent


def decided(text: str) -> Intent | None:
    return None


def acts_on_us(text: str, intent: Intent) -> bool:
    return True
