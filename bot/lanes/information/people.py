"""Answers about clinicians and visits: who, which days, which languages, new patients, how long."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.says import Say
from bot.lanes.information.context import Asking
from bot.lanes.information.spans import hours, listed, weekdays
from bot.responses.catalogue import has, label
from bot.responses.spoken import say_date
from bot.understanding.heard import Asked
from knowledge.published import Clinician, Span

WEEK = 7
_SPOKEN = ("es", "vi", "en")


def clinicians(asked: Asked, asking: Asking) -> tuple[Say, ...]:
    """What is asked of the clinicians named. Empty: none was named."""
    return tuple(_one(asking.practice.clinician(id), asked, asking) for id in asked.facets.clinicians)


def everybody(asked: Asked, asking: Asking) -> tuple[Say, ...]:
    """Answers over all clinicians: who they are, who speaks a language, who takes new patients."""
    team = asking.practice.clinicians
    if asked.aspect == "new_patients":
        open_to = [person.name for person in team if person.accepting_new]
        if not open_to:
            return (asking.say("utter_clinicians_none_new", phone=asking.practice.phones.main),)
        return (asking.say("utter_clinicians_new", names=listed(open_to, asking.language)),)
    if asked.aspect == "languages":
        return tuple(
            asking.say(
                "utter_clinicians_speaking",
                language=label(f"language_{code}", asking.language),
                names=listed(names, asking.language),
            )
            for code in _SPOKEN
            if code != "en" and (names := [person.name for person in team if code in person.languages])
        )
    return (
        asking.say(
            "utter_clinicians",
            names=listed([f"{person.name}, {person.credential}" for person in team], asking.language),
        ),
    )


def lengths(asked: Asked, asking: Asking) -> tuple[Say, ...]:
    visits = [asking.practice.visit_type(id) for id in asked.facets.visit_types]
    return tuple(
        asking.say("utter_visit_length", visit=asking.text(visit.name), minutes=visit.duration)
        for visit in visits
        if not visit.sensitive
    )


def _one(person: Clinician, asked: Asked, asking: Asking) -> Say:
    wished = _weekday(asked, asking)
    if wished is not None:
        return wished_day(person, wished, asking)
    match asked.aspect:
        case "languages":
            spoken = listed(
                [
                    label(f"language_{code}", asking.language)
                    for code in person.languages
                    if has(f"language_{code}", asking.language)
                ],
                asking.language,
            )
            return asking.say("utter_clinician_languages", name=person.name, languages=spoken)
        case "new_patients":
            if person.accepting_new:
                return asking.say("utter_clinician_new", name=person.name, sees=asking.text(person.sees))
            others = [other.name for other in asking.practice.clinicians if other.accepting_new]
            return asking.say("utter_clinician_not_new", name=person.name, others=listed(others, asking.language))
    if asked.intent.value == "faq.hours":
        return asking.say("utter_clinician_days", name=person.name, days=days(person, asking))
    usual = label("word_usually", asking.language).format(days=days(person, asking))
    return asking.say(
        "utter_clinician", name=person.name, credential=person.credential, sees=asking.text(person.sees), days=usual
    )


def _weekday(asked: Asked, asking: Asking) -> int | None:
    wish = asked.wish
    if wish.weekdays:
        return min(wish.weekdays)
    for span in wish.dates:
        if span.start is not None and (span.end is None or span.end - span.start <= timedelta(days=1)):
            return span.start.weekday()
    return None


def wished_day(person: Clinician, weekday: int, asking: Asking) -> Say:
    """Whether a clinician is in on a weekday, by the usual week."""
    today = asking.now.date()
    day = say_date(today + timedelta(days=(weekday - today.weekday()) % WEEK), asking.language).split(",")[0]
    name_of_day = day if asking.language == "en" else day.split()[0]
    by_place: dict[str, list[Span]] = {}
    for shift in sorted(person.shifts, key=lambda shift: shift.span.opens):
        if shift.weekday == weekday:
            by_place.setdefault(shift.location, []).append(shift.span)
    if not by_place:
        return asking.say("utter_clinician_not_on_day", name=person.name, day=name_of_day, days=days(person, asking))
    parts = [
        f"{asking.place_name(asking.practice.location(place))}, {hours(spans, asking.language)}"
        for place, spans in by_place.items()
    ]
    return asking.say("utter_clinician_on_day", name=person.name, day=name_of_day, hours="; ".join(parts))


def days(person: Clinician, asking: Asking) -> str:
    """`Monday and Tuesday (Main Street office), Thursday (Oak Hill office)`."""
    by_place: dict[str, list[int]] = {}
    for shift in person.shifts:
        by_place.setdefault(shift.location, []).append(shift.weekday)
    return "; ".join(
        f"{weekdays(numbers, asking.language)} ({asking.place_name(asking.practice.location(place))})"
        for place, numbers in by_place.items()
    )
