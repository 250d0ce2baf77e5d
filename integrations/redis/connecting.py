"""`connect`: a real Redis, or with `memory://` the same interface inside this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.domain.errors import BadConfiguration
from integrations.redis.codes import RedisCodes
from integrations.redis.limits import RedisLimits
from integrations.redis.signals import RedisSignals

ANSWER_SECONDS = 1.0  # a patient waits for it, so one that is slower counts as away


@dataclass(frozen=True, slots=True)
class Shared:
    signals: RedisSignals
    codes: RedisCodes
    limits: RedisLimits
    clients: tuple[Any, ...]

    async def close(self) -> None:
        await self.signals.close()
        for client in self.clients:
            await client.aclose()


async def connect(url: str, *, secret: bytes) -> Shared:
    """`secret` keys the hashes; every process of a practice needs the same one. Starts also while Redis is away."""
    asking: Any
    listening: Any
    if url == "memory://":
        from fakeredis import FakeAsyncRedis, FakeServer

        asking = listening = FakeAsyncRedis(server=FakeServer(), decode_responses=True)
    else:
        try:
            once = Retry(NoBackoff(), 1)
            asking = Redis.from_url(
                url,
                decode_responses=True,
                socket_timeout=ANSWER_SECONDS,
                socket_connect_timeout=ANSWER_SECONDS,
                retry=once,
            )
            listening = Redis.from_url(url, decode_responses=True, socket_connect_timeout=ANSWER_SECONDS, retry=once)
        except ValueError:
            raise BadConfiguration(
                "REDIS_URL cannot be used. Write redis://host:6379/0, rediss:// for TLS, or memory:// for none."
            ) from None
    signals = RedisSignals(asking, listening)
    await signals.start()
    return Shared(signals, RedisCodes(asking, secret), RedisLimits(asking, secret), (asking, listening))
