"""Undo what people do to words to dodge a filter or to shout: leetspeak, spaced letters, repeated letters, look-alikes."""

import re
from collections.abc import Set as AbstractSet

from bot.text.characters import LOOK_ALIKES

_LEET = str.maketrans("0134578@$!|", "oieastbasil")
_WORD_WITH_LEET = re.compile(r"(?<![\w@$.+-])(?=[\w@$!|]*[a-z])(?=[\w@$!|]*[0-9@$!|])[a-z0-9@$!|]{2,24}(?![\w@$])")
# "!" stands for a letter only after the first one ("k!ll"): elsewhere it ends a sentence typed without a blank.
_LEET_INSIDE = re.compile(r"[a-z][013457@$|8]+[a-z]|^[a-z]!+[a-z]|^[$@][a-z]{2}")
# "a1c" and "h1n1" are real words; "5mg", "b12", "10am" never match _LEET_INSIDE.
_REAL_MIXED = frozenset(("a1c", "hba1c", "h1n1", "h5n1", "t4n0", "p3n", "k1n", "i94", "w2s", "o2sat"))
_NUMBER_WITH_UNIT = re.compile(r"\d+[a-z]{1,7}$")
_TRAILING_SHOUT = re.compile(r"[!|]+$")

_SPACED = re.compile(r"(?<![a-z0-9])[a-z0-9@$!](?:[ .*_\-]{1,2}[a-z0-9@$!]){2,40}(?![a-z0-9'])")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_NON_LATIN_WORD = re.compile(r"[^\W\d_]*[\u0370-\u052f][^\W\d_]*")
MIN_SPACED_LETTERS = 3


def look_alikes_to_latin(text: str) -> str:
    """Replace Cyrillic and Greek look-alikes in words which are wholly Latin-looking."""
    if text.isascii():
        return text
    return _NON_LATIN_WORD.sub(_latin_if_all, text)


def _latin_if_all(match: re.Match[str]) -> str:
    swapped = match[0].translate(LOOK_ALIKES)
    return swapped if swapped.isascii() else match[0]


def join_spaced_letters(text: str) -> str:
    """`k i l l` and `s.t.o.p` become one word. Initials, times and lists of digits stay apart."""
    return _SPACED.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    run = match[0]
    letters = [char for char in run if char.isalnum() or char in "@$!"]
    alphabetic = sum(char.isalpha() for char in letters)
    if len(letters) < MIN_SPACED_LETTERS or alphabetic < MIN_SPACED_LETTERS or alphabetic * 2 <= len(letters):
        return run
    # "k  i  l  l    m e": a wider gap inside the run is the space between two words
    return "".join(letters).translate(_LEET) if any(char in "@$!013457" for char in letters) else "".join(letters)


def leet_to_letters(text: str) -> str:
    """`k1ll` and `su!c!de` become words; doses, times and codes such as `5mg`, `b12`, `a1c` stay."""
    return _WORD_WITH_LEET.sub(_unleet, text)


def _unleet(match: re.Match[str]) -> str:
    word = match[0]
    shout = _TRAILING_SHOUT.search(word)
    body = word[: shout.start()] if shout else word
    tail = shout[0] if shout else ""
    if body in _REAL_MIXED or _NUMBER_WITH_UNIT.match(body) or not _LEET_INSIDE.search(body):
        return word
    return body.translate(_LEET) + tail


def shorten_repeats(text: str) -> str:
    """`pleeeease` becomes `pleease`: two of a letter at most, since some words do have two."""
    return _REPEATED.sub(r"\1\1", text)


def segment(word: str, vocabulary: AbstractSet[str]) -> tuple[str, ...]:
    """Cut a run of letters such as `iwanttodie` into the fewest words of `vocabulary`; empty when impossible."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 14), end):
            before = best[start]
            if before is None or word[start:end] not in vocabulary:
                continue
            found = (*before, word[start:end])
            known = best[end]
            if known is None or len(found) < len(known):
                best[end] = found
    return best[-1] or ()
