"""From table rows to the nouns of the domain, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.domain.conversation import Channel, Conversation, Handoff, HandoffState, Reason, Status
from bot.domain.requests import Kind, Request, Standing, Step


def conversation_of(row: Any, *, prefix: str = "") -> Conversation:
    def get(name: str) -> Any:
        return getattr(row, prefix + name)

    return Conversation(
        id=get("id"),
        practice=get("practice_id"),
        channel=Channel(get("channel")),
        language=get("language"),
        status=Status(get("status")),
        owner=get("owner"),
        fence=get("fence"),
        version=get("version"),
        patient_left=bool(get("patient_left")),
        mailbox=get("mailbox"),
        created=get("created"),
    )


def handoff_of(row: Any, *, prefix: str = "") -> Handoff:
    def get(name: str) -> Any:
        return getattr(row, prefix + name)

    return Handoff(
        id=get("id"),
        conversation=get("conversation_id"),
        reason=Reason(get("reason")),
        state=HandoffState(get("state")),
        created=get("created"),
        due=get("due"),
        callback=get("callback"),
        resume_code=get("resume_code"),
        resume_blind=get("resume_blind"),
        acknowledged=bool(get("acknowledged")),
    )


def request_of(row: Any) -> Request:
    return Request(
        id=row.id,
        number=row.number,
        conversation=row.conversation_id,
        practice=row.practice_id,
        kind=Kind(row.kind),
        standing=Standing(row.standing),
        language=row.language,
        created=row.created,
        due=row.due,
        urgent=bool(row.urgent),
        details=row.details,
        appointment=row.appointment,
        patient=row.patient,
        steps=tuple(
            Step(Standing(step["standing"]), datetime.fromisoformat(step["at"]), step["proof"]) for step in row.steps
        ),
        confirmed_by_patient=bool(row.confirmed_by_patient),
    )


def request_row(request: Request) -> dict[str, Any]:
    values = asdict(request)
    values["conversation_id"] = values.pop("conversation")
    values["practice_id"] = values.pop("practice")
    values["kind"] = request.kind.value
    values["standing"] = request.standing.value
    values["details"] = dict(request.details)
    values["steps"] = [
        {"standing": step.standing.value, "at": step.at.isoformat(), "proof": step.proof} for step in request.steps
    ]
    return values


def handoff_row(handoff: Handoff, *, practice: str) -> dict[str, Any]:
    values = asdict(handoff)
    values["conversation_id"] = values.pop("conversation")
    values["practice_id"] = practice
    values["reason"] = handoff.reason.value
    values["state"] = handoff.state.value
    return values
