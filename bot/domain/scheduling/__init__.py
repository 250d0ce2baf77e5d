"""Availability: which times a practice may offer, from its hours and what is taken. Pure; no clock and no database."""

from bot.domain.scheduling.hours import Worked, shifts_on, span_on, starts_in
from bot.domain.scheduling.openings import find_openings, opening_ref, refusal
from bot.domain.scheduling.ticks import TICK, tick_number, tick_time, ticks_between, ticks_of

__all__ = [
    "TICK",
    "Worked",
    "find_openings",
    "opening_ref",
    "refusal",
    "shifts_on",
    "span_on",
    "starts_in",
    "tick_number",
    "tick_time",
    "ticks_between",
    "ticks_of",
]
