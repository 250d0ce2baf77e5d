"""Dates and times as patients type them, in English and Spanish, mean what the front desk would take them to mean."""

from datetime import datetime

import pytest

from bot.understanding.when import Found, Reading, find

NOW = datetime(2026, 11, 20, 10, 0)  # a Friday


def only(text: str, *, lang: str = "en", now: datetime = NOW) -> Found:
    found = find(text, lang=lang, ref=now)
    assert len(found) == 1, found
    return found[0]


def told(text: str, *, lang: str = "en") -> tuple[str | None, str | None]:
    found = only(text, lang=lang)
    return found.start, found.end


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("at 3", "15:00"),
        ("how about 11?", "11:00"),
        ("make it 2", "14:00"),
        ("8:45", "08:45"),
        ("around noon", "12:00"),
        ("9ish", "09:00"),
        ("half past 4", "16:30"),
        ("quarter to 9", "08:45"),
        ("ten past five", "17:10"),
        ("three thirty in the afternoon", "15:30"),
        ("morning 11", "11:00"),
        ("4 o'clock", "16:00"),
        ("at 1645", "16:45"),
        ("5p.m.", "17:00"),
        ("12 pm", "12:00"),
        ("12:15 am", "00:15"),
        ("six in the evening", "18:00"),
    ],
)
def test_a_time_of_day_is_taken_in_the_sense_of_office_hours(text: str, start: str) -> None:
    """Without am or pm, 7 to 11 is before noon and 12 to 6 after it."""
    assert ("time", start) == (only(text).kind, only(text).start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a las 3", "15:00"),
        ("a la una y media", "13:30"),
        ("las cinco menos cuarto", "16:45"),
        ("un cuarto para las 9", "08:45"),
        ("a las 8 de la noche", "20:00"),
        ("a las 11 y diez de la mañana", "11:10"),
        ("al mediodía", "12:00"),
        ("16h30", "16:30"),
        ("a eso de las 4", "16:00"),
    ],
)
def test_a_spanish_time_of_day(text: str, start: str) -> None:
    """The same sense in Spanish, with or without accents."""
    assert ("time", start) == (only(text, lang="es").kind, only(text, lang="es").start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("today", "2026-11-20"),
        ("tomorow", "2026-11-21"),
        ("the day after tomorrow", "2026-11-22"),
        ("on wednesday", "2026-11-25"),
        ("thrusday please", "2026-11-26"),
        ("Friday", "2026-11-27"),
        ("Thursday next week", "2026-11-26"),
        ("the 24th", "2026-11-24"),
        ("the 4th", "2026-12-04"),
        ("the 2nd of next month", "2026-12-02"),
        ("feb 29", "2028-02-29"),
        ("12/3", "2026-12-03"),
        ("12/3/27", "2027-12-03"),
        ("2027-01-05", "2027-01-05"),
        ("Dec. 3rd, 2026", "2026-12-03"),
        ("Tuesday, January 5", "2027-01-05"),
        ("in two weeks", "2026-12-04"),
        ("a week from Monday", "2026-11-30"),
        ("the Monday after Thanksgiving", "2026-11-30"),
        ("the day before christmas eve", "2026-12-23"),
        ("the first Tuesday of December", "2026-12-01"),
        ("the last day of the month", "2026-11-30"),
        ("MLK day", "2027-01-18"),
        ("easter", "2027-03-28"),
    ],
)
def test_a_day_is_the_coming_one(text: str, start: str) -> None:
    """A day told in part is the next such day; today counts only when it is named."""
    assert ("date", start) == (only(text).kind, only(text).start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("pasado mañana", "2026-11-22"),
        ("el miercoles", "2026-11-25"),
        ("el jueves de la próxima semana", "2026-11-26"),
        ("el lunes que viene", "2026-11-23"),
        ("el 3 de diciembre", "2026-12-03"),
        ("primero de febrero", "2027-02-01"),
        ("3/12", "2026-12-03"),
        ("el día 24", "2026-11-24"),
        ("martes 24", "2026-11-24"),
        ("en quince días", "2026-12-05"),
        ("de hoy en ocho", "2026-11-27"),
        ("el último viernes del mes", "2026-11-27"),
        ("el lunes después de acción de gracias", "2026-11-30"),
        ("nochebuena", "2026-12-24"),
    ],
)
def test_a_spanish_day_is_the_coming_one(text: str, start: str) -> None:
    """Spanish dates are day before month."""
    assert ("date", start) == (only(text, lang="es").kind, only(text, lang="es").start)


