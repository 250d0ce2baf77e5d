"""Dates and times as people say them, in the practice's wall clock."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

_DAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_MONTHS: Final = {
    "en": ("January February March April May June July August September October November December").split(),
    "es": ("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre").split(),
}


def say_date(day: date, language: str, *, weekday: bool = True, year: bool = False) -> str:
    """`Tuesday, December 1` / `martes 1 de diciembre`; birth dates (no weekday) carry the year."""
    name, month = _DAYS[language][day.weekday()], _MONTHS[language][day.month - 1]
    with_year = year or not weekday
    if language == "es":
        text = f"{day.day} de {month}" + (f" de {day.year}" if with_year else "")
        return f"{name} {text}" if weekday else text
    text = f"{month} {day.day}" + (f", {day.year}" if with_year else "")
    return f"{name}, {text}" if weekday else text


def say_time(clock: time, language: str) -> str:
    """`9:20 AM` / `9:20 a. m.`"""
    hour = clock.hour % 12 or 12
    half = ("AM", "PM") if language == "en" else ("a. m.", "p. m.")
    return f"{hour}:{clock.minute:02d} {half[clock.hour >= 12]}"


def say_until(moment: datetime, language: str, *, now: datetime) -> str:
    """`today at 1:00 PM`, `tomorrow at 8:00 AM`, `Monday, November 30 at 8:00 AM`. Both times in the practice's zone."""
    days = (moment.date() - now.date()).days
    near = {"en": ("today", "tomorrow"), "es": ("hoy", "mañana")}[language]
    day = near[days] if days in (0, 1) else say_date(moment.date(), language)
    return f"{day} {say_at(moment.time(), language)}"


def say_at(clock: time, language: str) -> str:
    """`at 9:20 AM` / `a las 9:20 a. m.`, `a la 1:00 p. m.`"""
    at = "at" if language == "en" else "a la" if clock.hour % 12 == 1 else "a las"
    return f"{at} {say_time(clock, language)}"
