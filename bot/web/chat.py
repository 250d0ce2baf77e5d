"""The patient's routes: sessions, messages, transcript, leaving, coming back, the calendar file, the secure link."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from bot.domain.conversation import Channel, Conversation, Status
from bot.orchestrator.conversing import spelled
from bot.ports import Inbound, Snapshot, Typed
from bot.privacy.phi import Phi
from bot.responses import label, say_until
from bot.understanding.facts.hours import closes_at, is_open, local, next_opening
from bot.web import incoming, limits, views
from bot.web.calendar import calendar_file
from bot.web.errors import Problem, not_found
from bot.web.leaving import Presence
from bot.web.patients import Patient, Plugged, living, own_snapshot
from bot.web.services import Services
from bot.web.wire import (
    Accepted,
    Leave,
    LinkRequest,
    Outgoing,
    PracticeCard,
    ResumeRequest,
    Session,
    SessionRequest,
    Transcript,
)

router = APIRouter(prefix="/api/chat", tags=["chat"])

LINK_OPENED = "link_opened"


def presence_of(request: Request) -> Presence:
    found: Presence = request.app.state.presence
    return found


Present = Annotated[Presence, Depends(presence_of)]


@router.get("/practice/{practice}")
async def practice_card(practice: str, services: Plugged) -> PracticeCard:
    _known(services, practice)
    published, now = services.practice, services.clock.now()
    return PracticeCard(
        id=published.id,
        name=published.name,
        sample=published.sample,
        languages=list(published.languages),
        phone=published.phones.main,
        phone_href="tel:" + "".join(sign for sign in published.phones.main if sign.isdigit() or sign == "+"),
        relay=published.phones.relay,
        open_now=is_open(published, now),
        hours_line={language: hours_line(services, language) for language in published.languages},
        notices=dict(published.notices),
        theme=dict(published.theme),
    )


def hours_line(services: Services, language: str) -> str:
    """`Open today until 5:00 PM` / `Closed. Opens tomorrow at 8:00 AM`."""
    published, now = services.practice, services.clock.now()
    today = local(published, now)
    closes = closes_at(published, now)
    if closes is not None:
        when = say_until(local(published, closes), language, now=today)
        return label("hours_open", language).format(when=when)
    opens = next_opening(published, now)
    if opens is None:
        return label("hours_closed_long", language)
    return label("hours_closed", language).format(when=say_until(local(published, opens), language, now=today))


@router.post("/sessions")
async def new_session(wanted: SessionRequest, request: Request, services: Plugged) -> Session:
    _known(services, wanted.practice)
    await limits.require(request, limits.NEW_SESSIONS, limits.caller(request))
    now = services.clock.now()
    conversation = await services.conversations.start(
        practice=services.practice.id, channel=Channel.WEB, language=_language(services, wanted.language), at=now
    )
    return await _session(services, conversation, scope="chat", after=0)


@router.post("/messages", status_code=202)
async def send(
    outgoing: Outgoing,
    request: Request,
    services: Plugged,
    patient: Patient,
    idempotency_key: Annotated[str, Header(max_length=64)] = "",
) -> Accepted:
    key = client_key(idempotency_key)
    body = incoming.content(outgoing)
    if incoming.is_empty(body):
        raise Problem(400, "empty", "This message is empty. Type something or choose an answer.")
    alarm = incoming.is_alarm(body)
    if not alarm:
        await limits.require(request, limits.MESSAGES, patient.who)
        await limits.require(request, limits.MESSAGES_FROM, limits.caller(request))
    now = services.clock.now()
    language = outgoing.language if outgoing.language in services.practice.languages else None
    snapshot = await own_snapshot(services, patient.conversation)
    waits = incoming.is_plain(body) and not alarm
    accepted = await services.conversations.accept(
        Inbound(
            practice=services.practice.id,
            channel=Channel.WEB,
            external_id=key,
            body=body,
            shown=incoming.shown(body),
            at=now,
            language=language or snapshot.conversation.language,
            conversation=patient.conversation,
        ),
        due=now + services.settings.merge_web if waits else now,
    )
    if not accepted.duplicate:
        await announce(services, patient.conversation)
    return Accepted(id=accepted.id, seq=accepted.seq)


@router.get("/messages")
async def transcript(
    request: Request, services: Plugged, patient: Patient, after: Annotated[int, Query(ge=0)] = 0
) -> Transcript:
    await limits.require(request, limits.READS, patient.who)
    stored = await services.conversations.messages(patient.conversation, after=max(after, patient.session.after))
    snapshot = await own_snapshot(services, patient.conversation)
    names = await views.names_in(services, stored, snapshot)
    state = await views.state(services, snapshot, names=names, scope=patient.session.scope)
    return Transcript(messages=views.messages(stored, names=names), state=state)


@router.post("/leave", status_code=204)
async def leave(told: Leave, services: Plugged, present: Present) -> Response:
    """A page was hidden or closed. Always the same answer: it may come from a page that nobody sees any more."""
    try:
        session = await living(services, told.token, touch=False)
    except Problem:
        return Response(status_code=204)
    present.leave(session.conversation, told.token)
    if not present.anybody(session.conversation) and await services.conversations.set_left(
        session.conversation, left=True
    ):
        await announce(services, session.conversation)
    return Response(status_code=204)


@router.post("/end", status_code=204)
async def end(services: Plugged, patient: Patient, present: Present) -> Response:
    await services.sessions.end(patient.token)
    present.leave(patient.conversation, patient.token)
    if await services.conversations.set_left(patient.conversation, left=True):
        await announce(services, patient.conversation)
    return Response(status_code=204)


@router.post("/resume")
async def resume(wanted: ResumeRequest, request: Request, services: Plugged) -> Session:
    _known(services, wanted.practice)
    await limits.require(request, limits.RESUMES, limits.caller(request))
    code = Phi(spelled(wanted.code))
    found = await services.conversations.by_resume_code(services.practice.id, code) if code else None
    snapshot = await services.conversations.snapshot(found) if found else None
    if snapshot is None or snapshot.conversation.status is Status.RESOLVED:
        raise Problem(404, "unknown_code", "This code is not known, or it is used up. Start a new chat, or call us.")
    return await _session(services, snapshot.conversation, scope="chat", after=0)


@router.get("/calendar/{request_id}")
async def calendar(request_id: str, request: Request, services: Plugged, patient: Patient) -> Response:
    await limits.require(request, limits.CALENDARS, patient.who)
    snapshot = await own_snapshot(services, patient.conversation)
    found = next((item for item in snapshot.requests if item.id == request_id), None)
    appointment = await services.system.appointment(found.appointment) if found and found.appointment else None
    if found is None or appointment is None:
        raise not_found()
    body = calendar_file(appointment, services.practice, language=found.language, now=services.clock.now())
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


@router.post("/link")
async def link(told: LinkRequest, request: Request, services: Plugged) -> Session:
    """Opens the form page of a text conversation. The first opening uses the link up (R-457)."""
    await limits.require(request, limits.LINKS, limits.caller(request))
    now = services.clock.now()
    redeemed = await services.sessions.redeem(Phi(told.token), at=now)
    snapshot = await services.conversations.snapshot(redeemed[0]) if redeemed else None
    if snapshot is None or snapshot.conversation.practice != services.practice.id:
        raise Problem(404, "link_used", "This link was opened before or is too old. Text us for a new one, or call us.")
    accepted = await services.conversations.accept(_opened(snapshot, services), due=now)
    session = await _session(services, snapshot.conversation, scope="form", after=accepted.seq)
    await announce(services, snapshot.conversation.id)
    return session


def _opened(snapshot: Snapshot, services: Services) -> Inbound:
    return Inbound(
        practice=services.practice.id,
        channel=Channel.WEB,
        external_id=str(uuid.uuid4()),
        body=Phi(Typed(choice=LINK_OPENED)),
        shown=Phi(()),
        at=services.clock.now(),
        language=snapshot.conversation.language,
        conversation=snapshot.conversation.id,
    )


async def announce(services: Services, conversation: str) -> None:
    """Tell open streams of the patient and the desk that something changed."""
    await services.signals.publish(f"conversation:{conversation}", "changed")
    await services.signals.publish(f"desk:{services.practice.id}", f"conversation {conversation}")


def client_key(text: str) -> str:
    """The sender's uuid in its one spelling. Raises 400 when it is none."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Problem(400, "bad_key", "Send an Idempotency-Key header with a new UUID for each message.") from None


async def _session(services: Services, conversation: Conversation, *, scope: str, after: int) -> Session:
    token = await services.sessions.create(
        conversation=conversation.id, practice=services.practice.id, scope=scope, after=after, at=services.clock.now()
    )
    return Session.model_validate(
        {
            "token": token,
            "conversation": conversation.id,
            "scope": scope,
            "language": conversation.language,
            "after": after,
            "idle_minutes": int(services.settings.patient_idle.total_seconds() // 60),
            "practice": services.practice.id,
        }
    )


def _language(services: Services, wished: str | None) -> str:
    known = services.practice.languages
    return wished if wished in known else known[0]


def _known(services: Services, practice: str) -> None:
    if practice != services.practice.id:
        raise Problem(404, "unknown_practice", "This practice is not known here. Check the address.")
