"""A made-up practice in code: as many clinicians, shifts and rules as a test needs, and nothing else."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from knowledge.published import (
    Clinician,
    DateRule,
    Location,
    Phones,
    PmsMode,
    PublishedPractice,
    Shift,
    Span,
    VisitType,
)

BOTH = {"en": "Sample", "es": "Muestra"}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def span(text: str) -> Span:
    opens, closes = text.split("-")
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


def shift(text: str, *, location: str = "main") -> Shift:
    """`mon 09:00-12:00`"""
    day, hours = text.split()
    return Shift(WEEK.index(day), location, span(hours))


def clinician(id: str, *shifts: Shift, accepting_new: bool = True) -> Clinician:
    return Clinician(
        id=id,
        name=f"Dr. {id.title()} Sample",
        credential="MD",
        aliases=(),
        languages=("en",),
        shifts=shifts,
        sees=BOTH,
        accepting_new=accepting_new,
    )


def visit_type(id: str = "checkup", **facts: Any) -> VisitType:
    usual: dict[str, Any] = {
        "duration": 20,
        "buffer_before": 0,
        "buffer_after": 0,
        "lead_hours": 0,
        "horizon_days": 60,
        "grid": 20,
        "patients": "any",
        "self_bookable": True,
        "sensitive": False,
        "clinicians": ("ada", "ben"),
        "locations": ("main", "hill"),
    }
    return VisitType(id=id, name=BOTH, description=BOTH, phrasings={}, **{**usual, **facts})


def clinic(
    *,
    clinicians: Sequence[Clinician],
    visit_types: Sequence[VisitType] = (visit_type(),),
    date_rules: Sequence[DateRule] = (),
    timezone: str = "America/New_York",
    id: str = "clinic",
) -> PublishedPractice:
    places = tuple(
        Location(
            id=place,
            name=BOTH,
            aliases=(),
            street="1 Sample Street",
            city="Sampleton",
            state="OH",
            postcode="43999",
            phone="(740) 555-0100",
            fax="(740) 555-0101",
            hours=((),) * 7,
            directions=BOTH,
            parking=BOTH,
            transit=BOTH,
            accessibility=BOTH,
        )
        for place in ("main", "hill")
    )
    phone = "(740) 555-0100"
    return PublishedPractice(
        id=id,
        name="Sample Clinic",
        short_name="Sample",
        sample=True,
        timezone=timezone,
        languages=("en", "es"),
        pms_mode=PmsMode.BOOK,
        phones=Phones(phone, phone, phone, phone, phone),
        portal_url="https://portal.example.test",
        website="https://clinic.example.test",
        locations=places,
        date_rules=tuple(date_rules),
        clinicians=tuple(clinicians),
        visit_types=tuple(visit_types),
        plans=(),
        fees=(),
        policies=(),
        sections=(),
        notices={},
        allowed_origins=(),
        theme={},
    )
