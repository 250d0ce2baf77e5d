"""Hours are computed: split days, holidays, one-off closures, summer time, now and next."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.understanding.facts import hours
from knowledge.published import PublishedPractice, Span
from knowledge.publishing.publish import publish
from tests.support.paths import RIVERSIDE

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture(scope="module")
def riverside() -> PublishedPractice:
    return publish(RIVERSIDE, today=date(2026, 11, 23))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T10:00", True),
        ("2026-11-23T12:15", True),
        ("2026-11-23T12:45", False),
        ("2026-11-22T10:00", False),
        ("2026-11-26T10:00", False),
    ],
)
def test_open_means_any_office_is_open_now(riverside: PublishedPractice, moment: str, expected: bool) -> None:
    """Lunch of one office is covered by the other; both rest on Sundays and holidays."""
    assert expected == hours.is_open(riverside, at(moment))


def test_an_office_is_asked_alone_when_named(riverside: PublishedPractice) -> None:
    """At 12:15 Main Street is at lunch although Oak Hill is open."""
    assert hours.is_open(riverside, at("2026-11-23T12:15"), "oakhill")
    assert not hours.is_open(riverside, at("2026-11-23T12:15"), "main")


def test_the_next_opening_skips_a_holiday(riverside: PublishedPractice) -> None:
    """From Wednesday night before Thanksgiving the next opening is Friday at nine."""
    assert at("2026-11-27T09:00") == hours.next_opening(riverside, at("2026-11-25T20:00"))


def test_the_next_opening_keeps_wall_clock_time_over_a_change_of_clocks(riverside: PublishedPractice) -> None:
    """Clocks go forward on March 14, 2027; the office still opens at eight on Monday."""
    opening = hours.next_opening(riverside, at("2027-03-13T13:00"), "main")
    assert opening is not None
    assert (date(2027, 3, 15), time(8)) == (opening.date(), opening.time())
    assert opening.utcoffset() != at("2027-03-13T13:00").utcoffset()


def test_a_rule_for_one_office_outweighs_one_for_all(riverside: PublishedPractice) -> None:
    """The day after Thanksgiving Main Street opens for the morning and Oak Hill stays closed."""
    day = date(2026, 11, 27)
    assert (Span(time(9), time(12)),) == hours.hours_on(riverside, day, location="main").spans
    assert () == hours.hours_on(riverside, day, location="oakhill").spans


def test_lunch_is_the_gap_between_two_spans(riverside: PublishedPractice) -> None:
    """A day in one piece has no lunch closing."""
    main = riverside.location("main")
    assert Span(time(12), time(13)) == hours.lunch(main, 0)
    assert hours.lunch(main, 5) is None


def test_nothing_is_promised_when_nothing_opens(riverside: PublishedPractice) -> None:
    """A practice without hours has no next opening, and none is made up."""
    from dataclasses import replace

    shut = replace(
        riverside, locations=tuple(replace(place, hours=((),) * 7) for place in riverside.locations), date_rules=()
    )
    assert hours.next_opening(shut, at("2026-11-23T10:00")) is None
