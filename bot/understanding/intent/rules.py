"""Rules around the scorer: messages whose intent is certain from their form, and whether an intent has its cue."""

from __future__ import annotations

import re
from typing import Final

from bot.text import normal
from bot.understanding.heard import Intent
from bot.understanding.intent.cues import DOMAIN, FOREIGN, FOREIGN_ALWAYS, GIBBERISH, NEEDED, OURS
from bot.understanding.intent.features import words

SHORT: Final = 9   # greetings and farewells with more words than this are about something
_SOCIAL: Final = frozenset((Intent.GREETING, Intent.GOODBYE))
_SERVICE_ASKED: Final = re.compile(
    r"\b(?:do (?:you|u|yall)|are you|can i|can you|you (?:guys )?(?:do|have|offer)|what (?:services|phone|number|fax)|how (?:do i|long)|"
    r"hacen|ofrecen|tienen|atienden|ponen|puedo|cual|cuanto|como)\b"
)
_MINE: Final = re.compile(
    r"\b(?:when|what (?:time|day|date)|which day|at what time)\b.{0,30}\b(?:is|was|are|s)\b.{0,12}\b(?:my|our)\b.{0,25}\b(?:appoin\w*|appt\w*|visits?|bookings?)\b"
    r"|\bwhat(?:s| is| are)?\b.{0,12}\b(?:date|time|day)\b.{0,12}\bmy\b.{0,30}\b(?:appoin\w*|appt\w*|visit)\b"
    r"|\bdo i have (?:an|any|a|another)\b.{0,20}\b(?:appoin\w*|appt\w*|visits?)\b"
    r"|\b(?:what|which|any|when) (?:appoin\w*|appt\w*|visits?) do i have\b|\bwhen (?:do|will|am) i (?:see|seeing|supposed to (?:come|see)|due|scheduled)\b"
    r"|\b(?:list|show|check|see|look up|find|tell me) (?:me )?(?:my|our) (?:upcoming |next |scheduled |future )*(?:appoin\w*|appt\w*|visits?)\b"
    r"|^(?:my|upcoming) (?:next |upcoming )?appoin\w*\W*$|\bmy next (?:appoin\w*|appt\w*|visit)\W*$"
    r"|\b(?:cuando|a que hora|que dia|para cuando)\b.{0,20}\b(?:es|esta|tengo|era|toca)\b.{0,20}\bcita\b|\bcuando (?:es|tengo|me toca)\b.{0,12}\bcita\b"
    r"|\btengo (?:una |alguna )?cita\b.{0,15}\?|\b(?:consultar|ver|revisar|saber) (?:de )?mis? citas?\b|^mis? (?:proxima |siguiente )?citas?\W*$"
)


def asks_own_appointment(folded: str) -> bool:
    """`When is my appointment?` in any of its forms: neither a booking nor a change."""
    return bool(_MINE.search(folded)) and not re.search(
        r"\b(?:cancel|reschedul|change|move|cancelar|cambiar|mover|reprogram|anular)\w*", folded
    )


def decided(text: str) -> Intent | None:
    """The intent of a message that needs no scorer."""
    form = normal(text)
    if not form.tokens or all(GIBBERISH.match(token) for token in form.tokens):
        return Intent.OUT_OF_SCOPE
    if asks_own_appointment(form.folded) and not FOREIGN_ALWAYS.search(form.folded):
        return Intent.CONFIRM
    return None


def believable(text: str, intent: Intent) -> bool:
    """Whether a message has the words without which this intent cannot be meant, and none of another business."""
    if intent is Intent.OUT_OF_SCOPE:
        return True
    folded = " ".join(words(text))
    raw = normal(text).folded
    if FOREIGN_ALWAYS.search(raw) or (FOREIGN.search(raw) and not OURS.search(raw)):
        return False
    if intent in _SOCIAL and len(folded.split()) > SHORT:
        return False
    needed = NEEDED.get(intent)
    if needed is None:
        return bool(DOMAIN.search(raw) or _SERVICE_ASKED.search(raw))
    return bool(needed.search(raw) or needed.search(folded))
