"""Slots that prove who is asking (R-118): a one-time code to the number on file, and the birth date.

The words and the work are the same whether or not a record exists; five wrong codes end it with a person.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.appointments import Appointment, NoMatch
from bot.domain.blocks import Field
from bot.domain.says import Option, Say
from bot.lanes.intake.context import Visit
from bot.lanes.intake.person import TypedSlot
from bot.lanes.intake.slot import Accepted, Asked, Asking, CodeText, Filled, Refused, Slot, option
from bot.privacy.phi import Phi, Purpose
from bot.responses import label, say_date, say_time
from bot.understanding.heard import Heard

CODE_LIVES: Final = timedelta(minutes=10)
TRIES: Final = 5
NOBODY: Final = "nobody"


class CodeSlot(TypedSlot):
    """The code that was texted. Accepting it sets the `patient` slot to the practice system's reference."""

    name = "code"
    digits = 4
    kind = "code"

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        typed = (await visit.open(value, purpose=Purpose.IDENTITY)).reveal(Purpose.IDENTITY)
        digits = Phi("".join(character for character in typed if character.isdigit()))
        found = await visit.open_json("match", purpose=Purpose.IDENTITY)
        verdict = await visit.tools.codes.check(self._key(visit), digits, tries=TRIES)
        if verdict == "locked":
            return Refused("utter_identity_locked", (("locked", "yes"),))
        if verdict != "right" or found == NOBODY:
            return Refused("utter_invalid_code")
        return Accepted("checked", (("patient", found), ("match", None)))

    async def ask(self, visit: Visit) -> Asked:
        text: CodeText | None = None
        also: tuple[tuple[str, str | None], ...] = ()
        if "match" not in visit.slots:
            found, text = await self._match(visit)
            also = (("match", await visit.put_json(found, kind="match")),)
        field = Field(
            slot=self.name,
            kind=self.kind,
            label=label("field_code", visit.language),
            hint=label("hint_code", visit.language),
            can_go_back=True,
        )
        options = (Option(id="person", key="choice_no_code"),)
        return Asking(Say("utter_ask_code", blocks=(field,), options=options), also, text)

    async def _match(self, visit: Visit) -> tuple[str, CodeText | None]:
        phone = await visit.open(visit.slots["phone"], purpose=Purpose.IDENTITY)
        born = (await visit.open(visit.slots["birth_date"], purpose=Purpose.IDENTITY)).map(date.fromisoformat)
        found = await visit.tools.system.match(phone=phone, birth_date=born)
        # a code is made either way, so that both cases take the same steps
        code = await visit.tools.codes.issue(self._key(visit), ttl=CODE_LIVES)
        if isinstance(found, NoMatch):
            return NOBODY, None
        on_file = await visit.tools.system.phone_of(found)
        return found, CodeText(on_file, code) if on_file is not None else None

    def _key(self, visit: Visit) -> str:
        return f"identity:{visit.context.practice}:{visit.context.conversation}"


class AppointmentSlot(Slot):
    """Which of the patient's upcoming visits. Kept as `reference version`."""

    name = "appointment"

    async def hear_asked(self, heard: Heard, text: str, visit: Visit) -> str | None:
        return None

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        found = await upcoming(visit)
        chosen = next((item for item in found if item.ref == value), None)
        if chosen is None:
            return Refused("utter_invalid_appointment")
        return Accepted(
            value, (("visit_type", chosen.visit_type), ("clinician", chosen.clinician), ("location", "any"))
        )

    async def ask(self, visit: Visit) -> Asked:
        found = await upcoming(visit)
        if not found:
            return Asking(Say("utter_no_upcoming"), (("nothing", "yes"),))
        if len(found) == 1:
            return Filled(found[0].ref)
        choices = tuple(option(self.name, item.ref, label=appointment_line(item, visit)) for item in found)
        return Say("utter_ask_which_appointment", options=choices)


async def upcoming(visit: Visit) -> list[Appointment]:
    patient = visit.slots.get("patient") or visit.patient
    return list(await visit.tools.system.upcoming(patient, now=visit.context.now)) if patient else []


def appointment_line(item: Appointment, visit: Visit) -> str:
    """`Tuesday, December 1, 9:20 AM, Dr. Ortiz, Main Street office`."""
    return when_line(item.start, item.clinician, item.location, visit)


def when_line(start: datetime, clinician: str, location: str, visit: Visit) -> str:
    local = start.astimezone(visit.tools.zone)
    return ", ".join(
        (
            say_date(local.date(), visit.language),
            say_time(local.time(), visit.language),
            visit.practice.clinician(clinician).name,
            visit.practice.location(location).name[visit.language],
        )
    )
