"""Slots about time: the wish in the patient's own words, and the opening they pick.

Every reading is said back with weekday and date, in the practice's zone. The wish is kept with the words that were typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.appointments import Can, Hold, Opening, Window
from bot.domain.blocks import Choice, OpeningDay, Openings, OpeningTime
from bot.domain.says import Say
from bot.lanes.intake.context import Visit
from bot.lanes.intake.slot import Accepted, Asked, Asking, Refused, Slot, option
from bot.privacy.phi import Purpose
from bot.responses import label, say_date, say_time
from bot.understanding.heard import Heard
from bot.understanding.when import wishes

HOLD_FOR: Final = timedelta(
    minutes=10
)  # long enough to type name, birth date and phone; interface.md asks for 5 or more
NEAREST_WITHIN: Final = timedelta(days=21)
SHOWN: Final = 6  # openings in one list; more is a scroll on a phone and a second text on SMS


class WhenSlot(Slot):
    """When they would like to come, in their own words. Kept as a handle of JSON: words and the windows read from them."""

    name = "when"
    phi = False
    takes_any_text = True

    def hear(self, heard: Heard, text: str) -> str | None:
        wish = heard.wish
        told = wish.dates or wish.times or wish.weekdays is not None or wish.soonest
        return text.strip() if told else None  # "either", "no preference" are answers to another question

    async def hear_asked(self, heard: Heard, text: str, visit: Visit) -> str | None:
        return text.strip() or None

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        words = (await visit.open(value, purpose=Purpose.VALIDATION)).reveal(Purpose.VALIDATION)
        before = await visit.open_json("when")
        picked = words in QUICK
        # picked words are ours and English; what is shown and kept is their label
        wish = wishes.read(words, lang="en" if picked else visit.language, ref=visit.now.replace(tzinfo=None))
        if not says_something(wish):
            if Can.BOOK in visit.tools.system.can or len(words.split()) < 2:
                return Refused("utter_invalid_when")
        listed = [opening_from_json(raw) for raw in await visit.open_json("openings") or []]
        windows = windows_of(wish, visit, before, shown=listed)
        if not windows:
            return Refused("utter_when_in_the_past")
        if words == LATER:
            words = before["words"] if before else label("choice_soonest", visit.language)
        elif picked:
            words = label(f"choice_{words}", visit.language)
        kept = {"words": words, "windows": windows}
        return Accepted(await visit.put_json(kept, kind="when"), (("openings", None), ("opening", None)))

    async def ask(self, visit: Visit) -> Asked:
        quick = tuple(option(self.name, word, key=f"choice_{word}") for word in QUICK if word != LATER)
        return Say("utter_ask_when", options=quick)


class OpeningSlot(Slot):
    """One of the real openings of the practice system. Picking one holds it."""

    name = "opening"

    async def hear_asked(self, heard: Heard, text: str, visit: Visit) -> str | None:
        """`the 9:20 one`, `Tuesday works`: exactly one of the listed openings fits the words."""
        if not says_something(heard.wish):
            return None
        shown = [opening_from_json(raw) for raw in await visit.open_json("openings") or []]
        windows = [window_from_json(raw) for raw in windows_of(heard.wish, visit, None)]
        fitting = [
            number
            for number, opening in enumerate(shown, start=1)
            if any(_fits(opening, window, visit) for window in windows)
        ]
        return str(fitting[0]) if len(fitting) == 1 else None

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        if value == NONE:
            return Accepted(NONE)
        listed = await visit.open_json("openings") or []
        if not value.isdigit() or not 1 <= int(value) <= len(listed):
            return Refused("utter_invalid_opening")
        opening = opening_from_json(listed[int(value) - 1])
        # a hold of this conversation is renewed, not doubled: the key holds the opening
        held = await visit.tools.system.hold(
            opening, key=visit.key("hold", opening.ref), now=visit.context.now, ttl=HOLD_FOR
        )
        if not isinstance(held, Hold):
            return Refused("utter_opening_taken", (("openings", None),))
        kept = await visit.put_json(
            {"ref": held.ref, "expires": held.expires.isoformat(), **to_json(opening)}, kind="hold"
        )
        return Accepted(kept)

    async def ask(self, visit: Visit) -> Asked:
        found = await find_openings(visit)
        nearest = not found
        if nearest:
            found = await find_openings(visit, wide=True)
        if not found:
            options = (option("when", "soonest", key="choice_soonest"), option(self.name, NONE, key="choice_none_fit"))
            return Asking(Say("utter_no_openings", options=options), (("openings", None),))
        shown = await visit.put_json([to_json(opening) for opening in found], kind="openings")
        utter = "utter_nearest_openings" if nearest else "utter_ask_opening"
        return Asking(Say(utter, blocks=(openings_block(found, visit),)), (("openings", shown),))


LATER: Final = "later"
QUICK: Final = ("soonest", "mornings", "afternoons", LATER)
NONE: Final = "none"
"""None of the listed openings suits: the wish goes to staff as it stands."""


def says_something(wish: wishes.Wish) -> bool:
    return not wish.empty


def windows_of(
    wish: wishes.Wish, visit: Visit, before: Any, *, shown: Sequence[Opening] = ()
) -> list[dict[str, Any]]:
    """JSON windows of a wish, clipped to today and the horizon of the visit type.

    A shift ("later", "earlier") moves on from the openings shown last; a wish for another day keeps the time of day.
    """
    kind = next((item for item in visit.practice.visit_types if item.id == visit.slots.get("visit_type")), None)
    today = visit.now.date()
    horizon = today + timedelta(days=kind.horizon_days if kind else 90)
    spans = [(span.start or today, span.end or horizon) for span in wish.dates] or [(today, horizon)]
    if wish.shift and before:
        days_shown = [opening.start.astimezone(visit.tools.zone).date() for opening in shown]
        first = datetime.fromisoformat(before["windows"][0]["first"]).date()
        if wish.shift == "earlier":
            spans = [(today, min(days_shown, default=first) + timedelta(days=1))]
        else:
            spans = [(max(days_shown, default=first) + timedelta(days=1), horizon)]
    minutes = [(_minute(span.start), _minute(span.end) or 24 * 60) for span in wish.times] or [(0, 24 * 60)]
    if before and not wish.times and (wish.shift or wish.dates or wish.weekdays is not None):
        minutes = list(dict.fromkeys((raw["from"], raw["to"]) for raw in before["windows"]))
    days = set(wish.weekdays if wish.weekdays is not None else range(7)) - set(wish.not_weekdays)
    return [
        {
            "first": max(first, today).isoformat(),
            "until": min(until, horizon).isoformat(),
            "from": low,
            "to": high,
            "weekdays": sorted(days),
        }
        for first, until in spans
        for low, high in minutes
        if until > today and first < horizon
    ]


def _minute(value: Any) -> int:
    return value.hour * 60 + value.minute if value is not None else 0


def window_from_json(raw: dict[str, Any]) -> Window:
    return Window(
        first=datetime.fromisoformat(raw["first"]).date(),
        until=datetime.fromisoformat(raw["until"]).date(),
        from_minute=raw["from"],
        to_minute=raw["to"],
        weekdays=frozenset(raw["weekdays"]),
    )


async def find_openings(visit: Visit, *, wide: bool = False) -> list[Opening]:
    """Up to six openings inside the wish, in order of wishes; all from the practice system, right now."""
    kept = await visit.open_json("when")
    chosen = {name: visit.slots.get(name) for name in ("clinician", "location")}
    found: dict[str, Opening] = {}
    for raw in kept["windows"]:
        window = window_from_json(raw)
        if wide:
            until = max(window.until, window.first + NEAREST_WITHIN)
            window = replace(window, until=until, from_minute=0, to_minute=24 * 60, weekdays=frozenset(range(7)))
        openings = await visit.tools.system.openings(
            visit.slots["visit_type"],
            window,
            now=visit.context.now,
            clinician=None if chosen["clinician"] == "any" else chosen["clinician"],
            location=None if chosen["location"] == "any" else chosen["location"],
            limit=SHOWN,
        )
        found.update((opening.ref, opening) for opening in openings)
    return sorted(found.values(), key=lambda opening: opening.start)[:SHOWN]


def to_json(opening: Opening) -> dict[str, str]:
    return {
        "opening": opening.ref,
        "start": opening.start.isoformat(),
        "end": opening.end.isoformat(),
        "clinician": opening.clinician,
        "location": opening.location,
        "visit_type": opening.visit_type,
    }


def opening_from_json(raw: dict[str, str]) -> Opening:
    return Opening(
        ref=raw["opening"],
        start=datetime.fromisoformat(raw["start"]),
        end=datetime.fromisoformat(raw["end"]),
        clinician=raw["clinician"],
        location=raw["location"],
        visit_type=raw["visit_type"],
    )


def hold_from_json(raw: dict[str, str]) -> Hold:
    return Hold(ref=raw["ref"], opening=opening_from_json(raw), expires=datetime.fromisoformat(raw["expires"]))


def openings_block(openings: Sequence[Opening], visit: Visit) -> Openings:
    """The picker: days, then times; each time is read aloud with its day, clinician and place."""
    days: dict[str, list[OpeningTime]] = {}
    for number, opening in enumerate(openings, start=1):
        local = opening.start.astimezone(visit.tools.zone)
        day = say_date(local.date(), visit.language)
        clock = say_time(local.time(), visit.language)
        who = visit.practice.clinician(opening.clinician).name
        where = visit.practice.location(opening.location).name[visit.language]
        days.setdefault(day, []).append(
            OpeningTime(
                id=f"opening={number}",
                label=clock,
                full=f"{day}, {clock}, {who}, {where}",
                part="morning" if local.hour < 12 else "afternoon",
            )
        )
    other = (
        Choice(f"when={LATER}", label("choice_more_times", visit.language)),
        Choice(f"opening={NONE}", label("choice_none_fit", visit.language)),
    )
    return Openings(
        days=tuple(OpeningDay(day, tuple(times)) for day, times in days.items()),
        timezone=label("practice_time", visit.language),
        other=other,
    )


def _fits(opening: Opening, window: Window, visit: Visit) -> bool:
    local = opening.start.astimezone(visit.tools.zone)
    minute = local.hour * 60 + local.minute
    return (
        window.first <= local.date() < window.until
        and window.from_minute <= minute < max(window.to_minute, window.from_minute + 1)
        and local.weekday() in window.weekdays
    )
