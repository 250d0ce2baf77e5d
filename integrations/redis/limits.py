"""Counting of attempts in a fixed window. While Redis is away this process counts alone, so a limit never silently ends."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from redis.exceptions import RedisError

from integrations.redis.hashing import keyed

AWAY_SECONDS = 2.0  # after a failure Redis is not asked for this long: nobody waits for a time-out twice
REMEMBERED = 10_000


class RedisLimits:
    def __init__(self, client: Any, secret: bytes) -> None:
        self._client = client
        self._secret = secret
        self._away_until = 0.0
        self._local: dict[str, tuple[float, int]] = {}
        self.failures = 0

    async def hit(self, key: str, *, limit: int, window: timedelta) -> bool:
        name = f"frontdesk:limit:{keyed(self._secret, key)}"
        if time.monotonic() < self._away_until:
            return self._count(name, window) <= limit
        try:
            async with self._client.pipeline(transaction=True) as both:
                both.set(name, 0, px=max(1, int(window.total_seconds() * 1000)), nx=True)
                both.incr(name)
                _, count = await both.execute()
        except (RedisError, OSError):
            self.failures += 1
            self._away_until = time.monotonic() + AWAY_SECONDS
            return self._count(name, window) <= limit
        return int(count) <= limit

    def _count(self, name: str, window: timedelta) -> int:
        now = time.monotonic()
        ends, count = self._local.get(name, (0.0, 0))
        if ends <= now:
            self._local.pop(name, None)
            ends, count = now + window.total_seconds(), 0
        self._local[name] = (ends, count + 1)
        while len(self._local) > REMEMBERED:
            del self._local[next(iter(self._local))]
        return count + 1
