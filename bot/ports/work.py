"""Durable work: jobs, and the outbox of texts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ports.turns import NewJob
from bot.privacy.phi import Phi


@dataclass(frozen=True, slots=True)
class Job:
    id: str
    kind: str
    args: Mapping[str, str]
    attempt: int


Handler = Callable[[Job], Awaitable[None]]


class Jobs(Protocol):
    """Jobs are written in the saver's own transaction; handlers run at least once, one at a time per lock, in order of due."""

    async def add(self, job: NewJob) -> bool:
        """Outside of a turn. False when the key is waiting already."""
        ...

    async def run(self, handlers: Mapping[str, Handler], *, stop: Callable[[], bool] | None = None) -> None:
        """Work until cancelled. A handler that raises is tried again with back-off; after the last attempt it is kept as dead."""
        ...

    async def drain(self, handlers: Mapping[str, Handler], *, until: datetime) -> int:
        """Run everything due until a time, then return how many ran. For tests and the terminal chat."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """`waiting`, `running`, `dead`."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    id: str
    practice: str
    conversation: str
    to: Phi[str]
    body: Phi[str]
    purpose: str
    due: datetime
    """When it was to go first. No attempt was made before."""
    state: str
    mailbox: str
    attempts: int


class Deliveries(Protocol):
    """The outbox of texts. States move forward only: ready → sending → sent → delivered | failed; or blocked; or unknown."""

    async def claim(self, id: str, *, at: datetime) -> Delivery | None:
        """ready → sending, by exactly one worker; None when somebody has it or it is settled."""
        ...

    async def get(self, id: str) -> Delivery | None: ...

    async def settle(
        self, id: str, *, state: str, provider_id: str | None = None, reason: str | None = None
    ) -> None: ...

    async def postpone(self, id: str, *, due: datetime) -> None:
        """sending → ready, and not claimed before `due`: a job for then is added in the same transaction."""
        ...

    async def report(self, provider_id: str, *, status: str, error: str | None) -> None:
        """A status callback. Unknown ids are kept aside, late ones never move a state back."""
        ...

    async def stuck(self, *, before: datetime) -> Sequence[str]:
        """Ids in `sending` since before a time: a worker died while sending."""
        ...

    async def opted_out(self, practice: str, mailbox: str) -> bool: ...

    async def provider_ids(self, practice: str, mailbox: str, *, since: datetime) -> Collection[str]:
        """The provider's ids of what is recorded as sent to a mailbox since a time."""
        ...

    async def sent_since(self, practice: str, mailbox: str, *, purpose: str, since: datetime) -> int: ...

    async def for_conversation(self, conversation: str) -> Sequence[Mapping[str, str]]:
        """States only, for the desk: id, purpose, state, reason."""
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    provider_id: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """`code` is the provider's (21610 …). `final` False means: try again later."""

    code: str
    final: bool


class Texts(Protocol):
    """An SMS provider. Raises `Unavailable` (nothing sent) or `OutcomeUnknown` (maybe sent)."""

    async def send(self, *, to: Phi[str], body: Phi[str], key: str) -> Sent | NotSent: ...

    async def find(
        self, *, to: Phi[str], body: Phi[str], since: datetime, others: Collection[str] = ()
    ) -> Sent | None:
        """Look up a send whose outcome is unknown. `others` are the ids of texts that are known to be other ones."""
        ...
