"""A visit that the patient confirmed after our reminder, as an entry that the desk shows."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.domain.appointments import Appointment
from bot.domain.requests import Kind, Request, Standing, stepped
from bot.orchestrator.draft import Draft
from bot.ports import Conversations, PracticeSystem

VISITS = (Kind.BOOK, Kind.RESCHEDULE)


async def noted(draft: Draft, visit: Appointment, *, conversations: Conversations, system: PracticeSystem) -> None:
    """At the request that led to the visit; one that was made elsewhere gets an entry of its own."""
    found = await conversations.by_appointment(draft.conversation.practice, visit.ref)
    if found is None or found.kind not in VISITS or found.standing is not Standing.BOOKED:
        found = await _entry(draft, visit, system)
    draft.keep(replace(found, confirmed_by_patient=True))


async def _entry(draft: Draft, visit: Appointment, system: PracticeSystem) -> Request:
    practice, conversation = draft.conversation.practice, draft.conversation.id
    key = hashlib.sha256(f"confirmed:{conversation}:{visit.ref}".encode()).hexdigest()
    details = {"visit_type": visit.visit_type, "clinician": visit.clinician, "location": visit.location}
    phone = await system.phone_of(visit.patient)
    if phone is not None:
        details["phone"] = await draft.plugs.vault.put(
            phone, practice=practice, conversation=conversation, kind="phone"
        )
    entry = Request(
        id=key[:32],
        number=f"V-{int(key[:8], 16) % 10_000:04d}",
        conversation=conversation,
        practice=practice,
        kind=Kind.BOOK,
        standing=Standing.BOOKED,
        language=draft.language,
        created=draft.now,
        details=details,
        appointment=visit.ref,
    )
    return stepped(entry, standing=Standing.BOOKED, at=draft.now, proof=f"receipt:{visit.ref}")
