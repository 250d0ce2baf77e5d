"""The calendar file says when and where, and nothing of why (R-151)."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from bot.domain.appointments import Appointment
from bot.web.calendar import calendar_file
from tests.unit.web.rig import NOW, practice

VISIT = Appointment(
    ref="visit-1",
    patient="patient-1",
    start=datetime(2025, 3, 10, 13, 20, tzinfo=UTC),
    end=datetime(2025, 3, 10, 13, 40, tzinfo=UTC),
    clinician="ada",
    location="main",
    visit_type="checkup",
    status="booked",
    version=3,
)


def event_of(visit: Appointment, language: str = "en") -> tuple[Calendar, dict[str, str]]:
    calendar = Calendar.from_ical(calendar_file(visit, practice(), language=language, now=NOW))
    assert isinstance(calendar, Calendar)
    event = calendar.walk("VEVENT")[0]
    fields: dict[str, Any] = dict(event.items())
    return calendar, {name: fields[name].to_ical().decode() for name in fields}


@pytest.mark.parametrize(("language", "title"), [("en", "Appointment"), ("es", "Cita")])
def test_neutral_title(language: str, title: str) -> None:
    """No clinician, visit type, practice name or patient: calendars are shared."""
    body = calendar_file(VISIT, practice(), language=language, now=NOW).decode()
    assert f"SUMMARY:{title}\r\n" in body
    for word in ("Ada", "checkup", "Sample Clinic", "patient-1", "ATTENDEE", "DESCRIPTION"):
        assert word not in body


def test_the_practices_wall_clock() -> None:
    """Written in the practice's zone with the zone's own rules, so a phone elsewhere shows the right moment."""
    calendar, event = event_of(VISIT)
    assert "20250310T092000" == event["DTSTART"]
    assert ["America/New_York"] == [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")]
    fields: dict[str, Any] = dict(calendar.walk("VEVENT")[0].items())
    begins: datetime = fields["DTSTART"].dt
    assert VISIT.start == begins.astimezone(UTC)
    assert "PUBLISH" == str(calendar["METHOD"])


def test_a_changed_visit_replaces_the_old_one() -> None:
    """Same UID, higher sequence; a cancelled visit says so."""
    _, before = event_of(VISIT)
    _, after = event_of(replace(VISIT, version=4, status="cancelled"))
    assert before["UID"] == after["UID"]
    assert ("3", "4") == (before["SEQUENCE"], after["SEQUENCE"])
    assert ("CONFIRMED", "CANCELLED") == (before["STATUS"], after["STATUS"])
