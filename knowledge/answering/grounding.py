"""Whether an answer says only what its cited passages say: numbers, phones, names, links, language (R-526, R-606).

A small check that errs on the side of refusing.
It cannot see a wrong claim made of right words; people review for that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from knowledge.answering.passages import Passage

_PHONE: Final = re.compile(r"(?<![\w$])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])?\d{3}[\s.-]\d{4}(?!\w)")
_NUMBER: Final = re.compile(r"\d+(?:[:.,/]\d+)*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LINK: Final = re.compile(
    r"(?:\w+:)?//\S+|\bwww\.\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?\b", re.IGNORECASE
)
_MARKUP: Final = re.compile(r"[<>{}\[\]`*_#|\\]|\bjavascript:|\bdata:", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:…]\s+|[¿¡\"“(]\s*|\n\s*)$")

_COUNTS_EN: Final = """zero 0 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12
thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40
fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100 noon 12 midnight 0"""
_COUNTS_ES: Final = """cero 0 dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12
trece 13 catorce 14 quince 15 dieciséis 16 diecisiete 17 dieciocho 18 diecinueve 19 veinte 20 treinta 30 cuarenta 40
cincuenta 50 sesenta 60 setenta 70 ochenta 80 noventa 90 cien 100 mediodía 12 medianoche 0"""
# "one", "un" and "una" are missing on purpose: they are mostly articles. "once" means eleven in Spanish only.
_COMMON_EN: Final = "the and is are you your we our to of for in on at with have please can if not by or before"
_COMMON_ES: Final = (
    "el la los las y es son usted su sus nuestro de del para en con tiene por puede si o antes que se una"
)


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_COUNTS: Final = {"en": _pairs(_COUNTS_EN), "es": _pairs(_COUNTS_ES)}
_COMMON: Final = {"en": frozenset(_COMMON_EN.split()), "es": frozenset(_COMMON_ES.split())}


def objection(answer: str, *, passages: Sequence[Passage], language: str, links: Collection[str]) -> str | None:
    """The first thing in the answer that the passages do not bear, as a fixed phrase; None when there is none."""
    if _UNSEEN.search(answer) or _MARKUP.search(answer):
        return "not plain text"
    source = "\n".join(f"{passage.title}\n{passage.text}" for passage in passages)
    if not _links(answer) <= {*links, *_links(source)}:
        return "a link that is not on the list"
    if not _phones(answer) <= _phones(source):
        return "a phone number that no passage holds"
    numbers, counts = _numbers(source), _counts(source, language=language)
    if not _numbers(answer) <= numbers | counts:
        return "a number that no passage holds"
    if not _counts(answer, language=language) <= numbers | counts:
        return "a number word that no passage holds"
    if not _names(answer) <= {word.casefold() for word in _WORD.findall(source)}:
        return "a name that no passage holds"
    if not _is_in(answer, language=language):
        return "not in the language that was asked for"
    return None


def _links(text: str) -> frozenset[str]:
    return frozenset(link.rstrip(".,;:!?)") for link in _LINK.findall(text))


def _phones(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"\D", "", match.group())[-10:] for match in _PHONE.finditer(text))


def _numbers(text: str) -> frozenset[str]:
    """Numbers outside phone numbers. `8:00` and `08:00` are the same."""
    bare = _PHONE.sub(" ", text)
    return frozenset(match.group().lstrip("0") or "0" for match in _NUMBER.finditer(bare))


def _counts(text: str, *, language: str) -> frozenset[str]:
    known = _COUNTS[language]
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(known[word] for word in words if word in known)


def _names(text: str) -> frozenset[str]:
    """Words with a capital that do not begin a sentence: names, streets, plans, days."""
    found = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper() and word != "I" and not _SENTENCE_START.search(text[: match.start()]):
            found.add(word.casefold())
    return frozenset(found)


def _is_in(text: str, *, language: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    score = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    others = max(value for code, value in score.items() if code != language)
    return score[language] > others or (len(words) < 4 and score[language] >= others)
