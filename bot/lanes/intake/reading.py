"""Reading what people type in form fields: names, birth dates, phone numbers. Pure functions over words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

import phonenumbers

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abr abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august ago agosto",
            "sep sept september septiembre setiembre",
            "oct october octubre",
            "nov november noviembre",
            "dec december dic diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_OLDEST_YEARS: Final = 120
_LEADS: Final = re.compile(
    r"^\s*(?:(?:hi|hello|hola|yes|si|sure|ok)[,.! ]+)?"
    r"(?:my name is|my name's|name is|i am|i'm|im|it's|its|this is|for|me llamo|mi nombre es|soy|es para|para)\s+",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"^[^\W\d_][^\W\d_'’.\- ]*(?:[ '’.\-]+[^\W\d_][^\W\d_'’.\-]*)*\.?$")

_REFILL_OF: Final = re.compile(
    r"\b(?:refill|refills|resurtido|resurtir|relleno)\s+(?:of|for|on|de|para)\s+(?:my |the |mi |la |el )?(?P<what>[^.?!\n]+)",
    re.IGNORECASE,
)
_NO_MEDICINE: Final = re.compile(
    r"(?:my|the|a|some|mi|mis|la|las|los|un|una)?\s*(?:meds?|medicines?|medications?|prescriptions?|pills?|it|them|me|son|daughter|mom|"
    r"medicinas?|medicamentos?|recetas?|pastillas?)(?:\s+(?:please|pls|por favor|today|hoy))?",
    re.IGNORECASE,
)


def name(text: str) -> str | None:
    """A person's full name: two words or more of letters, apostrophes and hyphens; None when it is not one."""
    words = _LEADS.sub("", " ".join(text.split())).strip(" ,.!")
    if not 3 <= len(words) <= 80 or not _NAME.match(words) or len(words.split()) < 2 or len(words.split()) > 7:
        return None
    return words.title() if words.islower() or words.isupper() else words


def birth_date(text: str, *, today: date, language: str) -> date | None:
    """A date in the past, at most 120 years ago. In Spanish `3/4/1980` is the third of April."""
    found = _iso(text) or _numeric(text, day_first=language == "es", today=today) or _worded(text, today=today)
    if found is None or not 0 <= today.year - found.year <= _OLDEST_YEARS or found > today:
        return None
    return found


def phone(text: str) -> str | None:
    """A valid US or Canadian number as E.164 (R-610), or None. Fictional 555-01xx numbers count as valid."""
    for match in phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.POSSIBLE):
        number = match.number
        national = str(number.national_number)
        if number.country_code == 1 and len(national) == 10 and national[0] in "23456789" and national[3] in "23456789":
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def shown_phone(e164: str) -> str:
    """`(555) 555-0123` for reading back."""
    parsed = phonenumbers.parse(e164, "US")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def medicine(text: str) -> str | None:
    """`a refill of metformin 500` → `metformin 500`; None for "a refill of my medicine" and the like."""
    found = _REFILL_OF.search(" ".join(text.split()))
    if found is None:
        return None
    named = found["what"].strip(" .,!?")
    return None if not named or _NO_MEDICINE.fullmatch(named) else named[:200]


def _iso(text: str) -> date | None:
    match = re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", text)
    return _date(*map(int, match.groups())) if match else None


def _numeric(text: str, *, day_first: bool, today: date) -> date | None:
    match = re.search(r"\b(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4}|\d{2})\b", text)
    if match is None:
        compact = re.fullmatch(r"\D*(\d{2})(\d{2})(\d{4})\D*", text)
        if compact is None:
            return None
        match = compact
    first, second, year = (int(part) for part in match.groups())
    year = _century(year, digits=len(match.group(3)), today=today)
    month, day = (second, first) if day_first else (first, second)
    return _date(year, month, day) or _date(year, day, month)


def _worded(text: str, *, today: date) -> date | None:
    folded = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[a-z]+|\d+", folded)
    month = next((_MONTHS[word] for word in words if word in _MONTHS), None)
    numbers = [word for word in words if word.isdigit()]
    if month is None or len(numbers) != 2:
        return None
    day, year = (numbers[0], numbers[1]) if len(numbers[0]) <= 2 else (numbers[1], numbers[0])
    return _date(_century(int(year), digits=len(year), today=today), month, int(day))


def _century(year: int, *, digits: int, today: date) -> int:
    if digits > 2:
        return year
    return year + (2000 if year <= today.year % 100 else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
