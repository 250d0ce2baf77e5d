"""Cuts a message into words, numbers and marks, and spots written shapes such as 3:30, 5/12 and 2pm.

Words are compared in lower case without accents; offsets are those of the message as typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.when.values import Clock, Day, Length

LONGEST = 1000  # characters read; a date further on is not worth the time of everyone else

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’`´\"][^\W\d_]+)?|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    begin: int
    finish: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A node that is known from its characters alone."""

    symbol: str
    begin: int
    finish: int
    value: object


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One character for one character: lower case, no accent."""
    plain = unicodedata.normalize("NFKD", character)[:1].lower()
    return plain if len(plain) == 1 else character


def fold(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(_fold_character, text))


def cut(folded: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(folded):
        word = match.group()
        if len(word) > 1 and not word.isalnum():
            word = "".join(filter(str.isalnum, word))  # o'clock, mother's
        tokens.append(Token(word, match.start(), match.end()))
    return tokens


# Looked for at numbers only. Order does not matter: every shape that fits becomes a node, the lattice chooses.
_YMD = re.compile(r"(?<!\d)(?<!\d[-/.])(\d{4})([-/.]|\s)(\d{1,2})\2(\d{1,2})(?!\d|\2\d)")
_DATE = re.compile(r"(?<!\d)(?<!\d[-/.:])(\d{1,2})\s?([-/.]|(?<=\d) )\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d|\2\d)")
_MONTH_DAY = re.compile(r"(?<!\d)(?<!\d[/.])(?<!\d:)(\d{1,2})\s?([-/])\s?(\d{1,2})(?!\d|\2\d|:\d|\.\d|\s?[ap]\.?\s?m?\b)")
_CLOCK = re.compile(r"(?<![\d:/.])(\d{1,2})\s?([:h]|\s?:\s)\s?(\d\d)(?::\d\d)?(?!\d|:\d)")
_DOTTED = re.compile(r"(?<![\d.,:/$€£])(\d{1,2})\.(\d\d)(?!\d|\.\d|\s?(?:%|[$€£]|percent|por ciento|dollars|mg|ml|miles|lbs|kg|cm|mm))")
_SQUEEZED = re.compile(r"(?<![\d.,:/$€£#-])(\d{1,2})(\d\d)(?![\d/:%]|[.,-]\d)")
_SQUEEZED_PAIR = re.compile(r"(?<![\d.,:/$€£#-])(\d\d)(\d\d)\s?-\s?(\d\d)(\d\d)(?![\d/:%-])")
_HOURS_LETTER = re.compile(r"(?<![\d.,:/])(\d{1,2})\s?(?:h|hs|hrs)\b(?!\s?\d)")
_ORDINAL = re.compile(r"(?<![\d.,:/-])(\d{1,2})\s?(?:st|nd|rd|th|er|ro|do|vo|o|[ºª°])(?![^\W\d_])")
_MERIDIEM = re.compile(r"(?<![^\W\d_])\.?\s?([ap])(?:\.\s?m(?![^\W\d_])\.?|\s?m(?![^\W\d_]))|(?<=\d)\s?([ap])(?![^\W_])\.?")
_EITHER_HALF = re.compile(r"(?<=\d)\s?(?:a\.?m\.?\s?/?\s?p\.?m)\b\.?")
_DECIMAL = re.compile(r"(?<![\d.,:/$€£])(\d{1,2})[.,](\d)(?![\d.,])")
_PRIME = re.compile(r"(?<![\d.,:/'])(\d{1,3})['’´](?![^\W_])")
_NEVER = {(24, 7)}  # always open, not a day in July


def clock(hour: int, minute: int, *, weak: bool = False) -> Clock | None:
    """The office-hours sense of an hour: 1 to 6 and 12 are after noon, 7 to 11 before it."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if hour == 0 or hour > 12:
        return Clock((hour % 24 * 60 + minute,), weak, told=True)
    early, late = hour % 12 * 60 + minute, (hour % 12 + 12) * 60 + minute
    return Clock((early, late) if 7 <= hour <= 11 else (late, early), weak)


