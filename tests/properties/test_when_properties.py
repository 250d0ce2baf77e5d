"""Whatever is typed, the understander of times answers with sound phrases, the same each time, in time."""

import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.when import Reading, find
from bot.understanding.when.almanac import add_months, easter
from bot.understanding.when.wishes import read

WORDS = (
    "next this the on at from to between and or not except after before by monday tues fri march may 3 4 12 15 230 3pm am pm "
    "12/3 2/30 10:30 tomorrow week weeks month morning afternoon noon half past quarter two in of first last day days weekend "
    "el la los las a de en por para lunes martes mañana tarde noche semana mes próximo que viene y media "
    "menos cuarto dos 5º , . - ? 🙂"
).split()
MESSAGES = st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
NOWS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1))
LANGS = st.sampled_from(["en", "es"])
SECONDS = 2.0  # far above the milliseconds it takes, far below what a quadratic reading would


@given(text=MESSAGES, lang=LANGS, now=NOWS)
def test_phrases_are_in_order_apart_and_as_typed(text: str, lang: str, now: datetime) -> None:
    """Offsets point at the words told, and no two phrases overlap."""
    place = 0
    for found in find(text, lang=lang, ref=now):
        assert place <= found.begin < found.finish <= len(text)
        assert text[found.begin : found.finish] == found.text
        place = found.finish


@given(text=MESSAGES, lang=LANGS, now=NOWS)
def test_readings_are_whole_and_forward(text: str, lang: str, now: datetime) -> None:
    """Single kinds have a start and no end; a range has a side, one form, and does not run backwards."""
    for found in find(text, lang=lang, ref=now):
        told = [Reading(found.kind, found.start, found.end), *found.alternatives]
        for kind, start, end in [(it.kind, it.start, it.end) for it in told]:
            if not kind.endswith("range"):
                assert start is not None
                assert end is None
            else:
                assert start is not None or end is not None
            for side in filter(None, (start, end)):
                datetime.fromisoformat(side if "-" in side else f"2000-01-01T{side}")
            if start and end and kind != "timerange":
                assert start <= end


@given(text=MESSAGES, lang=LANGS, now=NOWS)
def test_the_same_words_always_mean_the_same(text: str, lang: str, now: datetime) -> None:
    """Nothing is remembered between messages."""
    assert find(text, lang=lang, ref=now) == find(text, lang=lang, ref=now)
    assert read(text, lang=lang, ref=now) == read(text, lang=lang, ref=now)


@given(text=MESSAGES, lang=LANGS, now=NOWS)
def test_a_wish_is_sound(text: str, lang: str, now: datetime) -> None:
    """Spans are not empty, never wholly past, and a weekday is not both wanted and refused."""
    told = read(text, lang=lang, ref=now)
    for dates in told.dates:
        assert dates.start is None or dates.end is None or dates.start < dates.end
        assert dates.end is None or dates.end > now.date()
    for times in told.times:
        assert times.start is None or times.end is None or times.start < times.end
    assert not (told.weekdays or frozenset()) & told.not_weekdays


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), now=NOWS)
def test_a_full_date_means_itself(day: date, now: datetime) -> None:
    """However far, and in both orders of writing."""
    assert [day.isoformat()] == [it.start for it in find(day.isoformat(), lang="en", ref=now)]
    assert [day.isoformat()] == [it.start for it in find(f"{day:%m/%d/%Y}", lang="en", ref=now)]
    assert [day.isoformat()] == [it.start for it in find(f"{day:%d/%m/%Y}", lang="es", ref=now)]
    assert [day.isoformat()] == [it.start for it in find(f"{day:%B} {day.day}, {day.year}", lang="en", ref=now)]


@given(now=NOWS, ahead=st.integers(0, 6))
def test_a_weekday_is_within_the_coming_week(now: datetime, ahead: int) -> None:
    """From tomorrow to a week from now, so never the day it is said."""
    day = now.date() + timedelta(days=ahead)
    assert [(day if ahead else day + timedelta(days=7)).isoformat()] == [it.start for it in find(f"{day:%A}", lang="en", ref=now)]


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), months=st.integers(-30, 30))
def test_months_added_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    """Adding months never lands in the month after."""
    moved = add_months(day, months=months)
    assert (day.year * 12 + day.month + months) == moved.year * 12 + moved.month
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


def test_easter_is_where_the_church_has_it() -> None:
    """Checked against published tables."""
    assert [date(2024, 3, 31), date(2025, 4, 20), date(2038, 4, 25)] == [easter(year) for year in (2024, 2025, 2038)]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "piece",
    ["1 ", "1:", "1-", "1/1/", "may ", "monday and tuesday or at 3 ", "from 3 to 4 or ", "el lunes a las 3 de la tarde y ",
     "two weeks after ", "not ", "my the ", "move from ", "9", "y ", "\u0301", "¿"],
)  # fmt: skip
def test_a_hostile_message_of_20_kb_is_read_quickly(piece: str, lang: str) -> None:
    """No repetition makes it slow."""
    text = piece * (20_000 // len(piece))
    began = time.perf_counter()
    find(text, lang=lang, ref=datetime(2026, 11, 20, 10))
    read(text, lang=lang, ref=datetime(2026, 11, 20, 10))
    assert time.perf_counter() - began < SECONDS
