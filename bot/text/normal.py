"""The one normal form of text: safety, opt-out, gate and retrieval all read a message through it."""

import re
import unicodedata
from dataclasses import dataclass

from bot.text.characters import is_hidden, plain
from bot.text.repair import join_spaced_letters, leet_to_letters, look_alikes_to_latin, shorten_repeats

MAX_CHARACTERS = 4_000   # longer than any honest message to a front desk

_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_APOSTROPHE_IN_WORD = re.compile(r"(?<=\w)'(?=\w)")
_WORD = re.compile(r"\d+(?:[.,:/]\d+)*[a-z%]*|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Normal:
    """One text in its normal forms.

    `raw` is what came. `clean` is what a person saw. `folded` is what machines compare: lower case, no accents,
    disguises undone, apostrophes inside words dropped, other punctuation kept. `tokens` are the words of `folded`.
    """

    raw: str
    clean: str
    folded: str
    tokens: tuple[str, ...]

    def __repr__(self) -> str:
        # Patient words must not reach a log by way of a dataclass.
        return f"Normal(‹{len(self.raw)} characters›)"


def typed(text: str) -> str:
    """Clean a message on arrival: no hidden characters, single blanks, at most MAX_CHARACTERS."""
    visible = text[: MAX_CHARACTERS * 2]   # bounded work before the exact cut
    if not visible.isascii():
        visible = unicodedata.normalize("NFC", visible)
    if not visible.isprintable():
        visible = "".join(char for char in visible if not is_hidden(char))
    visible = _BLANK_LINES.sub("\n", visible)
    return _BLANKS.sub(" ", visible).strip()[:MAX_CHARACTERS].rstrip()


def fold(clean: str) -> str:
    """The form machines compare, from cleaned text."""
    text = look_alikes_to_latin(clean)
    text = text.lower() if text.isascii() else "".join(map(plain, unicodedata.normalize("NFKC", text)))
    text = _APOSTROPHE_IN_WORD.sub("", text)
    return shorten_repeats(leet_to_letters(join_spaced_letters(text))).strip()


def normal(text: str) -> Normal:
    """Every normal form of `text`."""
    clean = typed(text)
    folded = fold(clean)
    return Normal(raw=text, clean=clean, folded=folded, tokens=tuple(_WORD.findall(folded)))
