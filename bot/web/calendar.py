"""The `.ics` of an appointment: neutral title, the practice's own time zone, the same UID for every version of the visit."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from icalendar import Calendar, Event

from bot.domain.appointments import Appointment
from bot.understanding.facts.hours import zone
from knowledge.published import PublishedPractice

TITLE: Final = {"en": "Appointment", "es": "Cita"}  # calendars are shared with families and employers


def calendar_file(appointment: Appointment, practice: PublishedPractice, *, language: str, now: datetime) -> bytes:
    local = zone(practice.timezone)
    place = practice.location(appointment.location)
    event = Event()
    event.add("uid", f"{appointment.ref}@{practice.id}.frontdesk")
    event.add("sequence", appointment.version)
    event.add("dtstamp", now)
    event.add("dtstart", appointment.start.astimezone(local))
    event.add("dtend", appointment.end.astimezone(local))
    event.add("summary", TITLE.get(language, TITLE["en"]))
    event.add("location", f"{place.street}, {place.city}, {place.state} {place.postcode}")
    event.add("status", "CANCELLED" if appointment.status == "cancelled" else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Frontdesk//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    body: bytes = calendar.to_ical()
    return body
