"""Sending a finished form to the practice system, and saying exactly what its receipt says (house idea 4).

An unknown outcome is settled by looking the key up, never by sending again (R-706); what cannot be settled goes to staff.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.appointments import (
    Book,
    Cancel,
    Command,
    HoldExpired,
    NoMatch,
    OpeningTaken,
    Person,
    Receipt,
    RequestVisit,
    Reschedule,
    RouteRefill,
    RuleRefused,
    Stale,
)
from bot.domain.blocks import Block, Bullets, Row
from bot.domain.blocks import Receipt as ReceiptCard
from bot.domain.conversation import Reason
from bot.domain.errors import IntegrationError, OutcomeUnknown
from bot.domain.requests import Kind, Request, Standing, stepped
from bot.domain.says import Option, Say
from bot.lanes.intake.confirming import summary_rows
from bot.lanes.intake.context import Visit
from bot.lanes.intake.forms import SKIPPED, Form
from bot.lanes.intake.identity import appointment_line, upcoming
from bot.lanes.intake.wanted import hold_from_json
from bot.privacy.phi import Phi, Purpose
from bot.responses import label

# what of a form's slots belongs to the request; codes and lists do not
KEPT: Final = (
    "visit_type",
    "clinician",
    "location",
    "when",
    "opening",
    "name",
    "birth_date",
    "phone",
    "medication",
    "pharmacy",
    "days_left",
    "appointment",
)
STAFF_WITHIN: Final = timedelta(hours=4)  # until a practice sets its own; counted as staff time on the desk


@dataclass(frozen=True, slots=True)
class Done:
    says: tuple[Say, ...]
    requests: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """The practice system could not be asked. The request is with staff, and the patient hears that."""

    says: tuple[Say, ...]
    requests: tuple[Request, ...]
    handoff: Reason


@dataclass(frozen=True, slots=True)
class Again:
    """Some answers no longer hold: clear them and ask again."""

    problem: str
    clear: tuple[str, ...]


async def submit(form: Form, visit: Visit) -> Done | Failed | Again:
    if form.name == "upcoming":
        return await _tell_upcoming(visit)
    if form.name == "callback":
        return Done(says=(Say("utter_callback_saved", options=(Option("keep_bot", "choice_keep_bot"),)),))
    key = visit.key(form.name, *sorted(f"{name}:{value}" for name, value in visit.slots.items() if name != "confirm"))
    rows = await rows_before(visit)
    try:
        # a turn that runs again after it was superseded must find what it did, not act on what it changed
        done = await visit.tools.system.resolve(key)
        if done is not None:
            return _received(form, visit, key, done, rows)
        command = await _command(form, visit)
        if command is None:
            return Again("utter_appointment_changed", ("appointment", "confirm"))
        try:
            outcome = await visit.tools.system.submit(command, key=key, now=visit.context.now)
        except OutcomeUnknown:
            found = await visit.tools.system.resolve(key)
            if found is None:
                raise
            outcome = found
    except IntegrationError:
        request = _request(form, visit, key, Standing.WITH_STAFF, "system:unreachable")
        card = _card(form, visit, request, rows)
        return Failed(
            says=(Say("utter_system_down_with_staff", boxed=card),), requests=(request,), handoff=Reason.SYSTEM_DOWN
        )
    match outcome:
        case Receipt():
            return _received(form, visit, key, outcome, rows)
        case OpeningTaken():
            return Again("utter_opening_taken", ("opening", "openings", "confirm"))
        case HoldExpired():
            return Again("utter_hold_expired", ("opening", "openings", "confirm"))
        case Stale() | NoMatch():
            return Again("utter_appointment_changed", ("appointment", "confirm"))
        case RuleRefused():
            return Again("utter_rule_refused", ("opening", "openings", "when", "confirm"))


async def rows_before(visit: Visit) -> tuple[Row, ...]:
    """What the patient confirmed, read before the visit moves or goes. Without an answer the card stays short."""
    try:
        return await summary_rows(visit)
    except IntegrationError:
        return ()


async def _command(form: Form, visit: Visit) -> Command | None:
    slots = visit.slots
    if form.name == "refill":
        skipped = slots["pharmacy"] == SKIPPED
        return RouteRefill(
            person=await person_of(visit),
            medication=await visit.open(slots["medication"], purpose=Purpose.PRACTICE_SYSTEM),
            pharmacy=None if skipped else await visit.open(slots["pharmacy"], purpose=Purpose.PRACTICE_SYSTEM),
        )
    if form.name == "book":
        if form.picks_opening(slots):
            return Book(hold=hold_from_json(await visit.open_json("opening")), person=await person_of(visit))
        wish = await visit.open(slots["when"], purpose=Purpose.PRACTICE_SYSTEM)
        return RequestVisit(visit_type=slots["visit_type"], person=await person_of(visit), wish=wish)
    current = next((item for item in await upcoming(visit) if item.ref == slots["appointment"]), None)
    if current is None:
        return None
    if form.name == "reschedule" and form.picks_opening(slots):
        return Reschedule(appointment=current, hold=hold_from_json(await visit.open_json("opening")))
    if form.name == "cancel":
        return Cancel(appointment=current)
    wish = await visit.open(slots["when"], purpose=Purpose.PRACTICE_SYSTEM)
    return RequestVisit(visit_type=current.visit_type, person=Phi(Person("", date.min, "")), wish=wish)


async def person_of(visit: Visit) -> Phi[Person]:
    name = (await visit.open(visit.slots["name"], purpose=Purpose.PRACTICE_SYSTEM)).reveal(Purpose.PRACTICE_SYSTEM)
    born = (await visit.open(visit.slots["birth_date"], purpose=Purpose.PRACTICE_SYSTEM)).reveal(
        Purpose.PRACTICE_SYSTEM
    )
    phone = (await visit.open(visit.slots["phone"], purpose=Purpose.PRACTICE_SYSTEM)).reveal(Purpose.PRACTICE_SYSTEM)
    return Phi(Person(name=name, birth_date=date.fromisoformat(born), phone=phone))


def _received(form: Form, visit: Visit, key: str, receipt: Receipt, rows: tuple[Row, ...]) -> Done:
    request = _request(form, visit, key, receipt.standing, f"receipt:{receipt.ref}", receipt)
    card = _card(form, visit, request, rows)
    says: tuple[Say, ...] = (
        Say(f"utter_{form.name}_{request.standing.value}", {"number": request.number}, boxed=card),
    )
    kind = visit.slots.get("visit_type")
    types = {item.id: item for item in visit.practice.visit_types}
    if request.standing is Standing.BOOKED and kind in types and types[kind].preparation:
        says = (*says, Say("utter_preparation_offer", options=(Option(id="preparation", key="choice_preparation"),)))
    return Done(says=says, requests=(request,))


def _request(
    form: Form, visit: Visit, key: str, standing: Standing, proof: str, receipt: Receipt | None = None
) -> Request:
    with_staff = standing in (Standing.WITH_STAFF, Standing.RECEIVED)
    request = Request(
        id=key[:32],
        number=f"{form.name[0].upper()}-{int(key[:8], 16) % 10_000:04d}",
        conversation=visit.context.conversation,
        practice=visit.context.practice,
        kind=Kind(form.name),
        standing=standing,
        language=visit.language,
        created=visit.context.now,
        due=visit.context.now + STAFF_WITHIN if with_staff else None,
        urgent=visit.slots.get("days_left") == "out",
        details={name: visit.slots[name] for name in KEPT if name in visit.slots and visit.slots[name] != SKIPPED},
        appointment=receipt.appointment.ref if receipt and receipt.appointment else visit.slots.get("appointment"),
        patient=receipt.patient if receipt else visit.slots.get("patient"),
    )
    return stepped(request, standing=standing, at=visit.context.now, proof=proof)


def _card(form: Form, visit: Visit, request: Request, rows: tuple[Row, ...]) -> Phi[tuple[Block, ...]]:
    return Phi(
        (
            ReceiptCard(
                title=label(f"receipt_{form.name}_{request.standing.value}", visit.language),
                standing=request.standing.value,
                rows=rows,
                number=request.number,
                calendar=request.standing is Standing.BOOKED,
                request=request.id,
            ),
        )
    )


async def _tell_upcoming(visit: Visit) -> Done:
    found = await upcoming(visit)
    if not found:
        return Done(says=(Say("utter_no_upcoming"),))
    lines = Bullets(tuple(appointment_line(item, visit) for item in found))
    return Done(says=(Say("utter_upcoming", boxed=Phi((lines,))),))
