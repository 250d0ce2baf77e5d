"""Writes what a phrase means as plain readings: kind, start and end in local ISO form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.understanding.when.almanac import ONE_DAY, dates
from bot.understanding.when.values import Clock, Day, Days, Hours, Meaning, Moment, Stretch

MOST = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a phrase. `end` is exclusive; None for a single date, time or datetime, or an open end."""

    kind: str  # date | time | datetime | daterange | timerange | datetimerange
    start: str | None
    end: str | None = None


def readings(*meanings: Meaning, today: date) -> tuple[Reading, ...]:
    """Those of the first meaning, then of the others; best first, without repeats."""
    return tuple(dict.fromkeys(it for meaning in meanings for it in _all(meaning, today=today)))[:MOST]


def _all(meaning: Meaning, *, today: date) -> Iterator[Reading]:
    match meaning:
        case Day():
            for day in dates(meaning, today=today):
                yield Reading("date", day.isoformat())
        case Days(options=spans):
            for first, last in spans:
                if first and last and last - first == ONE_DAY:
                    yield Reading("date", first.isoformat())
                else:
                    yield Reading("daterange", first.isoformat() if first else None, last.isoformat() if last else None)
        case Clock(options=minutes):
            for minute in minutes:
                yield Reading("time", _clock(minute))
        case Hours(options=hours):
            for start, end in hours:
                yield Reading("timerange", _clock(start), _clock(end))
        case Moment(options=moments):
            for moment in moments:
                yield Reading("datetime", _stamp(moment))
        case Stretch(options=stretches):
            for begin, finish in stretches:
                yield Reading("datetimerange", _stamp(begin), _stamp(finish))


def _clock(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60 % 24:02}:{minute % 60:02}"


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="minutes")
