"""Counts SMS segments and keeps texts inside GSM 03.38 where that loses nothing but accents (R-454, R-455)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("^{}\\[~]|€")  # two septets each
_PLAIN: Final = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "…": "...",
    "\u00a0": " ",
    "•": "-",
    "\u202f": " ",
}


@dataclass(frozen=True, slots=True)
class Segments:
    encoding: str
    """`GSM-7` or `UCS-2`."""
    count: int


def plain(text: str) -> str:
    """Typographic signs to plain ones; accents that GSM lacks (á í ó ú) dropped, those it has (é ñ ü ¿ ¡) kept."""
    spelled = "".join(_PLAIN.get(character, character) for character in text)
    return "".join(_in_gsm(character) for character in spelled)


def _in_gsm(character: str) -> str:
    if character in GSM or character in EXTENDED:
        return character
    base = unicodedata.normalize("NFD", character)[0]
    return base if base in GSM and base.isalpha() else character


def segments(text: str) -> Segments:
    """160 septets in one GSM-7 segment and 153 in each of several; 70 and 67 UTF-16 units in UCS-2.

    A character of two septets, or of two units, is never split over two segments.
    """
    if all(character in GSM or character in EXTENDED for character in text):
        return Segments("GSM-7", _packed([2 if character in EXTENDED else 1 for character in text], alone=160, each=153))
    return Segments("UCS-2", _packed([len(character.encode("utf-16-le")) // 2 for character in text], alone=70, each=67))


def _packed(sizes: list[int], *, alone: int, each: int) -> int:
    if sum(sizes) <= alone:
        return 1
    count, used = 1, 0
    for size in sizes:
        if used + size > each:
            count, used = count + 1, 0
        used += size
    return count
