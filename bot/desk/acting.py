"""What staff actions on requests mean: entering a visit, and the words that the patient gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.desk.outcomes import DetailRow, Refusal
from bot.domain.appointments import Cancel, EnterVisit, Person, Receipt
from bot.domain.blocks import Receipt as ReceiptCard
from bot.domain.blocks import Row
from bot.domain.requests import Kind, Request
from bot.domain.says import Say
from bot.orchestrator.draft import Plugs
from bot.ports import PracticeSystem, Staff
from bot.privacy.phi import Handle, Phi, Purpose
from bot.responses import label

LATEST = timedelta(days=400)


async def entered(
    request: Request,
    plugs: Plugs,
    system: PracticeSystem,
    *,
    staff: Staff,
    start: str | None,
    clinician: str | None,
    location: str | None,
    now: datetime,
) -> Request | Refusal:
    """Staff entered the visit in their own system: its time is required, and it alone makes the visit confirmed."""
    practice = plugs.practice
    if not start:
        return Refusal("Type the date and time that you entered in your system.")
    try:
        local = datetime.fromisoformat(start)
    except ValueError:
        return Refusal("That date and time could not be read. Use the date and time fields.")
    moment = local.replace(tzinfo=plugs.zone) if local.tzinfo is None else local.astimezone(plugs.zone)
    if not now < moment < now + LATEST:
        return Refusal("That time is in the past or more than 400 days ahead. Check the date.")
    known = {item.id for item in practice.clinicians}
    who = clinician or request.details.get("clinician", "")
    if who not in known:
        return Refusal("Choose the clinician of this visit.")
    place = location or request.details.get("location", "")
    if place not in {item.id for item in practice.locations}:
        shifts = practice.clinician(who).shifts
        that_day = [shift.location for shift in shifts if shift.weekday == moment.astimezone(plugs.zone).weekday()]
        place = (that_day or sorted(shift.location for shift in shifts))[0]
    command = EnterVisit(
        person=await _person(request, plugs),
        visit_type=request.details.get("visit_type", "other"),
        clinician=who,
        location=place,
        start=moment,
        staff=staff.id,
        replaces=request.appointment if request.kind is Kind.RESCHEDULE else None,
    )
    outcome = await system.submit(command, key=f"entered:{request.id}", now=now)
    if not isinstance(outcome, Receipt) or outcome.appointment is None:
        return Refusal("The visit could not be saved here. Nothing was sent to the patient; please call them.")
    details = {**request.details, "clinician": who, "location": place}
    return replace(request, appointment=outcome.appointment.ref, patient=outcome.patient, details=details)


async def cancelled(request: Request, system: PracticeSystem, *, staff: Staff, now: datetime) -> Refusal | None:
    """Staff cancelled the visit in their own system: here it goes too, so that nobody is reminded of it."""
    visit = await system.appointment(request.appointment) if request.appointment is not None else None
    if visit is None or visit.status == "cancelled":
        return None
    outcome = await system.submit(Cancel(visit, staff=staff.id), key=f"cancelled:{request.id}", now=now)
    if isinstance(outcome, Receipt):
        return None
    return Refusal("The visit changed a moment ago. Look at it again; nothing was sent to the patient.")


async def _person(request: Request, plugs: Plugs) -> Phi[Person]:
    async def opened(name: str) -> str:
        handle = request.details.get(name)
        if handle is None:
            return ""
        value = await plugs.vault.open(
            Handle(handle),
            practice=request.practice,
            conversation=request.conversation,
            purpose=Purpose.PRACTICE_SYSTEM,
        )
        return value.reveal(Purpose.PRACTICE_SYSTEM)

    born = await opened("birth_date")
    return Phi(Person(await opened("name"), date.fromisoformat(born) if born else date.min, await opened("phone")))


def told_about(request: Request, action: str, rows: tuple[DetailRow, ...]) -> Say:
    """The patient's words for a staff action."""
    values = {"number": request.number}
    if action == "entered":
        card = ReceiptCard(
            title=label("receipt_book_booked", request.language),
            standing="booked",
            rows=tuple(Row(row.label, row.value) for row in rows),
            number=request.number,
            calendar=True,
            request=request.id,
        )
        return Say("utter_request_booked", values, boxed=Phi((card,)))
    keys = {
        ("accept", Kind.REFILL): "utter_request_accepted",
        ("done", Kind.REFILL): "utter_refill_done",
        ("done", Kind.CANCEL): "utter_cancel_done",
    }
    fallback = "utter_request_declined" if action == "decline" else "utter_request_done"
    return Say(keys.get((action, request.kind), fallback), values)
