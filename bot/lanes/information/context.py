"""What every part of the information lane is given: the publication, the moment, the language, the channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.says import Option, Say, Value
from knowledge.published import Location, PublishedPractice, Text

SMS: Final = "sms"
_LAST: Final = frozenset(("hours", "until", "when"))
PERSON: Final = Option(id="person", key="choice_person")


@dataclass(frozen=True, slots=True)
class Asking:
    practice: PublishedPractice
    now: datetime
    """Aware, on the wall clock of the practice."""
    language: str
    sms: bool

    def text(self, text: Text) -> str:
        """A published text in the language of the conversation; English where the fact has no other."""
        return text.get(self.language) or text.get("en", "")

    def say(self, utter: str, **values: Value) -> Say:
        # a time in Spanish ends in a full stop ("5:00 p. m."), and so does the sentence around it
        tidy = {
            key: value.rstrip(".") if key in _LAST and isinstance(value, str) else value
            for key, value in values.items()
        }
        return Say(utter, values=tidy)

    def places(self, ids: tuple[str, ...]) -> tuple[Location, ...]:
        """The offices named, or all of them."""
        return tuple(place for place in self.practice.locations if not ids or place.id in ids)

    def place_name(self, place: Location) -> str:
        return self.text(place.name)
