"""One command of the practice system inside one transaction: receipt first, then the change it stands for.

A refusal is raised as `NotDone`, which undoes the receipt with everything else.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.appointments import (
    Appointment,
    Book,
    Can,
    Cancel,
    Command,
    ConfirmVisit,
    EnterVisit,
    Hold,
    HoldExpired,
    NoMatch,
    Person,
    Receipt,
    RequestVisit,
    Reschedule,
    RouteRefill,
    RuleRefused,
    Stale,
)
from bot.domain.requests import Standing
from bot.domain.scheduling import ticks_between, ticks_of
from bot.privacy.phi import Phi, Purpose
from integrations.sql.adding import add_new
from integrations.sql.keys import KeyRing
from integrations.sql.practice.claiming import NotDone, claim, free, keep
from integrations.sql.practice.people import People
from integrations.sql.tables.practice import AppointmentRow, HoldRow, ReceiptRow, WishRow
from knowledge.published import PublishedPractice

appointment = AppointmentRow.__table__  # type: ignore[attr-defined]
hold = HoldRow.__table__  # type: ignore[attr-defined]
receipt = ReceiptRow.__table__  # type: ignore[attr-defined]
wish = WishRow.__table__  # type: ignore[attr-defined]

LIVE = ("booked", "confirmed")
UNLISTED = timedelta(minutes=30)  # a visit that staff entered and that is of none of the published types


@dataclass(frozen=True, slots=True)
class Done:
    """What a command led to, before it becomes a receipt."""

    ref: str
    standing: Standing
    appointment: str | None = None
    patient: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    connection: AsyncConnection
    keys: KeyRing
    people: People
    practice: PublishedPractice
    can: Can
    key: str
    now: datetime

    async def run(self, command: Command, *, body_hash: str) -> Receipt | None:
        """None when the key was served already."""
        row = {
            "key": self.key,
            "practice_id": self.practice.id,
            "body_hash": body_hash,
            "ref": "",
            "standing": Standing.NOT_SENT.value,
        }
        # a second submit of the same key waits here for the first one to finish
        if not await add_new(self.connection, receipt, [row], unique=["key"]):
            return None
        done = await self._do(command)
        values = {
            "ref": done.ref,
            "standing": done.standing.value,
            "appointment_id": done.appointment,
            "patient_id": done.patient,
        }
        await self.connection.execute(update(receipt).where(receipt.c.key == self.key).values(values))
        visit = await self._read(done.appointment) if done.appointment else None
        return Receipt(self.key, done.ref, done.standing, appointment=visit, patient=done.patient)

    async def _do(self, command: Command) -> Done:
        match command:
            case Book():
                return await self._book(command)
            case Reschedule():
                return await self._reschedule(command)
            case Cancel():
                return await self._cancel(command)
            case ConfirmVisit():
                return await self._confirm(command)
            case EnterVisit():
                return await self._enter(command)
            case RequestVisit():
                content = {"visit_type": command.visit_type, "wish": command.wish.reveal(Purpose.PRACTICE_SYSTEM)}
                return await self._wish("visit", Standing.WITH_STAFF, command.person, content)
            case RouteRefill():
                pharmacy = command.pharmacy.reveal(Purpose.PRACTICE_SYSTEM) if command.pharmacy is not None else None
                content = {"medication": command.medication.reveal(Purpose.PRACTICE_SYSTEM), "pharmacy": pharmacy}
                return await self._wish("refill", Standing.RECEIVED, command.person, content)

    # ---- visits -----------------------------------------------------------------------------------------------------

    async def _book(self, command: Book) -> Done:
        self._needs(Can.BOOK)
        opening = command.hold.opening
        patient = await self._patient(command.person)
        id = f"visit-{secrets.token_hex(16)}"
        await self._take(command.hold, holder=id)
        await self.connection.execute(
            insert(appointment).values(
                id=id,
                practice_id=self.practice.id,
                patient_id=patient,
                clinician=opening.clinician,
                location=opening.location,
                visit_type=opening.visit_type,
                start=opening.start,
                end=opening.end,
                status="booked",
                version=1,
            )
        )
        return Done(id, Standing.BOOKED, appointment=id, patient=patient)

    async def _reschedule(self, command: Reschedule) -> Done:
        self._needs(Can.RESCHEDULE)
        visit, opening = command.appointment, command.hold.opening
        moved = await self._change(
            visit,
            clinician=opening.clinician,
            location=opening.location,
            start=opening.start,
            end=opening.end,
            status="booked",
        )
        await self._take(command.hold, holder=visit.ref)
        return Done(visit.ref, Standing.BOOKED, appointment=visit.ref, patient=moved)

    async def _cancel(self, command: Cancel) -> Done:
        if Can.CANCEL not in self.can and command.staff is None:
            visit = command.appointment.ref
            asked = await self._wish("cancel", Standing.WITH_STAFF, None, {"appointment": visit})
            return Done(asked.ref, asked.standing, appointment=visit, patient=command.appointment.patient)
        patient = await self._change(command.appointment, status="cancelled")
        return Done(command.appointment.ref, Standing.CANCELLED, appointment=command.appointment.ref, patient=patient)

    async def _change(self, visit: Appointment, **values: Any) -> str:
        """Compare-and-set by version; the visit's time is freed. Gives the patient."""
        change = (
            update(appointment)
            .where(
                appointment.c.id == visit.ref,
                appointment.c.practice_id == self.practice.id,
                appointment.c.version == visit.version,
                appointment.c.status.in_(LIVE),
            )
            .values(version=visit.version + 1, **values)
            .returning(appointment.c.patient_id)
        )
        patient: str | None = (await self.connection.execute(change)).scalar_one_or_none()
        if patient is None:
            raise NotDone(Stale())
        await free(self.connection, practice=self.practice.id, holder=visit.ref)
        return patient

    async def _confirm(self, command: ConfirmVisit) -> Done:
        # the version stays: the time is the same, and a reminder of it was sent once
        change = (
            update(appointment)
            .where(
                appointment.c.id == command.appointment,
                appointment.c.practice_id == self.practice.id,
                appointment.c.status.in_(LIVE),
            )
            .values(status="confirmed")
            .returning(appointment.c.patient_id)
        )
        patient = (await self.connection.execute(change)).scalar_one_or_none()
        if patient is None:
            raise NotDone(Stale())
        return Done(command.appointment, Standing.BOOKED, appointment=command.appointment, patient=patient)

    async def _enter(self, command: EnterVisit) -> Done:
        """What staff entered stands, even where it collides: their own system has ruled already."""
        kind = next((item for item in self.practice.visit_types if item.id == command.visit_type), None)
        end = command.start + (timedelta(minutes=kind.duration) if kind is not None else UNLISTED)
        ticks = ticks_of(kind, command.start, end) if kind is not None else ticks_between(command.start, end)
        values = {
            "clinician": command.clinician,
            "location": command.location,
            "visit_type": command.visit_type,
            "start": command.start,
            "end": end,
            "status": "booked",
            "entered_by": command.staff,
        }
        moves = await self._read(command.replaces) if command.replaces else None
        if moves is not None and moves.status in LIVE:
            id, patient = moves.ref, await self._change(moves, **values)
        else:
            id, patient = f"visit-{secrets.token_hex(16)}", await self._patient(command.person)
            ids = {"id": id, "practice_id": self.practice.id, "patient_id": patient, "version": 1}
            await self.connection.execute(insert(appointment).values({**ids, **values}))
        await claim(
            self.connection,
            practice=self.practice.id,
            clinician=command.clinician,
            ticks=ticks,
            holder=id,
            now=self.now,
            expires=None,
        )
        return Done(id, Standing.BOOKED, appointment=id, patient=patient)

    async def _take(self, held: Hold, *, holder: str) -> None:
        """The hold's time becomes the visit's. A hold that ran out still counts while nobody else took any of it."""
        opening = held.opening
        kind = self.practice.visit_type(opening.visit_type)
        known = (hold.c.id == held.ref) & (hold.c.practice_id == self.practice.id)
        kept = (await self.connection.execute(select(hold.c.opening).where(known))).scalar_one_or_none()
        if kept is None or kept["ref"] != opening.ref:
            raise NotDone(HoldExpired())
        taken = await keep(self.connection, practice=self.practice.id, holder=held.ref, becomes=holder, expires=None)
        if taken != len(ticks_of(kind, opening.start, opening.end)):
            raise NotDone(HoldExpired())
        await self.connection.execute(delete(hold).where(known))

    # ---- wishes and people ------------------------------------------------------------------------------------------

    async def _wish(self, kind: str, standing: Standing, person: Phi[Person] | None, content: dict[str, Any]) -> Done:
        id = f"wish-{secrets.token_hex(16)}"
        patient = None
        if person is not None and person.reveal(Purpose.PRACTICE_SYSTEM).phone:
            who = person.reveal(Purpose.PRACTICE_SYSTEM)
            found = await self.people.match(self.connection, phone=Phi(who.phone), birth_date=Phi(who.birth_date))
            patient = found if isinstance(found, str) else None
            content = {**content, "name": who.name, "birth_date": who.birth_date.isoformat(), "phone": who.phone}
        await self.connection.execute(
            insert(wish).values(
                id=id,
                practice_id=self.practice.id,
                kind=kind,
                patient_id=patient,
                content=self.keys.seal(
                    json.dumps(content), practice=self.practice.id, table="wish", column="content", row=id
                ),
                created=self.now,
            )
        )
        return Done(id, standing, patient=patient)

    async def _patient(self, person: Phi[Person]) -> str:
        found = await self.people.find_or_add(self.connection, person)
        if isinstance(found, NoMatch):
            raise NotDone(found)
        return found

    def _needs(self, ability: Can) -> None:
        if ability not in self.can:
            raise NotDone(RuleRefused("staff_only"))

    async def _read(self, ref: str) -> Appointment | None:
        row = (await self.connection.execute(select(appointment).where(appointment.c.id == ref))).one_or_none()
        return appointment_of(row) if row is not None and row.practice_id == self.practice.id else None


