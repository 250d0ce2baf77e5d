"""Reads wall-clock spans (`08:00-12:00`), weekly hours and shifts, and finds spans that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time
from itertools import pairwise
from typing import Final

from knowledge.library.entry import Entry, Said
from knowledge.library.problems import Place, Problems, did_you_mean
from knowledge.published import Shift, Span

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES: Final = 24 * 60
_SPAN: Final = re.compile(r"([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])")


def span(said: Said, *, problems: Problems) -> Span | None:
    """One span, or None after the problem was noted. `22:00-02:00` ends on the next day."""
    match = _SPAN.fullmatch(said.value)
    if match is None or int(match[1]) > 23 or int(match[3]) > 23:
        problems.error(
            said.place,
            what=f'"{said.value[:40]}" is not a span of time.',
            remedy='Write the 24-hour clock with four digits: "08:00-12:00"; midnight is 00:00.',
        )
        return None
    return Span(time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])))


def spans(entry: Entry, key: str, *, required: bool = True) -> tuple[Span, ...]:
    """The spans of one day, in order. An empty list means closed."""
    found = [(item, span(item, problems=entry.problems)) for item in entry.said(key, required=required)]
    good = sorted(((s, item.place) for item, s in found if s is not None), key=lambda pair: pair[0].opens)
    _note_overlap([(0, s, place) for s, place in good], of=f'"{key}" of {entry.name}', problems=entry.problems)
    return tuple(s for s, _ in good)


def week(entry: Entry, key: str) -> tuple[tuple[Span, ...], ...]:
    """Hours of a location, Monday first. Every day must be there, so that nobody closes a day by forgetting it."""
    days = entry.entry(key, wanted='a list of spans per day: mon: ["08:00-12:00"], …, sun: []')
    if days is None:
        return ((),) * 7
    days.name = f'"{key}" of {entry.name}'
    hours = tuple(spans(days, day) for day in WEEKDAYS)
    days.close()
    across = [(n, s, days.at(WEEKDAYS[n])) for n in range(7) for s in hours[n][-1:] if _minutes(s)[1] > DAY_MINUTES]
    after = [(n, s, days.at(WEEKDAYS[n])) for n in range(7) for s in hours[n][:1]]
    for night in across:
        nexts = [first for first in after if first[0] == (night[0] + 1) % 7]
        _note_overlap([night, *nexts], of=days.name, problems=entry.problems)
    return hours


def shifts(entry: Entry, key: str, *, locations: Iterable[str]) -> tuple[Shift, ...]:
    """Weekly hours of a clinician, each written as `mon main 08:00-12:00`."""
    locations = tuple(locations)
    found: list[tuple[Shift, Place]] = []
    for item in entry.said(key):
        parts = item.value.split()
        if len(parts) != 3 or parts[0] not in WEEKDAYS:
            entry.problems.error(
                item.place,
                what=f'The shift "{item.value[:40]}" of {entry.name} cannot be read.',
                remedy="Write day, location id and span: mon main 08:00-12:00.",
            )
            continue
        hours = span(Said(parts[2], item.place), problems=entry.problems)
        if parts[1] not in locations:
            entry.problems.error(
                item.place,
                what=f'A shift of {entry.name} names the location "{parts[1][:40]}", which does not exist.',
                remedy=did_you_mean(parts[1], locations),
            )
        elif hours is not None:
            found.append((Shift(WEEKDAYS.index(parts[0]), parts[1], hours), item.place))
    days = [(s.weekday, s.span, place) for s, place in found]
    _note_overlap(days, of=f"The shifts of {entry.name}", problems=entry.problems)
    return tuple(s for s, _ in found)


def covers(open_spans: Sequence[Span], inner: Span) -> bool:
    """Whether one of the spans holds the inner one wholly."""
    start, end = _minutes(inner)
    return any(_minutes(s)[0] <= start and end <= _minutes(s)[1] for s in open_spans)


def _minutes(s: Span) -> tuple[int, int]:
    start = s.opens.hour * 60 + s.opens.minute
    end = s.closes.hour * 60 + s.closes.minute
    return start, end if end > start else end + DAY_MINUTES


def _note_overlap(days: Sequence[tuple[int, Span, Place]], *, of: str, problems: Problems) -> None:
    timed = []
    for weekday, s, place in days:
        start, end = _minutes(s)
        timed.append((weekday * DAY_MINUTES + start, weekday * DAY_MINUTES + end, s, place))
    if len(timed) == 2 and timed[1][0] < timed[0][0] and timed[0][1] > 7 * DAY_MINUTES:
        timed[1] = (timed[1][0] + 7 * DAY_MINUTES, timed[1][1] + 7 * DAY_MINUTES, *timed[1][2:])  # Sunday into Monday
    timed.sort(key=lambda t: t[:2])
    for before, after in pairwise(timed):
        if after[0] < before[1]:
            what = f"{of} overlap: {_show(before[2])} and {_show(after[2])}."
            problems.error(after[3], what=what, remedy="Make one end before the other begins.")


def _show(s: Span) -> str:
    return f"{s.opens:%H:%M}-{s.closes:%H:%M}"
