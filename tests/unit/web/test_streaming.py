"""Live updates over real HTTP: nothing lost, nothing twice, nothing of others, and an end when the session ends."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import uvicorn

from bot.web.app import create_app
from tests.unit.web.rig import NOW, Rig


@dataclass
class Reader:
    """What came down one stream, as (event, id, data)."""

    events: list[tuple[str, str, Any]] = field(default_factory=list)
    pings: int = 0
    closed: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, line: str, open: dict[str, str]) -> None:
        if line.startswith(":"):
            self.pings += 1
        elif line:
            name, _, value = line.partition(": ")
            open[name] = value
        elif open:
            self.events.append((open["event"], open.get("id", ""), json.loads(open["data"])))
            open.clear()
        self.changed.set()

    async def until(self, test: Any) -> None:
        async with asyncio.timeout(5):
            while not test(self):
                self.changed.clear()
                await self.changed.wait()

    def texts(self) -> list[str]:
        return [data["blocks"][0]["text"] for name, _, data in self.events if name == "message"]


@pytest.fixture
async def url(rig: Rig) -> AsyncIterator[str]:
    """The rig's service on a real port, with pings ten times a second."""
    services = replace(rig.services, settings=replace(rig.services.settings, ping=timedelta(seconds=0.1)))
    rig.app = create_app(services)
    server = uvicorn.Server(uvicorn.Config(rig.app, log_config=None, timeout_graceful_shutdown=1))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


@asynccontextmanager
async def reading(url: str, headers: dict[str, str]) -> AsyncIterator[Reader]:
    reader = Reader()

    async def read() -> None:
        async with httpx2.AsyncClient(timeout=10) as client, client.stream("GET", url, headers=headers) as answer:
            assert 200 == answer.status_code
            assert "text/event-stream; charset=utf-8" == answer.headers["content-type"]
            open: dict[str, str] = {}
            async for line in answer.aiter_lines():
                reader.take(line, open)
        reader.closed = True
        reader.changed.set()

    task = asyncio.create_task(read())
    await asyncio.sleep(0)
    try:
        yield reader
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_messages_arrive_once_and_in_order(rig: Rig, url: str) -> None:
    """What was said before comes first, later words follow by themselves; after a drop nothing is lost or repeated."""
    who = await rig.patient()
    await rig.say(who, "one")
    async with reading(f"{url}/api/chat/stream", who) as first:
        await first.until(lambda reader: ["one"] == reader.texts())
        await rig.say(who, "two")
        await first.until(lambda reader: ["one", "two"] == reader.texts())
        last = first.events[-1][1] or first.events[-2][1]
    await rig.say(who, "three")
    async with reading(f"{url}/api/chat/stream?after=0", {**who, "Last-Event-ID": last}) as second:
        await second.until(lambda reader: bool(reader.texts()))
        assert ["three"] == second.texts()


async def test_pings_keep_the_line(rig: Rig, url: str) -> None:
    """The first byte comes at once, and a comment about every ping interval afterwards."""
    async with reading(f"{url}/api/chat/stream", await rig.patient()) as reader:
        await reader.until(lambda one: one.pings >= 4)
        assert ["state"] == [name for name, _, _ in reader.events]


async def test_streams_do_not_mix(rig: Rig, url: str) -> None:
    """Two patients with open streams never see each other's words."""
    mine, theirs = await rig.patient(), await rig.patient()
    async with reading(f"{url}/api/chat/stream", mine) as one, reading(f"{url}/api/chat/stream", theirs) as two:
        await rig.say(mine, "from me")
        await rig.say(theirs, "from them")
        await one.until(lambda reader: bool(reader.texts()))
        await two.until(lambda reader: bool(reader.texts()))
        assert (["from me"], ["from them"]) == (one.texts(), two.texts())


async def test_stream_ends_with_its_session(rig: Rig, url: str) -> None:
    """Ending the chat closes its stream, and an open stream does not keep an idle session alive (R-637)."""
    ended, idle = await rig.patient(), await rig.patient()
    async with reading(f"{url}/api/chat/stream", ended) as one, reading(f"{url}/api/chat/stream", idle) as two:
        await one.until(lambda reader: bool(reader.events))
        await two.until(lambda reader: bool(reader.events))
        await rig.client.post("/api/chat/end", headers=ended)
        await one.until(lambda reader: reader.closed)
        rig.clock.at = NOW + timedelta(minutes=19)
        pings = two.pings
        await two.until(lambda reader: reader.pings > pings + 1)
        rig.clock.at = NOW + timedelta(minutes=21)
        await two.until(lambda reader: reader.closed)


async def test_one_of_two_tabs_may_leave(rig: Rig, url: str) -> None:
    """A patient with another tab open has not left; when the last one goes, the desk sees it; opening one again mends it."""
    who = await rig.patient()
    conversation = await rig.conversation(who)
    other = await rig.services.sessions.create(
        conversation=conversation, practice="clinic", scope="chat", after=0, at=rig.clock.now()
    )
    second = {"Authorization": f"Bearer {other}"}

    async def left() -> bool:
        snapshot = await rig.services.conversations.snapshot(conversation)
        assert snapshot is not None
        return snapshot.conversation.patient_left

    async def leave(headers: dict[str, str]) -> None:
        token = headers["Authorization"].removeprefix("Bearer ")
        async with httpx2.AsyncClient() as client:
            await client.post(f"{url}/api/chat/leave", json={"token": token})

    async with reading(f"{url}/api/chat/stream", who) as one, reading(f"{url}/api/chat/stream", second) as two:
        await one.until(lambda reader: bool(reader.events))
        await two.until(lambda reader: bool(reader.events))
        await leave(who)
        assert not await left()
        await leave(second)
        assert await left()
    async with reading(f"{url}/api/chat/stream", who) as back:
        await back.until(lambda reader: bool(reader.events))
        assert not await left()


async def test_desk_stream_carries_ids_only(rig: Rig, url: str) -> None:
    """The desk hears that a conversation changed within a second, never a word of it; signing out ends the stream (R-659)."""
    who, headers = await rig.patient(), await rig.sign_in(await rig.hire())
    conversation = await rig.conversation(who)
    async with reading(f"{url}/api/desk/stream", headers) as desk:
        await desk.until(lambda reader: reader.pings > 1)
        await rig.say(who, "canary words")
        await desk.until(lambda reader: bool(reader.events))
        assert ("changed", "", {"what": "conversation", "id": conversation}) == desk.events[0]
        await rig.client.post("/api/desk/logout", headers=headers)
        await desk.until(lambda reader: reader.closed)
