"""The intent of one message: safety first, then rules that are certain, then the scorer, and nothing below the threshold.

Practice-independent: it knows how patients talk to any front desk, not what this one has published.
"""

from __future__ import annotations

from typing import Final

from bot.understanding.heard import Intent
from bot.understanding.intent.model import Encoder, shipped
from bot.understanding.intent.rules import believable, decided
from bot.understanding.safety import Verdict, assess

ACTS: Final = frozenset((Intent.BOOK, Intent.RESCHEDULE, Intent.CANCEL, Intent.REFILL))
LEAST_SHARE: Final = 0.30   # below this the scorer is guessing
SURE: Final = 1.0


def classify(text: str, lang: str | None = None) -> tuple[Intent, float]:
    """The intent of a message and its share, safety included. What `frontdesk probe intent` prints."""
    return decide(text, safety=assess(text, lang=lang))


def decide(text: str, *, safety: Verdict, encoder: Encoder | None = None) -> tuple[Intent, float]:
    """The intent given what safety said."""
    if safety.alarm:
        return Intent.EMERGENCY, SURE
    rule = decided(text)
    if rule is not None:
        return rule, SURE
    shares = (encoder or shipped()).shares(text)
    ranked = sorted((Intent(name) for name in shares), key=lambda intent: -shares[intent])
    best = next(intent for intent in ranked if believable(text, intent))
    share = shares[best]
    if safety.label == "clinical_advice" and best not in ACTS:
        return Intent.CLINICAL_ADVICE, SURE
    if share < LEAST_SHARE:
        return Intent.OUT_OF_SCOPE, 1 - share
    return best, share
