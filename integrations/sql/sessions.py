"""Patient sessions: opaque tokens stored as hashes, idle time-out, secure links that open once (R-634)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from bot.ports import PatientSession
from bot.privacy.phi import Phi, Purpose
from integrations.sql.engine import Database
from integrations.sql.saving import token_hash
from integrations.sql.tables.people import PatientSessionRow
from integrations.sql.tables.work import LinkRow

session = PatientSessionRow.__table__  # type: ignore[attr-defined]
link = LinkRow.__table__  # type: ignore[attr-defined]

TOKEN_BYTES = 32
SEEN_EVERY = timedelta(seconds=20)  # a session is written as seen at most this often: reading stays reading


class SqlPatientSessions:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, *, conversation: str, practice: str, scope: str, after: int, at: datetime) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = {
            "token_hash": token_hash(token),
            "practice_id": practice,
            "conversation_id": conversation,
            "scope": scope,
            "after": after,
            "last_seen": at,
        }
        async with self._database.write() as connection:
            await connection.execute(insert(session).values(row))
        return token

    async def find(self, token: str, *, at: datetime, idle: timedelta, touch: bool = True) -> PatientSession | None:
        mine = session.c.token_hash == token_hash(token)
        async with self._database.read() as connection:
            row = (await connection.execute(select(session).where(mine))).one_or_none()
        if row is None:
            return None
        if at - row.last_seen > idle:
            await self.end(token)
            return None
        if touch and at - row.last_seen > min(SEEN_EVERY, idle / 4):
            async with self._database.write() as connection:
                await connection.execute(update(session).where(mine).values(last_seen=at))
        return PatientSession(
            conversation=row.conversation_id,
            practice=row.practice_id,
            scope=row.scope,
            after=row.after,
            last_seen=max(at, row.last_seen) if touch else row.last_seen,
        )

    async def end(self, token: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(session).where(session.c.token_hash == token_hash(token)))

    async def redeem(self, opened: Phi[str], *, at: datetime) -> tuple[str, str] | None:
        hashed = token_hash(opened.reveal(Purpose.IDENTITY))
        once = (
            update(link)
            .where(link.c.token_hash == hashed, link.c.redeemed.is_(False), link.c.expires > at)
            .values(redeemed=True)
            .returning(link.c.conversation_id, link.c.practice_id)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(once)).one_or_none()
        return (row.conversation_id, row.practice_id) if row is not None else None
