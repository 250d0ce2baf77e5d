"""What the words of a date or time mean, before and after they are tied to a day.

All values are small and frozen, so that the chart can tell two equal meanings apart from two different ones.
Where a phrase has several meanings, `options` holds them best first.
"""

from dataclasses import dataclass
from datetime import date, datetime

DateOption = tuple[date | None, date | None]  # half open; None is an open side
ClockOption = tuple[int | None, int | None]  # minutes of the day; an end past 1440 is on the next day
MomentOption = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Day:
    """One calendar day, told in part: "the 5th", "next Friday", "March 3"."""

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    stress: str = ""  # this | next | last, said before a weekday
    exact: tuple[date, ...] = ()  # already tied to the calendar, best first
    weak: bool = False  # a word that is more often something else: "sun", "the second"
    plural: bool = False  # "Mondays": any of them


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days: a week, a month, "the 3rd to the 5th", "after Friday"."""

    options: tuple[DateOption, ...]
    unit: str = ""  # week | month | year | weekend where it is one of these
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. Without am or pm, the office-hours sense comes first."""

    options: tuple[int, ...]
    weak: bool = False  # a bare number: a time only in company
    told: bool = False  # am, pm, a part of day or the 24-hour clock was said


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of the clock: "morning", "2 to 4", "after 3"."""

    options: tuple[ClockOption, ...]
    part: str = ""  # the part of day, where it is one
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day on a day."""

    options: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one dated moment to another, either of which may be open."""

    options: tuple[MomentOption, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """How long: "two weeks", "half an hour"."""

    months: int = 0
    days: int = 0
    minutes: int = 0
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """Two phrases that share a word: "2 and 3 May". `joint` is the token between them."""

    one: "Meaning"
    other: "Meaning"
    joint: int


Meaning = Day | Days | Clock | Hours | Moment | Stretch
