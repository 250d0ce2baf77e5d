"""Answers about when the practice is open: the week, a day, a holiday, lunch, now, next."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.says import Say
from bot.lanes.information.context import Asking
from bot.lanes.information.spans import hours, upper_first, weekdays
from bot.responses.spoken import say_date, say_time, say_until
from bot.understanding.facts import hours as facts
from bot.understanding.heard import Asked
from bot.understanding.when.wishes import Wish
from knowledge.published import Location, Span

MOST_DAYS = 2  # days spelled out per office
MOST_HOLIDAYS = 5
YEAR_AHEAD = 370  # a holiday asked by name is the coming one
WEEK = 7


def opening(asked: Asked, asking: Asking) -> tuple[Say, ...]:
    places = asking.places(asked.facets.locations)
    days = _days(asked.wish, asking)
    match asked.aspect:
        case "now" if not days:
            return tuple(_now(place, asking) for place in places)
        case "next_open" if not days:
            return tuple(_next(place, asking) for place in places)
        case "lunch":
            return tuple(_lunch(place, asking) for place in places)
        case "holiday" if not days:
            return _holidays(asking)
    if days:
        return tuple(_day(place, day, asking) for day in days[:MOST_DAYS] for place in places)
    return tuple(_week(place, asking) for place in places)


def _days(wish: Wish, asking: Asking) -> list[date]:
    """The days a question is about. A span of many days asks for the week, not for each of them."""
    today = asking.now.date()
    found: list[date] = []
    for span in wish.dates:
        if span.start is None:
            continue
        length = (span.end - span.start).days if span.end else 1
        if length <= MOST_DAYS:
            found += [span.start + timedelta(days=step) for step in range(max(length, 1))]
    if not wish.dates and wish.weekdays:
        found += [today + timedelta(days=(number - today.weekday()) % WEEK) for number in sorted(wish.weekdays)]
    return [day for day in dict.fromkeys(found) if today <= day <= today + timedelta(days=YEAR_AHEAD)]


def _day(place: Location, day: date, asking: Asking) -> Say:
    found = facts.hours_on(asking.practice, day, location=place.id)
    name, said = asking.place_name(place), say_date(day, asking.language)
    why = asking.text(found.why) if found.why else ""
    if found.spans:
        spans = hours(found.spans, asking.language)
        if why:
            return asking.say("utter_hours_day_special", place=name, day=said, why=why, hours=spans)
        return asking.say("utter_hours_day", place=name, day=said, hours=spans)
    if why:
        return asking.say("utter_hours_day_special_closed", place=name, day=said, why=why)
    return asking.say("utter_hours_day_closed", place=name, day=said)


def _week(place: Location, asking: Asking) -> Say:
    groups: dict[tuple[Span, ...], list[int]] = {}
    for numbers, spans in facts.week(place):
        groups.setdefault(spans, []).extend(numbers)
    parts = [
        f"{upper_first(weekdays(numbers, asking.language))} {hours(spans, asking.language)}"
        for spans, numbers in groups.items()
    ]
    return asking.say("utter_hours_week", place=asking.place_name(place), hours="; ".join(parts))


def _now(place: Location, asking: Asking) -> Say:
    until = facts.closes_at(asking.practice, asking.now, location=place.id)
    name = asking.place_name(place)
    if until is not None:
        return asking.say("utter_open_now", place=name, until=say_time(until.time(), asking.language))
    again = facts.next_opening(asking.practice, asking.now, place.id)
    if again is None:
        return asking.say("utter_closed_now_unknown", place=name, phone=place.phone)
    return asking.say("utter_closed_now", place=name, when=say_until(again, asking.language, now=asking.now))


def _next(place: Location, asking: Asking) -> Say:
    again = facts.next_opening(asking.practice, asking.now, place.id)
    if again is None:
        return _now(place, asking)
    return asking.say(
        "utter_next_open", place=asking.place_name(place), when=say_until(again, asking.language, now=asking.now)
    )


def _lunch(place: Location, asking: Asking) -> Say:
    groups: dict[Span, list[int]] = {}
    for number in range(WEEK):
        closing = facts.lunch(place, number)
        if closing is not None:
            groups.setdefault(closing, []).append(number)
    if not groups:
        return asking.say("utter_hours_no_lunch", place=asking.place_name(place))
    parts = [
        f"{hours((span,), asking.language)}, {weekdays(numbers, asking.language)}" for span, numbers in groups.items()
    ]
    return asking.say("utter_hours_lunch", place=asking.place_name(place), hours="; ".join(parts))


def _holidays(asking: Asking) -> tuple[Say, ...]:
    coming = facts.holidays(asking.practice, since=asking.now.date(), count=MOST_HOLIDAYS)
    if not coming:
        return (asking.say("utter_holiday_unlisted", phone=asking.practice.phones.main),)
    parts = [
        f"{asking.text(rule.name)} ({say_date(rule.day, asking.language)}): {hours(rule.spans, asking.language)}"
        for rule in coming
    ]
    return (asking.say("utter_holidays", days="; ".join(parts)),)
