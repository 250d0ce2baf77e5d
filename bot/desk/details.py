"""Opens what a request or hand-off holds, for the staff member who works on it (`Purpose.STAFF_VIEW`)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from bot.desk.outcomes import DetailRow
from bot.domain.requests import Request
from bot.lanes.intake.reading import shown_phone
from bot.orchestrator.draft import Plugs
from bot.ports import PracticeSystem, Snapshot
from bot.privacy.phi import Handle, Purpose
from bot.responses import label, say_date, say_time

DESK_LANGUAGE = "en"
ORDER = ("visit_type", "clinician", "location", "when", "opening", "medication", "pharmacy", "days_left")
PERSON = ("name", "birth_date", "phone")


async def request_rows(request: Request, plugs: Plugs, system: PracticeSystem) -> tuple[DetailRow, ...]:
    rows: list[DetailRow] = []
    if request.appointment is not None:
        rows += await when_rows(request, plugs, system)
    for name in (*ORDER, *PERSON):
        value = request.details.get(name)
        if value is not None and not (request.appointment and name in ("opening", "visit_type", "clinician", "location")):
            rows.append(await _row(name, value, request.conversation, plugs))
    if not request.details.get("name") and request.patient is not None:
        rows.append(DetailRow("identity", label("row_identity", DESK_LANGUAGE), "Confirmed by code and birth date"))
    return tuple(rows)


async def when_rows(request: Request, plugs: Plugs, system: PracticeSystem) -> tuple[DetailRow, ...]:
    """Time, clinician and place of the request's appointment, as the practice system has it."""
    if request.appointment is None:
        return ()
    found = await system.appointment(request.appointment)
    if found is None:
        return ()
    local = found.start.astimezone(plugs.zone)
    language = request.language
    kinds = {item.id: item.name[language] for item in plugs.practice.visit_types}
    when = f"{say_date(local.date(), language)}, {say_time(local.time(), language)}"
    kind = kinds.get(found.visit_type) or label("choice_something_else", language)
    return (
        DetailRow("when", label("row_when", language), when),
        DetailRow("visit_type", label("row_visit_type", language), kind),
        DetailRow("clinician", label("row_clinician", language), plugs.practice.clinician(found.clinician).name),
        DetailRow("location", label("row_location", language), plugs.practice.location(found.location).name[language]),
    )


async def summary_rows(snapshot: Snapshot, plugs: Plugs) -> tuple[DetailRow, ...]:
    rows: list[DetailRow] = []
    if snapshot.handoff is not None:
        reason = label(f"reason_{snapshot.handoff.reason.value}", DESK_LANGUAGE)
        rows.append(DetailRow("reason", label("row_reason", DESK_LANGUAGE), reason))
    checked = snapshot.tracker.patient is not None
    rows.append(
        DetailRow(
            "identity",
            label("row_identity", DESK_LANGUAGE),
            "Confirmed by code and birth date" if checked else "Not verified",
        )
    )
    for name in (*ORDER, *PERSON):
        value = snapshot.tracker.slots.get(name)
        if value is not None:
            rows.append(await _row(name, value, snapshot.conversation.id, plugs))
    return tuple(rows)


async def opened_phone(handle: str, conversation: str, plugs: Plugs) -> str:
    value = await plugs.vault.open(
        Handle(handle), practice=plugs.practice.id, conversation=conversation, purpose=Purpose.STAFF_VIEW
    )
    return shown_phone(value.reveal(Purpose.STAFF_VIEW))


async def _row(name: str, value: str, conversation: str, plugs: Plugs) -> DetailRow:
    key = "wish" if name == "when" else "when" if name == "opening" else name
    return DetailRow(name, label(f"row_{key}", DESK_LANGUAGE), await _value(name, value, conversation, plugs))


async def _value(name: str, value: str, conversation: str, plugs: Plugs) -> str:
    practice = plugs.practice
    if value.startswith("vault:"):
        opened = await plugs.vault.open(
            Handle(value), practice=practice.id, conversation=conversation, purpose=Purpose.STAFF_VIEW
        )
        return _shown(name, opened.reveal(Purpose.STAFF_VIEW), plugs)
    names: dict[str, dict[str, str]] = {
        "visit_type": {item.id: item.name[DESK_LANGUAGE] for item in practice.visit_types},
        "clinician": {item.id: item.name for item in practice.clinicians},
        "location": {item.id: item.name[DESK_LANGUAGE] for item in practice.locations},
        "days_left": {
            word: label(f"choice_days_left_{word}", DESK_LANGUAGE) for word in ("out", "few", "week", "more")
        },
    }
    fallback = {"any": label("choice_anyone", DESK_LANGUAGE), "other": label("choice_something_else", DESK_LANGUAGE)}
    return names.get(name, {}).get(value) or fallback.get(value, value)


def _shown(name: str, text: str, plugs: Plugs) -> str:
    if name == "when":
        return str(json.loads(text)["words"])
    if name == "opening":
        raw: dict[str, Any] = json.loads(text)
        local = datetime.fromisoformat(raw["start"]).astimezone(UTC).astimezone(plugs.zone)
        return f"{say_date(local.date(), DESK_LANGUAGE)}, {say_time(local.time(), DESK_LANGUAGE)}"
    if name == "birth_date":
        return say_date(date.fromisoformat(text), DESK_LANGUAGE, weekday=False)
    if name in ("phone", "callback"):
        return shown_phone(text)
    return text
