"""A wish says which days and times an appointment may have, and which it may not."""

from datetime import date, datetime, time

import pytest

from bot.understanding.when.wishes import DateSpan, TimeSpan, Wish, read

NOW = datetime(2026, 11, 20, 10, 0)  # a Friday


def wish(text: str, *, lang: str = "en") -> Wish:
    return read(text, lang=lang, ref=NOW)


def day(number: int, month: int = 11) -> DateSpan:
    start = date(2026, month, number)
    return DateSpan(start, date.fromordinal(start.toordinal() + 1))


def from_to(start: int | None, end: int | None) -> TimeSpan:
    return TimeSpan(None if start is None else time(start), None if end is None else time(end))


def test_a_day_and_a_time_are_told_apart() -> None:
    """A dated time wishes for that day and for the minute in which an opening begins."""
    told = wish("Monday at 3 please")
    assert (day(23),) == told.dates
    assert (TimeSpan(time(15), time(15, 1)),) == told.times
    assert told.times[0].exact
    assert not wish("Monday after 3").times[0].exact


@pytest.mark.parametrize(
    ("text", "lang", "weekdays"),
    [
        ("any day except Thursday", "en", {3}),
        ("not Monday or Tuesday", "en", {0, 1}),
        ("Mondays and Wednesdays don't work for me", "en", {0, 2}),
        ("I can't do Tuesdays", "en", {1}),
        ("no fridays please", "en", {4}),
        ("cualquier día menos el jueves", "es", {3}),
        ("no puedo los martes ni los jueves", "es", {1, 3}),
        ("los lunes no puedo", "es", {0}),
        ("que no sea viernes", "es", {4}),
    ],
)
def test_a_refused_weekday_is_kept_as_refused(text: str, lang: str, weekdays: set[int]) -> None:
    """A refusal before or after the days counts for all that are joined to it."""
    told = wish(text, lang=lang)
    assert (frozenset(weekdays), (), None) == (told.not_weekdays, told.dates, told.weekdays)


def test_a_plain_no_is_an_answer_to_the_last_question() -> None:
    """ "No, Monday" asks for Monday."""
    assert (day(23),) == wish("No, Monday").dates
    assert (day(23),) == wish("no, el lunes", lang="es").dates


@pytest.mark.parametrize(
    ("text", "lang", "times"),
    [
        ("not mornings", "en", (from_to(12, None),)),
        ("mornings are bad", "en", (from_to(12, None),)),
        ("after 4 except Fridays", "en", (from_to(16, None),)),
        ("not before 10", "en", (from_to(10, None),)),
        ("por la tarde no", "es", (from_to(None, 12), from_to(19, None))),
        ("después de las 4 excepto los viernes", "es", (from_to(16, None),)),
    ],
)
def test_refused_times_leave_the_rest_of_the_day(text: str, lang: str, times: tuple[TimeSpan, ...]) -> None:
    """What is refused is taken out of what was asked for, or of the whole day."""
    assert times == wish(text, lang=lang).times


def test_a_refused_date_leaves_the_other_dates() -> None:
    """ "Next week but not the 25th" keeps both sides of the 25th."""
    told = wish("next week but not the 25th")
    assert (DateSpan(date(2026, 11, 23), date(2026, 11, 25)), DateSpan(date(2026, 11, 26), date(2026, 11, 30))) == told.dates


@pytest.mark.parametrize(
    ("text", "lang", "dates"),
    [
        ("move my appointment from Tuesday to Thursday", "en", (day(26),)),
        ("my appointment is on Tuesday, can I come Friday instead?", "en", (day(27),)),
        ("Wednesday instead of Monday", "en", (day(25),)),
        ("cambiar mi cita del martes al jueves", "es", (day(26),)),
        ("el miércoles en vez del lunes", "es", (day(25),)),
    ],
)
def test_the_time_that_is_left_is_no_wish(text: str, lang: str, dates: tuple[DateSpan, ...]) -> None:
    """Moving from one day to another wishes for the other, and refuses nothing."""
    told = wish(text, lang=lang)
    assert (dates, frozenset()) == (told.dates, told.not_weekdays)


@pytest.mark.parametrize(
    ("text", "lang", "weekdays"),
    [
        ("Tuesdays or Thursdays after 4", "en", {1, 3}),
        ("weekday mornings", "en", {0, 1, 2, 3, 4}),
        ("weekends only", "en", {5, 6}),
        ("any Monday", "en", {0}),
        ("los sábados por la mañana", "es", {5}),
        ("entre semana por la tarde", "es", {0, 1, 2, 3, 4}),
        ("fines de semana", "es", {5, 6}),
    ],
)
def test_a_repeated_weekday_is_a_weekday_not_a_date(text: str, lang: str, weekdays: set[int]) -> None:
    """Plurals and "any" name the weekday of every week."""
    told = wish(text, lang=lang)
    assert (frozenset(weekdays), ()) == (told.weekdays, told.dates)


@pytest.mark.parametrize(
    ("text", "lang", "shift"),
    [
        ("do you have anything later?", "en", "later"),
        ("something sooner", "en", "earlier"),
        ("another day", "en", "other_day"),
        ("más tarde", "es", "later"),
        ("algo más temprano", "es", "earlier"),
        ("otro día", "es", "other_day"),
        ("later, at 4", "en", None),
    ],
)
def test_a_shift_is_against_what_was_offered(text: str, lang: str, shift: str | None) -> None:
    """Unless a time is named, which is firmer."""
    assert shift == wish(text, lang=lang).shift


def test_soonest_and_any_time_are_wishes_of_their_own() -> None:
    """They name no date, and differ from having said nothing."""
    assert wish("as soon as possible").soonest
    assert wish("lo antes posible", lang="es").soonest
    assert wish("any time works").anytime
    assert wish("a cualquier hora", lang="es").anytime
    assert wish("my tooth hurts").empty


def test_the_past_is_no_wish() -> None:
    """Last week's visit and a date of birth do not narrow the search; a week under way begins today."""
    assert () == wish("I was born on March 5, 1974 and came in last week").dates
    assert (DateSpan(date(2026, 11, 20), date(2026, 11, 23)),) == wish("this week").dates
