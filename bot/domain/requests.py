"""What a patient asked the practice to do, and how far it has come: its standing (house idea 4).

A standing comes from a practice system's receipt or from a named staff member's action, never from generated text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    REFILL = "refill"
    CALLBACK = "callback"


class Standing(StrEnum):
    NOT_SENT = "not_sent"
    RECEIVED = "received"
    HELD = "held"
    BOOKED = "booked"
    WITH_STAFF = "with_staff"
    DONE = "done"
    DECLINED = "declined"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of standing and its proof: a receipt of the practice system, or a staff member."""

    standing: Standing
    at: datetime
    proof: str
    """`receipt:<ref>` or `staff:<id>`."""


@dataclass(frozen=True, slots=True)
class Request:
    """`details` maps slot names to vault handles or published ids. `number` is short, for saying aloud."""

    id: str
    number: str
    conversation: str
    practice: str
    kind: Kind
    standing: Standing
    language: str
    created: datetime
    due: datetime | None = None
    urgent: bool = False
    details: Mapping[str, str] = field(default_factory=dict)
    appointment: str | None = None
    patient: str | None = None
    steps: tuple[Step, ...] = ()
    confirmed_by_patient: bool = False


# standing → what staff may do with it, by kind
STAFF_ACTIONS: Final[Mapping[tuple[Kind, Standing], tuple[str, ...]]] = {
    (Kind.BOOK, Standing.WITH_STAFF): ("entered", "decline"),
    (Kind.RESCHEDULE, Standing.WITH_STAFF): ("entered", "decline"),
    (Kind.CANCEL, Standing.WITH_STAFF): ("done", "decline"),
    (Kind.REFILL, Standing.RECEIVED): ("accept", "done", "decline"),
    (Kind.REFILL, Standing.WITH_STAFF): ("done", "decline"),
    (Kind.CALLBACK, Standing.RECEIVED): ("done",),
}

RESULT: Final[Mapping[str, Standing]] = {
    "accept": Standing.WITH_STAFF,
    "entered": Standing.BOOKED,
    "done": Standing.DONE,
    "decline": Standing.DECLINED,
}


def actions(request: Request) -> tuple[str, ...]:
    """What staff may do with the request now."""
    return STAFF_ACTIONS.get((request.kind, request.standing), ())


def stepped(request: Request, *, standing: Standing, at: datetime, proof: str) -> Request:
    """The request with a new standing and its proof."""
    step = Step(standing=standing, at=at, proof=proof)
    return replace(request, standing=standing, steps=(*request.steps, step))
