"""`FakeTexts`: an SMS provider that keeps what it was given. A test may script its answers, and lose them after sending."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.domain.errors import IntegrationError
from bot.ports import NotSent, Sent
from bot.privacy.phi import Phi, Purpose


@dataclass(frozen=True, slots=True)
class Text:
    provider_id: str
    to: str
    body: str
    key: str
    at: datetime


@dataclass(slots=True)
class FakeTexts:
    """`script` holds what the next sends meet: a `NotSent`, or an error to raise. Afterwards every send succeeds."""

    script: deque[NotSent | IntegrationError] = field(default_factory=deque)
    sent: list[Text] = field(default_factory=list)
    lose_answers: bool = False
    """The text goes out, the answer is lost: the scripted error is raised after it was kept."""

    async def send(self, *, to: Phi[str], body: Phi[str], key: str) -> Sent | NotSent:
        scripted = self.script.popleft() if self.script else None
        if isinstance(scripted, NotSent):
            return scripted
        if scripted is not None and not self.lose_answers:
            raise scripted
        id = f"SM{len(self.sent) + 1:032x}"
        number, words = to.reveal(Purpose.DELIVERY), body.reveal(Purpose.DELIVERY)
        self.sent.append(Text(id, number, words, key, datetime.now(UTC)))
        if scripted is not None:
            raise scripted
        return Sent(id)

    async def find(
        self, *, to: Phi[str], body: Phi[str], since: datetime, others: Collection[str] = ()
    ) -> Sent | None:
        number, words = to.reveal(Purpose.DELIVERY), body.reveal(Purpose.DELIVERY)
        fitting = [
            text
            for text in self.sent
            if (text.to, text.body) == (number, words) and text.at >= since and text.provider_id not in others
        ]
        return Sent(fitting[-1].provider_id) if fitting else None
