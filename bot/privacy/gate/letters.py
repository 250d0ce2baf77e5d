"""Folds text to plain lower-case letters so that one rule reads "José", "JOSE" and full-width or look-alike letters.

Keeps an index of where every folded character came from, so spans always refer to the text as it was typed.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["fold"]

# Cyrillic and Greek letters that pass for Latin ones, and marks that people type in several shapes.
LOOK_ALIKE = str.maketrans(
    "∆аеорсухіјѕԁһԛԝкмтвнαορνικτυχ‘’‚‛′`´“”„–—‐‑‒―−∕⁄：＠",
    "daeopcyxijsdhqwkmtbhaopviktux'''''''\"\"\"-------//:@",
)


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    """The folded form of one character: usually one letter, nothing for accents and invisible marks."""
    char = char.translate(LOOK_ALIKE)
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category == "Zs":
        return " "
    parts = unicodedata.normalize("NFKD", char.casefold())
    return "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Me", "Cf")).translate(LOOK_ALIKE)


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the place in `text` it came from (one more for the end)."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    folded: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        plain = char.lower() if char.isascii() else _plain(char)
        folded.append(plain)
        if len(plain) == 1:
            places.append(at)
        else:
            places.extend([at] * len(plain))
    places.append(len(text))
    return "".join(folded), places
