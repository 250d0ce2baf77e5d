"""The outbox of texts: one claim row per message, states that only move forward."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Delivery, NewJob
from bot.privacy.phi import Phi
from integrations.sql.advisory import one_at_a_time
from integrations.sql.engine import Database
from integrations.sql.keys import KeyRing
from integrations.sql.tables.work import ConsentRow, DeliveryRow, StatusReportRow
from integrations.sql.writing import WritesJobs

delivery = DeliveryRow.__table__  # type: ignore[attr-defined]
report = StatusReportRow.__table__  # type: ignore[attr-defined]
consent = ConsentRow.__table__  # type: ignore[attr-defined]

CLOCKS_APART: Final = timedelta(seconds=5)  # the clock that starts jobs may be another machine's

# state → the states it may come from; `unknown` may still turn out to have been sent
FROM: Final[Mapping[str, tuple[str, ...]]] = {
    "sending": ("ready",),
    "sent": ("sending", "unknown"),
    "delivered": ("sending", "sent", "unknown"),
    "failed": ("ready", "sending", "sent", "unknown"),
    "blocked": ("ready", "sending"),
    "unknown": ("sending",),
}

# a provider's word → our state; words that are not here (queued, accepted, read …) change nothing
STATES: Final[Mapping[str, str]] = {
    "sent": "sent",
    "delivered": "delivered",
    "undelivered": "failed",
    "failed": "failed",
}


class SqlDeliveries:
    def __init__(self, database: Database, keys: KeyRing, jobs: WritesJobs) -> None:
        self._database = database
        self._keys = keys
        self._jobs = jobs

    async def claim(self, id: str, *, at: datetime) -> Delivery | None:
        mine = (
            update(delivery)
            .where(delivery.c.id == id, delivery.c.state == "ready")
            .where(or_(delivery.c.not_before.is_(None), delivery.c.not_before <= at + CLOCKS_APART))
            .values(state="sending", claimed_at=at, attempts=delivery.c.attempts + 1)
            .returning(*delivery.c)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(mine)).one_or_none()
        return self._delivery(row) if row is not None else None

    async def get(self, id: str) -> Delivery | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(delivery).where(delivery.c.id == id))).one_or_none()
        return self._delivery(row) if row is not None else None

    async def settle(self, id: str, *, state: str, provider_id: str | None = None, reason: str | None = None) -> None:
        async with self._database.write() as connection:
            if provider_id is not None:
                await one_at_a_time(connection, f"report {provider_id}")
            await _move(connection, delivery.c.id == id, state=state, provider_id=provider_id, reason=reason)
            if provider_id is None:
                return
            # callbacks may be faster than our own note of the id
            early = select(report.c.status, report.c.error).where(report.c.provider_id == provider_id)
            for status, error in (await connection.execute(early.order_by(report.c.id))).all():
                if status in STATES:
                    await _move(connection, delivery.c.id == id, state=STATES[status], reason=error)
            await connection.execute(delete(report).where(report.c.provider_id == provider_id))

    async def postpone(self, id: str, *, due: datetime) -> None:
        later = (
            update(delivery)
            .where(delivery.c.id == id, delivery.c.state == "sending")
            .values(state="ready", not_before=due, claimed_at=None)
            .returning(delivery.c.conversation_id, delivery.c.attempts)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(later)).one_or_none()
            if row is None:
                return
            # a key of its own: the job of this attempt may still run, and a job keeps the earlier due
            key = f"send:{id}:{row.attempts}"
            job = NewJob("send", key, due, {"delivery": id}, lock=f"send:{row.conversation_id}")
            await self._jobs.write(connection, job)
        self._jobs.wake()

    async def report(self, provider_id: str, *, status: str, error: str | None) -> None:
        async with self._database.write() as connection:
            await one_at_a_time(connection, f"report {provider_id}")
            known = select(delivery.c.id).where(delivery.c.provider_id == provider_id)
            if (await connection.execute(known)).scalar_one_or_none() is None:
                await connection.execute(insert(report).values(provider_id=provider_id, status=status, error=error))
            elif status in STATES:
                await _move(connection, delivery.c.provider_id == provider_id, state=STATES[status], reason=error)

    async def stuck(self, *, before: datetime) -> Sequence[str]:
        query = select(delivery.c.id).where(delivery.c.state == "sending", delivery.c.claimed_at < before)
        async with self._database.read() as connection:
            return list((await connection.execute(query.order_by(delivery.c.claimed_at))).scalars())

    async def opted_out(self, practice: str, mailbox: str) -> bool:
        query = select(consent.c.texts).where(consent.c.practice_id == practice, consent.c.mailbox == mailbox)
        async with self._database.read() as connection:
            newest = await connection.execute(query.order_by(consent.c.id.desc()).limit(1))
            return newest.scalar_one_or_none() is False

    async def provider_ids(self, practice: str, mailbox: str, *, since: datetime) -> Collection[str]:
        query = select(delivery.c.provider_id).where(
            delivery.c.practice_id == practice,
            delivery.c.mailbox == mailbox,
            delivery.c.provider_id.is_not(None),
            delivery.c.sent_at >= since,
        )
        async with self._database.read() as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def sent_since(self, practice: str, mailbox: str, *, purpose: str, since: datetime) -> int:
        """Counts what left or may have left: `sending` and `unknown` count, too."""
        query = select(func.count()).where(
            delivery.c.practice_id == practice,
            delivery.c.mailbox == mailbox,
            delivery.c.purpose == purpose,
            delivery.c.claimed_at >= since,
            delivery.c.state.in_(("sending", "sent", "delivered", "unknown")),
        )
        async with self._database.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def for_conversation(self, conversation: str) -> Sequence[Mapping[str, str]]:
        query = select(delivery).where(delivery.c.conversation_id == conversation)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(delivery.c.due, delivery.c.id))).all()
        return [
            {
                "id": row.id,
                "message": row.message_id or "",
                "purpose": row.purpose,
                "state": row.state,
                "reason": row.reason or "",
                "segments": str(row.segments),
            }
            for row in rows
        ]

    def _delivery(self, row: Any) -> Delivery:
        bound = {"practice": row.practice_id, "table": "delivery", "row": row.id}
        return Delivery(
            id=row.id,
            practice=row.practice_id,
            conversation=row.conversation_id,
            to=Phi(self._keys.unseal(row.to, column="to", **bound)),
            body=Phi(self._keys.unseal(row.body, column="body", **bound)),
            purpose=row.purpose,
            due=row.due,
            state=row.state,
            mailbox=row.mailbox,
            attempts=row.attempts,
        )


async def _move(
    connection: AsyncConnection, which: Any, *, state: str, provider_id: str | None = None, reason: str | None = None
) -> None:
    """Forward, or not at all."""
    values: dict[str, Any] = {"state": state}
    if provider_id is not None:
        values["provider_id"] = provider_id
    if reason is not None:
        values["reason"] = reason
    if state == "sent":
        values["sent_at"] = datetime.now(UTC)
    await connection.execute(update(delivery).where(which, delivery.c.state.in_(FROM[state])).values(values))
