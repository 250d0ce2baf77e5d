"""`SqlPracticeSystem`: the built-in implementation of the `PracticeSystem` port.

What it can follows from the mode, read anew at every call: in `book` mode everything, in `request` mode it takes wishes and
staff enter them. Each `submit` is one transaction; the receipt is written first, so the same key is served once.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.appointments import (
    Appointment,
    Can,
    Command,
    Hold,
    NoMatch,
    Opening,
    OpeningTaken,
    Receipt,
    RuleRefused,
    Window,
)
from bot.domain.errors import KeyReused
from bot.domain.scheduling import find_openings, refusal, tick_number, ticks_of
from bot.ports import SubmitOutcome
from bot.privacy.phi import Phi
from integrations.sql.adding import add_new
from integrations.sql.advisory import one_at_a_time
from integrations.sql.engine import Database
from integrations.sql.keys import KeyRing
from integrations.sql.practice.claiming import NotDone, claim, free, keep, tick
from integrations.sql.practice.commands import Submission, appointment, appointment_of, fingerprint, hold, receipt_of
from integrations.sql.practice.people import People
from integrations.sql.tables.practice import ReceiptRow
from knowledge.published import PmsMode, PublishedPractice, VisitType

receipt = ReceiptRow.__table__  # type: ignore[attr-defined]

REQUESTS: Final = Can.REQUEST | Can.REFILL_TASK | Can.LOOKUP
BOOKS: Final = REQUESTS | Can.OPENINGS | Can.HOLD | Can.BOOK | Can.RESCHEDULE | Can.CANCEL
LIVE: Final = ("booked", "confirmed")
FIRST_LOOK: Final = timedelta(days=7)  # most patients are served from one week; then each look doubles


class SqlPracticeSystem:
    def __init__(
        self, database: Database, keys: KeyRing, practice: PublishedPractice, mode: Callable[[], PmsMode]
    ) -> None:
        self.practice = practice
        self._database = database
        self._keys = keys
        self._mode = mode
        self._people = People(keys, practice.id)
        self._zone = ZoneInfo(practice.timezone)

    @property
    def can(self) -> Can:
        return BOOKS if self._mode() is PmsMode.BOOK else REQUESTS

    # ---- openings and holds -----------------------------------------------------------------------------------------

    async def openings(
        self,
        visit_type: str,
        window: Window,
        *,
        now: datetime,
        clinician: str | None = None,
        location: str | None = None,
        limit: int = 12,
    ) -> Sequence[Opening]:
        kind = self._visit_type(visit_type)
        if kind is None or Can.OPENINGS not in self.can:
            return ()
        today = now.astimezone(self._zone).date()
        first = max(window.first, today)
        until = min(window.until, today + timedelta(days=kind.horizon_days + 1))
        found: list[Opening] = []
        look = FIRST_LOOK
        async with self._database.read() as connection:
            while first < until and len(found) < limit:
                stop = min(first + look, until)
                found += find_openings(
                    self.practice,
                    kind,
                    replace(window, first=first, until=stop),
                    now=now,
                    busy=await self._busy(connection, kind, first, stop, now=now),
                    booked=await self._booked(connection, kind, first, stop, now=now),
                    clinician=clinician,
                    location=location,
                    limit=limit - len(found),
                )
                first, look = stop, look * 2
        return found

    async def hold(
        self, opening: Opening, *, key: str, now: datetime, ttl: timedelta
    ) -> Hold | OpeningTaken | RuleRefused:
        kind = self._visit_type(opening.visit_type)
        if kind is None or Can.HOLD not in self.can:
            return RuleRefused("not_offered")
        try:
            async with self._database.write() as connection:
                return await self._hold(connection, kind, opening, key=key, now=now, expires=now + ttl)
        except NotDone as why:
            outcome: OpeningTaken | RuleRefused = why.outcome
            return outcome

    async def _hold(
        self,
        connection: AsyncConnection,
        kind: VisitType,
        opening: Opening,
        *,
        key: str,
        now: datetime,
        expires: datetime,
    ) -> Hold:
        day = opening.start.astimezone(self._zone).date()
        if kind.daily_cap is not None:
            await one_at_a_time(connection, f"cap {self.practice.id} {kind.id} {day}")
        booked = await self._booked(connection, kind, day, day + timedelta(days=1), now=now, but=key)
        rule = refusal(self.practice, kind, opening, now=now, booked=booked[day])
        if rule is not None:
            raise NotDone(RuleRefused(rule))
        row = {
            "id": f"hold-{secrets.token_hex(16)}",
            "key": key,
            "practice_id": self.practice.id,
            "opening": {**asdict(opening), "start": opening.start.isoformat(), "end": opening.end.isoformat()},
            "expires": expires,
        }
        await add_new(connection, hold, [row], unique=["key"])
        mine = (await connection.execute(select(hold).where(hold.c.key == key))).one()
        if mine.opening["ref"] != opening.ref:
            raise KeyReused("This key holds another opening. Use one key per opening.")
        wanted = ticks_of(kind, opening.start, opening.end)
        kept = await keep(connection, practice=self.practice.id, holder=mine.id, becomes=mine.id, expires=expires)
        if kept != len(wanted):
            await free(connection, practice=self.practice.id, holder=mine.id)
            claimed = await claim(
                connection,
                practice=self.practice.id,
                clinician=opening.clinician,
                ticks=wanted,
                holder=mine.id,
                now=now,
                expires=expires,
            )
            if not claimed:
                raise NotDone(OpeningTaken())
        await connection.execute(update(hold).where(hold.c.id == mine.id).values(expires=expires))
        return Hold(ref=mine.id, opening=opening, expires=expires)

    async def release(self, held: Hold) -> None:
        async with self._database.write() as connection:
            gone = delete(hold).where(hold.c.id == held.ref, hold.c.practice_id == self.practice.id)
            if (await connection.execute(gone)).rowcount:
                await free(connection, practice=self.practice.id, holder=held.ref)

    # ---- commands ---------------------------------------------------------------------------------------------------

    async def submit(self, command: Command, *, key: str, now: datetime) -> SubmitOutcome:
        body_hash = self._keys.blind(json.dumps(fingerprint(command)), practice=self.practice.id, kind="command")
        known = await self._known(key, body_hash)
        if known is not None:
            return known
        try:
            async with self._database.write() as connection:
                submission = Submission(connection, self._keys, self._people, self.practice, self.can, key, now)
                done = await submission.run(command, body_hash=body_hash)
        except NotDone as why:
            outcome: SubmitOutcome = why.outcome
            return outcome
        if done is None:  # the same key was served while this one waited
            done = await self._known(key, body_hash)
            assert done is not None
        return done

    async def resolve(self, key: str) -> Receipt | None:
        return await self._known(key, None)

    async def _known(self, key: str, body_hash: str | None) -> Receipt | None:
        async with self._database.read() as connection:
            mine = (receipt.c.key == key) & (receipt.c.practice_id == self.practice.id)
            row = (await connection.execute(select(receipt).where(mine))).one_or_none()
            if row is None:
                return None
            if body_hash not in (None, row.body_hash):
                raise KeyReused(
                    "This key was used for another command. Look the first one up instead of sending again."
                )
            return await receipt_of(connection, row)

    # ---- looking up -------------------------------------------------------------------------------------------------

    async def match(self, *, phone: Phi[str], birth_date: Phi[date]) -> str | NoMatch:
        async with self._database.read() as connection:
            return await self._people.match(connection, phone=phone, birth_date=birth_date)

    async def phone_of(self, patient: str) -> Phi[str] | None:
        async with self._database.read() as connection:
            return await self._people.phone_of(connection, patient)

    async def upcoming(self, patient: str, *, now: datetime) -> Sequence[Appointment]:
        return await self._visits(appointment.c.patient_id == patient, appointment.c.start > now)

    async def due_for_reminder(self, *, start: datetime, end: datetime) -> Sequence[Appointment]:
        return await self._visits(appointment.c.start >= start, appointment.c.start < end)

    async def appointment(self, ref: str) -> Appointment | None:
        mine = (appointment.c.id == ref) & (appointment.c.practice_id == self.practice.id)
        async with self._database.read() as connection:
            row = (await connection.execute(select(appointment).where(mine))).one_or_none()
        return appointment_of(row) if row is not None else None

    async def _visits(self, *conditions: Any) -> list[Appointment]:
        live = (appointment.c.practice_id == self.practice.id) & appointment.c.status.in_(LIVE)
        query = select(appointment).where(live, *conditions).order_by(appointment.c.start, appointment.c.id)
        async with self._database.read() as connection:
            return [appointment_of(row) for row in (await connection.execute(query)).all()]

    # ---- what is taken ----------------------------------------------------------------------------------------------

    def _visit_type(self, id: str) -> VisitType | None:
        return next((kind for kind in self.practice.visit_types if kind.id == id), None)

    def _bounds(self, first: date, until: date) -> tuple[datetime, datetime]:
        """A day more on both sides: buffers and night shifts reach over midnight."""
        start = datetime.combine(first - timedelta(days=1), time(), tzinfo=self._zone)
        return start.astimezone(UTC), datetime.combine(until + timedelta(days=1), time(), tzinfo=self._zone).astimezone(
            UTC
        )

    async def _busy(
        self, connection: AsyncConnection, kind: VisitType, first: date, until: date, *, now: datetime
    ) -> Mapping[str, set[int]]:
        start, end = self._bounds(first, until)
        query = select(tick.c.clinician, tick.c.at).where(
            tick.c.practice_id == self.practice.id,
            tick.c.clinician.in_(kind.clinicians),
            tick.c.at >= start,
            tick.c.at < end,
            or_(tick.c.expires.is_(None), tick.c.expires > now),
        )
        busy: dict[str, set[int]] = defaultdict(set)
        for clinician, at in (await connection.execute(query)).all():
            busy[clinician].add(tick_number(at))
        return busy

    async def _booked(
        self, connection: AsyncConnection, kind: VisitType, first: date, until: date, *, now: datetime, but: str = ""
    ) -> Counter[date]:
        """Visits and live holds of one type per local day, for its cap; `but` leaves out the hold that is being renewed."""
        counted: Counter[date] = Counter()
        if kind.daily_cap is None:
            return counted
        start, end = self._bounds(first, until)
        visits = select(appointment.c.start).where(
            appointment.c.practice_id == self.practice.id,
            appointment.c.visit_type == kind.id,
            appointment.c.status.in_(LIVE),
            appointment.c.start >= start,
            appointment.c.start < end,
        )
        holds = select(hold.c.opening).where(
            hold.c.practice_id == self.practice.id, hold.c.expires > now, hold.c.key != but
        )
        starts = list((await connection.execute(visits)).scalars())
        held = (await connection.execute(holds)).scalars()
        starts += [datetime.fromisoformat(raw["start"]) for raw in held if raw["visit_type"] == kind.id]
        counted.update(start.astimezone(self._zone).date() for start in starts)
        return counted
