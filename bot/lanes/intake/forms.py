"""The forms: which slots each needs, in which order. A table; what a slot does is in its own class.

The practice system's abilities decide the shape: with `Can.BOOK` a patient picks a real opening, without it they give a wish
and staff enter it (`pms.mode: request`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.appointments import Can
from bot.domain.says import Say
from bot.lanes.intake.choosing import OTHER, ClinicianSlot, LocationSlot, VisitTypeSlot
from bot.lanes.intake.confirming import ConfirmSlot
from bot.lanes.intake.context import Tools, Visit
from bot.lanes.intake.identity import AppointmentSlot, CodeSlot
from bot.lanes.intake.person import (
    BirthDateSlot,
    CallbackSlot,
    MedicationSlot,
    NameSlot,
    PharmacySlot,
    PhoneOnFileSlot,
    PhoneSlot,
)
from bot.lanes.intake.slot import Accepted, Asked, Refused, Slot, option
from bot.lanes.intake.wanted import NONE, OpeningSlot, WhenSlot
from bot.ports import FormContext

SKIPPED: Final = "skipped"


class DaysLeftSlot(Slot):
    """How long the medicine lasts. `out` makes the request urgent for staff (R-542)."""

    name = "days_left"
    values: Final = ("out", "few", "week", "more")

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        return Accepted(value) if value in self.values else Refused("utter_invalid_days_left")

    async def ask(self, visit: Visit) -> Asked:
        options = tuple(option(self.name, value, key=f"choice_days_left_{value}") for value in self.values)
        return Say("utter_ask_days_left", options=options)


WHO: Final = ("name", "birth_date", "phone")
PROOF: Final = ("phone", "birth_date", "code")
VISIT: Final = ("visit_type", "clinician", "location", "when")

SLOTS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "book": (*VISIT, "opening", *WHO, "confirm"),
    "reschedule": (*PROOF, "appointment", "when", "opening", "confirm"),
    "cancel": (*PROOF, "appointment", "confirm"),
    "upcoming": PROOF,
    "refill": ("medication", "pharmacy", "days_left", *WHO, "confirm"),
    "callback": ("callback",),
}

CHANGEABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "book": ("opening", "when", "clinician", "phone"),
    "reschedule": ("opening", "when"),
    "cancel": (),
    "refill": ("medication", "pharmacy", "phone"),
}

# what must be asked again when a slot changes
FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {
    "visit_type": ("clinician", "location", "openings", "opening", "confirm"),
    "clinician": ("location", "openings", "opening", "confirm"),
    "location": ("openings", "opening", "confirm"),
    "when": ("openings", "opening", "confirm"),
    "opening": ("confirm",),
    "phone": ("code", "match", "patient", "confirm"),
    "birth_date": ("code", "match", "patient", "confirm"),
    "appointment": ("when", "openings", "opening", "confirm"),
}


class Form:
    """One form of one practice: a `FormSpec` for the runner, and the asking side for the engine."""

    def __init__(self, name: str, tools: Tools) -> None:
        self.name = name
        self._tools = tools
        kinds: tuple[Slot, ...] = (
            VisitTypeSlot(),
            ClinicianSlot(),
            LocationSlot(),
            WhenSlot(),
            OpeningSlot(),
            NameSlot(),
            BirthDateSlot(),
            PhoneOnFileSlot() if "code" in SLOTS_OF[name] else PhoneSlot(),
            CodeSlot(),
            AppointmentSlot(),
            MedicationSlot(),
            PharmacySlot(),
            DaysLeftSlot(),
            CallbackSlot(),
            ConfirmSlot(name, CHANGEABLE.get(name, ())),
        )
        self.slots: Mapping[str, Slot] = {kind.name: kind for kind in kinds if kind.name in SLOTS_OF[name]}

    @property
    def slot_names(self) -> tuple[str, ...]:
        return SLOTS_OF[self.name]

    def required(self, slots: Mapping[str, str]) -> tuple[str, ...]:
        """The slots needed now, in order."""
        names = self.slot_names
        if "patient" in slots:
            names = tuple(name for name in names if name not in PROOF)
        if "opening" in names and not self.picks_opening(slots):
            names = tuple(name for name in names if name != "opening")
        return names

    def picks_opening(self, slots: Mapping[str, str]) -> bool:
        """Whether a real opening is picked, or a wish goes to staff."""
        needed = Can.OPENINGS | (Can.BOOK if self.name == "book" else Can.RESCHEDULE)
        if needed not in self._tools.system.can or slots.get("opening") == NONE:
            return False
        kind = slots.get("visit_type")
        if kind is None:
            return True
        return kind != OTHER and self._tools.practice.visit_type(kind).self_bookable

    async def validate(
        self, slot: str, value: str, *, slots: Mapping[str, str], context: FormContext
    ) -> Mapping[str, str | None]:
        """One candidate. A refusal sets the slot to None and `problem` to the utter key."""
        if value == SKIPPED and getattr(self.slots[slot], "can_skip", False):
            return {slot: SKIPPED, "problem": None}
        verdict = await self.slots[slot].validate(value, Visit(tools=self._tools, slots=slots, context=context))
        changes: dict[str, str | None] = dict(verdict.also)
        if isinstance(verdict, Refused):
            return {**changes, slot: None, "problem": verdict.problem}
        if slots.get(slot) not in (None, verdict.value):
            changes = {**dict.fromkeys(name for name in FOLLOWS.get(slot, ()) if name in slots), **changes}
        return {**changes, slot: verdict.value, "problem": None}


def forms_of(tools: Tools) -> Mapping[str, Form]:
    """All forms of a practice by name."""
    return {name: Form(name, tools) for name in SLOTS_OF}
