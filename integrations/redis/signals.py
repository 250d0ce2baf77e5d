"""Signals between processes: ids on one channel, read by one connection per process and handed to its own listeners."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final
from weakref import WeakSet

from redis.exceptions import RedisError

log = logging.getLogger("frontdesk.redis")

CHANNEL: Final = "frontdesk:signals"
QUIET_SECONDS: Final = 15.0
AGAIN_SECONDS: Final = 1.0
WAITING: Final = 1000  # a listener that is this far behind will read everything anew anyway


class Listening:
    """What one listener has not read yet. It counts from the call of `listen` on, and ends when nobody holds it."""

    def __init__(self) -> None:
        self._values: asyncio.Queue[str] = asyncio.Queue(WAITING)

    def put(self, value: str) -> None:
        if not self._values.full():
            self._values.put_nowait(value)

    def __aiter__(self) -> Listening:
        return self

    async def __anext__(self) -> str:
        try:
            async with asyncio.timeout(QUIET_SECONDS):  # wait_for may swallow a cancellation (Python 3.11)
                return await self._values.get()
        except TimeoutError:
            return ""

    async def aclose(self) -> None:
        """Nothing to do: the hub holds it weakly."""


class RedisSignals:
    def __init__(self, asking: Any, listening: Any) -> None:
        self._asking = asking
        self._listening = listening
        self._listeners: dict[str, WeakSet[Listening]] = {}
        self._reader: asyncio.Task[None] | None = None
        self._subscribed = asyncio.Event()
        self.failures = 0

    async def start(self) -> None:
        """Returns when the channel is heard, or at once when Redis is away."""
        self._reader = asyncio.create_task(self._read())
        try:
            async with asyncio.timeout(AGAIN_SECONDS):
                await self._subscribed.wait()
        except TimeoutError:
            log.warning("redis.away at start")

    async def publish(self, topic: str, value: str) -> None:
        try:
            await self._asking.publish(CHANNEL, f"{topic} {value}")
        except (RedisError, OSError):
            self.failures += 1
            self._hand_out(topic, value)  # at least the screens of this process stay live

    def listen(self, topic: str) -> Listening:
        listening = Listening()
        self._listeners.setdefault(topic, WeakSet()).add(listening)
        return listening

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _read(self) -> None:
        while True:
            try:
                async with self._listening.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.subscribe(CHANNEL)
                    self._subscribed.set()
                    while True:
                        message = await pubsub.get_message(timeout=QUIET_SECONDS)
                        if message is not None:
                            topic, _, value = message["data"].partition(" ")
                            self._hand_out(topic, value)
            except (RedisError, OSError) as error:
                self.failures += 1
                log.warning("redis.away error=%s", type(error).__name__)
                await asyncio.sleep(AGAIN_SECONDS)

    def _hand_out(self, topic: str, value: str) -> None:
        listeners = self._listeners.get(topic)
        if listeners is None:
            return
        for listening in list(listeners):
            listening.put(value)
        if not listeners:
            del self._listeners[topic]
