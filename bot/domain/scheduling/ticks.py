"""Five-minute ticks: the unit in which a clinician's time is taken, buffers included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from knowledge.published import VisitType

TICK: Final = timedelta(minutes=5)
_SECONDS: Final = 300


def tick_number(moment: datetime) -> int:
    """The tick that a moment lies in, counted from 1970."""
    return int(moment.timestamp()) // _SECONDS


def tick_time(number: int) -> datetime:
    return datetime.fromtimestamp(number * _SECONDS, UTC)


def ticks_of(visit_type: VisitType, start: datetime, end: datetime) -> range:
    """All ticks that a visit touches: its buffers count, a tick begun is a tick taken."""
    first = start - timedelta(minutes=visit_type.buffer_before)
    return ticks_between(first, end + timedelta(minutes=visit_type.buffer_after))


def ticks_between(first: datetime, last: datetime) -> range:
    return range(tick_number(first), -(-int(last.timestamp()) // _SECONDS))
