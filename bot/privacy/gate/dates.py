"""Dates more exact than a year, birth dates in any wording, and ages over 89.

A weekday, a month on its own and a clock time are no identifiers and stay.
"""

import re
from collections.abc import Iterator

from bot.privacy.gate.spans import Found

__all__ = ["MONTH", "NUMBER_WORD", "find"]

MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?|ene(?:ro)?|febrero|marzo|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|sep?tiembre|octubre|noviembre|dic(?:iembre)?)"
)
UNIT_WORDS = (
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "cero uno un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho "
    "diecinueve veinte veintiuno veintiun veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve "
    "treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil novecientos"
)
ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth thirtieth primero segundo tercero"
)
NUMBER_WORD = "(?:" + "|".join(sorted(UNIT_WORDS.split(), key=len, reverse=True)) + ")"
DAY_WORD = "(?:" + "|".join(sorted((UNIT_WORDS + " " + ORDINAL_WORDS).split(), key=len, reverse=True)) + ")"

CLOCK = (
    r"(?:[t ,]{1,3}(?:at |a las )?\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:\s?[ap]\.?m\b)?(?:z\b|\s?[+-]\d\d:?\d\d)?)?"
)
ORD = r"(?:\s?(?:st|nd|rd|th|ro|do|to|ra|da|ta|er|o)\b)?"
YEAR_TAIL = r"(?:[\s,./-]{0,3}(?:of |de |del |in )?(?:(?:19|20)\d\d|'\d\d|\d\d(?![\d:]|\s?[ap]m))\b)?"

NUMERIC = [
    re.compile(rf"(?<![\d/-])\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d){CLOCK}"),
    re.compile(rf"(?<![\d/])\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?(?:\d{{4}}|'?\d{{2}})(?![\d/]){CLOCK}"),
    re.compile(r"(?<![\d/])(?:0?[1-9]|1[0-2])[/-](?:19|20)\d\d(?![\d/])"),
    re.compile(r"(?<![\d/.])\d{1,2}[./]\d{1,2}[./](?!\d)"),
]
SLASHED = re.compile(
    r"(?<![\d/$.])([0-3]?\d)/([0-3]?\d)(?![\d/%])(?!\s?(?:tab|pill|dose|cup|hour|pastilla|teaspoon|tsp|day|dia|of\b))"
)
NAMED = [
    re.compile(
        rf"(?<![a-z]){MONTH}\.?[\s,-]{{0,3}}(?:the |el |dia )?(?<!\d)\d{{1,2}}(?![\d:]|\s?[ap]\.?m\b){ORD}"
        rf"(?:\s?(?:-|to|and|y|al|or)\s?\d{{1,2}}(?![\d:]){ORD})?{YEAR_TAIL}"
    ),
    re.compile(
        rf"(?<![\d:])\d{{1,2}}{ORD}(?:\s?(?:-|to|and|y|al|or|,)\s?\d{{1,2}}{ORD})?[\s./-]{{0,3}}(?:of |day of |de |del )?(?:mes de )?{MONTH}\b"
        rf"{YEAR_TAIL}"
    ),
    re.compile(
        rf"(?<![a-z])(?:{MONTH}\s?(?:-|to|and|y|a|al|or|o|/)\s?)?{MONTH}\b\.?[\s,/-]{{0,3}}(?:of |de |del )?(?:19|20)\d\d\b"
    ),
    re.compile(rf"(?<![a-z])(?:19|20)\d\d[\s,/-]{{1,3}}{MONTH}\b(?:[\s-]\d{{1,2}}\b)?"),
]
SPELLED = [
    re.compile(
        rf"(?<![a-z])(?!may\b){MONTH}[\s,]{{1,3}}(?:the )?{DAY_WORD}(?:[\s,-]{{1,3}}(?:(?:and|y|de|del|of) )?{DAY_WORD}){{0,8}}\b"
    ),
    re.compile(
        rf"(?<![a-z])may[\s,]{{1,3}}(?:the )?(?:{ORDINAL_WORDS.replace(' ', '|')})\b(?:[\s,-]{{1,3}}{DAY_WORD}){{0,6}}\b"
    ),
    re.compile(
        rf"(?<![a-z])(?:{DAY_WORD}[\s-])?(?:y )?{DAY_WORD}\s(?:of |day of |de |del )(?:mes de )?{MONTH}\b"
        rf"(?:[\s,]{{1,3}}(?:(?:y|de|del|of) )?(?:{NUMBER_WORD}|(?:19|20)?\d\d)\b){{0,8}}"
    ),
]
DAY_ALONE = re.compile(
    r"(?<![a-z])(?:on|for|the|el|dia|al|del)\s(?:the |dia )?(?:[12]?\d|3[01])"
    r"(?:st|nd|rd|th)\b(?!\s(?:grade|time|visit|floor|dose|shot|booster|trimester|one|street|st|ave|avenue|birthday|day|week|month|vaccine))"
)
DAY_ES = re.compile(
    r"(?<![a-z])(?:el|dia|al)\s(?:dia )?(?:[12]?\d|3[01])\b"
    r"(?!\s?(?:%|mg|ml|a\.?m|p\.?m|h\b|hrs|horas|minutos|pesos|dolares|de la (?:manana|tarde|noche)|\d|[:.,/-]\s?\d|o\b|piso))"
)
BIRTH = (
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth|\bbirth\s?-?date|\bbirth\s?day|\bb-?day|\bborn|\bnacid[oa]s?|\bnaci\b|\bnacio\b|\bnacimiento|"
    r"\bf\.?\s?(?:de\s)?nac\b\.?|\bfdn\b|\bcumpleanos|\bcumplo anos)"
)
BORN = re.compile(
    rf"{BIRTH}(?:[\s:=,.#-]|is|was|es|fue|on|in|the|el|en|de|del|dia|mi|my|\bit'?s\b){{0,20}}"
    rf"((?:\d{{1,8}}|{MONTH}|{DAY_WORD})(?:[\s/.,'-]{{1,3}}(?:(?:de|del|of|the|and|y)\s)?(?:\d{{1,4}}{ORD}|{MONTH}|{DAY_WORD})(?![a-z])){{0,8}})(?![a-z])"
)

