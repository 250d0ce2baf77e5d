"""When the practice is open: weekly hours, lunch closings, holidays, one-off closures, now and next. Zone-aware."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from knowledge.published import DateRule, Location, PublishedPractice, Span, Text

LOOK_AHEAD = 60  # days: no front desk closes for longer


@dataclass(frozen=True, slots=True)
class DayHours:
    """One office on one day. No spans: closed. `why` names the holiday or closure that changed the usual hours."""

    location: str
    day: date
    spans: tuple[Span, ...]
    why: Text | None = None


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(practice: PublishedPractice, now: datetime) -> datetime:
    """`now` on the wall clock of the practice."""
    return now.astimezone(zone(practice.timezone))


def rule_for(practice: PublishedPractice, day: date, *, location: str) -> DateRule | None:
    """The holiday, closure or special day that applies. One that names the office outweighs one for all."""
    found = [
        rule for rule in practice.date_rules if rule.day == day and (not rule.locations or location in rule.locations)
    ]
    return min(found, key=lambda rule: not rule.locations) if found else None


def hours_on(practice: PublishedPractice, day: date, *, location: str) -> DayHours:
    rule = rule_for(practice, day, location=location)
    if rule is not None:
        return DayHours(location, day, rule.spans, rule.name)
    return DayHours(location, day, practice.location(location).hours[day.weekday()])


def periods(practice: PublishedPractice, day: date, *, location: str) -> tuple[tuple[datetime, datetime], ...]:
    """The open periods that begin on a day, as aware times. A span that ends at or before its start ends a day later."""
    tz = zone(practice.timezone)
    found = []
    for span in hours_on(practice, day, location=location).spans:
        ends = day + timedelta(days=1) if span.closes <= span.opens else day
        found.append((datetime.combine(day, span.opens, tz), datetime.combine(ends, span.closes, tz)))
    return tuple(sorted(found))


def is_open(practice: PublishedPractice, now: datetime, location: str | None = None) -> bool:
    """Whether an office (any, when none is named) is open at this moment."""
    return closes_at(practice, now, location=location) is not None


def closes_at(practice: PublishedPractice, now: datetime, *, location: str | None = None) -> datetime | None:
    """When the office that is open now closes (for lunch or the day); the latest of several. None when closed."""
    today = local(practice, now).date()
    ends = [
        end
        for place in _places(practice, location)
        for day in (today - timedelta(days=1), today)
        for begin, end in periods(practice, day, location=place.id)
        if begin <= now < end
    ]
    return max(ends) if ends else None


def next_opening(practice: PublishedPractice, now: datetime, location: str | None = None) -> datetime | None:
    """The next moment at which an office opens, after `now`. None when nothing opens in the next weeks."""
    today = local(practice, now).date()
    for ahead in range(LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        begins = [
            begin
            for place in _places(practice, location)
            for begin, _ in periods(practice, day, location=place.id)
            if begin > now
        ]
        if begins:
            return min(begins)
    return None


def week(location: Location) -> tuple[tuple[tuple[int, ...], tuple[Span, ...]], ...]:
    """The usual week, days in a row with the same hours together: ((0, 1), spans), ((2,), spans) …"""
    groups: list[tuple[list[int], tuple[Span, ...]]] = []
    for weekday, spans in enumerate(location.hours):
        if groups and groups[-1][1] == spans:
            groups[-1][0].append(weekday)
        else:
            groups.append(([weekday], spans))
    return tuple((tuple(days), spans) for days, spans in groups)


def lunch(location: Location, weekday: int) -> Span | None:
    """The closing between two spans of one day."""
    spans = sorted(location.hours[weekday], key=lambda span: span.opens)
    if len(spans) < 2:
        return None
    return Span(spans[0].closes, spans[1].opens)


def holidays(practice: PublishedPractice, *, since: date, count: int) -> tuple[DateRule, ...]:
    """The next special days, one per date."""
    found: dict[date, DateRule] = {}
    for rule in sorted(practice.date_rules, key=lambda rule: (rule.day, bool(rule.locations))):
        if rule.day >= since:
            found.setdefault(rule.day, rule)
    return tuple(found.values())[:count]


def _places(practice: PublishedPractice, location: str | None) -> Iterable[Location]:
    return practice.locations if location is None else (practice.location(location),)
