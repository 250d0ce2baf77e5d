"""One practice's practice-management system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.appointments import (
    Appointment,
    Can,
    Command,
    Hold,
    HoldExpired,
    NoMatch,
    Opening,
    OpeningTaken,
    Receipt,
    RuleRefused,
    Stale,
    Window,
)
from bot.privacy.phi import Phi

SubmitOutcome = Receipt | OpeningTaken | HoldExpired | Stale | RuleRefused | NoMatch


class PracticeSystem(Protocol):
    """One practice's PMS. `submit` is idempotent by key; `OutcomeUnknown` is settled by `resolve(key)`, never by trying again."""

    @property
    def can(self) -> Can: ...

    async def openings(
        self,
        visit_type: str,
        window: Window,
        *,
        now: datetime,
        clinician: str | None = None,
        location: str | None = None,
        limit: int = 12,
    ) -> Sequence[Opening]: ...

    async def hold(
        self, opening: Opening, *, key: str, now: datetime, ttl: timedelta
    ) -> Hold | OpeningTaken | RuleRefused: ...

    async def release(self, hold: Hold) -> None: ...

    async def submit(self, command: Command, *, key: str, now: datetime) -> SubmitOutcome:
        """Raises `KeyReused` for the same key with another body."""
        ...

    async def resolve(self, key: str) -> Receipt | None: ...

    async def match(self, *, phone: Phi[str], birth_date: Phi[date]) -> str | NoMatch:
        """The patient's reference, only when exactly one fits."""
        ...

    async def phone_of(self, patient: str) -> Phi[str] | None:
        """The number on file: where codes and reminders go."""
        ...

    async def upcoming(self, patient: str, *, now: datetime) -> Sequence[Appointment]: ...

    async def appointment(self, ref: str) -> Appointment | None: ...

    async def due_for_reminder(self, *, start: datetime, end: datetime) -> Sequence[Appointment]:
        """Booked or confirmed visits that start in the half-open interval."""
        ...