async def receipt_of(connection: AsyncConnection, row: Any) -> Receipt:
    """The receipt again, with the visit as it is now."""
    visit = None
    if row.appointment_id:
        found = (
            await connection.execute(select(appointment).where(appointment.c.id == row.appointment_id))
        ).one_or_none()
        visit = appointment_of(found) if found is not None else None
    return Receipt(row.key, row.ref, Standing(row.standing), appointment=visit, patient=row.patient_id, replayed=True)


def appointment_of(row: Any) -> Appointment:
    return Appointment(
        ref=row.id,
        patient=row.patient_id,
        start=row.start,
        end=row.end,
        clinician=row.clinician,
        location=row.location,
        visit_type=row.visit_type,
        status=row.status,
        version=row.version,
    )


def fingerprint(command: Command) -> list[Any]:
    """What makes two submits the same one. Versions and expiry times are left out: a retry may have read them anew."""
    match command:
        case Book():
            return ["book", command.hold.ref, *_who(command.person)]
        case Reschedule():
            return ["reschedule", command.appointment.ref, command.hold.ref]
        case Cancel():
            return ["cancel", command.appointment.ref]
        case ConfirmVisit():
            return ["confirm", command.appointment]
        case EnterVisit():
            when = command.start.isoformat()
            return ["enter", command.visit_type, command.clinician, command.location, when, *_who(command.person)]
        case RequestVisit():
            words = command.wish.reveal(Purpose.PRACTICE_SYSTEM)
            return ["request", command.visit_type, words, *_who(command.person)]
        case RouteRefill():
            pharmacy = command.pharmacy.reveal(Purpose.PRACTICE_SYSTEM) if command.pharmacy is not None else None
            return ["refill", command.medication.reveal(Purpose.PRACTICE_SYSTEM), pharmacy, *_who(command.person)]


def _who(person: Phi[Person]) -> tuple[str, str, str]:
    who = person.reveal(Purpose.PRACTICE_SYSTEM)
    return who.name, who.birth_date.isoformat(), who.phone