def _day(month: int, day: int, year: int | None, *, weak: bool = False) -> Day | None:
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year is not None and not 1900 <= year <= 2100):
        return None
    return Day(month=month, day=day, year=year, weak=weak)


def full_year(written: str, *, today: int) -> int:
    """1974 for 74 and 2031 for 31: at most twenty years ahead."""
    year = int(written)
    if len(written) == 4:
        return year
    century = today // 100 * 100
    return century + year if century + year <= today + 20 else century - 100 + year


def shapes(folded: str, *, day_first: bool, this_year: int) -> Iterator[Shape]:
    if not any(map(str.isdigit, folded)):
        for match in _MERIDIEM.finditer(folded):
            yield from _meridiem(match)
        return
    for match in _YMD.finditer(folded):
        if day := _day(int(match[3]), int(match[4]), int(match[1])):
            yield Shape("day", match.start(), match.end(), day)
    for match in _DATE.finditer(folded):
        year = full_year(match[4], today=this_year)
        for day in _orders(int(match[1]), int(match[3]), year, day_first=day_first)[:1]:
            if match[2] != " " or len(match[4]) == 4:
                yield Shape("day", match.start(), match.end(), day)
    for match in _MONTH_DAY.finditer(folded):
        one, other = int(match[1]), int(match[3])
        loose = match[2] == "-" and max(one, other) <= 12
        for day in _orders(one, other, None, day_first=day_first)[:1]:
            yield Shape("dash_day" if loose else "day", match.start(), match.end(), day)
    for match in _CLOCK.finditer(folded):
        if at := clock(int(match[1]), int(match[3])):
            yield Shape("clock", match.start(), match.end(), at)
    for pattern in (_DOTTED, _SQUEEZED):
        for match in pattern.finditer(folded):
            if at := clock(int(match[1]), int(match[2]), weak=True):
                yield Shape("clock" if pattern is _DOTTED else "squeezed", match.start(), match.end(), at)
    for match in _SQUEEZED_PAIR.finditer(folded):
        for group in (1, 3):
            if at := clock(int(match[group]), int(match[group + 1]), weak=True):
                yield Shape("squeezed", match.start(group), match.end(group + 1), at)
    for match in _HOURS_LETTER.finditer(folded):
        if at := clock(int(match[1]), 0, weak=int(match[1]) < 13):
            yield Shape("clock", match.start(), match.end(), at)
    for match in _ORDINAL.finditer(folded):
        if 1 <= int(match[1]) <= 31:
            yield Shape("ordinal", match.start(), match.end(), int(match[1]))
            yield Shape("ordinal_digits", match.start(), match.end(), int(match[1]))
    for match in _DECIMAL.finditer(folded):
        yield Shape("decimal", match.start(), match.end(), float(f"{match[1]}.{match[2]}"))
    for match in _PRIME.finditer(folded):
        yield Shape("length", match.start(), match.end(), Length(minutes=int(match[1])))
    for match in _MERIDIEM.finditer(folded):
        yield from _meridiem(match)
    for match in _EITHER_HALF.finditer(folded):
        yield Shape("either_half", match.start(), match.end(), True)


def _meridiem(match: re.Match[str]) -> Iterator[Shape]:
    begin = match.start() + (len(match.group()) - len(match.group().lstrip(" .")))
    yield Shape("letter_half" if match[2] else "meridiem", begin, match.end(), match[2] or f"{match[1]}m")


def _orders(one: int, other: int, year: int | None, *, day_first: bool) -> list[Day]:
    """Month and day in the order of the language first, then the other way round."""
    if (one, other) in _NEVER and year is None:
        return []
    pairs = [(other, one), (one, other)] if day_first else [(one, other), (other, one)]
    return [day for month, number in pairs if (day := _day(month, number, year))]
