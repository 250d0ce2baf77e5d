"""From the domain to the desk's wire: queue, requests, one conversation. Opened only for signed-in staff of this practice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.desk import DetailRow as Opened
from bot.domain.conversation import Channel, Conversation, Handoff
from bot.domain.requests import Kind, Request, Standing, Step, actions
from bot.ports import QueueRow, Snapshot
from bot.privacy.phi import Purpose
from bot.responses import label, say_date, say_time
from bot.understanding.facts.hours import zone
from bot.web import views
from bot.web.services import Services
from bot.web.wire import Counts, DeskConversation, DetailRow, HandoffCard, Note, Queue, RequestCard

ENGLISH: Final = "en"  # the desk's language; patients' words stay as they were written
SETTLED_SHOWN: Final = 50
OPEN: Final = (Standing.RECEIVED, Standing.WITH_STAFF)

# The desk's own words for standings; the patient's are in bot/responses.
STANDINGS: Final[Mapping[Standing, str]] = {
    Standing.NOT_SENT: "Not sent",
    Standing.RECEIVED: "Received",
    Standing.HELD: "Held",
    Standing.BOOKED: "Booked",
    Standing.WITH_STAFF: "With staff",
    Standing.DONE: "Done",
    Standing.DECLINED: "Declined",
    Standing.CANCELLED: "Cancelled",
}


def detail(row: Opened, *, copyable: bool = True) -> DetailRow:
    return DetailRow(key=row.key, label=row.label, value=row.value, copyable=copyable)


def handoff_card(
    conversation: Conversation, handoff: Handoff, *, alert: str | None, names: Mapping[str, str], me: str
) -> HandoffCard:
    """No free text: previews of a queue are seen over shoulders (R-654)."""
    owner = conversation.owner
    return HandoffCard.model_validate(
        {
            "conversation": conversation.id,
            "channel": conversation.channel.value,
            "language": conversation.language,
            "reason": handoff.reason.value,
            "reason_line": label(f"reason_{handoff.reason.value}", ENGLISH),
            "urgent": handoff.urgent,
            "since": handoff.created,
            "due": handoff.due,
            "owner": owner,
            "owner_name": names.get(owner) if owner else None,
            "mine": owner == me,
            "patient_left": conversation.patient_left,
            "reach": reach(conversation, handoff),
            "alert": alert,
        }
    )


def reach(conversation: Conversation, handoff: Handoff) -> str | None:
    """How to reach somebody who is not there now."""
    if conversation.channel is Channel.SMS:
        return "sms"
    if handoff.callback is not None:
        return "callback"
    return "resume_code" if handoff.resume_code is not None else None


def queue(
    rows: Sequence[QueueRow], open_requests: Iterable[Request], *, names: Mapping[str, str], me: str, now: datetime
) -> Queue:
    cards = [handoff_card(row.conversation, row.handoff, alert=row.alert, names=names, me=me) for row in rows]
    waiting = [request for request in open_requests if actions(request)]
    refills = sum(request.kind is Kind.REFILL for request in waiting)
    counts = Counts(
        handoffs=len(cards),
        urgent=sum(card.urgent for card in cards),
        appointments=len(waiting) - refills,
        refills=refills,
    )
    return Queue(handoffs=cards, counts=counts, now=now)


async def request_card(
    services: Services, request: Request, conversation: Conversation, *, names: Mapping[str, str]
) -> RequestCard:
    rows = await services.desk.rows(request)
    return RequestCard.model_validate(
        {
            "id": request.id,
            "conversation": request.conversation,
            "kind": request.kind.value,
            "standing": request.standing.value,
            "channel": conversation.channel.value,
            "language": request.language,
            "created": request.created,
            "due": request.due,
            "urgent": request.urgent,
            "rows": [detail(row) for row in rows],
            "actions": list(actions(request)),
            "history": [_step(step, services, names=names) for step in request.steps],
            "confirmed_by_patient": request.confirmed_by_patient,
        }
    )


def _step(step: Step, services: Services, *, names: Mapping[str, str]) -> DetailRow:
    at = step.at.astimezone(zone(services.practice.timezone))
    who, _, id = step.proof.partition(":")
    by = names.get(id, "Front desk") if who == "staff" else "Practice system"
    value = f"{say_date(at.date(), ENGLISH)}, {say_time(at.time(), ENGLISH)}, {by}"
    return DetailRow(key=step.standing.value, label=STANDINGS[step.standing], value=value, copyable=False)


async def request_cards(services: Services, found: Sequence[Request], *, names: Mapping[str, str]) -> list[RequestCard]:
    """What is open, and the newest of what is settled."""
    waiting = [request for request in found if actions(request)]
    settled = sorted((request for request in found if not actions(request)), key=lambda one: one.created, reverse=True)
    cards = []
    conversations: dict[str, Conversation] = {}
    for request in (*waiting, *settled[:SETTLED_SHOWN]):
        if request.conversation not in conversations:
            snapshot = await services.conversations.snapshot(request.conversation)
            if snapshot is None:
                continue
            conversations[request.conversation] = snapshot.conversation
        cards.append(await request_card(services, request, conversations[request.conversation], names=names))
    return cards


async def conversation(services: Services, snapshot: Snapshot, *, me: str) -> DeskConversation:
    """Everything that the person who works on it must see (R-656)."""
    one, handoff = snapshot.conversation, snapshot.handoff
    names = await views.staff_names(services)
    stored = await services.conversations.messages(one.id)
    notes = await services.conversations.notes(one.id)
    alert = await _alert(services, one.id) if handoff is not None else None
    card = handoff_card(one, handoff, alert=alert, names=names, me=me) if handoff is not None else None
    return DeskConversation.model_validate(
        {
            "id": one.id,
            "status": one.status.value,
            "fence": one.fence,
            "channel": one.channel.value,
            "language": one.language,
            "owner": one.owner,
            "owner_name": names.get(one.owner) if one.owner else None,
            "mine": one.owner == me,
            "handoff": card,
            "summary": [detail(row, copyable=False) for row in await services.desk.summary(snapshot)],
            "messages": views.messages(stored, names=names, purpose=Purpose.STAFF_VIEW),
            "notes": [
                Note(id=note.id, by=names.get(note.by, "Front desk"), at=note.at, text=note.text.reveal(Purpose.STAFF_VIEW))
                for note in notes
            ],
            "requests": [await request_card(services, request, one, names=names) for request in snapshot.requests],
            "patient_left": one.patient_left,
            "callback": await services.desk.callback(handoff) if handoff is not None else None,
            "clinicians": [
                DetailRow(key=item.id, label="", value=item.name, copyable=False) for item in services.practice.clinicians
            ],
        }
    )


async def _alert(services: Services, conversation: str) -> str | None:
    rows = await services.conversations.queue(services.practice.id)
    return next((row.alert for row in rows if row.conversation.id == conversation), None)
