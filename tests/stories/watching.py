"""The practice system behind a glass: a story sees what it was asked, and can take it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from bot.domain.appointments import Appointment, Can, Command, Hold, NoMatch, Opening, Receipt, Window
from bot.domain.errors import OutcomeUnknown, Unavailable
from bot.ports import PracticeSystem, SubmitOutcome
from bot.privacy.phi import Phi

T = TypeVar("T")


@dataclass(slots=True)
class WatchedSystem:
    """The real practice system behind a glass: calls are noted, and it can be taken down.

    `fault`: `down` refuses everything, `lost_answer` does the command but its answer gets lost, `unsure` does nothing and
    gives no answer.
    """

    inner: PracticeSystem
    fault: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def can(self) -> Can:
        return self.inner.can

    def _note(self, what: str, outcome: T) -> T:
        self.asked.append(f"{what} -> {type(outcome).__name__}")
        return outcome

    def _up(self) -> None:
        if self.fault == "down":
            raise Unavailable("The practice system did not answer. The story took it down.")

    async def openings(self, visit_type: str, window: Window, **options: Any) -> Sequence[Opening]:
        self._up()
        return self._note("openings", await self.inner.openings(visit_type, window, **options))

    async def hold(self, opening: Opening, *, key: str, now: datetime, ttl: timedelta) -> Any:
        self._up()
        return self._note("hold", await self.inner.hold(opening, key=key, now=now, ttl=ttl))

    async def release(self, hold: Hold) -> None:
        self._up()
        await self.inner.release(hold)
        self.asked.append("release")

    async def submit(self, command: Command, *, key: str, now: datetime) -> SubmitOutcome:
        self._up()
        what = f"submit {type(command).__name__}"
        if self.fault == "unsure":
            self.asked.append(f"{what} -> OutcomeUnknown")
            raise OutcomeUnknown("No answer came. Look the key up.")
        outcome = await self.inner.submit(command, key=key, now=now)
        if self.fault == "lost_answer":
            self.asked.append(f"{what} -> OutcomeUnknown")
            raise OutcomeUnknown("The answer got lost. Look the key up.")
        return self._note(what, outcome)

    async def resolve(self, key: str) -> Receipt | None:
        self._up()
        return self._note("resolve", await self.inner.resolve(key))

    async def match(self, *, phone: Phi[str], birth_date: Phi[date]) -> str | NoMatch:
        self._up()
        return await self.inner.match(phone=phone, birth_date=birth_date)

    async def phone_of(self, patient: str) -> Phi[str] | None:
        self._up()
        return await self.inner.phone_of(patient)

    async def upcoming(self, patient: str, *, now: datetime) -> Sequence[Appointment]:
        self._up()
        return await self.inner.upcoming(patient, now=now)

    async def appointment(self, ref: str) -> Appointment | None:
        self._up()
        return await self.inner.appointment(ref)

    async def due_for_reminder(self, *, start: datetime, end: datetime) -> Sequence[Appointment]:
        self._up()
        return await self.inner.due_for_reminder(start=start, end=end)
