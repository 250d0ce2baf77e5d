"""Running one validation step of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FormContext:
    """Where a form runs. Validators open handles of this conversation only."""

    practice: str
    conversation: str
    language: str
    now: datetime


class FormSpec(Protocol):
    """A form as the runner sees it."""

    @property
    def name(self) -> str: ...

    @property
    def slot_names(self) -> tuple[str, ...]: ...

    def required(self, slots: Mapping[str, str]) -> tuple[str, ...]:
        """The slots this form needs, in order, given what is filled."""
        ...

    async def validate(
        self, slot: str, value: str, *, slots: Mapping[str, str], context: FormContext
    ) -> Mapping[str, str | None]:
        """Changes to slots: the slot accepted and normalised, or None with `problem` set to an utter key."""
        ...


class FormRunner(Protocol):
    """Runs one validation step of a form: rasa-sdk in `integrations/rasa`, or directly in `integrations/fakes`."""

    async def validate(
        self, form: str, *, slots: Mapping[str, str], candidates: Mapping[str, str], context: FormContext
    ) -> Mapping[str, str | None]:
        """All slot changes after validation: accepted ones normalised, refused ones None, extra ones the form derived."""
        ...
