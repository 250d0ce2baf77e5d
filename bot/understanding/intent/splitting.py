"""Cuts a message into the questions it holds, in the order typed."""


# ruff: noqa: E501 - tables of words and patterns read better in long rows than one to a line
from __future__ import annotations

import re
from typing import Final

MOST: Final = 3
SHORTEST: Final = 2  # words: "and parking?" is a question, "?" is not

_ENDS: Final = re.compile(r"(?<=[?!;\n])\s+|(?<=[a-z)]\.)(?<!\b[Dd]r\.)(?<!\b[Dd]ra\.)(?<!\b[SsMm][rst]\.)\s+(?=[A-Z¿a-z])|\n+", re.UNICODE)
_ASKS: Final = (
    r"(?:what|whats|when|where|wheres|who|which|why|how|hows|do|does|did|is|are|can|could|will|would|should|may|am i|"
    r"qu[eé]|cu[aá]l|cu[aá]ndo|d[oó]nde|c[oó]mo|cu[aá]nto|cu[aá]nta|qui[eé]n|puedo|puede|pueden|hay|tienen?|aceptan|toman|est[aá]n?|"
    r"abren|cierran|atienden|necesito|tengo que|i (?:also |still )?(?:need|want|have)|i'd like|quiero|quisiera|a qu[eé])"
)
_JOINT: Final = re.compile(
    rf"(?:\s*[,;]\s*|\s+)(?:and also|and|also|plus|y tambi[eé]n|adem[aá]s|tambi[eé]n|y)\s+(?=¿?\s*{_ASKS}\b)|\s*,\s*(?=¿?\s*{_ASKS}\b)",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"^\W*(?:hi+|hello|hey|good (?:morning|afternoon|evening)|hola|buen[oa]s(?: d[ií]as| tardes| noches)?|thanks|thank you|gracias|please|por favor|ok|okay)\W*$",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(r"^\W*(?:if|since|because|but|so|that|who|with|si|porque|pero|que|con)\b", re.IGNORECASE)
# "I'm new here and where do I park": what stands before the joint must be able to stand alone.
_WHOLE: Final = re.compile(
    rf"\b(?:{_ASKS}|book|schedule|cancel|reschedule|move|refill|need|want|agendar?|cancelar?|cambiar?|reservar?|renovar?)\b",
    re.IGNORECASE,
)


def split(text: str) -> tuple[str, ...]:
    """The parts of a message that may each be a question; greetings are left out. Never empty for a text with words."""
    parts: list[str] = []
    for sentence in _ENDS.split(text):
        parts.extend(_joined(sentence))
    kept: list[str] = []
    for part in (piece.strip(" ,;") for piece in parts):
        words = re.findall(r"\w+", part)
        if not words or _OPENING.match(part):
            continue
        if kept and (len(words) < SHORTEST or _TOLD.match(part)):
            kept[-1] = f"{kept[-1]} {part}"
        else:
            kept.append(part)
    return tuple(kept) or (text.strip(),)


def _joined(sentence: str) -> list[str]:
    pieces: list[str] = []
    begin = 0
    for match in _JOINT.finditer(sentence):
        before = sentence[begin : match.start()]
        if len(before.split()) >= SHORTEST and _WHOLE.search(before):
            pieces.append(before)
            begin = match.end()
    return [*pieces, sentence[begin:]]
