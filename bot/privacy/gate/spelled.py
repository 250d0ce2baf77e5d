"""Numbers said in words: "five five five oh one two three", "double seven", "cinco cinco cinco"."""

import re
from collections.abc import Iterator

from bot.privacy.gate.dates import NUMBER_WORD
from bot.privacy.gate.spans import Found

__all__ = ["find"]

LONG_ENOUGH = 5  # digits: shorter runs are times, counts and doses
LARGE = frozenset("hundred thousand mil cien ciento".split())
TENS = re.compile(r"ten|eleven|twelve|\w+teen|\w+ty|diez|once|doce|trece|catorce|quince|dieci\w+|veint\w+|\w+nta")
RUN = re.compile(
    rf"(?<!\w)(?:{NUMBER_WORD}|double|triple|doble|\d{{1,4}})"
    rf"(?:[\s,.-]{{1,3}}(?:y\s)?(?:{NUMBER_WORD}|double|triple|doble|\d{{1,4}}))+(?!\w)"
)
A_NUMBER_WORD = re.compile(rf"\b{NUMBER_WORD}\b|\b(?:double|triple|doble)\b")
WORD = re.compile(r"\w+")


def find(text: str) -> Iterator[Found]:
    """Runs of spoken digits long enough to be a phone or a record number."""
    if not A_NUMBER_WORD.search(text):
        return
    for m in RUN.finditer(text):
        words = WORD.findall(m.group())
        if all(w.isdigit() for w in words):
            continue
        digits = sum(len(w) if w.isdigit() else 0 if w in LARGE else 2 if TENS.fullmatch(w) else 1 for w in words)
        digits += sum(1 for w in words if w in ("double", "doble")) + sum(2 for w in words if w == "triple")
        if digits >= LONG_ENOUGH and not LARGE.intersection(words):
            yield m.start(), m.end(), "PHONE" if digits >= 7 else "OTHER_ID"
