"""Slots with published answers: visit type, new or established, clinician, location."""

from __future__ import annotations

from bot.domain.says import Say
from bot.lanes.intake.context import Visit
from bot.lanes.intake.slot import Accepted, Asked, Filled, Refused, Slot, option
from bot.understanding.heard import Command, Heard
from knowledge.published import Clinician

ANY = "any"
OTHER = "other"
"""A visit that is not in the list: staff sort it out."""


class VisitTypeSlot(Slot):
    """What the visit is for: a pick list, never free text (R-136)."""

    name = "visit_type"

    def hear(self, heard: Heard, text: str) -> str | None:
        return heard.facets.visit_types[0] if heard.facets.visit_types else None

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        known = {item.id: item for item in visit.practice.visit_types}
        if value == OTHER:
            return Accepted(value)
        if value not in known:
            return Refused("utter_invalid_visit_type")
        clinician = visit.slots.get("clinician")
        if clinician not in (None, ANY) and clinician not in known[value].clinicians:
            return Accepted(value, (("clinician", None),))
        return Accepted(value)

    async def ask(self, visit: Visit) -> Asked:
        types = [item for item in visit.practice.visit_types if not item.sensitive]
        choices = [option(self.name, item.id, label=item.name[visit.language]) for item in types]
        choices.append(option(self.name, OTHER, key="choice_something_else"))
        return Say("utter_ask_visit_type", options=tuple(choices))


class ClinicianSlot(Slot):
    """With whom, or with anyone."""

    name = "clinician"

    def hear(self, heard: Heard, text: str) -> str | None:
        return heard.facets.clinicians[0] if heard.facets.clinicians else None

    async def hear_asked(self, heard: Heard, text: str, visit: Visit) -> str | None:
        named = self.hear(heard, text)
        if named is not None:
            return named
        folded = text.lower()
        anyone = ("any", "no preference", "doesn't matter", "dont care", "don't care", "whoever", "first available")
        anyone_es = ("cualquiera", "no importa", "me da igual", "el que sea", "la que sea", "sin preferencia")
        if any(words in folded for words in anyone + anyone_es) or heard.commands & {Command.SKIP, Command.NO}:
            return ANY
        return None

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        able = {item.id for item in _able(visit)}
        if value != ANY and value not in able:
            return Refused("utter_clinician_not_for_visit")
        place = visit.slots.get("location")
        if value != ANY and place not in (None, ANY):
            works_at = {shift.location for shift in visit.practice.clinician(value).shifts}
            if place not in works_at:
                return Accepted(value, (("location", None),))
        return Accepted(value)

    async def ask(self, visit: Visit) -> Asked:
        able = _able(visit)
        if len(able) == 1:
            return Filled(able[0].id)
        choices = [option(self.name, ANY, key="choice_anyone")]
        choices += [option(self.name, item.id, label=item.name) for item in able]
        return Say("utter_ask_clinician", options=tuple(choices))


class LocationSlot(Slot):
    """At which office, or at either."""

    name = "location"

    def hear(self, heard: Heard, text: str) -> str | None:
        return heard.facets.locations[0] if heard.facets.locations else None

    async def hear_asked(self, heard: Heard, text: str, visit: Visit) -> str | None:
        folded = text.lower()
        anywhere = ("either", "any", "both", "doesn't matter", "no preference", "cualquiera", "no importa", "igual")
        return self.hear(heard, text) or (ANY if any(word in folded for word in anywhere) else None)

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        if value == ANY or value in _places(visit):
            return Accepted(value)
        return Refused("utter_invalid_location")

    async def ask(self, visit: Visit) -> Asked:
        places = _places(visit)
        if len(places) == 1:
            return Filled(places[0])
        choices = [option(self.name, place, label=visit.practice.location(place).name[visit.language]) for place in places]
        choices.append(option(self.name, ANY, key="choice_either_place"))
        return Say("utter_ask_location", options=tuple(choices))


def _able(visit: Visit) -> list[Clinician]:
    chosen = visit.slots.get("visit_type", OTHER)
    if chosen == OTHER:  # or not chosen yet: "I want to see Dr. Ortiz"
        return list(visit.practice.clinicians)
    kind = visit.practice.visit_type(chosen)
    return [item for item in visit.practice.clinicians if item.id in kind.clinicians]


def _places(visit: Visit) -> list[str]:
    chosen = visit.slots.get("visit_type", OTHER)
    offered = visit.practice.locations
    if chosen != OTHER:
        kind = visit.practice.visit_type(chosen)
        offered = tuple(item for item in offered if item.id in kind.locations)
    clinician = visit.slots.get("clinician", ANY)
    works = {shift.location for item in _able(visit) if clinician in (ANY, item.id) for shift in item.shifts}
    return [item.id for item in offered if item.id in works]