@pytest.mark.parametrize(
    ("text", "lang", "start"),
    [
        ("tmrw 230", "en", "2026-11-21T14:30"),
        ("next Tuesday at ten in the morning", "en", "2026-11-24T10:00"),
        ("2pm on the 30th", "en", "2026-11-30T14:00"),
        ("monday afternoon at 1:15", "en", "2026-11-23T13:15"),
        ("12/3 @ 9", "en", "2026-12-03T09:00"),
        ("tonight at 7", "en", "2026-11-20T19:00"),
        ("in an hour", "en", "2026-11-20T11:00"),
        ("mañana a las 10 y media", "es", "2026-11-21T10:30"),
        ("el martes 24 a las 3pm", "es", "2026-11-24T15:00"),
        ("a las 9 de la mañana del lunes", "es", "2026-11-23T09:00"),
    ],
)
def test_a_day_and_a_time_make_one_moment(text: str, lang: str, start: str) -> None:
    """In either order, with or without small words between."""
    assert ("datetime", start) == (only(text, lang=lang).kind, only(text, lang=lang).start)


@pytest.mark.parametrize(
    ("text", "lang", "bounds"),
    [
        ("next week", "en", ("2026-11-23", "2026-11-30")),
        ("the week of December 9", "en", ("2026-12-07", "2026-12-14")),
        ("this weekend", "en", ("2026-11-21", "2026-11-23")),
        ("in January", "en", ("2027-01-01", "2027-02-01")),
        ("December 1 to 4", "en", ("2026-12-01", "2026-12-05")),
        ("from the 3rd to the 7th", "en", ("2026-12-03", "2026-12-08")),
        ("Mon-Wed", "en", ("2026-11-23", "2026-11-26")),
        ("within 3 days", "en", ("2026-11-20", "2026-11-23")),
        ("after the 15th", "en", ("2026-12-16", None)),
        ("before Christmas", "en", (None, "2026-12-25")),
        ("by Tuesday", "en", (None, "2026-11-25")),
        ("early next week", "en", ("2026-11-23", "2026-11-26")),
        ("la semana entrante", "es", ("2026-11-23", "2026-11-30")),
        ("fin de semana", "es", ("2026-11-21", "2026-11-23")),
        ("del 3 al 7 de diciembre", "es", ("2026-12-03", "2026-12-08")),
        ("a finales de mes", "es", ("2026-11-21", "2026-12-01")),
        ("a partir del 1 de diciembre", "es", ("2026-12-01", None)),
    ],
)
def test_a_stretch_of_days_ends_before_its_end(text: str, lang: str, bounds: tuple[str | None, str | None]) -> None:
    """Ends are exclusive, weeks begin on Monday, and None is an open side."""
    assert bounds == told(text, lang=lang)


@pytest.mark.parametrize(
    ("text", "lang", "bounds"),
    [
        ("in the morning", "en", ("08:00", "12:00")),
        ("between 2 and 4", "en", ("14:00", "16:00")),
        ("9 to 11:30 am", "en", ("09:00", "11:30")),
        ("10 am to noon", "en", ("10:00", "12:00")),
        ("after 4", "en", ("16:00", None)),
        ("before 10:30", "en", (None, "10:30")),
        ("3 or later", "en", None),
        ("no earlier than 9", "en", ("09:00", None)),
        ("por la tarde", "es", ("12:00", "19:00")),
        ("entre las 2 y las 4", "es", ("14:00", "16:00")),
        ("de 9 a 11 de la mañana", "es", ("09:00", "11:00")),
        ("después de las 5", "es", ("17:00", None)),
        ("antes del mediodía", "es", (None, "12:00")),
    ],
)
def test_a_stretch_of_the_clock(text: str, lang: str, bounds: tuple[str | None, str | None] | None) -> None:
    """Both ends share the half of the day that fits the office; a bare number alone is too little."""
    if bounds is None:
        bounds = ("15:00", None)
        text = "at " + text
    assert ("timerange", *bounds) == (only(text, lang=lang).kind, *told(text, lang=lang))


