"""The store of conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.conversation import Channel, Conversation, Handoff
from bot.domain.requests import Kind, Request, Standing
from bot.ports.turns import Acceptance, Inbound, Note, Outcome, Snapshot, StoredMessage
from bot.privacy.phi import Phi


@dataclass(frozen=True, slots=True)
class QueueRow:
    conversation: Conversation
    handoff: Handoff
    alert: str | None


class Conversations(Protocol):
    async def start(self, *, practice: str, channel: Channel, language: str, at: datetime) -> Conversation:
        """A new web conversation."""
        ...

    async def accept(self, inbound: Inbound, *, due: datetime) -> Acceptance:
        """Store once and schedule the turn (job `turn`, key and lock `turn:<conversation>`), in one transaction.

        The same `external_id` again changes nothing and returns the first acceptance with `duplicate=True`;
        with another body it raises `KeyReused`.
        """
        ...

    async def snapshot(self, conversation: str) -> Snapshot | None: ...

    async def commit(self, outcome: Outcome) -> None:
        """Raises `TurnSuperseded` when the conversation's version moved on; nothing is saved then."""
        ...

    async def messages(self, conversation: str, *, after: int = 0, limit: int = 500) -> Sequence[StoredMessage]: ...

    async def notes(self, conversation: str) -> Sequence[Note]: ...

    async def queue(self, practice: str) -> Sequence[QueueRow]: ...

    async def requests(
        self, practice: str, *, kinds: tuple[Kind, ...] = (), standings: tuple[Standing, ...] = ()
    ) -> Sequence[Request]: ...

    async def request(self, id: str) -> Request | None: ...

    async def by_appointment(self, practice: str, appointment: str) -> Request | None:
        """The request that led to an appointment, newest first."""
        ...

    async def acknowledge(self, alert: str, *, staff: str, at: datetime) -> bool: ...

    async def set_left(self, conversation: str, *, left: bool) -> bool:
        """Patient left or came back; outside of turns. True when it changed."""
        ...

    async def for_mailbox(self, practice: str, phone: Phi[str], *, at: datetime) -> Conversation:
        """The text conversation of a number, made when there is none. Used to start texts (reminders, codes)."""
        ...

    async def phone(self, conversation: str) -> Phi[str] | None:
        """The number of a text conversation."""
        ...

    async def by_resume_code(self, practice: str, code: Phi[str]) -> str | None: ...
