"""`Slot`: one thing that a form needs to know (Rasa). A class each, in the files beside this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.says import Option, Say
from bot.lanes.intake.context import Visit
from bot.privacy.phi import Phi
from bot.understanding.heard import Heard


@dataclass(frozen=True, slots=True)
class Filled:
    """The slot needs no question: there is only one possible value."""

    value: str


@dataclass(frozen=True, slots=True)
class CodeText:
    """A one-time code to be texted to the number on file."""

    to: Phi[str]
    code: Phi[str]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that also changes slots (what was listed) or sends a code."""

    say: Say
    also: tuple[tuple[str, str | None], ...] = ()
    text: CodeText | None = None


Asked = Say | Filled | Asking


@dataclass(frozen=True, slots=True)
class Accepted:
    """The value to keep (a handle, or a published id), and other slots that follow from it."""

    value: str
    also: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """`problem` is the utter key that says why; `also` as in `Accepted`."""

    problem: str
    also: tuple[tuple[str, str | None], ...] = ()


class Slot:
    """Ask, hear, validate. `phi` slots hold handles and are never asked for in a text message."""

    name: ClassVar[str]
    phi: ClassVar[bool] = False
    takes_any_text: ClassVar[bool] = False
    """Free text: any words could be the answer, so side questions are told apart by their form."""

    def hear(self, heard: Heard, text: str) -> str | None:
        """A value named in passing, in any message of the form. For `phi` and free-text slots: the words themselves."""
        return None

    async def hear_asked(self, heard: Heard, text: str, visit: Visit) -> str | None:
        """A value in the answer to this slot's own question."""
        return self.hear(heard, text)

    async def validate(self, value: str, visit: Visit) -> Accepted | Refused:
        return Accepted(value)

    async def ask(self, visit: Visit) -> Asked:
        raise NotImplementedError


def option(slot: str, value: str, *, label: str = "", key: str = "") -> Option:
    """A choice that fills a slot: its id is `slot=value`."""
    return Option(id=f"{slot}={value}", label=label, key=key)