@pytest.mark.parametrize(
    ("text", "lang", "bounds"),
    [
        ("tomorrow morning", "en", ("2026-11-21T08:00", "2026-11-21T12:00")),
        ("this afternoon", "en", ("2026-11-20T12:00", "2026-11-20T17:00")),
        ("wensday between 1 and 3", "en", ("2026-11-25T13:00", "2026-11-25T15:00")),
        ("first thing monday morning", "en", ("2026-11-23T08:00", "2026-11-23T10:00")),
        ("Tuesday after 4", "en", ("2026-11-24T16:00", "2026-11-25T00:00")),
        ("mañana por la mañana", "es", ("2026-11-21T08:00", "2026-11-21T12:00")),
        ("el jueves en la tarde", "es", ("2026-11-26T12:00", "2026-11-26T19:00")),
    ],
)
def test_a_part_of_a_day(text: str, lang: str, bounds: tuple[str, str]) -> None:
    """An open end of one day ends with that day."""
    assert ("datetimerange", *bounds) == (only(text, lang=lang).kind, *told(text, lang=lang))


def test_what_else_it_may_mean_is_kept_best_first() -> None:
    """The night, the week after and today are told apart as alternatives, never as the first reading."""
    assert (Reading("time", "03:00"),) == only("at 3").alternatives
    assert (Reading("date", "2026-12-01"),) == only("next Tuesday").alternatives
    assert (Reading("date", "2026-11-20"),) == only("Friday").alternatives
    assert () == only("the 5th of March").alternatives


def test_two_phrases_that_share_a_word_are_two() -> None:
    """ "December 1 or 2" and "at 3 or 4 pm" name two days and two times."""
    assert ["2026-12-01", "2026-12-02"] == [found.start for found in find("December 1 or 2", lang="en", ref=NOW)]
    assert ["15:00", "16:00"] == [found.start for found in find("at 3 or 4 pm", lang="en", ref=NOW)]
    assert ["2027-05-02", "2027-05-03"] == [found.start for found in find("el 2 y 3 de mayo", lang="es", ref=NOW)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("may I ask a question", "en"),
        ("good morning!", "en"),
        ("my son is 4", "en"),
        ("take 2 pills 3 times a day", "en"),
        ("call me at 555-0123", "en"),
        ("my sugar was 6.5", "en"),
        ("blood pressure 120/80", "en"),
        ("I have had a cough for 2 weeks", "en"),
        ("are you open 24/7", "en"),
        ("suite 300, 5th floor", "en"),
        ("it costs $12", "en"),
        ("that's a good match", "en"),
        ("", "en"),
        ("🙂🙂", "en"),
        ("buenas tardes", "es"),
        ("mi hija tiene 3 años", "es"),
        ("llegué muy tarde", "es"),
        ("vienes con dos personas", "es"),
        ("el segundo", "es"),
    ],
)
def test_numbers_and_words_of_other_things_are_no_time(text: str, lang: str) -> None:
    """Ages, doses, prices, phone numbers and greetings are left alone."""
    assert [] == find(text, lang=lang, ref=NOW)


def test_offsets_are_those_of_the_message_as_typed() -> None:
    """Accents, capitals and marks do not shift the words found."""
    text = "¿Tendrá algo el MIÉRCOLES a las 4, doña Tésta?"
    found = only(text, lang="es")
    assert "el MIÉRCOLES a las 4" == found.text == text[found.begin : found.finish]


def test_only_the_beginning_of_a_very_long_message_is_read() -> None:
    """A date beyond the first thousand characters is not looked for."""
    assert ["2026-11-23"] == [found.start for found in find("monday " + "x " * 10_000 + "tuesday", lang="en", ref=NOW)]


def test_the_reference_day_decides() -> None:
    """The same words on another day mean another date, also over the end of a year."""
    assert "2027-01-01" == only("tomorrow", now=datetime(2026, 12, 31, 23, 59)).start
    assert "2028-02-29" == only("the 29th", now=datetime(2028, 2, 28)).start
    assert "2027-03-29" == only("the 29th", now=datetime(2027, 2, 3)).start
