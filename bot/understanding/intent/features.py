"""What the scorer sees of a message: words, pairs of words and pieces of words, with dates, times and doses made alike."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from bot.text import nearest, normal

UNKNOWN: Final = "<unknown>"
MAX_WORDS: Final = 60  # the intent of a long message is said early or in its last words
HEAD_WORDS: Final = 40
PIECE: Final = 4  # pieces of this many letters carry typos and endings

_WORD: Final = re.compile(r"<\w+>|[a-z]+|\d+")
_MONTHS: Final = (
    "january|february|march|april|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_ALIKE: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        re.compile(r"\b\d{1,2}:\d{2}\s*(?:[ap]\.?\s?m\b\.?|hrs)?|\b\d{1,2}\s*(?:[ap]\.?\s?m\b\.?|o'?clock\b)"),
        " <time> ",
    ),
    (re.compile(r"\b(?:mon|tues?|wed|thurs?|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?s?\b"), " <day> "),
    (re.compile(r"\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)\b"), " <day> "),
    (re.compile(rf"\b(?:{_MONTHS})\b"), " <month> "),
    (re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\b"), " <date> "),
    (re.compile(r"\b\d+\s*(?:mg|mcg|ml)\b"), " <dose> "),
    (re.compile(r"\b(?:dr|dra|doctor|doctora)s?\b\.?"), " doctor "),
    (re.compile(r"\d+"), " <number> "),
)


def words(text: str) -> list[str]:
    """The words of a text as the scorer counts them."""
    folded = normal(text).folded
    for pattern, name in _ALIKE:
        folded = pattern.sub(name, folded)
    found = _WORD.findall(folded)
    return found if len(found) <= MAX_WORDS else found[:HEAD_WORDS] + found[HEAD_WORDS - MAX_WORDS :]


def mend(word: str, *, known: Set[str], targets: Sequence[str]) -> str:
    """A slip of a frequent word becomes that word; anything else stays."""
    if word in known or word[0] == "<":
        return word
    meant = nearest(word, targets)
    return meant if meant is not None and meant[0] == word[0] else word


def features(found: Sequence[str], *, known: Set[str]) -> list[str]:
    """The names of everything counted in a list of words, each once. Words not `known` count as one unknown word."""
    names: dict[str, None] = {}
    shown = ["^", *(word if word in known or word[0] == "<" else UNKNOWN for word in found), "$"]
    for left, right in zip(shown, shown[1:], strict=False):
        names[f"{left} {right}"] = None
    for first, second, third in zip(shown, shown[1:], shown[2:], strict=False):
        names[f"{first} {second} {third}"] = None
        names[f"{first} _ {third}"] = None
    for word in shown[1:-1]:
        names[word] = None
    for word in found:
        if len(word) > PIECE and word[0] != "<":
            edged = f"<{word}>"
            for start in range(len(edged) - PIECE + 1):
                names[f"~{edged[start : start + PIECE]}"] = None
    unknown = shown.count(UNKNOWN)
    if unknown:
        names[f"<unknown {min(unknown, 4)}>"] = None
        names[f"<share {round(4 * unknown / len(found))}>"] = None
    return list(names)
