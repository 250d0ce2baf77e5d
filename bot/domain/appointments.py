"""Openings, holds, commands and receipts: the words between the bot and a practice system.

`Opening` is a bookable time; FHIR's `Slot` stays inside `integrations/fhir`. Times are aware UTC; the zone name is for saying.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Flag, auto

from bot.domain.requests import Standing
from bot.privacy.phi import Phi


class Can(Flag):
    """What this practice's system was shown to do. The dialogue follows from it."""

    REQUEST = auto()
    OPENINGS = auto()
    HOLD = auto()
    BOOK = auto()
    RESCHEDULE = auto()
    CANCEL = auto()
    REFILL_TASK = auto()
    LOOKUP = auto()


BOOKS = Can.OPENINGS | Can.HOLD | Can.BOOK | Can.RESCHEDULE | Can.CANCEL


@dataclass(frozen=True, slots=True)
class Person:
    """Who the visit is for, as the patient gave it. Only ever boxed."""

    name: str
    birth_date: date
    phone: str
    """E.164."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Half-open `[start, end)`, buffers not included."""

    ref: str
    start: datetime
    end: datetime
    clinician: str
    location: str
    visit_type: str


@dataclass(frozen=True, slots=True)
class Hold:
    ref: str
    opening: Opening
    expires: datetime


@dataclass(frozen=True, slots=True)
class Appointment:
    """A visit in the practice system. `version` guards against acting on an old reading."""

    ref: str
    patient: str
    start: datetime
    end: datetime
    clinician: str
    location: str
    visit_type: str
    status: str
    """`booked`, `confirmed`, `cancelled`."""
    version: int


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open local dates and wall-clock minutes a patient would like."""

    first: date
    until: date
    from_minute: int = 0
    to_minute: int = 24 * 60
    weekdays: frozenset[int] = frozenset(range(7))


# ---- commands -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RequestVisit:
    """Always available: a wish that lands with staff."""

    visit_type: str | None
    person: Phi[Person]
    wish: Phi[str]


@dataclass(frozen=True, slots=True)
class Book:
    hold: Hold
    person: Phi[Person]


@dataclass(frozen=True, slots=True)
class Reschedule:
    appointment: Appointment
    hold: Hold


@dataclass(frozen=True, slots=True)
class Cancel:
    """`staff` names who cancelled it in the practice's own system; without one, a system that cannot cancel passes it to staff."""

    appointment: Appointment
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class ConfirmVisit:
    """The patient answered C to a reminder."""

    appointment: str


@dataclass(frozen=True, slots=True)
class RouteRefill:
    """Routing only: there is no field in which a decision could be expressed."""

    person: Phi[Person]
    medication: Phi[str]
    pharmacy: Phi[str] | None = None


@dataclass(frozen=True, slots=True)
class EnterVisit:
    """A named staff member entered the visit in the practice's own system and copied its time here."""

    person: Phi[Person]
    visit_type: str
    clinician: str
    location: str
    start: datetime
    staff: str
    replaces: str | None = None
    """The appointment that this moves, if it is one we know of: otherwise its old time would still be reminded of."""


Command = RequestVisit | Book | Reschedule | Cancel | ConfirmVisit | RouteRefill | EnterVisit


# ---- outcomes -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Receipt:
    """The practice system's word: the most the bot may claim. The same key gives the same receipt again."""

    key: str
    ref: str
    standing: Standing
    appointment: Appointment | None = None
    patient: str | None = None
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class OpeningTaken:
    """Somebody else has it. Offer others."""


@dataclass(frozen=True, slots=True)
class HoldExpired:
    """The hold ran out before the patient confirmed. Hold again or offer others."""


@dataclass(frozen=True, slots=True)
class Stale:
    """The appointment changed since it was read. Read again and ask again."""


@dataclass(frozen=True, slots=True)
class RuleRefused:
    """The practice's rules do not allow it (lead time, horizon, new patients, cap)."""

    rule: str


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No patient, or more than one: staff decide, the bot never guesses."""
