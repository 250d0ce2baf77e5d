"""Reads the parts of `practice.yaml` into the published nouns, such as locations, clinicians and visit types."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.library.contacts import phone
from knowledge.library.entry import Entry, references
from knowledge.library.hours import covers, shifts, spans, week
from knowledge.published import (
    Clinician,
    DateRule,
    Fee,
    Location,
    Phones,
    Plan,
    PlanStatus,
    Policy,
    VisitType,
)


def phones(entry: Entry) -> Phones:
    found = Phones(
        main=phone(entry, "main"),
        nurse_line=phone(entry, "nurse_line"),
        billing=phone(entry, "billing"),
        on_call=phone(entry, "on_call"),
        fax=phone(entry, "fax"),
        relay=phone(entry, "relay", required=False, short=True) or "711",
    )
    entry.close()
    return found


def location(entry: Entry) -> Location:
    found = Location(
        id=entry.id(),
        name=entry.texts("name"),
        aliases=entry.words("aliases", required=False),
        street=entry.text("street"),
        city=entry.text("city"),
        state=entry.text("state"),
        postcode=entry.text("postcode"),
        phone=phone(entry, "phone"),
        fax=phone(entry, "fax", required=False),
        hours=week(entry, "hours"),
        directions=entry.texts("directions"),
        parking=entry.texts("parking"),
        transit=entry.texts("transit"),
        accessibility=entry.texts("accessibility"),
    )
    entry.close()
    return found


def date_rule(entry: Entry, *, locations: Iterable[str]) -> DateRule | None:
    day = entry.day("day")
    rule = DateRule(
        day=day or date.min,
        name=entry.texts("name"),
        spans=spans(entry, "hours"),
        locations=references(
            entry.said("locations", required=False),
            known=locations,
            noun="location",
            problems=entry.problems,
            of="A date rule",
        ),
    )
    entry.close()
    return rule if day is not None else None


def clinician(entry: Entry, *, locations: Iterable[Location]) -> Clinician:
    places = {item.id: item for item in locations}
    found = Clinician(
        id=entry.id(),
        name=entry.text("name"),
        credential=entry.text("credential"),
        aliases=entry.words("aliases", required=False),
        languages=entry.words("languages"),
        shifts=shifts(entry, "shifts", locations=places),
        sees=entry.texts("sees"),
        accepting_new=entry.flag("accepting_new"),
        min_age=entry.whole("min_age", least=0, most=120, required=False),
    )
    entry.close()
    for shift in found.shifts:
        if not covers(places[shift.location].hours[shift.weekday], shift.span):
            entry.problems.warning(
                entry.at("shifts"),
                what=f"{found.name} has a shift at {shift.location} outside its opening hours.",
                remedy="Change the shift or the hours of the location.",
            )
            break
    return found


def visit_type(entry: Entry, *, clinicians: Iterable[str], locations: Iterable[str]) -> VisitType:
    def known(key: str, noun: str, ids: Iterable[str]) -> tuple[str, ...]:
        said = entry.said(key)
        if key in entry.found and not said:
            entry.wrong(key, what=f'"{key}" of {entry.name} is empty.', remedy=f"Name at least one {noun}.")
        return references(said, known=ids, noun=noun, problems=entry.problems, of=entry.name.capitalize())

    found = VisitType(
        id=entry.id(),
        name=entry.texts("name"),
        description=entry.texts("description"),
        phrasings=entry.phrasings("phrasings", required=True),
        duration=entry.whole("duration", least=5, most=480),
        buffer_before=entry.whole("buffer_before", least=0, most=240, required=False),
        buffer_after=entry.whole("buffer_after", least=0, most=240, required=False),
        lead_hours=entry.whole("lead_hours", least=0, most=24 * 90),
        horizon_days=entry.whole("horizon_days", least=1, most=730),
        grid=entry.whole("grid", least=5, most=240),
        patients=entry.choice("patients", ("new", "established", "any"), default="any"),
        self_bookable=entry.flag("self_bookable"),
        sensitive=entry.flag("sensitive"),
        clinicians=known("clinicians", "clinician", clinicians),
        locations=known("locations", "location", locations),
        daily_cap=entry.whole("daily_cap", least=1, most=1000) if entry.has("daily_cap") else None,
        telehealth=entry.flag("telehealth", required=False),
        preparation=entry.text("preparation", required=False) or None,
    )
    entry.close()
    if found.lead_hours >= found.horizon_days * 24:
        entry.wrong(
            "lead_hours",
            what=f"{entry.name.capitalize()} can never be booked: the lead time is as long as the horizon.",
            remedy="Lower lead_hours or raise horizon_days.",
        )
    return found


def plan(entry: Entry) -> Plan:
    found = Plan(
        id=entry.id(),
        name=entry.text("name"),
        aliases=entry.words("aliases", required=False),
        status=PlanStatus(entry.choice("status", tuple(PlanStatus), default=PlanStatus.CALL)),
        note=entry.texts("note", required=False),
    )
    entry.close()
    return found


def fee(entry: Entry) -> Fee:
    found = Fee(
        id=entry.id(),
        name=entry.texts("name"),
        amount=entry.text("amount", wanted='an amount in quotes: "$40"'),
        note=entry.texts("note", required=False),
        phrasings=entry.phrasings("phrasings"),
    )
    entry.close()
    return found


def policy(entry: Entry) -> Policy:
    found = Policy(id=entry.id(), text=entry.texts("text"))
    entry.close()
    return found
