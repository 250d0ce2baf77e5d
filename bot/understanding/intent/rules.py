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
# Changing one's address or pharmacy is no change of a visit.
_DETAILS: Final = re.compile(
    r"^(?!.*\b(?:appoin\w*|appt\w*|visit|cita)\b).*\b(?:address|phone|number|name|insurance|password|pharmacy|pin|email|detail|details|direccion|"
    r"telefono|nombre|seguro|contrasena|farmacia)\b"
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


_SAID_WHOLE: Final = (
    (Intent.GREETING, re.compile(r"^(?:h+i+|he+l+o+|he+y+a?|hiya|yo|gm|good ?(?:morning|afternoon|evening|day)|morning|howdy|greetings|hola+|ola|buen[oa]s(?: dias| tardes| noches)?|saludos)"
                                 r"(?: (?:there|all|everyone|team|again|hi+|hello|doctor|guys|good morning|buen[oa]s(?: dias| tardes| noches)?))?$")),
    (Intent.GOODBYE, re.compile(r"^(?:(?:ok|okay|great|perfect|alright|cool|bueno|listo|vale) )?(?:b+y+e+|bye bye|goodbye|good ?night|thanks?(?: you| u)?|thx|thnx|tks|ty|tysm|tyvm|"
                                r"see (?:ya|you|u)|cya|later|peace out|take care|cheers|adios|chao|chau|gracias|muchas gracias|hasta (?:luego|pronto|manana))"
                                r"(?: (?:so much|a lot|very much|bye|later|soon|again|then|everyone|adios|muy amable))?$")),
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
    bare = " ".join(form.tokens)
    return next((intent for intent, pattern in _SAID_WHOLE if pattern.match(bare)), None)


def of_others(text: str) -> bool:
    """Whether a message is about another business: banks, cars, recipes."""
    raw = normal(text).folded
    return bool(FOREIGN_ALWAYS.search(raw) or (FOREIGN.search(raw) and not OURS.search(raw)))


def speaks_of_us(text: str) -> bool:
    """Whether a message has a word of a medical front desk and none of another business."""
    return bool(DOMAIN.search(normal(text).folded)) and not of_others(text)


def speaks_of_place(text: str) -> bool:
    """Whether a message could be about getting to an office and is not about another business."""
    return believable(text, Intent.FAQ_DIRECTIONS)


def believable(text: str, intent: Intent) -> bool:
    """Whether a message has the words without which this intent cannot be meant, and none of another business."""
    if intent is Intent.OUT_OF_SCOPE:
        return True
    folded = " ".join(words(text))
    raw = normal(text).folded
    if of_others(text):
        return False
    if intent in _SOCIAL and len(folded.split()) > SHORT:
        return False
    if intent is Intent.RESCHEDULE and _DETAILS.search(raw):
        return False
    needed = NEEDED.get(intent)
    if needed is None:
        return bool(DOMAIN.search(raw) or _SERVICE_ASKED.search(raw))
    return bool(needed.search(raw) or needed.search(folded))
