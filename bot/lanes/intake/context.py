"""What a form's slots may use while they ask and validate: published facts, the vault, the practice system."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.conversation import Channel
from bot.ports import Codes, FormContext, PracticeSystem, Vault
from bot.privacy.phi import Handle, Phi, Purpose
from knowledge.published import PublishedPractice


@dataclass(frozen=True, slots=True)
class Tools:
    """Plugged in once per practice."""

    practice: PublishedPractice
    vault: Vault
    system: PracticeSystem
    codes: Codes

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.practice.timezone)


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at an active form: its slots, where it runs, and the tools."""

    tools: Tools
    slots: Mapping[str, str]
    context: FormContext
    channel: Channel = Channel.WEB
    patient: str | None = None

    @property
    def practice(self) -> PublishedPractice:
        return self.tools.practice

    @property
    def language(self) -> str:
        return self.context.language

    @property
    def now(self) -> datetime:
        """Wall clock of the practice."""
        return self.context.now.astimezone(self.tools.zone)

    async def put(self, value: Phi[str], *, kind: str) -> str:
        return await self.tools.vault.put(
            value, practice=self.context.practice, conversation=self.context.conversation, kind=kind
        )

    async def open(self, handle: str, *, purpose: Purpose) -> Phi[str]:
        return await self.tools.vault.open(
            Handle(handle),
            practice=self.context.practice,
            conversation=self.context.conversation,
            purpose=purpose,
        )

    async def put_json(self, value: Any, *, kind: str) -> str:
        return await self.put(Phi(json.dumps(value)), kind=kind)

    async def open_json(self, slot: str, *, purpose: Purpose = Purpose.VALIDATION) -> Any:
        """The content of a slot that holds a handle of JSON; None when the slot is empty."""
        handle = self.slots.get(slot)
        if handle is None:
            return None
        return json.loads((await self.open(handle, purpose=purpose)).reveal(purpose))

    def key(self, *parts: str) -> str:
        """An idempotency key for the practice system: the same act of the same conversation has the same key."""
        words = "|".join((self.context.practice, self.context.conversation, *parts))
        return hashlib.sha256(words.encode()).hexdigest()[:40]
