"""From stored conversations to the wire, for the patient's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.conversation import Status
from bot.ports import Snapshot, StoredMessage
from bot.privacy.phi import Handle, Purpose
from bot.responses import label
from bot.understanding.facts.hours import is_open
from bot.web.services import Services
from bot.web.wire import Message, State

STAFF = "staff:"


async def staff_names(services: Services) -> Mapping[str, str]:
    """Names by staff id, of everybody who was ever at this practice's desk."""
    return {person.id: person.name for person in await services.staff.all(services.practice.id)}


async def names_in(services: Services, stored: Iterable[StoredMessage], snapshot: Snapshot) -> Mapping[str, str]:
    """The names that these messages and this state need: none while no staff member took part."""
    needed = snapshot.conversation.owner is not None or any(one.author.startswith(STAFF) for one in stored)
    return await staff_names(services) if needed else {}


def messages(
    stored: Iterable[StoredMessage], *, names: Mapping[str, str], purpose: Purpose = Purpose.PATIENT_VIEW
) -> list[Message]:
    """What can be seen. A message without blocks (a link was opened) is for the bot alone."""
    return [message(one, names=names, purpose=purpose) for one in stored if one.body]


def message(one: StoredMessage, *, names: Mapping[str, str], purpose: Purpose) -> Message:
    author = "staff" if one.author.startswith(STAFF) else one.author
    return Message.model_validate(
        {
            "id": one.id,
            "seq": one.seq,
            "author": author,
            "label": _label(one, names=names, purpose=purpose),
            "language": one.language,
            "at": one.at,
            "blocks": list(one.body.reveal(purpose)),
            "utter": one.utter,
            "client_id": one.external_id if author == "patient" else None,
        }
    )


def _label(one: StoredMessage, *, names: Mapping[str, str], purpose: Purpose) -> str:
    if one.author.startswith(STAFF):
        name = names.get(one.author.removeprefix(STAFF))
        if name is None:
            return label("author_staff_automatic", one.language)
        # patients hear first names only
        shown = name if purpose is Purpose.STAFF_VIEW else name.split()[0]
        return label("author_staff", one.language).format(name=shown)
    if one.author == "patient" and purpose is Purpose.STAFF_VIEW:
        return label("author_writer", "en")
    return label(f"author_{one.author}", one.language)


async def state(services: Services, snapshot: Snapshot, *, names: Mapping[str, str], scope: str = "chat") -> State:
    """Who is on the other side, in words that are true now."""
    conversation = snapshot.conversation
    owner = names.get(conversation.owner, "") if conversation.owner else ""
    waiting = conversation.status is Status.OPEN and conversation.owner is None
    line = None
    if waiting:
        open_now = is_open(services.practice, services.clock.now())
        line = label("waiting_open" if open_now else "waiting_closed", conversation.language)
    return State.model_validate(
        {
            "status": conversation.status.value,
            "who": "staff" if conversation.owner else "waiting" if waiting else "bot",
            "staff": owner.split()[0] if owner else None,
            "typing": bool(snapshot.waiting) and conversation.status is not Status.OPEN,
            "waiting_line": line,
            "resume_code": await _resume_code(services, snapshot) if scope == "chat" else None,
            "pinned": snapshot.tracker.pinned,
            "language": conversation.language,
        }
    )


async def _resume_code(services: Services, snapshot: Snapshot) -> str | None:
    """Shown again and again to the patient who has it, until staff are done."""
    if snapshot.handoff is None or snapshot.handoff.resume_code is None:
        return None
    code = await services.vault.open(
        Handle(snapshot.handoff.resume_code),
        practice=snapshot.conversation.practice,
        conversation=snapshot.conversation.id,
        purpose=Purpose.PATIENT_VIEW,
    )
    return code.reveal(Purpose.PATIENT_VIEW)
