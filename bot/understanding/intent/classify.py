"""The intent of one message: safety first, then rules that are certain, then the scorer, and nothing below the threshold.

Practice-independent: it knows how patients talk to any front desk, not what this one has published.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.understanding.heard import Intent
from bot.understanding.intent.model import Encoder, shipped
from bot.understanding.intent.rules import believable, decided, speaks_of_us
from bot.understanding.safety import Verdict, assess

ACTS: Final = frozenset((Intent.BOOK, Intent.RESCHEDULE, Intent.CANCEL, Intent.REFILL))
LEAST_SHARE: Final = 0.34   # below this the scorer is guessing
LEAST_TO_ACT: Final = 0.45   # an act that was not asked for costs more than a question back
SURE: Final = 1.0
# How much likelier `out_of_scope` is than the scorer says, with and without a word of a medical front desk.
OF_OUR_TRADE: Final = 0.25
NOT_OF_OUR_TRADE: Final = 1.6


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
    shares = _weighed(text, (encoder or shipped()).shares(text))
    best = max(shares, key=lambda intent: shares[intent])
    share = shares[best]
    ours = best is not Intent.OUT_OF_SCOPE or believable(text, Intent.CLINICAL_ADVICE)
    if safety.label == "clinical_advice" and best not in ACTS and ours:
        return Intent.CLINICAL_ADVICE, SURE
    if share < (LEAST_TO_ACT if best in ACTS else LEAST_SHARE):
        return Intent.OUT_OF_SCOPE, 1 - share
    return best, share


def _weighed(text: str, shares: Mapping[str, float]) -> dict[Intent, float]:
    """The shares of the intents that can be believed, with `out_of_scope` made likelier or less by the words of our trade."""
    trade = OF_OUR_TRADE if speaks_of_us(text) else NOT_OF_OUR_TRADE
    found = {
        Intent(name): share * (trade if name == Intent.OUT_OF_SCOPE else 1.0)
        for name, share in shares.items()
        if believable(text, Intent(name))
    }
    total = sum(found.values())
    return {intent: share / total for intent, share in found.items()}
