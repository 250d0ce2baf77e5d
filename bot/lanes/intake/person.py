"""Slots about the person: name, birth date, phone. Their values go to the vault and are kept as handles."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.blocks import Field
from bot.domain.says import Say
from bot.lanes.intake import reading
from bot.lanes.intake.context import Visit
from bot.lanes.intake.slot import Accepted, Asked, Refused, Slot
from bot.privacy.phi import Phi, Purpose
from bot.responses import label
from bot.understanding.heard import Heard


class TypedSlot(Slot):
    """A slot whose answer is typed. The candidate is a handle of the raw words; the kept value is a handle, too."""

    phi = True
    takes_any_text = True
    kind = "text"
    can_skip = False
    question = ""
    hint = ""
    """Response keys, where they are not those of the slot's name."""
    digits: ClassVar[int] = 0
    """An answer has at least so many digits; other words are about something else."""

    async def hear_asked(self, heard: Heard, text: str, visit: Visit) -> str | None:
        enough = sum(character.isdigit() for character in text) >= self.digits
        return (text.strip() or None) if enough else None

    def read(self, text: str, visit: Visit) -> str | None:
        """The value as it is kept, or None when the words cannot be it."""
        return text.strip()[:200] or None

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        typed = (await visit.open(value, purpose=Purpose.VALIDATION)).reveal(Purpose.VALIDATION)
        read = self.read(typed, visit)
        if read is None:
            return Refused(f"utter_invalid_{self.name}")
        return Accepted(await visit.put(Phi(read), kind=self.name))

    async def ask(self, visit: Visit) -> Asked:
        field = Field(
            slot=self.name,
            kind=self.kind,
            label=label(f"field_{self.name}", visit.language),
            hint=label(self.hint or f"hint_{self.name}", visit.language),
            can_skip=self.can_skip,
            can_go_back=True,
        )
        return Say(self.question or f"utter_ask_{self.name}", blocks=(field,))


class NameSlot(TypedSlot):
    name = "name"
    kind = "name"

    def read(self, text: str, visit: Visit) -> str | None:
        return reading.name(text)


class BirthDateSlot(TypedSlot):
    """Kept as ISO `YYYY-MM-DD`."""

    name = "birth_date"
    digits = 3
    kind = "date_of_birth"

    def read(self, text: str, visit: Visit) -> str | None:
        found = reading.birth_date(text, today=visit.now.date(), language=visit.language)
        return found.isoformat() if found else None


class PhoneSlot(TypedSlot):
    """Kept as E.164."""

    name = "phone"
    digits = 5
    kind = "phone"

    def read(self, text: str, visit: Visit) -> str | None:
        return reading.phone(text)


class PhoneOnFileSlot(PhoneSlot):
    """The number under which the practice knows the patient: the first half of the identity check."""

    question = "utter_ask_phone_on_file"
    hint = "hint_phone_on_file"


class CallbackSlot(PhoneSlot):
    """Where staff can call back after the patient has left."""

    name = "callback"


class MedicationSlot(TypedSlot):
    name = "medication"

    def hear(self, heard: Heard, text: str) -> str | None:
        return reading.medicine(text)


class PharmacySlot(TypedSlot):
    name = "pharmacy"
    can_skip = True
