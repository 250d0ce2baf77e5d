"""Openings: candidate starts that no rule forbids and nothing occupies, spread so that a patient sees more than one day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.appointments import Opening, Window
from bot.domain.scheduling.hours import shifts_on, starts_in
from bot.domain.scheduling.ticks import ticks_of
from knowledge.published import Clinician, PublishedPractice, VisitType

PER_DAY: Final = 3
APART: Final = timedelta(hours=3)  # a morning, a midday and an afternoon beat three times in a row

Busy = Mapping[str, Collection[int]]
"""Clinician → ticks that are taken."""


def opening_ref(visit_type: str, clinician: str, location: str, start: datetime) -> str:
    """The same time has the same reference, so that a hold of it can be renewed."""
    return f"{visit_type}.{clinician}.{location}.{start.astimezone(UTC):%Y%m%dT%H%MZ}"


def find_openings(
    practice: PublishedPractice,
    visit_type: VisitType,
    window: Window,
    *,
    now: datetime,
    busy: Busy,
    booked: Mapping[date, int],
    clinician: str | None = None,
    location: str | None = None,
    limit: int = 12,
) -> list[Opening]:
    """Up to `limit`, in order of time. `booked` counts this visit type's visits and holds per local day, for the daily cap."""
    chosen: list[Opening] = []
    spare: list[Opening] = []
    for openings in _by_day(practice, visit_type, window, now, busy, booked, clinician, location):
        picked = _spread(openings)
        chosen += picked
        if len(chosen) >= limit:
            return sorted(chosen[:limit], key=_order)
        spare += [opening for opening in openings if opening not in picked]
    return sorted([*chosen, *spare[: limit - len(chosen)]], key=_order)


def refusal(
    practice: PublishedPractice, visit_type: VisitType, opening: Opening, *, now: datetime, booked: int
) -> str | None:
    """The rule that forbids an opening, or None. What is taken is not looked at: the claim decides that."""
    zone = ZoneInfo(practice.timezone)
    doctor = next((item for item in _able(practice, visit_type) if item.id == opening.clinician), None)
    if not visit_type.self_bookable:
        return "staff_only"
    if doctor is None or opening.location not in visit_type.locations:
        return "not_offered"
    if opening.start < earliest(visit_type, now):
        return "lead_time"
    if opening.start.astimezone(zone).date() > latest(visit_type, now, zone):
        return "horizon"
    if visit_type.daily_cap is not None and booked >= visit_type.daily_cap:
        return "daily_cap"
    day = opening.start.astimezone(zone).date()
    on_grid = any(
        opening.start in _starts(practice, visit_type, doctor, shift_day, opening.location, zone)
        for shift_day in (day - timedelta(days=1), day)
    )
    length = opening.end - opening.start == timedelta(minutes=visit_type.duration)
    return None if on_grid and length else "hours"


def earliest(visit_type: VisitType, now: datetime) -> datetime:
    return now + timedelta(hours=visit_type.lead_hours)


def latest(visit_type: VisitType, now: datetime, zone: ZoneInfo) -> date:
    """The last local day that may be booked."""
    return now.astimezone(zone).date() + timedelta(days=visit_type.horizon_days)


def _by_day(
    practice: PublishedPractice,
    visit_type: VisitType,
    window: Window,
    now: datetime,
    busy: Busy,
    booked: Mapping[date, int],
    clinician: str | None,
    location: str | None,
) -> Iterator[list[Opening]]:
    zone = ZoneInfo(practice.timezone)
    if not visit_type.self_bookable:
        return
    able = [item for item in _able(practice, visit_type) if clinician in (None, item.id)]
    soonest, last = earliest(visit_type, now), latest(visit_type, now, zone)
    # from the day before: a shift may run past midnight
    day = max(window.first, now.astimezone(zone).date()) - timedelta(days=1)
    while day < window.until and day <= last:
        free: dict[datetime, list[Opening]] = {}
        for doctor in able:
            for start, place in _starts_at(practice, visit_type, doctor, day, zone):
                local = start.astimezone(zone)
                capped = visit_type.daily_cap is not None and booked.get(local.date(), 0) >= visit_type.daily_cap
                if capped or start < soonest or local.date() > last or location not in (None, place):
                    continue
                end = start + timedelta(minutes=visit_type.duration)
                taken = busy.get(doctor.id, ())
                if not _wanted(local, window) or any(tick in taken for tick in ticks_of(visit_type, start, end)):
                    continue
                ref = opening_ref(visit_type.id, doctor.id, place, start)
                free.setdefault(start, []).append(Opening(ref, start, end, doctor.id, place, visit_type.id))
        # one opening per start: with whoever has the most free starts that day
        load = {doctor.id: -sum(doctor.id == one.clinician for at in free.values() for one in at) for doctor in able}
        yield [min(free[start], key=lambda one: load[one.clinician]) for start in sorted(free)]
        day += timedelta(days=1)


def _able(practice: PublishedPractice, visit_type: VisitType) -> list[Clinician]:
    return [
        item
        for item in practice.clinicians
        if item.id in visit_type.clinicians and (visit_type.patients != "new" or item.accepting_new)
    ]


def _starts_at(
    practice: PublishedPractice, visit_type: VisitType, doctor: Clinician, day: date, zone: ZoneInfo
) -> Iterator[tuple[datetime, str]]:
    duration, grid = timedelta(minutes=visit_type.duration), timedelta(minutes=visit_type.grid)
    for worked in shifts_on(practice, doctor, day, zone=zone):
        if worked.location in visit_type.locations:
            for start in starts_in((worked.start, worked.end), duration=duration, grid=grid, zone=zone):
                yield start, worked.location


def _starts(
    practice: PublishedPractice, visit_type: VisitType, doctor: Clinician, day: date, location: str, zone: ZoneInfo
) -> set[datetime]:
    return {start for start, place in _starts_at(practice, visit_type, doctor, day, zone) if place == location}


def _wanted(local: datetime, window: Window) -> bool:
    minute = local.hour * 60 + local.minute
    return (
        window.first <= local.date() < window.until
        and window.from_minute <= minute < max(window.to_minute, window.from_minute + 1)
        and local.weekday() in window.weekdays
    )


def _spread(openings: list[Opening]) -> list[Opening]:
    """The earliest of a day, and later ones well apart; close ones only when there are no others."""
    picked: list[Opening] = []
    for opening in openings:
        if len(picked) < PER_DAY and (not picked or opening.start - picked[-1].start >= APART):
            picked.append(opening)
    rest = [opening for opening in openings if opening not in picked]
    return sorted([*picked, *rest[: PER_DAY - len(picked)]], key=_order)


def _order(opening: Opening) -> tuple[datetime, str]:
    return opening.start, opening.clinician
