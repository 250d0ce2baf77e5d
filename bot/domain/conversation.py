"""A conversation: who has it, in which language, on which channel. Statuses are Chatwoot's.

`version` grows with every save (compare-and-set: one turn at a time). `fence` grows with every change of owner, so that a
late act of a former owner is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    PENDING = "pending"
    """The bot has it."""
    OPEN = "open"
    """Staff have it, or it waits for them in the queue."""
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class Channel(StrEnum):
    WEB = "web"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Conversation:
    """`owner` is a staff id while claimed. `mailbox` is a keyed hash of the phone number on SMS, never the number."""

    id: str
    practice: str
    channel: Channel
    language: str
    status: Status = Status.PENDING
    owner: str | None = None
    fence: int = 0
    version: int = 0
    patient_left: bool = False
    mailbox: str | None = None
    created: datetime | None = None


class Reason(StrEnum):
    """Why a person is needed. The desk's order and wording follow from it."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    CLINICAL = "clinical"
    ASKED = "asked"
    STUCK = "stuck"
    NO_ANSWER = "no_answer"
    IDENTITY = "identity"
    LANGUAGE = "language"
    MAYBE_VISIT = "maybe_visit"
    """A bare CANCEL that may mean the appointment (R-408)."""
    WRONG_NUMBER = "wrong_number"
    RESULTS = "results"
    COMPLAINT = "complaint"
    SYSTEM_DOWN = "system_down"
    UNDELIVERED = "undelivered"
    CALLBACK = "callback"


URGENT = frozenset({Reason.EMERGENCY, Reason.CRISIS})


class HandoffState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Handoff:
    """One wish for a person. Never vanishes: every one ends as done or withdrawn, with a time."""

    id: str
    conversation: str
    reason: Reason
    state: HandoffState
    created: datetime
    due: datetime
    """When staff owe the first answer, counted in open hours."""
    callback: str | None = None
    """Vault handle of a callback number."""
    resume_code: str | None = None
    """Vault handle of the resume code."""
    resume_blind: str | None = None
    """Keyed hash of the resume code, for looking it up."""
    acknowledged: bool = False
    """For urgent ones: a staff member has seen the alert."""

    @property
    def urgent(self) -> bool:
        return self.reason in URGENT
