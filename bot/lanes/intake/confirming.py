"""The last question of a form: what will be sent, shown whole, before anything is sent."""

from __future__ import annotations

from datetime import date

from bot.domain.blocks import Row, Summary
from bot.domain.says import Option, Say
from bot.lanes.intake import reading
from bot.lanes.intake.context import Visit
from bot.lanes.intake.identity import upcoming, when_line
from bot.lanes.intake.slot import Accepted, Asked, Refused, Slot, option
from bot.lanes.intake.wanted import NONE, hold_from_json
from bot.privacy.phi import Phi, Purpose
from bot.responses import label, say_date
from bot.understanding.heard import Command, Heard


class ConfirmSlot(Slot):
    """Yes, and only yes, sends."""

    name = "confirm"

    def __init__(self, form: str, changeable: tuple[str, ...]) -> None:
        self._form = form
        self._changeable = changeable

    async def hear_asked(self, heard: Heard, text: str, visit: Visit) -> str | None:
        return "yes" if Command.YES in heard.commands else None

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        return Accepted("yes") if value == "yes" else Refused("utter_please_confirm")

    async def ask(self, visit: Visit) -> Asked:
        rows = await summary_rows(visit)
        summary = Summary(title=label(f"summary_{self._form}", visit.language), rows=rows)
        booking = "opening" in visit.slots and visit.slots["opening"] != NONE and self._form == "book"
        send = "choice_send_booking" if booking else f"choice_send_{self._form}"
        options = [option(self.name, "yes", key=send)]
        options += [
            Option(id=f"change={name}", key=f"choice_change_{name}") for name in self._changeable if name in visit.slots
        ]
        options.append(Option(id="forget_it", key="choice_forget_it"))
        utter = "utter_confirm_booking" if booking else f"utter_confirm_{self._form}"
        return Say(utter, boxed=Phi((summary,)), options=tuple(options))


async def summary_rows(visit: Visit) -> tuple[Row, ...]:
    """Everything the form collected, in the patient's language. Opens handles: the rows are patient data."""
    slots, language = visit.slots, visit.language
    rows: list[Row] = []

    def add(key: str, value: str) -> None:
        rows.append(Row(label(f"row_{key}", language), value))

    if "appointment" in slots:
        chosen = next((item for item in await upcoming(visit) if item.ref == slots["appointment"]), None)
        if chosen is not None:
            moving = "when" in slots or slots.get("opening") is not None
            add("old_time" if moving else "appointment", when_line(chosen.start, chosen.clinician, chosen.location, visit))
    elif "visit_type" in slots:
        kinds = {item.id: item.name[language] for item in visit.practice.visit_types}
        add("visit_type", kinds.get(slots["visit_type"], label("choice_something_else", language)))
    if slots.get("opening") not in (None, NONE):
        held = hold_from_json(await visit.open_json("opening", purpose=Purpose.WORDING)).opening
        add(
            "new_time" if "appointment" in slots else "when",
            when_line(held.start, held.clinician, held.location, visit),
        )
    else:
        if "clinician" in slots and "appointment" not in slots:
            names = {item.id: item.name for item in visit.practice.clinicians}
            add("clinician", names.get(slots["clinician"], label("choice_anyone", language)))
        if "location" in slots and "appointment" not in slots:
            places = {item.id: item.name[language] for item in visit.practice.locations}
            add("location", places.get(slots["location"], label("choice_either_place", language)))
        if "when" in slots:
            add("wish", (await visit.open_json("when", purpose=Purpose.WORDING))["words"])
    for name in ("medication", "pharmacy", "days_left", "name", "birth_date", "phone"):
        if name in slots and not (name in ("birth_date", "phone") and "patient" in slots):
            add(name, await _shown(name, visit))
    return tuple(rows)


async def _shown(name: str, visit: Visit) -> str:
    value = visit.slots[name]
    if not value.startswith("vault:"):
        return label(f"choice_{name}_{value}", visit.language)
    text = (await visit.open(value, purpose=Purpose.WORDING)).reveal(Purpose.WORDING)
    if name == "phone":
        return reading.shown_phone(text)
    if name == "birth_date":
        return say_date(date.fromisoformat(text), visit.language, weekday=False)
    return text
