"""Working hours as UTC intervals: weekly shifts cut by holidays and closures, right across midnight and clock changes.

Wall times become UTC day by day, the earlier one when a wall time happens twice, moved forward when it does not happen
(RFC 5545). Only UTC is compared or stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.published import Clinician, DateRule, PublishedPractice, Span

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Worked:
    """A stretch of a clinician's work at one location, half-open, UTC."""

    start: datetime
    end: datetime
    location: str


def span_on(day: date, span: Span, *, zone: ZoneInfo) -> Interval:
    """The interval of a wall-clock span that begins on a day; one that ends at or before its start ends on the next day."""
    last = day + timedelta(days=1) if span.closes <= span.opens else day
    start = datetime.combine(day, span.opens, tzinfo=zone).astimezone(UTC)
    return start, datetime.combine(last, span.closes, tzinfo=zone).astimezone(UTC)


def shifts_on(practice: PublishedPractice, clinician: Clinician, day: date, *, zone: ZoneInfo) -> list[Worked]:
    """The stretches that begin on a local day. A special day can only take away from them."""
    found = []
    for shift in clinician.shifts:
        if shift.weekday != day.weekday():
            continue
        start, end = span_on(day, shift.span, zone=zone)
        rule = _rule(practice.date_rules, day, shift.location)
        allowed: Sequence[Interval] = [(start, end)]
        if rule is not None:
            allowed = [span_on(day, span, zone=zone) for span in rule.spans]
        for opens, closes in allowed:
            if max(start, opens) < min(end, closes):
                found.append(Worked(max(start, opens), min(end, closes), shift.location))
    return sorted(found, key=lambda worked: worked.start)


def starts_in(worked: Interval, *, duration: timedelta, grid: timedelta, zone: ZoneInfo) -> list[datetime]:
    """Where a visit may start: every `grid` of wall-clock time from the start on, so that it ends within."""
    start, end = worked
    if start.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset():
        return [start + step * grid for step in range(max(0, (end - duration - start) // grid + 1))]
    wall = start.astimezone(zone).replace(tzinfo=None)
    found = set()
    # an hour more than what elapses: the wall clock may jump ahead
    for step in range((end - start + timedelta(hours=1)) // grid + 1):
        at = wall + step * grid
        for fold in (0, 1):
            moment = at.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            happens = moment.astimezone(zone).replace(tzinfo=None) == at
            if happens and start <= moment and moment + duration <= end:
                found.add(moment)
    return sorted(found)


def _rule(rules: Sequence[DateRule], day: date, location: str) -> DateRule | None:
    """The special day that applies; one that names the location outweighs one for all."""
    found = [rule for rule in rules if rule.day == day and (not rule.locations or location in rule.locations)]
    return min(found, key=lambda rule: not rule.locations) if found else None
