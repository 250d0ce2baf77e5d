"""Understands when: the dates, times and ranges a patient typed, in English or Spanish, in office-hours sense.

Knows the calendar and two languages, never the practice's openings.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.understanding.when.phrases import phrases
from bot.understanding.when.readings import Reading, readings

__all__ = ["Found", "Reading", "find"]


@dataclass(frozen=True, slots=True)
class Found:
    """One date or time phrase of a message and what it most likely means."""

    text: str  # the words as typed
    begin: int  # character offsets into the message, end exclusive
    finish: int
    kind: str  # date | time | datetime | daterange | timerange | datetimerange
    start: str | None  # local ISO value; None when open
    end: str | None  # exclusive; None for a single date, time or datetime, or when open
    alternatives: tuple[Reading, ...] = ()  # other readings, best first


def find(text: str, *, lang: str, ref: datetime) -> list[Found]:
    """The phrases in order, not overlapping. `ref` is the wall time at the practice."""
    found = []
    for phrase in phrases(text, lang=lang, now=ref):
        best, *others = readings(phrase.meaning, *phrase.others, today=ref.date()) or (None,)
        if best is not None:
            words = text[phrase.begin : phrase.finish]
            found.append(Found(words, phrase.begin, phrase.finish, best.kind, best.start, best.end, tuple(others)))
    return found
