"""Shared state that may be lost: signals, one-time codes, limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Protocol

from bot.privacy.phi import Phi


class Signals(Protocol):
    """Fan-out of ids between processes. Losing one only delays a screen."""

    async def publish(self, topic: str, value: str) -> None: ...

    def listen(self, topic: str) -> AsyncIterator[str]:
        """Yields values, and an empty string about every 15 s when nothing came."""
        ...


class Codes(Protocol):
    """One-time codes, stored as keyed hashes."""

    async def issue(self, key: str, *, ttl: timedelta) -> Phi[str]: ...

    async def check(self, key: str, code: Phi[str], *, tries: int) -> str:
        """`right` (and used up), `wrong`, or `locked` after `tries` wrong ones."""
        ...


class Limits(Protocol):
    async def hit(self, key: str, *, limit: int, window: timedelta) -> bool:
        """Count one; True while within the limit."""
        ...
