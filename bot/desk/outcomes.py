"""What a staff action came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """Saved. Read the conversation again for its new state."""


@dataclass(frozen=True, slots=True)
class TakenBy:
    """Somebody else has the conversation, or it changed since it was read. `owner` is a staff id, or None for the queue."""

    owner: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The action cannot be done; `message` says why and what to do, for the staff member."""

    message: str


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One opened field of a request, for copying into the practice's own system."""

    key: str
    label: str
    value: str
