"""What the store needs of a jobs engine: jobs written in the saver's own transaction."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Jobs, NewJob


class WritesJobs(Jobs, Protocol):
    async def write(self, connection: AsyncConnection, new: NewJob) -> None:
        """Add a job inside the caller's transaction."""
        ...

    async def settle_turn(self, connection: AsyncConnection, conversation: str, *, more: bool) -> None:
        """A turn was saved; `more` messages came in meanwhile or not."""
        ...

    def wake(self) -> None:
        """Look for work now: a transaction with jobs was committed."""
        ...