OVER = r"(?:9\d|1[0-2]\d)"
TENS_OVER = r"(?:ninety|noventa|a hundred|one hundred|cien|ciento)(?:[\s-](?:y |and )?(?:one|two|three|four|five|six|seven|eight|nine|uno|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?"
YEARS_OLD = r"[\s-]{0,2}(?:years?\b|yrs?\b|yo\b|y/o|y\.o|anos\b|anitos\b|ano\b)"
NOT_AGE = r"(?!\s?(?:[%/:.,]\s?\d|%|percent|mg|ml|lbs?\b|kgs?\b|pounds|kilos|degrees|min|hours|horas|dias|days|weeks|meses|months|dollars|pesos))"
AGES = [
    re.compile(rf"(?<!\d){OVER}{YEARS_OLD}(?:\s?old)?"),
    re.compile(
        rf"\b(?:aged?|edad|i am|i'?m|im|turn(?:s|ed|ing)?|tengo|tiene|cumpl\w{{1,6}}|he'?s|she'?s|he is|she is|is now|over|mas de)"
        rf"[\s:]{{1,4}}(?:of |just |now |almost |nearly |casi |de )?({OVER})\b{NOT_AGE}"
    ),
    re.compile(rf"\b{TENS_OVER}{YEARS_OLD}(?:\s?old)?"),
    re.compile(
        r"\b(?:aged?|i am|i'?m|turn(?:s|ed|ing)?|cumpl\w{1,6}|he'?s|she'?s|he is|she is) (ninety(?:[\s-]\w{3,5})?)\b"
    ),
    re.compile(r"\b(?:nonagenarian|centenarian|nonagenari[oa]|centenari[oa])s?\b"),
]
HAS_MONTH = re.compile(rf"\b{MONTH}")


def find(text: str) -> Iterator[Found]:
    """Dates and great ages in folded text."""
    digits = any(c in text for c in "0123456789")
    if digits:
        for pattern in NUMERIC:
            yield from ((m.start(), m.end(), "DATE") for m in pattern.finditer(text))
        if "/" in text:
            yield from _slashed(text)
        yield from ((m.start(), m.end(), "DATE") for m in DAY_ALONE.finditer(text))
        yield from ((m.start(), m.end(), "DATE") for m in DAY_ES.finditer(text))
        for pattern in AGES[:2]:
            yield from ((m.start(), m.end(), "AGE90") for m in pattern.finditer(text))
    if HAS_MONTH.search(text):
        for pattern in (*NAMED, *SPELLED) if digits else SPELLED:
            yield from ((m.start(), m.end(), "DATE") for m in pattern.finditer(text))
    for m in BORN.finditer(text):
        yield m.start(1), m.end(1), "DATE"
    for pattern in AGES[2:]:
        yield from ((m.start(m.lastindex or 0), m.end(m.lastindex or 0), "AGE90") for m in pattern.finditer(text))


def _slashed(text: str) -> Iterator[Found]:
    for m in SLASHED.finditer(text):
        first, second = int(m[1]), int(m[2])
        if 1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12 and (first, second) != (24, 7):
            yield m.start(), m.end(), "DATE"
