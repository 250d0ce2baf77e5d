"""Server-sent events: what is new in a conversation, read from the database by cursor whenever a signal says so.

Nothing is queued per stream, so a slow reader misses nothing and two readers never share. The session is checked again
before each send, without keeping it alive; when it has ended, the stream ends (R-637).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from bot.web import limits, views
from bot.web.chat import Present, announce
from bot.web.errors import Problem
from bot.web.leaving import Presence
from bot.web.patients import Admitted, Patient, Plugged, living
from bot.web.services import Services
from bot.web.wire import State

router = APIRouter(prefix="/api/chat", tags=["chat"])

HELLO: Final = ": hello\n\n"
PING: Final = ": ping\n\n"
SETTLING: Final = 1.0  # seconds: a signal sent while the subscription was being made is caught by one early look
MAX_BEHIND: Final = 400
"""More new messages than this come by one `resync` instead: the page fetches them as a transcript."""


def event(name: str, data: BaseModel | dict[str, Any], *, id: int | None = None) -> str:
    body = data.model_dump_json() if isinstance(data, BaseModel) else json.dumps(data)
    head = f"id: {id}\n" if id is not None else ""
    return f"{head}event: {name}\ndata: {body}\n\n"


class EventStream(StreamingResponse):
    """Ends its generator when the reader has gone, however it went, so that what it holds is given back."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[str]) -> None:
        super().__init__(events, headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"})
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._events.aclose()


async def changes(services: Services, topic: str) -> AsyncGenerator[str]:
    """`start` at once, then the topic's signals; an empty word whenever nothing came for a ping interval."""
    ping = services.settings.ping.total_seconds()
    wait = min(SETTLING, ping)
    listening = services.signals.listen(topic)
    coming = asyncio.ensure_future(_next(listening))
    try:
        await asyncio.sleep(0)  # lets the subscription begin before the first look
        yield "start"
        while True:
            done, _ = await asyncio.wait({coming}, timeout=wait)
            wait = ping
            if not done:
                yield ""
                continue
            value = coming.result()
            coming = asyncio.ensure_future(_next(listening))
            yield value
    finally:
        coming.cancel()
        with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration):
            await coming
        close = getattr(listening, "aclose", None)
        if close is not None:
            await close()


async def _next(listening: AsyncIterator[str]) -> str:
    return await anext(listening)


@router.get("/stream")
async def stream(
    request: Request,
    services: Plugged,
    patient: Patient,
    present: Present,
    after: Annotated[int, Query(ge=0)] = 0,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
) -> EventStream:
    await limits.require(request, limits.STREAMS, patient.who)
    seen = int(last_event_id) if last_event_id.isdigit() else 0
    cursor = max(after, seen, patient.session.after)
    return EventStream(_events(services, patient, present, cursor))


async def _events(services: Services, patient: Admitted, present: Presence, cursor: int) -> AsyncGenerator[str]:
    conversation = patient.conversation
    present.arrive(conversation, patient.token)
    shown: State | None = None
    try:
        yield HELLO
        async with contextlib.aclosing(changes(services, f"conversation:{conversation}")) as signals:
            async for signal in signals:
                if not await _still_admitted(services, patient) or present.left(patient.token):
                    return
                if signal == "":
                    yield PING
                snapshot = await services.conversations.snapshot(conversation)
                if snapshot is None:
                    return
                stored = await services.conversations.messages(conversation, after=cursor)
                if len(stored) > MAX_BEHIND:
                    cursor = stored[-1].seq
                    yield event("resync", {})
                    continue
                names = await views.names_in(services, stored, snapshot)
                for message in views.messages(stored, names=names):
                    yield event("message", message, id=message.seq)
                cursor = stored[-1].seq if stored else cursor
                if snapshot.conversation.patient_left:
                    await _came_back(services, conversation)
                state = await views.state(services, snapshot, names=names, scope=patient.session.scope)
                if state != shown:
                    shown = state
                    yield event("state", state)
    finally:
        present.depart(conversation, patient.token)


async def _still_admitted(services: Services, patient: Admitted) -> bool:
    try:
        session = await living(services, patient.token, touch=False)
    except Problem:
        return False
    return session.conversation == patient.conversation


async def _came_back(services: Services, conversation: str) -> None:
    """A tab is open, whatever was believed before (another process may not have known of it)."""
    if await services.conversations.set_left(conversation, left=False):
        await announce(services, conversation)
