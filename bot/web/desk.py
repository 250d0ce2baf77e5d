"""The desk's routes. Each change names the fence that the person saw, so that two people cannot both act (R-655)."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse

from bot.desk import Done, Refusal, TakenBy
from bot.domain import requests
from bot.ports import Snapshot
from bot.privacy.phi import Phi
from bot.text import typed
from bot.web import desk_views, views
from bot.web.chat import client_key
from bot.web.errors import Problem, not_found, request_id
from bot.web.patients import Plugged
from bot.web.services import Services
from bot.web.staff_sessions import READING, Actor, Reader, session_of
from bot.web.streaming import HELLO, PING, EventStream, changes, event
from bot.web.wire import DeskConversation, DeskText, Fence, Queue, RequestAction, RequestCard, RequestList
from bot.web.wire import TakenBy as TakenByAnswer

router = APIRouter(prefix="/api/desk", tags=["desk"])

Action = Literal["entered", "accept", "decline", "done", "acknowledge"]
Key = Annotated[str, Header(alias="Idempotency-Key", max_length=64)]
TAKEN: Final = "Somebody else has this conversation, or it changed since you opened it."


# ---- looking --------------------------------------------------------------------------------------------------------


@router.get("/queue")
async def queue(me: Reader, services: Plugged) -> Queue:
    rows = await services.conversations.queue(services.practice.id)
    waiting = await services.conversations.requests(services.practice.id, standings=desk_views.OPEN)
    names = await views.staff_names(services)
    return desk_views.queue(rows, waiting, names=names, me=me.staff.id, now=services.clock.now())


@router.get("/requests")
async def request_list(
    me: Reader, services: Plugged, kind: requests.Kind | None = None, standing: requests.Standing | None = None
) -> RequestList:
    found = await services.conversations.requests(
        services.practice.id, kinds=(kind,) if kind else (), standings=(standing,) if standing else ()
    )
    names = await views.staff_names(services)
    return RequestList(requests=await desk_views.request_cards(services, found, names=names))


@router.get("/conversations/{id}")
async def conversation(id: str, me: Reader, services: Plugged) -> DeskConversation:
    return await desk_views.conversation(services, await _own(services, id), me=me.staff.id)


# ---- owning ---------------------------------------------------------------------------------------------------------


class Taken(Exception):
    """Answered as 409 with the name of who has it."""

    def __init__(self, owner_name: str | None) -> None:
        super().__init__("taken")
        self.owner_name = owner_name


async def taken(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Taken)
    told = TakenByAnswer(message=TAKEN, owner_name=error.owner_name, request=request_id(request))
    return JSONResponse(told.model_dump(), status_code=409)


@router.post("/conversations/{id}/claim")
async def claim(id: str, told: Fence, me: Actor, services: Plugged) -> DeskConversation:
    await _own(services, id)
    return await _after(await services.desk.claim(id, staff=me.staff, fence=told.fence), id, services, me=me.staff.id)


@router.post("/conversations/{id}/release")
async def release(id: str, told: Fence, me: Actor, services: Plugged) -> DeskConversation:
    await _own(services, id)
    return await _after(await services.desk.release(id, staff=me.staff, fence=told.fence), id, services, me=me.staff.id)


@router.post("/conversations/{id}/return")
async def return_to_bot(id: str, told: Fence, me: Actor, services: Plugged) -> DeskConversation:
    await _own(services, id)
    outcome = await services.desk.return_to_bot(id, staff=me.staff, fence=told.fence)
    return await _after(outcome, id, services, me=me.staff.id)


@router.post("/conversations/{id}/resolve")
async def resolve(id: str, told: Fence, me: Actor, services: Plugged) -> DeskConversation:
    await _own(services, id)
    outcome = await services.desk.resolve(id, staff=me.staff, fence=told.fence, outcome=told.outcome)
    return await _after(outcome, id, services, me=me.staff.id)


# ---- writing --------------------------------------------------------------------------------------------------------


@router.post("/conversations/{id}/reply")
async def reply(id: str, told: DeskText, me: Actor, services: Plugged, key: Key = "") -> DeskConversation:
    await _own(services, id)
    text, once = _words(told), client_key(key)
    outcome = await services.desk.reply(id, staff=me.staff, fence=told.fence, text=text, key=once)
    return await _after(outcome, id, services, me=me.staff.id)


@router.post("/conversations/{id}/note")
async def note(id: str, told: DeskText, me: Actor, services: Plugged, key: Key = "") -> DeskConversation:
    await _own(services, id)
    text, once = _words(told), client_key(key)
    outcome = await services.desk.note(id, staff=me.staff, fence=told.fence, text=text, key=once)
    return await _after(outcome, id, services, me=me.staff.id)


# ---- requests and alerts --------------------------------------------------------------------------------------------


@router.post("/requests/{id}/{action}")
async def act(id: str, action: Action, told: RequestAction, me: Actor, services: Plugged) -> RequestCard:
    found = await services.conversations.request(id)
    if found is None or found.practice != services.practice.id:
        raise not_found()
    outcome = await services.desk.act(
        id,
        action,
        staff=me.staff,
        start=told.start,
        clinician=told.clinician,
        location=told.location,
        reason=told.reason,
    )
    if isinstance(outcome, Refusal):
        raise Problem(409, "refused", outcome.message)
    snapshot = await _own(services, outcome.conversation)
    names = await views.staff_names(services)
    return await desk_views.request_card(services, outcome, snapshot.conversation, names=names)


@router.post("/alerts/{id}/acknowledge", status_code=204)
async def acknowledge(id: str, me: Actor, services: Plugged) -> Response:
    row = next((row for row in await services.conversations.queue(services.practice.id) if row.alert == id), None)
    if row is None:
        raise not_found()
    await services.conversations.acknowledge(id, staff=me.staff.id, at=services.clock.now())
    await services.signals.publish(f"desk:{services.practice.id}", f"conversation {row.conversation.id}")
    return Response(status_code=204)


# ---- live -----------------------------------------------------------------------------------------------------------


@router.get("/stream")
async def stream(request: Request, me: Reader, services: Plugged) -> EventStream:
    """Ids only: whatever changed is fetched with the reader's own rights (R-659)."""
    return EventStream(_changed(request, services))


async def _changed(request: Request, services: Services) -> AsyncGenerator[str]:
    yield HELLO
    async with contextlib.aclosing(changes(services, f"desk:{services.practice.id}")) as signals:
        async for signal in signals:
            try:
                me = await session_of(request, services, touch=False)
            except Problem:
                return
            if not me.may(READING):
                return
            if signal == "":
                yield PING
                continue
            what, _, id = signal.partition(" ")
            if what != "start":
                known = what if what in ("conversation", "request") else "queue"
                yield event("changed", {"what": known, "id": id})


# ---- shared ---------------------------------------------------------------------------------------------------------


async def _own(services: Services, id: str) -> Snapshot:
    """The conversation, if it is this practice's. Another's is not there (R-641)."""
    snapshot = await services.conversations.snapshot(id)
    if snapshot is None or snapshot.conversation.practice != services.practice.id:
        raise not_found()
    return snapshot


async def _after(outcome: Done | TakenBy, id: str, services: Services, *, me: str) -> DeskConversation:
    if isinstance(outcome, TakenBy):
        names = await views.staff_names(services)
        raise Taken(names.get(outcome.owner) if outcome.owner and outcome.owner != me else None)
    return await desk_views.conversation(services, await _own(services, id), me=me)


def _words(told: DeskText) -> Phi[str]:
    text = typed(told.text)
    if not text:
        raise Problem(400, "empty", "This message is empty. Type something.")
    return Phi(text)
