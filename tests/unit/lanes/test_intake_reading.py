"""What people type into form fields, and what is read from it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lanes.intake import reading

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Pat Example", "Pat Example"),
        ("my name is Pat Example", "Pat Example"),
        ("It's pat example.", "Pat Example"),
        ("PAT EXAMPLE", "Pat Example"),
        ("me llamo María José Ejemplo-Prueba", "María José Ejemplo-Prueba"),
        ("Siobhan O'Example", "Siobhan O'Example"),
        ("Juan de la Cruz Ejemplo", "Juan de la Cruz Ejemplo"),
        ("Pat  Example  Jr.", "Pat Example Jr"),
    ],
)
def test_names(typed: str, read: str) -> None:
    """Two words of letters, hyphens and apostrophes are a full name; what leads up to it is not part of it."""
    assert read == reading.name(typed)


@pytest.mark.parametrize("typed", ["Pat", "", "  ", "77", "pat@example.test", "P", "Pat Example 2", "a " * 60, "???"])
def test_no_names(typed: str) -> None:
    """Staff must be able to find a person: one word, numbers and addresses are asked again."""
    assert reading.name(typed) is None


@pytest.mark.parametrize(
    ("typed", "language", "read"),
    [
        ("2/14/1984", "en", date(1984, 2, 14)),
        ("02-14-1984", "en", date(1984, 2, 14)),
        ("2 14 84", "en", date(1984, 2, 14)),
        ("02141984", "en", date(1984, 2, 14)),
        ("1984-02-14", "es", date(1984, 2, 14)),
        ("February 14, 1984", "en", date(1984, 2, 14)),
        ("14 de febrero de 1984", "es", date(1984, 2, 14)),
        ("3/4/1984", "en", date(1984, 3, 4)),
        ("3/4/1984", "es", date(1984, 4, 3)),
        ("14/2/1984", "en", date(1984, 2, 14)),
        ("my birthday is 2/14/1984", "en", date(1984, 2, 14)),
        ("1/2/26", "en", date(2026, 1, 2)),
        ("1/2/27", "en", date(1927, 1, 2)),
    ],
)
def test_birth_dates(typed: str, language: str, read: date) -> None:
    """Month first in English, day first in Spanish; where only one order can be, that one."""
    assert read == reading.birth_date(typed, today=TODAY, language=language)


@pytest.mark.parametrize("typed", ["2/30/1984", "12/1/2026", "1/1/1890", "1984", "soon", "", "13/13/1984", "2/14"])
def test_no_birth_dates(typed: str) -> None:
    """Dates that cannot be, lie ahead, or are more than 120 years back are asked again."""
    assert reading.birth_date(typed, today=TODAY, language="en") is None


@given(st.dates(date(1910, 1, 1), TODAY))
def test_every_birth_date_is_read_as_it_was_written(born: date) -> None:
    """Whatever the day, `3/31/1950` and `31/3/1950` come back as written in their languages."""
    assert born == reading.birth_date(f"{born.month}/{born.day}/{born.year}", today=TODAY, language="en")
    assert born == reading.birth_date(f"{born.day}/{born.month}/{born.year}", today=TODAY, language="es")
    assert born == reading.birth_date(born.isoformat(), today=TODAY, language="es")


@pytest.mark.parametrize(
    "typed",
    [
        "740-555-0111",
        "(740) 555-0111",
        "7405550111",
        "+1 740 555 0111",
        "1.740.555.0111",
        "call me at 740 555 0111 pls",
    ],
)
def test_phones(typed: str) -> None:
    """However a number is written, it is kept in one form."""
    assert reading.phone(typed) == "+17405550111"


@pytest.mark.parametrize("typed", ["555-0111", "12345", "040-555-0111", "740-155-0111", "+44 20 7946 0958", "", "none"])
def test_no_phones(typed: str) -> None:
    """Seven digits, foreign and impossible numbers are asked again."""
    assert reading.phone(typed) is None


def test_phones_are_shown_as_people_write_them() -> None:
    """Reading back is done in the usual grouping."""
    assert reading.shown_phone("+17405550111") == "(740) 555-0111"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I need a refill of lisinopril 10 mg", "lisinopril 10 mg"),
        ("can you refill on my metformin?", "metformin"),
        ("necesito un resurtido de metformina 500", "metformina 500"),
        ("refill of my medicine please", None),
        ("I need a refill", None),
        ("un resurtido de mis pastillas", None),
    ],
)
def test_medicines_in_passing(typed: str, read: str | None) -> None:
    """A medicine that was named is not asked for again; "my medicine" names none."""
    assert read == reading.medicine(typed)


@given(st.text(max_size=200))
def test_anything_can_be_typed(text: str) -> None:
    """No words break a reader; each gives a value or none."""
    reading.name(text)
    reading.birth_date(text, today=TODAY, language="en")
    reading.phone(text)
    reading.medicine(text)
